import { boundOf } from "../data/censoring.ts";
import { productLimit } from "../empirical/productLimit.ts";
import type { BootstrapProgress } from "../estimators/bootstrap.ts";
import { fit } from "../estimators/fit.ts";
import type { FitOptions } from "../estimators/settings.ts";
import { Random } from "../math/random.ts";
import { conditional } from "./conditional.ts";
import { type Question, type Rows, withinDoubles } from "./question.ts";

export interface SimulationOptions {
  /** Number of simulated samples, 1000 by default. */
  readonly B?: number;
  /** The same seed gives the same samples on every machine; 1 by default. */
  readonly seed?: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: BootstrapProgress) => void;
}

/** Statistics of the samples that could be fitted. */
export interface Replicates {
  readonly statistics: readonly (readonly number[])[];
  readonly failed: number;
}

/** Replicates between turns of the caller's event loop. */
const TURN = 16;

/** A simulated sample in the form that `fit` takes, and as rows. */
export interface Simulated {
  readonly x: ArrayLike<number> | null;
  readonly options: Pick<FitOptions, "censored" | "truncated" | "bins">;
  readonly rows: Rows;
}

/**
 * The parametric bootstrap: samples from the fit, each fitted as the data were (the same parameters fixed, the same bounds), and a statistic
 * of each sample at its own estimates. Replicate b has a stream of random numbers of its own.
 */
export async function bootstrap(
  { family, theta, options, estimated }: Question,
  draw: (source: Random) => Simulated,
  measure: (rows: Rows, theta: readonly number[]) => readonly number[],
  { B = 1000, seed = 1, signal, onProgress }: SimulationOptions,
): Promise<Replicates> {
  const { weights, weightType, censored, truncated, bins, signal: _, onProgress: __, start, ...asked } = options;
  const constants = theta.slice(family.parameters.length);
  const statistics: (readonly number[])[] = [];
  for (let b = 0; b < B; b++) {
    if (b % TURN === 0) await new Promise((resolve) => setTimeout(resolve));
    signal?.throwIfAborted();
    const sample = draw(new Random(seed, b));
    const refit = estimated === 0 ? undefined : await fit(family, sample.x, { ...asked, ...sample.options });
    const own = refit
      ? withinDoubles(
          family,
          family.parameters.map(({ name }) => refit.estimates[name]!),
        )
      : theta.slice(0, family.parameters.length);
    if (own) {
      const found = measure(sample.rows, [...own, ...constants]);
      if (!found.some(Number.isNaN)) statistics.push(found);
    }
    onProgress?.({ done: b + 1, B });
  }
  return { statistics, failed: B - statistics.length };
}

/** How samples like the rows are simulated, or why they cannot be. */
export function simulator({ family, theta }: Question, rows: Rows, n: number): ((source: Random) => Simulated) | string {
  if (rows.kind === "interval") return "no p-value: what decides between which bounds a row is known cannot be told from the rows";
  if (rows.kind === "bins") return fromBins(rows, n);
  if (rows.kind === "right") {
    if (rows.entry) return "no p-value: what decides when a row enters cannot be told from the rows";
    return fromCensored(rows);
  }
  const { after, until, x } = rows;
  if (typeof after === "number" && typeof until === "number") {
    const at = conditional(family, theta, after, until);
    const bounded = after !== Number.NEGATIVE_INFINITY || until !== Number.POSITIVE_INFINITY;
    const truncated = bounded && { truncated: { lower: after, upper: until } };
    return (source) => {
      const drawn = new Float64Array(n);
      for (let i = 0; i < n; i++) drawn[i] = at.random(source);
      return { x: drawn, options: { ...truncated }, rows: { ...rows, x: drawn, weights: undefined } };
    };
  }
  // The bounds of the rows, of some evenly spaced where they are many.
  const picks = Array.from({ length: n }, (_, i) => Math.floor(((i + 0.5) * x.length) / n));
  const [lower, upper] = [after, until].map((bound) => Float64Array.from(picks, (row) => boundOf(bound, row))) as [
    Float64Array,
    Float64Array,
  ];
  return (source) => {
    const drawn = lower.map((from, i) => conditional(family, theta, from, upper[i]!).random(source));
    const rows: Rows = { kind: "exact", x: drawn, weights: undefined, after: lower, until: upper };
    return { x: drawn, options: { truncated: { lower, upper } }, rows };
  };

  function fromBins(given: Extract<Rows, { kind: "bins" }>, n: number) {
    const { edges, after, until } = given;
    const at = conditional(family, theta, after, until);
    const bounded = after !== Number.NEGATIVE_INFINITY || until !== Number.POSITIVE_INFINITY;
    return (source: Random): Simulated => {
      const counts = new Float64Array(edges.length - 1);
      for (let seen = 0, tries = 0; seen < n && tries < 100 * n; tries++) {
        const x = at.random(source);
        let [low, high] = [0, edges.length];
        while (low < high) {
          const middle = (low + high) >> 1;
          if (edges[middle]! < x) low = middle + 1;
          else high = middle;
        }
        if (low === 0 || low === edges.length) continue;
        counts[low - 1]!++;
        seen++;
      }
      const options = { bins: { edges, counts }, ...(bounded && { truncated: { lower: after, upper: until } }) };
      return { x: null, options, rows: { ...given, counts } };
    };
  }

  /** Efron (1981, J. Amer. Statist. Assoc. 76): times from the fit, times of censoring from their own product-limit estimate. */
  function fromCensored({ time, event, weights }: Extract<Rows, { kind: "right" }>) {
    const censoring = productLimit({ time, event: event.map((one) => 1 - one), weights });
    const reached = censoring.survival.map((value) => 1 - value);
    const last = reached.length;
    return (source: Random): Simulated => {
      const [lower, upper] = [new Float64Array(n), new Float64Array(n)];
      const happened = new Uint8Array(n);
      for (let i = 0; i < n; i++) {
        const t = family.random(theta, source);
        const u = source.uniform();
        let [low, high] = [0, last];
        while (low < high) {
          const middle = (low + high) >> 1;
          if (reached[middle]! < u) low = middle + 1;
          else high = middle;
        }
        const c = low < last ? censoring.time[low]! : Number.POSITIVE_INFINITY;
        happened[i] = Number(t <= c);
        lower[i] = Math.min(t, c);
        upper[i] = t <= c ? t : Number.POSITIVE_INFINITY;
      }
      const rows: Rows = { kind: "right", time: lower, event: happened, entry: undefined, weights: undefined };
      return { x: null, options: { censored: { lower, upper } }, rows };
    };
  }
}
