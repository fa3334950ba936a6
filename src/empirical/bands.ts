import { exp, log } from "../math/elementary.ts";
import { betaQuantile } from "../math/incompleteBeta.ts";
import { normalQuantile } from "../math/normal.ts";
import type { Empirical } from "./empirical.ts";

/** Most points of a picture 600 pixels wide: more would lie on one another. */
export const MOST_POINTS = 512;
/** Values at either end that are shown each for itself. */
const EXTREMES = 16;

/**
 * Which of `count` ascending places a picture shows: all of them, or the outermost of either end and others between, as dense as they are
 * on the logit of their rank, so that tails have as many as the middle.
 */
export function chosenRanks(count: number, most = MOST_POINTS): number[] {
  if (count <= most) return Array.from({ length: count }, (_, i) => i);
  const inner = most - 2 * EXTREMES;
  const reach = log((count - EXTREMES) / EXTREMES);
  const ranks = new Set<number>();
  for (let i = 0; i < EXTREMES; i++) ranks.add(i).add(count - 1 - i);
  // Half of them evenly: the middle of a distribution function is as long as its tails on the page.
  const even = inner >> 1;
  for (let i = 1; i <= even; i++) ranks.add(Math.round((i * (count - 1)) / (even + 1)));
  for (let i = 1; i <= inner - even; i++) {
    const logit = reach * ((2 * i) / (inner - even + 1) - 1);
    ranks.add(Math.round((count - 1) / (1 + exp(-logit))));
  }
  return [...ranks].sort((a, b) => a - b);
}

/** The interval that holds the distribution function at the k-th of n order statistics with probability `level`: a beta's quantiles. */
export function orderBand(k: number, n: number, level: number): [number, number] {
  const tail = (1 - level) / 2;
  return [betaQuantile(tail, k, n + 1 - k), betaQuantile(1 - tail, k, n + 1 - k)];
}

/**
 * A confidence interval for the distribution function at place i: Clopper and Pearson's where values are known; from Greenwood's variance
 * on the scale log(-log S), as Kalbfleisch and Prentice (1980) advise, where rows are right-censored; none for intervals.
 */
export function pointwiseBand(data: Empirical, i: number, level: number): [number, number] | undefined {
  const { kind, cumulative, total, size, greenwood } = data;
  const share = cumulative[i]! / total;
  const tail = (1 - level) / 2;
  if (kind === "known") {
    const k = share * size;
    return [betaQuantile(tail, k, size - k + 1), k >= size * (1 - 1e-15) ? 1 : betaQuantile(1 - tail, k + 1, size - k)];
  }
  if (!greenwood || !(share > 0 && share < 1)) return undefined;
  const logS = log(1 - share);
  // Fewer equal rows than weights say: the variance grows with their ratio.
  const spread = (normalQuantile(1 - tail) * Math.sqrt(greenwood[i]! * (total / size))) / -logS;
  return [1 - exp(logS * exp(-spread)), 1 - exp(logS * exp(spread))];
}
