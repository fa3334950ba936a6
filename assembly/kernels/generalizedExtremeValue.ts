import { constant } from "../lanes/constant";
import { exp } from "../lanes/exp";
import { log1p } from "../lanes/log1p";
import { Kernel } from "../reduce/kernel";
import { Identity, sum, weightedSum } from "../reduce/sum";

const ONE = memory.data<f64>([1]);
const TWO = memory.data<f64>([2]);
const NEAR = memory.data<f64>([1.0 / 32]);
// Coefficients of m and q in v, the constant first: terms past them are below 2^-53 where |v| < 1/32.
const M = memory.data<f64>([-1.0 / 2, 2.0 / 3, -3.0 / 4, 4.0 / 5, -5.0 / 6, 6.0 / 7, -7.0 / 8, 8.0 / 9, -9.0 / 10, 10.0 / 11, -11.0 / 12]);
const Q = memory.data<f64>([2.0 / 3, -6.0 / 4, 12.0 / 5, -20.0 / 6, 30.0 / 7, -42.0 / 8, 56.0 / 9, -72.0 / 10, 90.0 / 11, -110.0 / 12, 132.0 / 13]);
const TERMS: i32 = 11;
// What core leaves for the sums: 1/y, z/y, L, its first and second derivative in the shape.
const ROW = memory.data(80, 16);

// Generalised extreme value with shape k, Jenkinson (1955), Q. J. R. Met. Soc. 81, 158; Prescott & Walden (1980), Biometrika 67, 723:
//   y = 1 + kz,   L = log(y)/k,   u = e^-L,   log f(z) = -(1 + k) L - u,   psi = a/y,   a = 1 + k - u,   psi' = (1 + k)(u - k)/y²
// L' = dL/dk = (z/y - L)/k and L'' = -(z²/y² + 2 L')/k cancel where v = kz is small: there they are z² m(v) and z³ q(v), series in v.
@unmanaged @final class GeneralizedExtremeValue extends Kernel {
  @inline k(): v128 { return v128.load64_splat(changetype<usize>(this), offsetof<Kernel>("shape")); }
  @inline k1(): v128 { return f64x2.add(constant(ONE), this.k()); }
  @inline at(x: v128): v128 { return this.standardise(x); }
  @inline core(z: v128): v128 {
    const v = f64x2.mul(this.k(), z);
    const p = f64x2.div(constant(ONE), f64x2.add(constant(ONE), v));
    const zp = f64x2.mul(z, p);
    const l = f64x2.mul(log1p(v), this.inverseShapes());
    let first = f64x2.mul(f64x2.sub(zp, l), this.inverseShapes());
    let second = f64x2.neg(f64x2.mul(f64x2.add(f64x2.mul(zp, zp), f64x2.mul(constant(TWO), first)), this.inverseShapes()));
    const near = f64x2.lt(f64x2.abs(v), constant(NEAR));
    if (v128.any_true(near)) {
      const zz = f64x2.mul(z, z);
      first = v128.bitselect(f64x2.mul(zz, polynomial(M, v)), first, near);
      second = v128.bitselect(f64x2.mul(f64x2.mul(z, zz), polynomial(Q, v)), second, near);
    }
    v128.store(ROW, p);
    v128.store(ROW, zp, 16);
    v128.store(ROW, l, 32);
    v128.store(ROW, first, 48);
    v128.store(ROW, second, 64);
    return exp(f64x2.neg(l));
  }
  @inline p(): v128 { return v128.load(ROW); }
  @inline zp(): v128 { return v128.load(ROW, 16); }
  @inline l(): v128 { return v128.load(ROW, 32); }
  @inline first(): v128 { return v128.load(ROW, 48); }
  @inline second(): v128 { return v128.load(ROW, 64); }
  @inline a(u: v128): v128 { return f64x2.sub(this.k1(), u); }
  @inline bend(u: v128): v128 { return f64x2.mul(this.k1(), f64x2.sub(u, this.k())); }
  /** da/dk. */
  @inline aSlope(u: v128): v128 { return f64x2.add(constant(ONE), f64x2.mul(u, this.first())); }
  @inline s0(z: v128, u: v128): v128 { return f64x2.neg(f64x2.add(f64x2.mul(this.k1(), this.l()), u)); }
  @inline s1(z: v128, u: v128): v128 { return f64x2.mul(this.a(u), this.p()); }
  @inline s2(z: v128, u: v128): v128 { return f64x2.mul(this.a(u), this.zp()); }
  @inline s3(z: v128, u: v128): v128 { return f64x2.mul(this.bend(u), f64x2.mul(this.p(), this.p())); }
  @inline s4(z: v128, u: v128): v128 { return f64x2.mul(this.bend(u), f64x2.mul(this.p(), this.zp())); }
  @inline s5(z: v128, u: v128): v128 { return f64x2.mul(this.bend(u), f64x2.mul(this.zp(), this.zp())); }
  /** In the shape: the derivative of log f, its second, that of psi and of z psi. */
  @inline s6(z: v128, u: v128): v128 { return f64x2.neg(f64x2.add(this.l(), f64x2.mul(this.a(u), this.first()))); }
  @inline s7(z: v128, u: v128): v128 {
    const m = this.first();
    const both = f64x2.add(f64x2.mul(m, f64x2.add(constant(TWO), f64x2.mul(u, m))), f64x2.mul(this.a(u), this.second()));
    return f64x2.neg(both);
  }
  @inline s8(z: v128, u: v128): v128 { return f64x2.mul(this.p(), f64x2.sub(this.aSlope(u), f64x2.mul(this.a(u), this.zp()))); }
  @inline s9(z: v128, u: v128): v128 { return f64x2.mul(this.zp(), f64x2.sub(this.aSlope(u), f64x2.mul(this.a(u), this.zp()))); }
}

// @ts-ignore: decorator
@inline function polynomial(coefficients: usize, v: v128): v128 {
  let s = constant(coefficients + ((TERMS - 1) << 3));
  for (let i = TERMS - 2; i >= 0; i--) s = f64x2.add(f64x2.mul(s, v), constant(coefficients + (<usize>i << 3)));
  return s;
}

export function generalizedExtremeValue(theta: usize, x: usize, n: i32, out: usize): void {
  sum<GeneralizedExtremeValue, Identity>(changetype<GeneralizedExtremeValue>(theta), x, n, out);
}
export function generalizedExtremeValueWeighted(theta: usize, x: usize, w: usize, n: i32, out: usize): void {
  weightedSum<GeneralizedExtremeValue, Identity>(changetype<GeneralizedExtremeValue>(theta), x, w, n, out);
}
