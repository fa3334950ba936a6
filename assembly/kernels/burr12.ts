import { exp } from "../lanes/exp";
import { ParetoTail } from "../reduce/paretoTail";
import { Log, sum, weightedSum } from "../reduce/sum";

// Burr XII near k = ∞, Burr (1942), Ann. Math. Statist. 13: v = e^z, z = c log(x/scale), is generalised Pareto with shape 1/k (a, q, r in
// reduce/paretoTail.ts), smooth through 0, the Weibull. Sums of a, q, z q, q r, z q r, z² q r, q², z q², -a', a''.
@unmanaged @final class Burr12 extends ParetoTail {
  @inline at(y: v128): v128 { return this.standardise(y); }
  @inline core(z: v128): v128 { return this.prepare(exp(z)); }
  @inline s0(z: v128, s: v128): v128 { return this.a(s); }
  @inline s1(z: v128, s: v128): v128 { return this.q(); }
  @inline s2(z: v128, s: v128): v128 { return f64x2.mul(z, this.q()); }
  @inline s3(z: v128, s: v128): v128 { return f64x2.mul(this.q(), this.r(s)); }
  @inline s4(z: v128, s: v128): v128 { return f64x2.mul(z, f64x2.mul(this.q(), this.r(s))); }
  @inline s5(z: v128, s: v128): v128 { return f64x2.mul(f64x2.mul(z, z), f64x2.mul(this.q(), this.r(s))); }
  @inline s6(z: v128, s: v128): v128 { return f64x2.mul(this.q(), this.q()); }
  @inline s7(z: v128, s: v128): v128 { return f64x2.mul(z, f64x2.mul(this.q(), this.q())); }
  @inline s8(z: v128, s: v128): v128 { return this.minusSlope(s); }
  @inline s9(z: v128, s: v128): v128 { return this.bend(); }
}

export function burr12(theta: usize, x: usize, n: i32, out: usize): void {
  sum<Burr12, Log>(changetype<Burr12>(theta), x, n, out);
}
export function burr12Weighted(theta: usize, x: usize, w: usize, n: i32, out: usize): void {
  weightedSum<Burr12, Log>(changetype<Burr12>(theta), x, w, n, out);
}
