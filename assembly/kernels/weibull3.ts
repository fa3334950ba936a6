import { constant } from "../lanes/constant";
import { exp } from "../lanes/exp";
import { log } from "../lanes/log";
import { Kernel } from "../reduce/kernel";
import { Identity, sum, weightedSum } from "../reduce/sum";

const ONE = memory.data<f64>([1]);
// What core leaves for the sums: l and q.
const ROW = memory.data(32, 16);

// Weibull of z = (x - location)/scale with shape k, Weibull (1951); l = log z, q = 1/z, u = z^k:
//   log f(z) = log k + (k - 1) l - u,   psi = q (k u - k + 1),   psi' = (k - 1) q² (1 + k u)
// All first and second derivatives, those in k included, are linear in the sums of l, u, q, q u, q², q² u, l u, l² u, q l u.
@unmanaged @final class Weibull3 extends Kernel {
  @inline at(x: v128): v128 { return this.standardise(x); }
  @inline core(z: v128): v128 {
    const l = log(z);
    v128.store(ROW, l);
    v128.store(ROW, f64x2.div(constant(ONE), z), 16);
    return exp(f64x2.mul(l, v128.load64_splat(changetype<usize>(this), offsetof<Kernel>("shape"))));
  }
  @inline l(): v128 { return v128.load(ROW); }
  @inline q(): v128 { return v128.load(ROW, 16); }
  @inline s0(z: v128, u: v128): v128 { return this.l(); }
  @inline s1(z: v128, u: v128): v128 { return u; }
  @inline s2(z: v128, u: v128): v128 { return this.q(); }
  @inline s3(z: v128, u: v128): v128 { return f64x2.mul(this.q(), u); }
  @inline s4(z: v128, u: v128): v128 { return f64x2.mul(this.q(), this.q()); }
  @inline s5(z: v128, u: v128): v128 { return f64x2.mul(this.q(), f64x2.mul(this.q(), u)); }
  @inline s6(z: v128, u: v128): v128 { return f64x2.mul(this.l(), u); }
  @inline s7(z: v128, u: v128): v128 { return f64x2.mul(this.l(), f64x2.mul(this.l(), u)); }
  @inline s8(z: v128, u: v128): v128 { return f64x2.mul(this.q(), f64x2.mul(this.l(), u)); }
}

export function weibull3(theta: usize, x: usize, n: i32, out: usize): void {
  sum<Weibull3, Identity>(changetype<Weibull3>(theta), x, n, out);
}
export function weibull3Weighted(theta: usize, x: usize, w: usize, n: i32, out: usize): void {
  weightedSum<Weibull3, Identity>(changetype<Weibull3>(theta), x, w, n, out);
}
