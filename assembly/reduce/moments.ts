import { log } from "../lanes/log";
import { logit } from "../lanes/logit";
import { Kernel } from "./kernel";
import { Identity, Log, sum, weightedSum } from "./sum";

// Sufficient statistics as kernels of the same drivers: sums that need no iteration. Centred, because log(mean) - mean(log) and
// mean(x^2) - mean^2 lose every digit when the spread is small.

/** d, d^2, d^3, d^4 with d = (x - center) / scale. */
@unmanaged @final class Powers extends Kernel {
  @inline at(y: v128): v128 { return this.standardise(y); }
  @inline core(d: v128): v128 { return f64x2.mul(d, d); }
  @inline s0(d: v128, u: v128): v128 { return d; }
  @inline s1(d: v128, u: v128): v128 { return u; }
  @inline s2(d: v128, u: v128): v128 { return f64x2.mul(d, u); }
  @inline s3(d: v128, u: v128): v128 { return f64x2.mul(u, u); }
}

/** d, d^2 with d = x - center. */
@unmanaged @final class Squares extends Kernel {
  @inline at(y: v128): v128 { return this.centred(y); }
  @inline light(): void {}
  @inline core(d: v128): v128 { return d; }
  @inline s0(d: v128, u: v128): v128 { return d; }
  @inline s1(d: v128, u: v128): v128 { return f64x2.mul(d, d); }
}

/** The same with d = logit x - center. */
@unmanaged @final class SquaresOfLogit extends Kernel {
  @inline at(y: v128): v128 { return this.centred(logit(y)); }
  @inline core(d: v128): v128 { return d; }
  @inline s0(d: v128, u: v128): v128 { return d; }
  @inline s1(d: v128, u: v128): v128 { return f64x2.mul(d, d); }
}

/** log(x / scale) by products. The scale keeps x / scale normal. */
@unmanaged @final class Logs extends Kernel {
  @inline at(y: v128): v128 { return this.scaled(y); }
  @inline light(): void {}
  @inline core(r: v128): v128 { return r; }
  @inline factor(r: v128, u: v128): v128 { return r; }
}

/** log(x / scale), for columns in which x / scale may be subnormal: a logarithm per row. */
@unmanaged @final class LogsOfSubnormals extends Kernel {
  @inline at(y: v128): v128 { return this.scaled(y); }
  @inline core(r: v128): v128 { return r; }
  @inline s0(r: v128, u: v128): v128 { return log(r); }
}

/** log((x - center) / scale) by products: of 1 - x, with center 1 and scale -1. */
@unmanaged @final class ShiftedLogs extends Kernel {
  @inline at(y: v128): v128 { return this.standardise(y); }
  @inline light(): void {}
  @inline core(r: v128): v128 { return r; }
  @inline factor(r: v128, u: v128): v128 { return r; }
}

/** |d| with d = x - center. */
@unmanaged @final class Deviations extends Kernel {
  @inline light(): void {}
  @inline at(y: v128): v128 { return this.centred(y); }
  @inline core(d: v128): v128 { return d; }
  @inline s0(d: v128, u: v128): v128 { return f64x2.abs(d); }
}

/**
 * d - log(1 + d) with d = (x - center) / scale, |d| <= 1/4, a sum of non-negative terms: with t = d / (2 + d), log(1 + d) = 2 atanh t, so it equals
 * d t - 2 t^3 (1/3 + t^2/5 + …); ten terms leave 2^-58 of it.
 */
@unmanaged @final class LogExcess extends Kernel {
  @inline at(y: v128): v128 { return this.standardise(y); }
  @inline core(d: v128): v128 { return f64x2.div(d, f64x2.add(f64x2.splat(2), d)); }
  @inline s0(d: v128, t: v128): v128 {
    const q = f64x2.mul(t, t);
    let p = f64x2.splat(1.0 / 21);
    p = f64x2.add(f64x2.mul(p, q), f64x2.splat(1.0 / 19));
    p = f64x2.add(f64x2.mul(p, q), f64x2.splat(1.0 / 17));
    p = f64x2.add(f64x2.mul(p, q), f64x2.splat(1.0 / 15));
    p = f64x2.add(f64x2.mul(p, q), f64x2.splat(1.0 / 13));
    p = f64x2.add(f64x2.mul(p, q), f64x2.splat(1.0 / 11));
    p = f64x2.add(f64x2.mul(p, q), f64x2.splat(1.0 / 9));
    p = f64x2.add(f64x2.mul(p, q), f64x2.splat(1.0 / 7));
    p = f64x2.add(f64x2.mul(p, q), f64x2.splat(1.0 / 5));
    p = f64x2.add(f64x2.mul(p, q), f64x2.splat(1.0 / 3));
    return f64x2.sub(f64x2.mul(d, t), f64x2.mul(f64x2.mul(f64x2.splat(2), p), f64x2.mul(t, q)));
  }
}

export function powers(theta: usize, x: usize, n: i32, out: usize): void {
  sum<Powers, Identity>(changetype<Powers>(theta), x, n, out);
}
export function powersWeighted(theta: usize, x: usize, w: usize, n: i32, out: usize): void {
  weightedSum<Powers, Identity>(changetype<Powers>(theta), x, w, n, out);
}
export function squares(theta: usize, x: usize, n: i32, out: usize): void {
  sum<Squares, Identity>(changetype<Squares>(theta), x, n, out);
}
export function squaresWeighted(theta: usize, x: usize, w: usize, n: i32, out: usize): void {
  weightedSum<Squares, Identity>(changetype<Squares>(theta), x, w, n, out);
}
export function squaresOfLog(theta: usize, x: usize, n: i32, out: usize): void {
  sum<Squares, Log>(changetype<Squares>(theta), x, n, out);
}
export function squaresOfLogWeighted(theta: usize, x: usize, w: usize, n: i32, out: usize): void {
  weightedSum<Squares, Log>(changetype<Squares>(theta), x, w, n, out);
}
export function squaresOfLogit(theta: usize, x: usize, n: i32, out: usize): void {
  sum<SquaresOfLogit, Identity>(changetype<SquaresOfLogit>(theta), x, n, out);
}
export function squaresOfLogitWeighted(theta: usize, x: usize, w: usize, n: i32, out: usize): void {
  weightedSum<SquaresOfLogit, Identity>(changetype<SquaresOfLogit>(theta), x, w, n, out);
}
export function logs(theta: usize, x: usize, n: i32, out: usize): void {
  sum<Logs, Identity>(changetype<Logs>(theta), x, n, out);
}
export function logsWeighted(theta: usize, x: usize, w: usize, n: i32, out: usize): void {
  weightedSum<Logs, Identity>(changetype<Logs>(theta), x, w, n, out);
}
export function logsOfSubnormals(theta: usize, x: usize, n: i32, out: usize): void {
  sum<LogsOfSubnormals, Identity>(changetype<LogsOfSubnormals>(theta), x, n, out);
}
export function shiftedLogs(theta: usize, x: usize, n: i32, out: usize): void {
  sum<ShiftedLogs, Identity>(changetype<ShiftedLogs>(theta), x, n, out);
}
export function shiftedLogsWeighted(theta: usize, x: usize, w: usize, n: i32, out: usize): void {
  weightedSum<ShiftedLogs, Identity>(changetype<ShiftedLogs>(theta), x, w, n, out);
}
export function deviations(theta: usize, x: usize, n: i32, out: usize): void {
  sum<Deviations, Identity>(changetype<Deviations>(theta), x, n, out);
}
export function deviationsWeighted(theta: usize, x: usize, w: usize, n: i32, out: usize): void {
  weightedSum<Deviations, Identity>(changetype<Deviations>(theta), x, w, n, out);
}
export function logExcess(theta: usize, x: usize, n: i32, out: usize): void {
  sum<LogExcess, Identity>(changetype<LogExcess>(theta), x, n, out);
}
export function logExcessWeighted(theta: usize, x: usize, w: usize, n: i32, out: usize): void {
  weightedSum<LogExcess, Identity>(changetype<LogExcess>(theta), x, w, n, out);
}
