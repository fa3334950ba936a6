import { Kernel } from "../reduce/kernel";
import { Identity, sum, weightedSum } from "../reduce/sum";

// Birnbaum & Saunders (1969), J. Appl. Prob. 6: beside log x and log(x + scale) the data enter through mean(x) and mean(1/x), together
// through d²/(x c) with d = x - c, c the mean, a sum of non-negative terms: x/c - 2 + c/x would cancel in narrow data.
@unmanaged @final class BirnbaumSaunders extends Kernel {
  @inline at(x: v128): v128 { return x; }
  @inline core(x: v128): v128 { return this.standardise(x); }
  @inline s0(x: v128, d: v128): v128 { return f64x2.div(f64x2.mul(d, d), this.scaled(x)); }
}

export function birnbaumSaunders(theta: usize, x: usize, n: i32, out: usize): void {
  sum<BirnbaumSaunders, Identity>(changetype<BirnbaumSaunders>(theta), x, n, out);
}
export function birnbaumSaundersWeighted(theta: usize, x: usize, w: usize, n: i32, out: usize): void {
  weightedSum<BirnbaumSaunders, Identity>(changetype<BirnbaumSaunders>(theta), x, w, n, out);
}
