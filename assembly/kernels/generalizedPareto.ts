import { constant } from "../lanes/constant";
import { artanhArgument, artanhRest } from "../reduce/artanh";
import { Kernel } from "../reduce/kernel";
import { Identity, sum, weightedSum } from "../reduce/sum";

const ONE = memory.data<f64>([1]);
const HALF = memory.data<f64>([0.5]);

// Generalised Pareto near shape 0, Pickands (1975), Ann. Statist. 3: with y = x/scale, z = shape y, r = 1/(1 + z)
//   log f = -log(scale) - (1 + shape) A,   A = log(1 + z)/shape
// A and its derivatives in the shape are smooth through 0. With s = z/(2 + z) and T = (artanh(s)/s - 1)/s² nothing cancels:
//   A = y (1-s)(1 + s² T),   A' = -y²/2 (1-s)² (1/(1+s) + s T),   A'' = y³/2 (1-s)³ (1/(1+s)² + T)
@unmanaged @final class GeneralizedPareto extends Kernel {
  @inline at(x: v128): v128 { return this.scaled(x); }
  @inline ratio(y: v128): v128 { return f64x2.mul(y, this.shapes()); }
  @inline core(y: v128): v128 { return artanhArgument(this.ratio(y)); }
  @inline shrunk(y: v128, s: v128): v128 { return f64x2.mul(y, f64x2.sub(constant(ONE), s)); }
  @inline inverse(s: v128): v128 { return f64x2.div(constant(ONE), f64x2.add(constant(ONE), s)); }
  @inline rest(y: v128, s: v128): v128 { return artanhRest(this.ratio(y), s); }
  @inline q(y: v128, s: v128): v128 { return f64x2.mul(this.shrunk(y, s), this.inverse(s)); }
  @inline s0(y: v128, s: v128): v128 {
    return f64x2.mul(this.shrunk(y, s), f64x2.add(constant(ONE), f64x2.mul(f64x2.mul(s, s), this.rest(y, s))));
  }
  @inline s1(y: v128, s: v128): v128 { return this.q(y, s); }
  @inline s2(y: v128, s: v128): v128 { return f64x2.mul(this.q(y, s), this.q(y, s)); }
  @inline s3(y: v128, s: v128): v128 {
    const d = this.shrunk(y, s);
    return f64x2.mul(f64x2.mul(constant(HALF), f64x2.mul(d, d)), f64x2.add(this.inverse(s), f64x2.mul(s, this.rest(y, s))));
  }
  @inline s4(y: v128, s: v128): v128 {
    const d = this.shrunk(y, s);
    const i = this.inverse(s);
    return f64x2.mul(f64x2.mul(f64x2.mul(constant(HALF), d), f64x2.mul(d, d)), f64x2.add(f64x2.mul(i, i), this.rest(y, s)));
  }
}

export function generalizedPareto(theta: usize, x: usize, n: i32, out: usize): void {
  sum<GeneralizedPareto, Identity>(changetype<GeneralizedPareto>(theta), x, n, out);
}
export function generalizedParetoWeighted(theta: usize, x: usize, w: usize, n: i32, out: usize): void {
  weightedSum<GeneralizedPareto, Identity>(changetype<GeneralizedPareto>(theta), x, w, n, out);
}
