import { constant } from "../lanes/constant";
import { exp } from "../lanes/exp";
import { log } from "../lanes/log";
import { Kernel } from "../reduce/kernel";
import { Identity, sum, weightedSum } from "../reduce/sum";

const SMALLEST = memory.data<f64>([1e-100]);
const LOGARITHM = memory.data(16, 16);
const RECIPROCAL = memory.data(16, 16);

// Generalised normal with shape b, Subbotin (1923); Nadarajah (2005), J. Appl. Stat. 32, 685:
//   log f(z) = -log 2 - lgamma(1 + 1/b) - u,   u = |z|^b,   psi = b u / z,   psi' = b (b - 1) u / z²
// All first and second derivatives, those in b included, are linear in the sums of u, u l, u l², u/z, u/z², u l/z with l = log |z|. A row at
// the location itself, where u is 0, counts in none.
@unmanaged @final class GeneralizedNormal extends Kernel {
  @inline at(y: v128): v128 { return this.standardise(y); }
  @inline core(z: v128): v128 {
    const least = constant(SMALLEST);
    const size = f64x2.abs(z);
    const present = f64x2.gt(size, least);
    const l = log(f64x2.pmax(least, size));
    v128.store(LOGARITHM, l);
    v128.store(RECIPROCAL, v128.and(f64x2.div(f64x2.splat(1), v128.bitselect(z, f64x2.splat(1), present)), present));
    const power = exp(f64x2.mul(l, v128.load64_splat(changetype<usize>(this), offsetof<Kernel>("shape"))));
    return v128.and(power, present);
  }
  @inline log(): v128 { return v128.load(LOGARITHM); }
  @inline over(u: v128): v128 { return f64x2.mul(u, v128.load(RECIPROCAL)); }
  @inline s0(z: v128, u: v128): v128 { return u; }
  @inline s1(z: v128, u: v128): v128 { return f64x2.mul(u, this.log()); }
  @inline s2(z: v128, u: v128): v128 { return f64x2.mul(u, f64x2.mul(this.log(), this.log())); }
  @inline s3(z: v128, u: v128): v128 { return this.over(u); }
  @inline s4(z: v128, u: v128): v128 { return f64x2.mul(this.over(u), v128.load(RECIPROCAL)); }
  @inline s5(z: v128, u: v128): v128 { return f64x2.mul(this.over(u), this.log()); }
}

export function generalizedNormal(theta: usize, x: usize, n: i32, out: usize): void {
  sum<GeneralizedNormal, Identity>(changetype<GeneralizedNormal>(theta), x, n, out);
}
export function generalizedNormalWeighted(theta: usize, x: usize, w: usize, n: i32, out: usize): void {
  weightedSum<GeneralizedNormal, Identity>(changetype<GeneralizedNormal>(theta), x, w, n, out);
}
