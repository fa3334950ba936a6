import { constant } from "../lanes/constant";
import { exp } from "../lanes/exp";
import { Kernel } from "../reduce/kernel";
import { Log, sum, weightedSum } from "../reduce/sum";

const ONE = memory.data<f64>([1]);
const TWO = memory.data<f64>([2]);
const FOUR = memory.data<f64>([4]);
const SIX = memory.data<f64>([6]);
const HALF = memory.data<f64>([0.5]);
/** Taylor series of E' and E'': (j+1)/(j+3)! and (j+1)(j+2)/(j+4)!; 2^-56 of them is left at |v| = 1/2. */
const FIRST = memory.data<f64>([
  0.16666666666666666, 0.08333333333333333, 0.025, 0.005555555555555556, 0.000992063492063492,
  0.00014880952380952382, 1.9290123456790123e-05, 2.204585537918871e-06, 2.2546897546897547e-07, 2.08767569878681e-08,
  1.7664948220503776e-09, 1.376489471727567e-10, 9.941312851365761e-12, 6.691268265342339e-13, 4.217185881518281e-14,
]);
const SECOND = memory.data<f64>([
  0.08333333333333333, 0.05, 0.016666666666666666, 0.003968253968253968, 0.000744047619047619,
  0.00011574074074074075, 1.54320987654321e-05, 1.8037518037518038e-06, 1.8789081289081288e-07, 1.7664948220503776e-08,
  1.5141384189003237e-09, 1.1929575421638914e-10, 8.698648744945041e-12, 5.904060234125594e-13, 3.7486096724606943e-14,
]);
const SCRATCH = memory.data(48, 16);

// Generalised gamma near the lognormal, Prentice (1974), Biometrika 61: with w = (log x - mu)/sigma, v = Q w and E(v) = (e^v - 1 - v)/v²
//   log f = c(Q) - log(sigma x) - D,   D = w² E(Q w)
// is smooth through Q = 0. Sums of D, D_w, w D_w, D_ww, w D_ww, w² D_ww, D_Q, D_QQ, D_wQ, w D_wQ, in which nothing cancels:
//   D_w = w (1 + v E),   D_ww = e^v,   D_Q = w³ E',   D_QQ = w⁴ E'',   D_wQ = w² (E + v E')
@unmanaged @final class GeneralizedGamma extends Kernel {
  @inline at(y: v128): v128 { return this.standardise(y); }
  @inline core(w: v128): v128 {
    const v = f64x2.mul(w, this.shapes());
    const u = exp(v);
    const square = f64x2.mul(v, v);
    let e1 = constant(FIRST + 112), e2 = constant(SECOND + 112);
    for (let i = 104; i >= 0; i -= 8) {
      e1 = f64x2.add(f64x2.mul(e1, v), constant(FIRST + i));
      e2 = f64x2.add(f64x2.mul(e2, v), constant(SECOND + i));
    }
    // From v² E = e^v - 1 - v, twice differentiated: 2 E + 4 v E' + v² E'' = e^v.
    const others = f64x2.add(f64x2.mul(f64x2.mul(constant(FOUR), v), e1), f64x2.mul(square, e2));
    v128.store(SCRATCH, f64x2.mul(constant(HALF), f64x2.sub(u, others)));
    v128.store(SCRATCH, e1, 16);
    v128.store(SCRATCH, e2, 32);
    const far = f64x2.gt(f64x2.abs(v), constant(HALF));
    if (v128.any_true(far)) away(v, u, far);
    return u;
  }
  @inline e0(): v128 { return v128.load(SCRATCH); }
  @inline e1(): v128 { return v128.load(SCRATCH, 16); }
  @inline e2(): v128 { return v128.load(SCRATCH, 32); }
  @inline first(w: v128): v128 {
    return f64x2.mul(w, f64x2.add(constant(ONE), f64x2.mul(f64x2.mul(w, this.shapes()), this.e0())));
  }
  @inline mixed(w: v128): v128 {
    return f64x2.mul(f64x2.mul(w, w), f64x2.add(this.e0(), f64x2.mul(f64x2.mul(w, this.shapes()), this.e1())));
  }
  @inline s0(w: v128, u: v128): v128 { return f64x2.mul(f64x2.mul(w, w), this.e0()); }
  @inline s1(w: v128, u: v128): v128 { return this.first(w); }
  @inline s2(w: v128, u: v128): v128 { return f64x2.mul(w, this.first(w)); }
  @inline s3(w: v128, u: v128): v128 { return u; }
  @inline s4(w: v128, u: v128): v128 { return f64x2.mul(w, u); }
  @inline s5(w: v128, u: v128): v128 { return f64x2.mul(f64x2.mul(w, w), u); }
  @inline s6(w: v128, u: v128): v128 { return f64x2.mul(f64x2.mul(w, f64x2.mul(w, w)), this.e1()); }
  @inline s7(w: v128, u: v128): v128 { return f64x2.mul(f64x2.mul(f64x2.mul(w, w), f64x2.mul(w, w)), this.e2()); }
  @inline s8(w: v128, u: v128): v128 { return this.mixed(w); }
  @inline s9(w: v128, u: v128): v128 { return f64x2.mul(w, this.mixed(w)); }
}

/** E, E' and E'' where v is not small, by their quotients. */
function away(v: v128, u: v128, far: v128): void {
  const one = constant(ONE), two = constant(TWO);
  const vu = f64x2.mul(v, u);
  const square = f64x2.mul(v, v);
  const e0 = f64x2.div(f64x2.sub(f64x2.sub(u, one), v), square);
  const e1 = f64x2.div(f64x2.add(f64x2.sub(vu, f64x2.add(u, u)), f64x2.add(v, two)), f64x2.mul(v, square));
  const rising = f64x2.add(f64x2.sub(f64x2.mul(v, vu), f64x2.mul(constant(FOUR), vu)), f64x2.mul(constant(SIX), u));
  const e2 = f64x2.div(f64x2.sub(rising, f64x2.add(f64x2.mul(two, v), constant(SIX))), f64x2.mul(square, square));
  v128.store(SCRATCH, v128.bitselect(e0, v128.load(SCRATCH), far));
  v128.store(SCRATCH, v128.bitselect(e1, v128.load(SCRATCH, 16), far), 16);
  v128.store(SCRATCH, v128.bitselect(e2, v128.load(SCRATCH, 32), far), 32);
}

export function generalizedGamma(theta: usize, x: usize, n: i32, out: usize): void {
  sum<GeneralizedGamma, Log>(changetype<GeneralizedGamma>(theta), x, n, out);
}
export function generalizedGammaWeighted(theta: usize, x: usize, w: usize, n: i32, out: usize): void {
  weightedSum<GeneralizedGamma, Log>(changetype<GeneralizedGamma>(theta), x, w, n, out);
}
