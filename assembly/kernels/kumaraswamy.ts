import { exp } from "../lanes/exp";
import { expm1 } from "../lanes/expm1";
import { log } from "../lanes/log";
import { Kernel } from "../reduce/kernel";
import { Log, sum, weightedSum } from "../reduce/sum";

const LN2 = memory.data<f64>([-0.6931471805599453]);

// Kumaraswamy (1980), J. Hydrol. 46, with s = -a log x = -z:
//   log f = log(a b) - s - log x + (b - 1) w,   w = log(1 - e^(-s)) = log(1 - x^a)
//   a dw/da = r = s / (e^s - 1),   a² d²w/da² = -r (r + s)
// so the likelihood and its first two derivatives are linear in the sums of s, w, r, r (r + s).
// Both x^a and 1 - x^a keep their digits: the core is 1 - e^(-s) for s < log 2, else -e^(-s).
@unmanaged @final class Kumaraswamy extends Kernel {
  @inline at(y: v128): v128 { return this.scaled(y); }
  @inline core(z: v128): v128 {
    const near = f64x2.gt(z, v128.load64_splat(LN2));
    return f64x2.neg(v128.bitselect(expm1(z), exp(z), near));
  }
  @inline power(u: v128): v128 { return this.either(u, f64x2.neg(u), f64x2.sub(f64x2.splat(1), u)); }
  @inline complement(u: v128): v128 { return this.either(u, f64x2.add(f64x2.splat(1), u), u); }
  /** The first where the core is -e^(-s). */
  @inline either(u: v128, far: v128, near: v128): v128 { return v128.bitselect(far, near, f64x2.le(u, f64x2.splat(0))); }
  @inline ratio(z: v128, u: v128): v128 { return f64x2.div(f64x2.neg(f64x2.mul(z, this.power(u))), this.complement(u)); }
  @inline s0(z: v128, u: v128): v128 { return z; }
  /** log(1 - x^a): the logarithm of the rounded difference, and what rounding took. */
  @inline s1(z: v128, u: v128): v128 {
    const v = this.complement(u);
    const rest = f64x2.div(f64x2.add(f64x2.sub(f64x2.splat(1), v), u), v);
    return f64x2.add(log(v), this.either(u, rest, f64x2.splat(0)));
  }
  @inline s2(z: v128, u: v128): v128 { return this.ratio(z, u); }
  @inline s3(z: v128, u: v128): v128 {
    const r = this.ratio(z, u);
    return f64x2.mul(r, f64x2.sub(r, z));
  }
}

export function kumaraswamy(theta: usize, x: usize, n: i32, out: usize): void {
  sum<Kumaraswamy, Log>(changetype<Kumaraswamy>(theta), x, n, out);
}
export function kumaraswamyWeighted(theta: usize, x: usize, w: usize, n: i32, out: usize): void {
  weightedSum<Kumaraswamy, Log>(changetype<Kumaraswamy>(theta), x, w, n, out);
}
