import { constant } from "../lanes/constant";
import { Kernel } from "../reduce/kernel";
import { Identity, Log, sum, weightedSum } from "../reduce/sum";

const ONE = memory.data<f64>([1]);
const HALF = memory.data<f64>([0.5]);

// Logistic, Johnson, Kotz & Balakrishnan, Continuous Univariate Distributions 2, ch. 23:
//   f(z) = e^(-z) / (1 + e^(-z))^2,   log f = -|z| - 2 log(1 + e^(-|z|))
//   psi = -d log f / dz = tanh(z/2),   psi' = (1 - psi^2) / 2
// u = e^(-|z|) lies in (0, 1], so nothing overflows and the factor 1 + u in (1, 2].
@unmanaged @final class Logistic extends Kernel {
  @inline bounded(): void {}
  @inline at(y: v128): v128 { return this.standardise(y); }
  @inline exponent(z: v128): v128 { return f64x2.neg(f64x2.abs(z)); }
  @inline factor(z: v128, u: v128): v128 { return f64x2.add(constant(ONE), u); }
  @inline psi(z: v128, u: v128): v128 {
    const one = constant(ONE);
    const size = f64x2.div(f64x2.sub(one, u), f64x2.add(one, u));
    return v128.or(size, v128.and(z, f64x2.splat(-0.0)));
  }
  @inline curvature(z: v128, u: v128): v128 {
    const psi = this.psi(z, u);
    return f64x2.sub(constant(HALF), f64x2.mul(constant(HALF), f64x2.mul(psi, psi)));
  }
  @inline s0(z: v128, u: v128): v128 { return f64x2.abs(z); }
  @inline s1(z: v128, u: v128): v128 { return this.psi(z, u); }
  @inline s2(z: v128, u: v128): v128 { return f64x2.mul(z, this.psi(z, u)); }
  @inline s3(z: v128, u: v128): v128 { return this.curvature(z, u); }
  @inline s4(z: v128, u: v128): v128 { return f64x2.mul(z, this.curvature(z, u)); }
  @inline s5(z: v128, u: v128): v128 { return f64x2.mul(z, f64x2.mul(z, this.curvature(z, u))); }
}

export function logistic(theta: usize, x: usize, n: i32, out: usize): void {
  sum<Logistic, Identity>(changetype<Logistic>(theta), x, n, out);
}
export function logisticWeighted(theta: usize, x: usize, w: usize, n: i32, out: usize): void {
  weightedSum<Logistic, Identity>(changetype<Logistic>(theta), x, w, n, out);
}
export function logisticOfLog(theta: usize, x: usize, n: i32, out: usize): void {
  sum<Logistic, Log>(changetype<Logistic>(theta), x, n, out);
}
export function logisticOfLogWeighted(theta: usize, x: usize, w: usize, n: i32, out: usize): void {
  weightedSum<Logistic, Log>(changetype<Logistic>(theta), x, w, n, out);
}
