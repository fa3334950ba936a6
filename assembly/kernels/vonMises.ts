import { cos, sin } from "../lanes/sin";
import { Kernel } from "../reduce/kernel";
import { Identity, sum, weightedSum } from "../reduce/sum";

// Von Mises (1918), Phys. Z. 19, 490: the likelihood is linear in the sums of sin d and of 1 - cos d = 2 sin²(d/2), d = x - center. Not of
// cos d: of a narrow sample's n - sum of cos d no digit would be left. sin d = 2 sin(d/2) cos(d/2), so d is reduced once more, not twice.
@unmanaged @final class VonMises extends Kernel {
  @inline at(y: v128): v128 { return f64x2.mul(f64x2.splat(0.5), this.centred(y)); }
  @inline core(z: v128): v128 { return sin(z); }
  @inline twice(u: v128): v128 { return f64x2.add(u, u); }
  @inline s0(z: v128, u: v128): v128 { return f64x2.mul(this.twice(u), cos(z)); }
  @inline s1(z: v128, u: v128): v128 { return f64x2.mul(this.twice(u), u); }
}

export function vonMises(theta: usize, x: usize, n: i32, out: usize): void {
  sum<VonMises, Identity>(changetype<VonMises>(theta), x, n, out);
}
export function vonMisesWeighted(theta: usize, x: usize, w: usize, n: i32, out: usize): void {
  weightedSum<VonMises, Identity>(changetype<VonMises>(theta), x, w, n, out);
}
