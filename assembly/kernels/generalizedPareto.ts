import { constant } from "../lanes/constant";
import { ParetoTail } from "../reduce/paretoTail";
import { Identity, sum, weightedSum } from "../reduce/sum";

const ONE = memory.data<f64>([1]);

// Generalised Pareto near shape 0: the sums of a, q, q², -a', a'' (reduce/paretoTail.ts) make the likelihood and its derivatives. The F
// distribution near df2 = ∞ is such a tail too; near df1 = ∞ it is one of 1/x.
@unmanaged class Sums extends ParetoTail {
  @inline core(y: v128): v128 { return this.prepare(y); }
  @inline s0(y: v128, s: v128): v128 { return this.a(s); }
  @inline s1(y: v128, s: v128): v128 { return this.q(); }
  @inline s2(y: v128, s: v128): v128 { return f64x2.mul(this.q(), this.q()); }
  @inline s3(y: v128, s: v128): v128 { return this.minusSlope(s); }
  @inline s4(y: v128, s: v128): v128 { return this.bend(); }
}

/** y = x/scale. */
@unmanaged @final class OfValue extends Sums {
  @inline at(x: v128): v128 { return this.scaled(x); }
}

/** y = 1/(x/scale). */
@unmanaged @final class OfReciprocal extends Sums {
  @inline at(x: v128): v128 { return f64x2.div(constant(ONE), this.scaled(x)); }
}

export function generalizedPareto(theta: usize, x: usize, n: i32, out: usize): void {
  sum<OfValue, Identity>(changetype<OfValue>(theta), x, n, out);
}
export function generalizedParetoWeighted(theta: usize, x: usize, w: usize, n: i32, out: usize): void {
  weightedSum<OfValue, Identity>(changetype<OfValue>(theta), x, w, n, out);
}
export function generalizedParetoOfReciprocal(theta: usize, x: usize, n: i32, out: usize): void {
  sum<OfReciprocal, Identity>(changetype<OfReciprocal>(theta), x, n, out);
}
export function generalizedParetoOfReciprocalWeighted(theta: usize, x: usize, w: usize, n: i32, out: usize): void {
  weightedSum<OfReciprocal, Identity>(changetype<OfReciprocal>(theta), x, w, n, out);
}
