import { constant } from "../lanes/constant";
import { Kernel } from "../reduce/kernel";
import { Identity, sum, weightedSum } from "../reduce/sum";

const ONE = memory.data<f64>([1]);

// Student t with df = v, Student (1908); Lange, Little & Taylor (1989), JASA 84:
//   log f(z) = C(v) - (v+1)/2 log q,   q = 1 + z^2/v,   r = 1/q,   g = 1 - r = z^2/v r
//   psi = (v+1)/v z r,   psi' = (v+1)/v (r - 2 r g)
// All first and second derivatives, those in v included, are linear in the sums of log q, g, r g, z r, z r g: no transcendental function
// per row. g and not r: near the normal (v large) the derivatives in v live in 1 - r, which n minus the sum of r has lost.
@unmanaged @final class StudentT extends Kernel {
  @inline pairs(): void {}
  @inline at(y: v128): v128 { return this.standardise(y); }
  @inline ratio(z: v128): v128 { return f64x2.mul(f64x2.mul(z, z), this.inverseShapes()); }
  @inline factor(z: v128, r: v128): v128 { return f64x2.add(constant(ONE), this.ratio(z)); }
  @inline core(z: v128): v128 { return f64x2.div(constant(ONE), this.factor(z, z)); }
  @inline gap(z: v128, r: v128): v128 { return f64x2.mul(this.ratio(z), r); }
  @inline s0(z: v128, r: v128): v128 { return this.gap(z, r); }
  @inline s1(z: v128, r: v128): v128 { return f64x2.mul(r, this.gap(z, r)); }
  @inline s2(z: v128, r: v128): v128 { return f64x2.mul(z, r); }
  @inline s3(z: v128, r: v128): v128 { return f64x2.mul(z, f64x2.mul(r, this.gap(z, r))); }
}

export function studentT(theta: usize, x: usize, n: i32, out: usize): void {
  sum<StudentT, Identity>(changetype<StudentT>(theta), x, n, out);
}
export function studentTWeighted(theta: usize, x: usize, w: usize, n: i32, out: usize): void {
  weightedSum<StudentT, Identity>(changetype<StudentT>(theta), x, w, n, out);
}
