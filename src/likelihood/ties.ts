import { log } from "../math/elementary.ts";
import { HALF_LOG_2PI } from "../math/stirling.ts";
import type { Sample } from "../wasm/sample.ts";
import { boundary, type End, type Fixed, nonexistent, type Verdict } from "./model.ts";
import { fourMoments, mean, secondMoments } from "./statistics.ts";

// Where heavy-tailed location-scale likelihoods have no maximum inside: at ties, and at the normal limit.

/** More than half of the weight on one value: with a free scale it can shrink to 0 there. */
export function majority(sample: Sample, fixed: Fixed): Verdict | undefined {
  const tie = heaviest(sample, fixed);
  if (!tie || tie.share <= 0.5) return undefined;
  return nonexistent(`More than half of the values equal ${tie.value}: the likelihood grows without bound as scale → 0 there.`);
}

/** The same, and the case of two points with half of the weight each, whose maximum is a whole semicircle. */
export function tiedCenter(sample: Sample, fixed: Fixed): Verdict | undefined {
  const tie = heaviest(sample, fixed);
  if (!tie || tie.share < 0.5) return undefined;
  if (tie.share > 0.5) return majority(sample, fixed);
  const { min, max } = sample.extent;
  const other = tie.value === min ? max : min;
  const twoPoints = sample.values.every((x) => x === tie.value || x === other);
  if (twoPoints && fixed[0] === undefined) {
    const scale = Math.abs(max / 2 - min / 2);
    const logLik = -sample.weight * log(2 * Math.PI * scale);
    return nonexistent(
      `Two points with half of the weight each: every (location, scale) with (location - ${min / 2 + max / 2})² + scale² = ${scale}² is a maximum.`,
      [min / 2 + max / 2, scale],
      logLik,
    );
  }
  return undefined;
}

/** Degrees of freedom that cannot be told from infinity: the log-likelihoods differ by n / df, and by less where tails are light. */
export const DF_LIMIT = 1e6;

/** df = ∞, if that is more likely than where the iteration ended or if the iteration is on its way there. */
export function normalLimit(sample: Sample, fixed: Fixed, theta: readonly number[], value: number, coarse: boolean): Verdict | undefined {
  if (fixed[2] !== undefined) return undefined;
  const far = theta[2]! > DF_LIMIT;
  if (coarse && !far) return undefined;
  // Tails clearly heavier than normal in the subsample (eight standard errors of a normal's): spares a pass over the rest.
  const thin = sample.thin();
  if (!far && thin !== sample && towardsNormal(thin, normalAt(thin, fixed)) > 0.16) return undefined;
  const { location, scale, logLik } = normalAt(sample, fixed);
  // Where the iteration did not run there, the limit is the answer only if it is higher and the likelihood rises towards it.
  if (!far && logLik < value) return undefined;
  if ((!far || coarse) && towardsNormal(sample, { location, scale }) > 0) return undefined;
  return boundary(
    "The tails are not heavier than normal: the likelihood increases with df; the limit is normal(location, scale).",
    [location, scale, Number.POSITIVE_INFINITY],
    logLik,
  );
}

/** A scale that is this small a part of the quartiles' distance belongs to no peak of the whole sample. */
const NARROW = 1e-5;

/**
 * scale → 0 at an observation: with k of n values equal and df < k / (n - k) the likelihood is unbounded there (Fernández & Steel 1999).
 * An iteration that ended on its way there found no maximum inside.
 */
export function spike(sample: Sample, fixed: Fixed, theta: readonly number[], relativeScale: number, end: End): Verdict | undefined {
  if (fixed[1] !== undefined || fixed[2] !== undefined || end.coarse) return undefined;
  if (end.converged && relativeScale > NARROW) return undefined;
  const { values, weights } = sample;
  const nearest = values.reduce((best, x) => (Math.abs(x - theta[0]!) < Math.abs(best - theta[0]!) ? x : best));
  const tied = values.reduce((sum, x, i) => (x === nearest ? sum + (weights ? weights[i]! : 1) : sum), 0);
  // Twice that, for the ridge that leads there.
  if (!(relativeScale < NARROW || theta[2]! < (2 * tied) / (sample.weight - tied))) return undefined;
  return nonexistent(
    `The likelihood grows without bound as scale → 0 at ${nearest} with few degrees of freedom; there is no maximum elsewhere.`,
  );
}

/** The normal that is most likely, given what is fixed. */
function normalAt(sample: Sample, fixed: Fixed): { location: number; scale: number; logLik: number } {
  const center = fixed[0] ?? mean(sample);
  const { unit, first, second } = secondMoments(sample, center);
  const spread = fixed[0] === undefined ? second - first * first : second;
  const scale = fixed[1] ?? unit * Math.sqrt(spread);
  const square = spread * (unit / scale) * (unit / scale);
  const logLik = -sample.weight * (HALF_LOG_2PI + log(scale) + 0.5 * square);
  return { location: fixed[0] ?? center + unit * first, scale, logLik };
}

/** The score in 1/df at 1/df = 0, times 4 / n: the excess kurtosis where location and scale are free. */
function towardsNormal(sample: Sample, { location, scale }: { location: number; scale: number }): number {
  const [, z2, , z4] = fourMoments(sample, location, scale);
  return z4 - 2 * z2 - 1;
}

interface Tie {
  readonly value: number;
  readonly share: number;
}

/** The value with the most weight, where one can have half of it and the scale is free: then it is a median or next to one. */
function heaviest(sample: Sample, fixed: Fixed): Tie | undefined {
  if (fixed[1] !== undefined) return undefined;
  const { sketch, w } = sample;
  // Half of a column equal shows as a run in its sorted sketch; a run of a third makes sure that sampling hides none.
  const third = Math.max(1, Math.floor(sketch.length / 3));
  // Weights can put half of it on a value that a sketch of the rows sees once.
  if (w === undefined && sketch.length > 3 && !sketch.some((x, i) => sketch[i + third] === x)) return undefined;
  const candidates = new Set([...sample.median, sketch[Math.floor(sketch.length / 4)]!, sketch[Math.floor((3 * sketch.length) / 4)]!]);
  const { values, weights } = sample;
  const shares = [...candidates].map((value) => {
    let share = 0;
    for (let i = 0; i < values.length; i++) if (values[i] === value) share += weights ? weights[i]! : 1;
    return { value, share: share / sample.weight };
  });
  return shares.reduce((a, b) => (b.share > a.share ? b : a));
}
