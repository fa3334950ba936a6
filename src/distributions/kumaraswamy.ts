import { nonexistent, type Verdict } from "../likelihood/model.ts";
import { logMoments } from "../likelihood/statistics.ts";
import { exp, expm1, log, log1p } from "../math/elementary.ts";
import { lbeta } from "../math/gamma.ts";
import { log1mexp } from "../math/logarithms.ts";
import { insideUnit } from "../math/logit.ts";
import { peak } from "../math/peak.ts";
import type { Sample } from "../wasm/sample.ts";
import { type Family, unitInterval } from "./family.ts";

/**
 * Kumaraswamy with density a b x^(a - 1) (1 - x^a)^(b - 1), 0 < x < 1. For a given a the best b is -1 / mean(log(1 - x^a)); Newton in both.
 * One maximum, unless all x are equal (a and b → ∞). Kumaraswamy (1980), J. Hydrol. 46, 79; Jones (2009), Stat. Methodol. 6, 70.
 */
export const kumaraswamy: Family = {
  name: "kumaraswamy",
  parameters: [
    { name: "a", domain: "positive" },
    { name: "b", domain: "positive" },
  ],
  support: unitInterval,
  density: "a b x^(a-1) (1 - x^a)^(b-1), 0 < x < 1",
  source: "Kumaraswamy (1980), J. Hydrol. 46, 79; Jones (2009), Stat. Methodol. 6, 70",
  existence: "not if all values are equal",
  model(sample, fixed) {
    const { min, max } = sample.extent;
    if (min === max && fixed[0] === undefined && fixed[1] === undefined) {
      return nonexistent("All values are equal: the likelihood grows without bound as a and b → ∞.");
    }
    const [a, logB] = startOf(sample, fixed[0], fixed[1]);
    if (logB > LARGEST) return beyond(sample, a);
    const b = exp(logB);
    const evaluateOn = (rows: Sample) => (t: readonly number[]) => {
      const [s, r] = t as [number, number];
      const n = rows.weight;
      const [, z, w, ratio, bend] = rows.totals("kumaraswamy", { scale: 1 / (a * s) });
      const rest = b * r - 1;
      const cross = (-b * ratio!) / s;
      return {
        value: n * (log(a) + log(s) + log(b) + log(r)) + z! - z! / (a * s) + rest * w!,
        score: [(n + z! + rest * ratio!) / s, n / r + b * w!],
        information: [
          [(n + rest * bend!) / (s * s), cross],
          [cross, n / (r * r)],
        ],
      };
    };
    const thin = sample.thin();
    return {
      origin: [0, 0],
      unit: [a, b],
      start: [1, 1],
      evaluate: evaluateOn(sample),
      ...(thin !== sample && { coarse: evaluateOn(thin) }),
    };
  },
  logPdf(x, [a, b]) {
    if (!(x > 0 && x < 1)) return -Infinity;
    const y = log(x);
    return log(a!) + log(b!) + (a! - 1) * y + (b! - 1) * log1mexp(a! * y);
  },
  score(x, [a, b]) {
    const y = log(x);
    const s = -a! * y;
    return [1 / a! + y + ((b! - 1) / a!) * (s > 700 ? 0 : s / expm1(s)), 1 / b! + log1mexp(-s)];
  },
  slide(x, [a, b]) {
    const y = log(x);
    const s = -a! * y;
    // (1 - u) log(1 - u) / u, u = x^a.
    const ratio = s > 40 ? -1 : log1mexp(-s) * expm1(s);
    return [(-x * y) / a!, (x * ratio) / (a! * b!)];
  },
  cdf: (x, theta) => exp(logBelow(x, theta)),
  logCdf: (x, theta) => logBelow(x, theta),
  logSf: (x, [a, b]) => (x <= 0 ? 0 : x >= 1 ? -Infinity : b! * log1mexp(a! * log(x))),
  quantile: (p, [a, b]) => exp(log1mexp(log1p(-p) / b!) / a!),
  mean: ([a, b]) => b! * exp(lbeta(1 + 1 / a!, b!)),
  variance([a, b]) {
    const first = lbeta(1 + 1 / a!, b!);
    return b! * exp(2 * first) * (expm1(lbeta(1 + 2 / a!, b!) - 2 * first - log(b!)) * b!);
  },
  random: ([a, b], random) => insideUnit(exp(log1mexp(-random.exponential() / b!) / a!)),
};

/** log P(X <= x) = log(1 - (1 - x^a)^b). */
function logBelow(x: number, [a, b]: readonly number[]): number {
  if (x <= 0) return -Infinity;
  if (x >= 1) return 0;
  const power = a! * log(x);
  // b x^a, where that may underflow.
  return power < -600 ? Math.min(0, log(b!) + power) : log1mexp(b! * log1mexp(power));
}

/** log of the largest b that is dealt with. */
const LARGEST = 690;

/** a and log b where the sketch's likelihood is highest: among a few a, then by sections. */
function startOf(sample: Sample, a: number | undefined, b: number | undefined): readonly [number, number] {
  const logs = sample.sketch.map(log);
  const largest = logs[logs.length - 1]!;
  const mean = (f: (y: number) => number) => logs.reduce((sum, y) => sum + f(y), 0) / logs.length;
  const average = mean((y) => y);
  const spread = Math.sqrt(mean((y) => (y - average) * (y - average)));
  const profile = (logA: number) => {
    const shape = exp(logA);
    // log(-mean(log(1 - x^a))), also where x^a underflows.
    const far = shape * largest < -36;
    const logW = far ? shape * largest + log(mean((y) => exp(shape * (y - largest)))) : log(-mean((y) => log1mexp(shape * y)));
    const logB = b === undefined ? -logW : log(b);
    return { logB, value: logA + logB + shape * average - (exp(logB + logW) - exp(logW)) };
  };
  if (a !== undefined) return [a, profile(log(a)).logB];
  // From b = 1, where s is exponential, to b → ∞, where log x is Gumbel with scale 1/a.
  const [low, high] = [log(-0.25 / average), log(4 * Math.max(1.28 / (spread || -average), -1 / average))];
  const best = peak((logA) => profile(logA).value, low, high, 9, 0.01);
  return [exp(best), profile(best).logB];
}

/** b beyond the range of doubles: x^a is so small that log(1 - x^a) is -x^a, and x is Weibull. */
function beyond(sample: Sample, a: number): Verdict {
  const { unit, mean } = logMoments(sample);
  const largest = log(sample.extent.max);
  const [, , power] = sample.totals("gumbelOfLog", { unit, center: log(unit * sample.extent.max), scale: -1 / a });
  const logB = -a * largest - log(power! / sample.weight);
  return nonexistent(
    `b = e^${logB.toPrecision(6)} lies beyond the range of doubles; there the distribution is weibull(${a}, ${exp(-logB / a)}).`,
    [a, Infinity],
    sample.weight * (log(a) + logB + (a - 1) * mean - 1),
  );
}
