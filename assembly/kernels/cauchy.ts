import { constant } from "../lanes/constant";
import { Kernel } from "../reduce/kernel";
import { Identity, sum, weightedSum } from "../reduce/sum";

const ONE = memory.data<f64>([1]);

// Cauchy, Johnson, Kotz & Balakrishnan, Continuous Univariate Distributions 1, ch. 16:
//   log f(z) = -log pi - log q,   q = 1 + z^2,   r = 1/q
//   psi = 2 z r,   psi' = 2 (2 r^2 - r)
// so the likelihood and its first two derivatives are linear in the sums of log q, r, r^2, z r, z r^2.
@unmanaged @final class Cauchy extends Kernel {
  @inline pairs(): void {}
  @inline at(y: v128): v128 { return this.standardise(y); }
  @inline factor(z: v128, r: v128): v128 { return f64x2.add(constant(ONE), f64x2.mul(z, z)); }
  @inline core(z: v128): v128 { return f64x2.div(constant(ONE), this.factor(z, z)); }
  @inline s0(z: v128, r: v128): v128 { return r; }
  @inline s1(z: v128, r: v128): v128 { return f64x2.mul(r, r); }
  @inline s2(z: v128, r: v128): v128 { return f64x2.mul(z, r); }
  @inline s3(z: v128, r: v128): v128 { return f64x2.mul(z, f64x2.mul(r, r)); }
}

export function cauchy(theta: usize, x: usize, n: i32, out: usize): void {
  sum<Cauchy, Identity>(changetype<Cauchy>(theta), x, n, out);
}
export function cauchyWeighted(theta: usize, x: usize, w: usize, n: i32, out: usize): void {
  weightedSum<Cauchy, Identity>(changetype<Cauchy>(theta), x, w, n, out);
}
