import { Kernel } from "./kernel";
import { Identity, sum, weightedSum } from "./sum";

// Sums of 1/x for positive columns.

/** (x - center)² / (x scale): at center = scale = mean(x) the mean of it is mean(x) mean(1/x) - 1, a sum of non-negative terms. */
@unmanaged @final class HarmonicExcess extends Kernel {
  @inline at(y: v128): v128 { return y; }
  @inline core(y: v128): v128 { return this.centred(y); }
  @inline s0(y: v128, d: v128): v128 { return f64x2.mul(this.scaled(d), f64x2.div(d, y)); }
}

/** Factor r and sum of 1/r with r = (x - location) / scale: the scale keeps r normal. */
@unmanaged @final class Reciprocals extends Kernel {
  @inline light(): void {}
  @inline at(y: v128): v128 { return this.standardise(y); }
  @inline core(r: v128): v128 { return r; }
  @inline factor(r: v128, u: v128): v128 { return r; }
  @inline s0(r: v128, u: v128): v128 { return f64x2.div(f64x2.splat(1), r); }
}

export function harmonicExcess(theta: usize, x: usize, n: i32, out: usize): void {
  sum<HarmonicExcess, Identity>(changetype<HarmonicExcess>(theta), x, n, out);
}
export function harmonicExcessWeighted(theta: usize, x: usize, w: usize, n: i32, out: usize): void {
  weightedSum<HarmonicExcess, Identity>(changetype<HarmonicExcess>(theta), x, w, n, out);
}
export function reciprocals(theta: usize, x: usize, n: i32, out: usize): void {
  sum<Reciprocals, Identity>(changetype<Reciprocals>(theta), x, n, out);
}
export function reciprocalsWeighted(theta: usize, x: usize, w: usize, n: i32, out: usize): void {
  weightedSum<Reciprocals, Identity>(changetype<Reciprocals>(theta), x, w, n, out);
}
