import { Kernel } from "../reduce/kernel";
import { Identity, Log, sum, weightedSum } from "../reduce/sum";

// Gumbel for maxima, Gumbel (1958), Statistics of Extremes:
//   log f(z) = -z - u,  u = e^(-z),  psi = -d log f / dz = 1 - u,  psi' = u
// so the likelihood and its first two derivatives are linear in the sums of z, u, zu, z^2 u.
// A Weibull's -log x is Gumbel: the same kernel on log x with a negative scale.
@unmanaged @final class Gumbel extends Kernel {
  @inline at(y: v128): v128 { return this.standardise(y); }
  @inline exponent(z: v128): v128 { return f64x2.neg(z); }
  @inline s0(z: v128, u: v128): v128 { return z; }
  @inline s1(z: v128, u: v128): v128 { return u; }
  @inline s2(z: v128, u: v128): v128 { return f64x2.mul(z, u); }
  @inline s3(z: v128, u: v128): v128 { return f64x2.mul(z, f64x2.mul(z, u)); }
}

export function gumbel(theta: usize, x: usize, n: i32, out: usize): void {
  sum<Gumbel, Identity>(changetype<Gumbel>(theta), x, n, out);
}
export function gumbelWeighted(theta: usize, x: usize, w: usize, n: i32, out: usize): void {
  weightedSum<Gumbel, Identity>(changetype<Gumbel>(theta), x, w, n, out);
}
export function gumbelOfLog(theta: usize, x: usize, n: i32, out: usize): void {
  sum<Gumbel, Log>(changetype<Gumbel>(theta), x, n, out);
}
export function gumbelOfLogWeighted(theta: usize, x: usize, w: usize, n: i32, out: usize): void {
  weightedSum<Gumbel, Log>(changetype<Gumbel>(theta), x, w, n, out);
}
