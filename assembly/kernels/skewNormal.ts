import { constant } from "../lanes/constant";
import { exp } from "../lanes/exp";
import { erfcx } from "../lanes/erfcx";
import { log } from "../lanes/log";
import { Kernel } from "../reduce/kernel";
import { Identity, sum, weightedSum } from "../reduce/sum";

const SLOPE = memory.data(16, 16);
const LOG_PHI = memory.data(16, 16);
const ONE = memory.data<f64>([1]);
const MINUS_HALF = memory.data<f64>([-0.5]);
const HALF_LOG_2PI = memory.data<f64>([0.9189385332046728]);
const INVERSE_SQRT_2PI = memory.data<f64>([0.3989422804014327]);
const SQRT_2_BY_PI = memory.data<f64>([0.7978845608028654]);
const SQRT_HALF = memory.data<f64>([0.7071067811865476]);
const FAR = memory.data<f64>([-200]);

// Skew-normal with slant a, Azzalini (1985), Scand. J. Stat. 12, 171; h = φ/Φ, the derivative of log Φ:
//   log f(z) = log 2 + log φ(z) + log Φ(az),   psi = z - a h(az),   psi' = 1 - a² h'(az)
// All first and second derivatives, those in a included, are linear in the sums of z, z², log Φ, h, zh, h', zh', z²h'.
//
// From m = h(-|w|) = sqrt(2/π) / erfcx(|w|/√2) alone: below 0, h = m and log Φ = log φ - log m; above, Φ = 1 - φ/m. Tables of h, h' and
// log Φ would be a fifth of the module. h' = -h (w + h) loses w² ulps as w + h → 0; below -200 it is -1 + 1/w² - 6/w⁴, to 2^-52.
@unmanaged @final class SkewNormal extends Kernel {
  @inline at(y: v128): v128 { return this.standardise(y); }
  @inline core(z: v128): v128 {
    const w = f64x2.mul(z, v128.load64_splat(changetype<usize>(this), offsetof<Kernel>("shape")));
    const exponent = f64x2.mul(constant(MINUS_HALF), f64x2.mul(w, w));
    const m = f64x2.div(constant(SQRT_2_BY_PI), erfcx(f64x2.mul(constant(SQRT_HALF), f64x2.abs(w))));
    const density = f64x2.mul(constant(INVERSE_SQRT_2PI), exp(exponent));
    const upper = f64x2.sub(constant(ONE), f64x2.div(density, m));
    const below = f64x2.lt(w, f64x2.splat(0));
    const logarithm = log(v128.bitselect(m, upper, below));
    v128.store(LOG_PHI, v128.bitselect(f64x2.sub(f64x2.sub(exponent, constant(HALF_LOG_2PI)), logarithm), logarithm, below));
    const h = v128.bitselect(m, f64x2.div(density, upper), below);
    const near = f64x2.neg(f64x2.mul(h, f64x2.add(w, h)));
    const y = f64x2.div(constant(ONE), f64x2.mul(w, w));
    const far = f64x2.sub(f64x2.mul(y, f64x2.sub(constant(ONE), f64x2.mul(f64x2.splat(6), y))), constant(ONE));
    v128.store(SLOPE, v128.bitselect(far, near, f64x2.lt(w, constant(FAR))));
    return h;
  }
  @inline s0(z: v128, h: v128): v128 { return z; }
  @inline s1(z: v128, h: v128): v128 { return f64x2.mul(z, z); }
  @inline s2(z: v128, h: v128): v128 { return v128.load(LOG_PHI); }
  @inline s3(z: v128, h: v128): v128 { return h; }
  @inline s4(z: v128, h: v128): v128 { return f64x2.mul(z, h); }
  @inline s5(z: v128, h: v128): v128 { return v128.load(SLOPE); }
  @inline s6(z: v128, h: v128): v128 { return f64x2.mul(z, v128.load(SLOPE)); }
  @inline s7(z: v128, h: v128): v128 { return f64x2.mul(z, f64x2.mul(z, v128.load(SLOPE))); }
}

export function skewNormal(theta: usize, x: usize, n: i32, out: usize): void {
  sum<SkewNormal, Identity>(changetype<SkewNormal>(theta), x, n, out);
}
export function skewNormalWeighted(theta: usize, x: usize, w: usize, n: i32, out: usize): void {
  weightedSum<SkewNormal, Identity>(changetype<SkewNormal>(theta), x, w, n, out);
}
