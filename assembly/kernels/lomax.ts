import { constant } from "../lanes/constant";
import { Kernel } from "../reduce/kernel";
import { Identity, sum, weightedSum } from "../reduce/sum";

const ONE = memory.data<f64>([1]);

// log(1 + x/s), the only function of the data in a Pareto tail: Lomax (1954), JASA 49. With z = x/s and g = z/(1 + z)
//   s d/ds log(1 + z) = -g,   s dg/ds = -(g - g²)
// so every likelihood that holds the data in log(1 + x/s) needs the sums of it, of g and of g². s may be negative: a tail that ends.
@unmanaged @final class Lomax extends Kernel {
  @inline pairs(): void {}
  @inline at(y: v128): v128 { return this.scaled(y); }
  @inline factor(z: v128, g: v128): v128 { return f64x2.add(constant(ONE), z); }
  @inline core(z: v128): v128 { return f64x2.div(z, f64x2.add(constant(ONE), z)); }
  @inline s0(z: v128, g: v128): v128 { return g; }
  @inline s1(z: v128, g: v128): v128 { return f64x2.mul(g, g); }
}

export function lomax(theta: usize, x: usize, n: i32, out: usize): void {
  sum<Lomax, Identity>(changetype<Lomax>(theta), x, n, out);
}
export function lomaxWeighted(theta: usize, x: usize, w: usize, n: i32, out: usize): void {
  weightedSum<Lomax, Identity>(changetype<Lomax>(theta), x, w, n, out);
}
