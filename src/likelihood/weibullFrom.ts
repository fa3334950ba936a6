import { exp, log } from "../math/elementary.ts";
import type { Sample } from "../wasm/sample.ts";
import { endpointPeaks, type Ordered, ordered, weibullOfLog } from "./endpoint.ts";
import { locationScale, type StandardSums } from "./locationScale.ts";
import { boundary, type Evaluation, type Fixed, type Model, nonexistent, type Verdict } from "./model.ts";
import { secondMoments } from "./statistics.ts";

// Weibull with a location: parameters (location, shape, scale). The likelihood is unbounded where shape < 1 and location → min(x), so the
// estimate is a local maximum with shape > 1; there is none, or it runs to location = -∞, the Gumbel for minima.

export const UNBOUNDED =
  "The likelihood grows without bound as location → the smallest value with shape < 1; there is no local maximum with shape > 1.";
/** Shapes above it are compared with the limit. */
const LONG = 20;

/** From the kernel's totals: –, l, u, q, qu, q², q²u, lu, l²u, qlu with l = log z, q = 1/z, u = z^k. */
function sums([, l, u, q, qu, qq, qqu, lu, llu, qlu]: Float64Array, n: number, k: number): StandardSums {
  return {
    value: n * log(k) + (k - 1) * l! - u!,
    psi: k * qu! - (k - 1) * q!,
    zPsi: k * u! - (k - 1) * n,
    curvature: (k - 1) * (qq! + k * qqu!),
    zCurvature: (k - 1) * (q! + k * qu!),
    zzCurvature: (k - 1) * (n + k * u!),
    shape: [n / k + l! - lu!, -n / (k * k) - llu!, qu! + k * qlu! - q!, u! + k * lu! - n],
  };
}

// Quartiles of the Weibull with shape 2.
const base = locationScale({
  kernel: "weibull3",
  shapeStart: 2,
  quartiles: [0.5363600213026516, 0.8325546111576977, 1.1774100225154747],
  sums,
});

export function weibullFrom(sample: Sample, fixed: Fixed): Model | Verdict {
  const [location, shape, scale] = fixed;
  const { min, max } = sample.extent;
  if (location !== undefined && location >= min)
    return nonexistent(`The fixed location ${location} is not below the smallest value, ${min}: the likelihood there is 0 or infinite.`);
  if (location === undefined && min === max)
    return nonexistent("All values are equal: the likelihood grows without bound at the location.");
  if (location === undefined && shape !== undefined && shape < 1)
    return nonexistent("The shape is fixed below 1: the likelihood grows without bound as location → the smallest value.");
  if (location === undefined && shape === 1) {
    const distance = distanceFrom(sample, min);
    const spread = scale ?? distance;
    const logLik = -sample.weight * (log(spread) + distance / spread);
    return boundary("With shape = 1 the maximum in location lies at the smallest value.", [min, 1, spread], logLik);
  }
  const natural = base(sample, [location, scale, shape]);
  if ("status" in natural) return natural;
  const data = ordered(sample);
  const found = location === undefined ? endpointPeaks(data, 1, 1, shape, scale) : undefined;
  const peaks = found?.peaks.filter((peak) => peak.shape > 1).sort((a, b) => b.value - a.value) ?? [];
  const free = location === undefined && shape === undefined && scale === undefined;
  if (data.complete && found && peaks.length === 0 && shape === undefined)
    return free && found.rising ? gumbelLimit(sample) : nonexistent(UNBOUNDED);
  const [origin, unit] = [permuted(natural.origin), permuted(natural.unit)];
  const standard = (theta: readonly number[]) => theta.map((value, i) => (value - origin[i]!) / unit[i]!);
  const starts = peaks.map((peak) => [min - peak.distance, shape ?? peak.shape, scale ?? peak.scale]);
  if (starts.length === 0) starts.push(startAt(data, location ?? min - (max - min) / 2, fixed));
  const through = (evaluate: Model["evaluate"]) => (t: readonly number[]) => permutedEvaluation(evaluate(permuted(t)));
  return {
    origin,
    unit,
    start: standard(starts[0]!),
    others: starts.slice(1).map(standard),
    // The profile has shown every local maximum; a caller's start could only lead away from them.
    closed: data.complete,
    evaluate: through(natural.evaluate),
    ...(natural.coarse && { coarse: through(natural.coarse) }),
    tame(t) {
      const [a, k, s] = t.map((value, i) => origin[i]! + unit[i]! * value) as [number, number, number];
      return location === undefined && a >= min ? standard([min - 0.003 * s, k, s]) : t;
    },
    nearLimit: (t) => location === undefined && t[1]! > 1e6,
    settle(t, value, { coarse, converged }) {
      const k = t[1]!;
      if (coarse || location !== undefined) return undefined;
      if (converged && k <= 1) return nonexistent(UNBOUNDED);
      if (!free) return undefined;
      if (converged && k < LONG && !data.complete) return undefined;
      const limit = found!.rising || !data.complete ? gumbelLimit(sample) : undefined;
      if (limit && (converged ? limit.logLik! >= value : k > LONG)) return limit;
      return converged ? undefined : nonexistent(UNBOUNDED);
    },
  };
}

/** Start with a given location. */
function startAt(data: Ordered, location: number, [, shape, scale]: Fixed): number[] {
  const logs = data.values.map((x) => log(x - location));
  const inner = weibullOfLog(logs, data, 1, shape, scale === undefined ? undefined : log(scale));
  return [location, shape ?? inner.shape, scale ?? exp(inner.logScale)];
}

/** location = -∞: the Gumbel for minima, by Newton on its scale b, whose equation is b + mean(x) = mean of x weighted by e^(x/b). */
function gumbelLimit(sample: Sample): Verdict {
  const { max } = sample.extent;
  const data = ordered(sample);
  const range = max - data.values[0]!;
  const gap = distanceFrom(sample, max);
  let b =
    range /
    weibullOfLog(
      data.values.map((x) => (x - max) / range),
      data,
      1,
    ).shape;
  let total = 0;
  for (let i = 0; i < 20; i++) {
    // z = (max - x)/b, u = e^-z.
    const [, , u, zu, zzu] = sample.totals("gumbel", { center: max, scale: -b }) as unknown as [number, number, number, number, number];
    total = u;
    const step = (gap / b - 1 - zu / u) / (1 + zzu / u - (zu / u) * (zu / u));
    if (Math.abs(step) < 1e-12) break;
    b *= exp(Math.max(-1, Math.min(1, step)));
  }
  const n = sample.weight;
  const logLik = n * (log(n / total) - gap / b - log(b) - 1);
  return boundary(
    "The likelihood increases as location → -∞ with shape and scale → ∞: the limit is the Gumbel distribution for minima.",
    [-Infinity, Infinity, Infinity],
    logLik,
  );
}

/** Mean of |x - end|, all x on one side. */
function distanceFrom(sample: Sample, end: number): number {
  const { unit, first } = secondMoments(sample, end);
  return unit * Math.abs(first);
}

/** (location, scale, shape) as (location, shape, scale) and back. */
function permuted<T>(theta: readonly T[]): T[] {
  return [theta[0]!, theta[2]!, theta[1]!];
}

function permutedEvaluation({ value, score, information }: Evaluation): Evaluation {
  return { value, score: permuted(score), information: permuted(information).map(permuted) };
}
