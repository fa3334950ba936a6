import { LOG_PHI, normalRatios, SLOPE } from "../reduce/normalRatios";
import { Kernel } from "../reduce/kernel";
import { Identity, sum, weightedSum } from "../reduce/sum";

// Skew-normal with slant a, Azzalini (1985), Scand. J. Stat. 12, 171; h = φ/Φ, the derivative of log Φ:
//   log f(z) = log 2 + log φ(z) + log Φ(az),   psi = z - a h(az),   psi' = 1 - a² h'(az)
// All first and second derivatives, those in a included, are linear in the sums of z, z², log Φ, h, zh, h', zh', z²h'.
@unmanaged @final class SkewNormal extends Kernel {
  @inline at(y: v128): v128 { return this.standardise(y); }
  @inline core(z: v128): v128 {
    return normalRatios(f64x2.mul(z, v128.load64_splat(changetype<usize>(this), offsetof<Kernel>("shape"))));
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
