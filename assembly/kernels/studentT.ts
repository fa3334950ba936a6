import { Kernel } from "../reduce/kernel";
import { Identity, sum, weightedSum } from "../reduce/sum";

// Student t with df = v, Student (1908); Lange, Little & Taylor (1989), JASA 84:
//   log f(z) = C(v) - (v+1)/2 log q,   q = 1 + z^2/v,   r = 1/q
//   psi = (v+1)/v z r,   psi' = (v+1)/v (2 r^2 - r)
// All first and second derivatives, those in v included, are linear in the sums of log q, r, r^2, z r, z r^2: no transcendental
// function per row.
@unmanaged @final class StudentT extends Kernel {
  @inline at(y: v128): v128 { return this.standardise(y); }
  @inline factor(z: v128, r: v128): v128 {
    return f64x2.add(f64x2.splat(1), f64x2.mul(f64x2.mul(z, z), this.inverseShapes()));
  }
  @inline core(z: v128): v128 { return f64x2.div(f64x2.splat(1), this.factor(z, z)); }
  @inline s0(z: v128, r: v128): v128 { return r; }
  @inline s1(z: v128, r: v128): v128 { return f64x2.mul(r, r); }
  @inline s2(z: v128, r: v128): v128 { return f64x2.mul(z, r); }
  @inline s3(z: v128, r: v128): v128 { return f64x2.mul(z, f64x2.mul(r, r)); }
}

export function studentT(theta: usize, x: usize, n: i32, out: usize): void {
  sum<StudentT, Identity>(changetype<StudentT>(theta), x, n, out);
}
export function studentTWeighted(theta: usize, x: usize, w: usize, n: i32, out: usize): void {
  weightedSum<StudentT, Identity>(changetype<StudentT>(theta), x, w, n, out);
}
