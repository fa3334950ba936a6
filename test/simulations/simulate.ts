import type { Fit } from "loglik";
import { normalCdf } from "../../src/math/normal.ts";
import { fit, type Trial } from "../trials.ts";

/** Samples per trial, so 200 per family. */
export const SAMPLES = 50;
/**
 * Rows of a sample. At 1000 a parameter with little information is not yet normal, the size of a negative binomial near the Poisson above
 * all (4.9 standard errors); counts collapse and cost little.
 */
const ROWS = { continuous: 5000, whole: 20_000 };
/** Largest distance from the truth, in standard errors on the unconstrained scale, where confidence intervals are made. */
export const ERRORS = 4;
/** Samples of which all numbers are held against the cdf. */
const KOLMOGOROV = 10;
/** P(sqrt(n) D > 2.8) = 3e-7 in a continuous family, less in a discrete one: some ten thousand are looked at. */
const FARTHEST = 2.8;

/** What the fits of a trial's samples came to. */
export interface Outcome {
  readonly name: string;
  readonly counts: Readonly<Record<Fit["status"], number>>;
  /** Farthest estimate, in standard errors. */
  readonly distance: number;
  /** Truths inside their 95 % interval, and how many there were. */
  readonly covered: number;
  readonly intervals: number;
  readonly decrement: number;
  /** Largest sqrt(n) D of Kolmogorov and Smirnov over the samples, and that of all of them together. */
  readonly kolmogorov: number;
  readonly together: number;
  readonly misses: readonly string[];
  readonly milliseconds: number;
}

/** Samples from a trial's distribution and fits them. */
export async function simulate(trial: Trial, seed: number): Promise<Outcome> {
  const began = performance.now();
  const { at, family, parameters } = trial;
  const counts = { interior: 0, boundary: 0, nonexistent: 0, failed: 0 };
  const misses: string[] = [];
  const miss = (sample: number, what: string) => misses.push(`${trial.name}, seed ${sample}: ${what}`);
  let [distance, covered, intervals, decrement, kolmogorov] = [0, 0, 0, 0, 0];
  const pool: Float64Array[] = [];
  for (let i = 0; i < SAMPLES; i++) {
    const own = seedOf(trial, seed, i);
    const x = at.random(family.support.whole ? ROWS.whole : ROWS.continuous, { seed: own });
    const r = await fit(family, x);
    counts[r.status]++;
    if (r.status === "interior") {
      const intervals95 = r.confint();
      for (const { name } of family.parameters) {
        const away = errorsAway(r, name, parameters[name]!);
        distance = Math.max(distance, away);
        intervals++;
        if (inside(intervals95[name]!, parameters[name]!)) covered++;
        if (!(away < ERRORS)) miss(own, `${name} = ${r.estimates[name]}, ${away.toFixed(2)} standard errors from ${parameters[name]}`);
      }
      decrement = Math.max(decrement, r.certificate.decrement);
      if (!(r.certificate.decrement < 1e-8)) miss(own, `the decrement is ${r.certificate.decrement}`);
    }
    const truth = (await fit(family, x, { fixed: parameters })).logLik;
    if (r.status === "failed" || !(r.logLik >= truth)) {
      miss(own, `${r.status}, logLik ${r.logLik} for ${truth} at the truth: ${r.reason}`);
    }
    if (i >= KOLMOGOROV) continue;
    pool.push(x);
    const root = rootTimesDistance(x.slice(), at.cdf);
    kolmogorov = Math.max(kolmogorov, root);
    if (!(root < FARTHEST)) miss(own, `random numbers stray from the cdf, sqrt(n) D = ${root.toFixed(2)}`);
  }
  const together = rootTimesDistance(Float64Array.from(pool.flatMap((x) => [...x])), at.cdf);
  if (!(together < FARTHEST))
    miss(seedOf(trial, seed, 0), `random numbers of all samples stray from the cdf, sqrt(n) D = ${together.toFixed(2)}`);
  const milliseconds = performance.now() - began;
  return { name: family.name, counts, distance, covered, intervals, decrement, kolmogorov, together, misses, milliseconds };
}

/** Of each trial its own, so that one family more changes no other's samples: a hash of its name (FNV-1a), then the sample's number. */
function seedOf({ name }: Trial, seed: number, sample: number): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < name.length; i++) hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193);
  return (hash >>> 0) * 2 ** 20 + seed * SAMPLES + sample;
}

/** Half the width, in standard errors, of the confidence interval that just holds the truth; those are made on the unconstrained scale. */
function errorsAway(r: Fit, name: string, truth: number): number {
  let [low, high] = [0, 8];
  const holds = (errors: number) => inside(r.confint({ level: 2 * normalCdf(errors) - 1 })[name]!, truth);
  if (!holds(high)) return Number.POSITIVE_INFINITY;
  while (high - low > 1e-3) {
    const middle = (low + high) / 2;
    if (holds(middle)) high = middle;
    else low = middle;
  }
  return high;
}

function inside([lower, upper]: readonly [number, number], value: number): boolean {
  return lower <= value && value <= upper;
}

/** sqrt(n) sup |F_n - F|, over the ends of ties, where alone a discrete family may be asked. */
function rootTimesDistance(x: Float64Array, cdf: (x: number) => number): number {
  x.sort();
  const n = x.length;
  let distance = 0;
  x.forEach((value, i) => {
    if (value !== x[i + 1]) distance = Math.max(distance, Math.abs((i + 1) / n - cdf(value)));
  });
  return distance * Math.sqrt(n);
}
