import { constant } from "../lanes/constant";
import { artanhArgument, artanhRest } from "./artanh";
import { Kernel } from "./kernel";

const ONE = memory.data<f64>([1]);
const HALF = memory.data<f64>([0.5]);
const SCRATCH = memory.data(48, 16);

/**
 * Generalised Pareto near shape 0, Pickands (1975), Ann. Statist. 3: with z = shape y, r = 1/(1 + z)
 *   log f(y) = -(1 + shape) a,   a = log(1 + z)/shape,   q = y r
 * a and its derivatives in the shape are smooth through 0. With s = z/(2 + z) and T = (artanh(s)/s - 1)/s² nothing cancels:
 *   a = y (1-s)(1 + s² T),   -a' = y²/2 (1-s)² (1/(1+s) + s T),   a'' = y³/2 (1-s)³ (1/(1+s)² + T)
 * A kernel's core prepares a row; what it sums is read from there.
 */
@unmanaged export class ParetoTail extends Kernel {
  @inline prepare(y: v128): v128 {
    const z = f64x2.mul(y, this.shapes());
    const s = artanhArgument(z);
    const i = f64x2.div(constant(ONE), f64x2.add(constant(ONE), s));
    v128.store(SCRATCH, artanhRest(z, s));
    v128.store(SCRATCH, i, 16);
    v128.store(SCRATCH, f64x2.mul(y, f64x2.sub(constant(ONE), s)), 32);
    return s;
  }
  @inline rest(): v128 { return v128.load(SCRATCH); }
  /** 1/(1 + s). */
  @inline inverse(): v128 { return v128.load(SCRATCH, 16); }
  /** y (1 - s). */
  @inline shrunk(): v128 { return v128.load(SCRATCH, 32); }
  @inline a(s: v128): v128 {
    return f64x2.mul(this.shrunk(), f64x2.add(constant(ONE), f64x2.mul(f64x2.mul(s, s), this.rest())));
  }
  @inline q(): v128 { return f64x2.mul(this.shrunk(), this.inverse()); }
  @inline r(s: v128): v128 { return f64x2.mul(f64x2.sub(constant(ONE), s), this.inverse()); }
  @inline minusSlope(s: v128): v128 {
    const d = this.shrunk();
    return f64x2.mul(f64x2.mul(constant(HALF), f64x2.mul(d, d)), f64x2.add(this.inverse(), f64x2.mul(s, this.rest())));
  }
  @inline bend(): v128 {
    const d = this.shrunk();
    const i = this.inverse();
    return f64x2.mul(f64x2.mul(f64x2.mul(constant(HALF), d), f64x2.mul(d, d)), f64x2.add(f64x2.mul(i, i), this.rest()));
  }
}
