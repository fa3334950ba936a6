import { boundary, type Evaluation, type Fixed, nonexistent, type Verdict } from "../likelihood/model.ts";
import { mean, secondMoments } from "../likelihood/statistics.ts";
import { exp, expm1, log, log1p } from "../math/elementary.ts";
import { exprel, exprelSlope } from "../math/exprel.ts";
import { log1mexp } from "../math/logarithms.ts";
import { peak } from "../math/peak.ts";
import { findRoot } from "../math/roots.ts";
import { integrateTail } from "../math/tail.ts";
import type { Sample } from "../wasm/sample.ts";
import { type Family, nonNegative } from "./family.ts";

const EULER = 0.5772156649015329;

/**
 * Gompertz with hazard b e^(a x), density b e^(a x - (b/a) (e^(a x) - 1)), x >= 0. For a given a the best b is 1 / mean((e^(a x) - 1) / a), and
 * the likelihood is then concave in a: its mean is a mean(x) less the logarithm of a transform of the survival curve. It has its maximum at
 * a > 0 exactly where the coefficient of variation is below 1, else at the exponential (a = 0). Gompertz (1825), Phil. Trans. 115;
 * Johnson, Kotz & Balakrishnan (1995), ch. 22.
 */
export const gompertz: Family = {
  name: "gompertz",
  parameters: [
    { name: "a", domain: "positive" },
    { name: "b", domain: "positive" },
  ],
  support: nonNegative,
  density: "b e^(a x - (b/a) (e^(a x) - 1)), x >= 0",
  source: "Gompertz (1825), Phil. Trans. R. Soc. 115, 513; Johnson, Kotz & Balakrishnan (1995), ch. 22",
  existence: "not if all values are equal; a = 0 (exponential) where the coefficient of variation is 1 or more",
  contains: {
    exponential: { held: { a: 0 }, at: ([rate], { a }) => [a!, rate!] },
  },
  model(sample, fixed) {
    const verdict = limit(sample, fixed);
    if (verdict) return verdict;
    const [a, logB] = startOf(sample, fixed);
    if (logB < SMALLEST) return beneath(sample, a);
    const b = exp(logB);
    const evaluateOn = (rows: Sample) => (t: readonly number[]) => {
      const r = t[1]!;
      const n = rows.weight;
      const scale = 1 / (a * t[0]!);
      // The kernel's own a, and the value as a distance from the start's: the log-likelihood may be near 0 while its terms are of size n.
      const own = 1 / scale;
      const s = own / a;
      const average = mean(rows);
      const [, growth, first, second] = rows.totals("gompertz", { scale });
      const linear = n * average * own;
      const ratio = (b * r) / own;
      return {
        value: n * (logB + a * average + (log(r) + average * (own - a))) - ratio * growth!,
        score: [(linear - ratio * first!) / s, (n - ratio * growth!) / r],
        information: [
          [(ratio * second!) / (s * s), (ratio * first!) / (s * r)],
          [(ratio * first!) / (s * r), n / (r * r)],
        ],
      };
    };
    // In log a the score's rounding over a information that vanishes with a would count: the standard errors are the natural ones.
    let latest: { readonly t: readonly number[]; readonly evaluation: Evaluation } | undefined;
    const evaluate = (t: readonly number[]) => {
      latest = { t, evaluation: evaluateOn(sample)(t) };
      return latest.evaluation;
    };
    const covariance = (t: readonly number[]) => {
      const near = latest?.t.every((value, i) => Math.abs(value - t[i]!) <= 1e-6 * value);
      const [[aa, ab], [, bb]] = (near ? latest!.evaluation : evaluate(t)).information as [[number, number], [number, number]];
      const determinant = aa * bb - ab * ab;
      return [
        [bb / determinant, -ab / determinant],
        [-ab / determinant, aa / determinant],
      ];
    };
    const thin = sample.thin();
    return {
      origin: [0, 0],
      unit: [a, b],
      start: [1, 1],
      evaluate,
      covariance,
      tame: ([s, r]) => tamed([a * s!, b * r!], sample, fixed).map((value, i) => value / [a, b][i]!),
      ...(thin !== sample && { coarse: evaluateOn(thin) }),
    };
  },
  logPdf(x, [a, b]) {
    const hazard = b! * x * exprel(a! * x);
    return x >= 0 && hazard < Infinity ? log(b!) + a! * x - hazard : -Infinity;
  },
  score: (x, [a, b]) => [x - b! * x * x * exprelSlope(a! * x), 1 / b! - x * exprel(a! * x)],
  slide(x, [a, b]) {
    const s = a! * x;
    const ofB = s < 1e-300 ? 1 : -expm1(-s) / s;
    // (s - 1 + e^-s) / s².
    const ofA = s < 1 ? exprelSlope(s) * exp(-s) : (s + expm1(-s)) / s / s;
    return [-x * x * ofA, (-x * ofB) / b!];
  },
  cdf: (x, theta) => (x <= 0 ? 0 : -expm1(-cumulativeHazard(x, theta))),
  logCdf(x, theta) {
    if (x <= 0) return -Infinity;
    const [a, b] = theta;
    const beyond = cumulativeHazard(x, theta);
    // Beneath the normal doubles a product has lost its digits.
    return beyond < 1e-290 ? log(b!) + log(x) + log(exprel(a! * x)) : log1mexp(-beyond);
  },
  logSf: (x, theta) => (x <= 0 ? 0 : -cumulativeHazard(x, theta)),
  quantile: (p, theta) => atHazard(-log1p(-p), theta),
  mean: (theta) => moments(theta)[0],
  variance(theta) {
    const [first, second] = moments(theta);
    return second - first * first;
  },
  random: (theta, random) => atHazard(random.exponential(), theta),
};

function cumulativeHazard(x: number, [a, b]: readonly number[]): number {
  return b! * x * exprel(a! * x);
}

function atHazard(hazard: number, [a, b]: readonly number[]): number {
  return log1p((a! * hazard) / b!) / a!;
}

/** E X and E X², with r = b/a: by the exponential integral's series for r < 1, else as integrals of the survival function. */
function moments([a, b]: readonly number[]): readonly [number, number] {
  const r = b! / a!;
  if (r < 1) {
    const shift = log(r) + EULER;
    let [first, second] = [-shift, shift * shift + (Math.PI * Math.PI) / 6];
    for (let k = 1, term = -r; Math.abs(term) > 1e-18; k++, term *= -r / k) {
      first -= term / k;
      second += (2 * term) / (k * k);
    }
    return [(exp(r) * first) / a!, (exp(r) * second) / a! / a!];
  }
  const integral = (weight: (s: number) => number) =>
    integrateTail({ value: (s) => -r * expm1(s), slope: (s) => -r * exp(s), weight, curvature: r, end: Infinity });
  return [integral(() => 1) / a!, (2 * integral((s) => s)) / a! / a!];
}

/** Where there is no maximum at a > 0. */
function limit(sample: Sample, [a, b]: Fixed): Verdict | undefined {
  const n = sample.weight;
  const average = mean(sample);
  const { min, max } = sample.extent;
  if (max === 0 && b === undefined) return nonexistent("All values are 0: the likelihood grows without bound as b → ∞.");
  if (min === max && a === undefined && b === undefined)
    return nonexistent("All values are equal: the likelihood grows without bound as a → ∞.");
  if (a !== undefined) return undefined;
  const { unit, first, second } = secondMoments(sample, average);
  const ratio = average > 0 ? unit / average : 0;
  const variation = (second - first * first) * ratio * ratio;
  // The score in a at a = 0, over n mean(x).
  const rate = b ?? 1 / average;
  if (average > 0 && 1 - 0.5 * rate * average * (1 + variation) > 0) return undefined;
  const reason = b === undefined ? "The coefficient of variation is not below 1" : "The values are large for this b";
  return boundary(
    `${reason}: the likelihood increases as a → 0; the limit is exponential(${rate}).`,
    [0, rate],
    n * (log(rate) - rate * average),
  );
}

/** log of the smallest b that is dealt with. */
const SMALLEST = -690;

/** a and log b where the sketch's likelihood is highest. */
function startOf(sample: Sample, [a, b]: Fixed): readonly [number, number] {
  const unit = mean(sample);
  const values = sample.sketch.map((x) => x / unit);
  const over = (f: (y: number) => number) => values.reduce((sum, y) => sum + f(y), 0) / values.length;
  const average = over((y) => y);
  const largest = values[values.length - 1]!;
  const spread = Math.sqrt(over((y) => (y - average) * (y - average)));
  const profile = (logA: number) => {
    const shape = exp(logA);
    // log of mean((e^(shape y) - 1) / shape), also where that overflows.
    const size =
      shape * largest < 1
        ? log(over((y) => y * exprel(shape * y)))
        : shape * largest + log(over((y) => exp(shape * (y - largest)) * -expm1(-shape * y))) - logA;
    const logB = b === undefined ? -size : log(b) + log(unit);
    return { logB: logB - log(unit), value: logB + shape * average - exp(logB + size) };
  };
  const high = log(8 / (spread || 1));
  const best = a === undefined ? peak((logA) => profile(logA).value, log(1e-3), high, 9, 0.01) : log(a) + log(unit);
  return [exp(best) / unit, profile(best).logB];
}

/** a and b, or a hazard so much smaller that the largest row is not further out than the largest of n is expected to be, and three units more. */
function tamed([a, b]: readonly [number, number], sample: Sample, fixed: Fixed): readonly [number, number] {
  const { max } = sample.extent;
  const reach = log(sample.rows) + 3;
  const excess = (shape: number, rate: number) => log(rate * max) + log(exprel(shape * max)) - log(reach);
  if (excess(a, b) <= 0) return [a, b];
  if (fixed[0] !== undefined) return [a, reach / max / exprel(a * max)];
  const rate = fixed[1] ?? Math.min(b, (0.5 * reach) / max);
  const [least, most] = [1e-3 / max, Math.min(a, 600 / max)];
  if (most <= least || excess(least, rate) >= 0) return [Math.min(least, most), rate];
  return [excess(most, rate) <= 0 ? most : findRoot((shape) => excess(shape, rate), least, most), rate];
}

/** b beneath the range of doubles: e^(a x) - 1 is e^(a x), and x is Gumbel for minima. */
function beneath(sample: Sample, a: number): Verdict {
  const { max } = sample.extent;
  const [, , power] = sample.totals("gumbel", { center: max, scale: -1 / a });
  const logB = log(a) - a * max - log(power! / sample.weight);
  return nonexistent(
    `b = e^${logB.toPrecision(6)} lies beneath the range of doubles; there -x is gumbel(${(logB - log(a)) / a}, ${1 / a}).`,
    [a, 0],
    sample.weight * (logB + a * mean(sample) - 1),
  );
}
