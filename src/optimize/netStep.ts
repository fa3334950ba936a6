import { factor } from "./normalEquations.ts";
import type { Penalty } from "./penalty.ts";

// The maximum of a quadratic function less an elastic net's penalty, by coordinate descent on its matrix: J. Friedman, T. Hastie & R. Tibshirani,
// "Regularization paths for generalized linear models via coordinate descent", J. Stat. Software 33 (2010), 1, section 2.2 (covariance updates).
// Which coefficients are 0, and the signs of the others, is found by it; their values follow from one linear system, to all digits.

/** A step and what it gains of the quadratic less the penalty. */
export interface NetStep {
  readonly step: Float64Array;
  readonly gain: number;
}

/** Sweeps after which coordinate descent alone is not going to end. */
const SWEEPS = 20000;

/** What a coefficient at 0 may have beyond its weight, relative: rounding; and relative to what its slope is the sum of. */
const SLACK = 1e-11;
const ROUNDING = 1e-14;

/** A slope of the penalty along a direction that is 0 but for rounding, relative. */
const LEVEL = 1e-8;

/**
 * The step d that maximises g'd - d'Hd/2 - penalty(b + d).
 *
 * @param h - Row-major, symmetric, positive semidefinite.
 * @param out - Columns that stay where they are.
 */
export function netStep(h: Float64Array, g: Float64Array, b: Float64Array, penalty: Penalty, out: readonly boolean[]): NetStep {
  const { ridge, lasso } = penalty;
  const p = g.length;
  const step = new Float64Array(p);
  /** g - H d. */
  let slope: Float64Array = g.slice();
  const bend = (j: number) => h[j * p + j]! + ridge[j]!;
  const free = Int32Array.from(g.keys()).filter((j) => !out[j] && bend(j) > 0);

  /** One coefficient after the other at its maximum; returns the largest gain of one. */
  const sweep = (columns: Int32Array): number => {
    let most = 0;
    for (const j of columns) {
      const at = b[j]! + step[j]!;
      const pull = slope[j]! + h[j * p + j]! * at;
      const next = (Math.sign(pull) * Math.max(0, Math.abs(pull) - lasso[j]!)) / bend(j);
      const change = next - at;
      if (change === 0) continue;
      step[j] = next === 0 ? -b[j]! : step[j]! + change;
      for (let i = 0; i < p; i++) slope[i]! -= h[j * p + i]! * change;
      most = Math.max(most, change * change * bend(j));
    }
    return most;
  };
  const isZero = (j: number) => lasso[j]! > 0 && b[j]! + step[j]! === 0;

  let level = Number.NaN;
  let tolerance = 1e-6;
  let sweeps = 0;
  while (sweeps < SWEEPS) {
    const most = sweep(free);
    sweeps++;
    if (Number.isNaN(level)) level = most;
    // Those that are not 0 among themselves, then all once more.
    const active = free.filter((j) => !isZero(j));
    while (sweeps < SWEEPS && sweep(active) > tolerance * level) sweeps++;
    if (!(most <= tolerance * level)) continue;
    const exact = polished(h, g, b, penalty, free, step);
    if (exact) {
      step.set(exact.step);
      slope = exact.slope;
      break;
    }
    if (tolerance < 1e-28) break;
    tolerance *= 1e-4;
  }
  let gain = 0;
  for (const j of free) {
    const [d, from] = [step[j]!, b[j]!];
    const to = from + d;
    // Between equal signs the lasso is linear: the difference of two sizes would lose digits.
    const sign = from === 0 ? Math.sign(to) : to === 0 || Math.sign(to) === Math.sign(from) ? Math.sign(from) : Number.NaN;
    const smooth = 0.5 * (g[j]! + slope[j]!) - ridge[j]! * (from + 0.5 * d);
    gain += Number.isNaN(sign) ? d * smooth - lasso[j]! * (Math.abs(to) - Math.abs(from)) : d * (smooth - lasso[j]! * sign);
  }
  return { step, gain };
}

/** The maximum with these coefficients at 0 and these signs, or fewer where columns are combinations of others; undefined where it has others. */
function polished(
  h: Float64Array,
  g: Float64Array,
  b: Float64Array,
  { ridge, lasso }: Penalty,
  free: Int32Array,
  near: Float64Array,
): { step: Float64Array; slope: Float64Array } | undefined {
  const p = g.length;
  const at = near.map((d, j) => b[j]! + d);
  for (;;) {
    const active = free.filter((j) => lasso[j] === 0 || at[j] !== 0);
    const m = active.length;
    const gram = new Float64Array(m * m);
    active.forEach((j, a) => {
      active.forEach((k, c) => {
        gram[a * m + c] = h[j * p + k]! + (a === c ? ridge[j]! : 0);
      });
    });
    const factored = factor({ columns: m, dense: Int32Array.from(active.keys()), gram });
    if (!factored) return undefined;
    const last = factored.aliased.lastIndexOf(true);
    if (last >= 0) {
      const combination = factored.solve(gram.subarray(last * m, (last + 1) * m));
      const still = combination.map((x, a) => (a === last ? 1 : -x));
      if (!emptied(at, active, still, last, lasso)) return undefined;
      continue;
    }
    const idle = free.filter((j) => lasso[j] !== 0 && at[j] === 0);
    const right = Float64Array.from(active, (j) => {
      let pull = g[j]! - ridge[j]! * b[j]! - lasso[j]! * Math.sign(at[j]!);
      for (const k of idle) pull += h[j * p + k]! * b[k]!;
      return pull;
    });
    const step = new Float64Array(p);
    for (const k of idle) step[k] = -b[k]!;
    const solved = factored.solve(right);
    active.forEach((j, a) => {
      step[j] = solved[a]!;
    });
    if (active.some((j) => lasso[j]! > 0 && Math.sign(b[j]! + step[j]!) !== Math.sign(at[j]!))) return undefined;
    const slope = g.slice();
    const size = g.map(Math.abs);
    for (const k of free) {
      if (step[k] === 0) continue;
      for (let i = 0; i < p; i++) {
        const share = h[k * p + i]! * step[k]!;
        slope[i]! -= share;
        size[i]! += Math.abs(share);
      }
    }
    return idle.some((j) => Math.abs(slope[j]!) > lasso[j]! * (1 + SLACK) + ROUNDING * size[j]!) ? undefined : { step, slope };
  }
}

/**
 * Moves coefficients along a direction in which the quadratic stands still, where the penalty does not grow: towards 0 in the last of them, until the
 * first is 0. So a column beside its copy has no coefficient. False where none becomes 0.
 */
function emptied(at: Float64Array, active: Int32Array, still: Float64Array, last: number, lasso: Float64Array): boolean {
  let [slope, size] = [0, 0];
  active.forEach((j, a) => {
    slope += lasso[j]! * Math.sign(at[j]!) * still[a]!;
    size += lasso[j]! * Math.abs(still[a]!);
  });
  const towards = Math.abs(slope) > LEVEL * size ? -Math.sign(slope) : -Math.sign(at[active[last]!]!);
  let [least, first] = [Number.POSITIVE_INFINITY, -1];
  active.forEach((j, a) => {
    const length = -at[j]! / (towards * still[a]!);
    // Of several that reach 0 together, the last.
    if (lasso[j]! > 0 && length > 0 && length <= least * (1 + LEVEL)) [least, first] = [Math.min(length, least), j];
  });
  if (first < 0) return false;
  active.forEach((j, a) => {
    const sign = Math.sign(at[j]!);
    at[j] = at[j]! + least * towards * still[a]!;
    // Those that rounding has brought beyond 0 are there, too.
    if (j === first || (lasso[j]! > 0 && Math.sign(at[j]!) !== sign)) at[j] = 0;
  });
  return true;
}
