import { constant } from "../lanes/constant";
import { Kernel } from "../reduce/kernel";
import { Identity, sum, weightedSum } from "../reduce/sum";

const ONE = memory.data<f64>([1]);
// Gompertz (1825) with hazard b e^(a x), s = a x:
//   log f = log b + s - (b/a) p,   p = e^s - 1;   a dp/da = s e^s,   a d(p/a)/da = q / a,   q = s e^s - p
//   a² d²(p/a)/da² = r / a,   r = s² e^s - 2 q
// so the likelihood and its first two derivatives are linear in the sums of x, p, q, r. For s < 1 the series of r comes first, and
// q = (s² e^s - r) / 2, p = s e^s - q: near the exponential (a → 0), where q is s²/2 and r is s³/3, nothing cancels.
@unmanaged @final class Gompertz extends Kernel {
  @inline at(y: v128): v128 { return this.scaled(y); }
  @inline exponent(s: v128): v128 { return s; }
  @inline isNear(s: v128): v128 { return f64x2.lt(s, constant(ONE)); }
  /** r = sum of s^j (j - 1)(j - 2) / j!, from j = 21 (2^-55 of it at s = 1) down to 3. */
  @inline series(s: v128): v128 {
    let p = f64x2.splat(7.437717604088679e-18);
    p = f64x2.add(f64x2.mul(p, s), f64x2.splat(1.4057286271727604e-16));
    p = f64x2.add(f64x2.mul(p, s), f64x2.splat(2.515514385467045e-15));
    p = f64x2.add(f64x2.mul(p, s), f64x2.splat(4.2484242954554536e-14));
    p = f64x2.add(f64x2.mul(p, s), f64x2.splat(6.74749741042925e-13));
    p = f64x2.add(f64x2.mul(p, s), f64x2.splat(1.0036902398013508e-11));
    p = f64x2.add(f64x2.mul(p, s), f64x2.splat(1.3917837991912066e-10));
    p = f64x2.add(f64x2.mul(p, s), f64x2.splat(1.789436313245837e-09));
    p = f64x2.add(f64x2.mul(p, s), f64x2.splat(2.1197937864604532e-08));
    p = f64x2.add(f64x2.mul(p, s), f64x2.splat(2.296443268665491e-07));
    p = f64x2.add(f64x2.mul(p, s), f64x2.splat(2.2546897546897547e-06));
    p = f64x2.add(f64x2.mul(p, s), f64x2.splat(1.984126984126984e-05));
    p = f64x2.add(f64x2.mul(p, s), f64x2.splat(0.00015432098765432098));
    p = f64x2.add(f64x2.mul(p, s), f64x2.splat(0.0010416666666666667));
    p = f64x2.add(f64x2.mul(p, s), f64x2.splat(0.005952380952380952));
    p = f64x2.add(f64x2.mul(p, s), f64x2.splat(1.0 / 36));
    p = f64x2.add(f64x2.mul(p, s), f64x2.splat(0.1));
    p = f64x2.add(f64x2.mul(p, s), f64x2.splat(0.25));
    p = f64x2.add(f64x2.mul(p, s), f64x2.splat(1.0 / 3));
    return f64x2.mul(f64x2.mul(p, s), f64x2.mul(s, s));
  }
  @inline first(s: v128, u: v128): v128 {
    const su = f64x2.mul(s, u);
    const near = f64x2.mul(f64x2.splat(0.5), f64x2.sub(f64x2.mul(s, su), this.series(s)));
    return v128.bitselect(near, f64x2.sub(su, f64x2.sub(u, constant(ONE))), this.isNear(s));
  }
  @inline s0(s: v128, u: v128): v128 { return f64x2.sub(f64x2.mul(s, u), this.first(s, u)); }
  @inline s1(s: v128, u: v128): v128 { return this.first(s, u); }
  @inline s2(s: v128, u: v128): v128 {
    const q = this.first(s, u);
    const far = f64x2.sub(f64x2.mul(s, f64x2.mul(s, u)), f64x2.add(q, q));
    return v128.bitselect(this.series(s), far, this.isNear(s));
  }
}

export function gompertz(theta: usize, x: usize, n: i32, out: usize): void {
  sum<Gompertz, Identity>(changetype<Gompertz>(theta), x, n, out);
}
export function gompertzWeighted(theta: usize, x: usize, w: usize, n: i32, out: usize): void {
  weightedSum<Gompertz, Identity>(changetype<Gompertz>(theta), x, w, n, out);
}
