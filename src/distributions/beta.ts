import { complement } from "../likelihood/complement.ts";
import { nonexistent } from "../likelihood/model.ts";
import { logGap, mean, secondMoments } from "../likelihood/statistics.ts";
import { log, log1p } from "../math/elementary.ts";
import { lbeta } from "../math/gamma.ts";
import { betaI, betaQuantile, logBetaI, logBetaIComplement } from "../math/incompleteBeta.ts";
import { insideUnit } from "../math/logit.ts";
import { digammaDifference, logMinusDigamma, logMinusDigammaDerivative, trigamma, trigammaDifference } from "../math/polygamma.ts";
import { deviance, HALF_LOG_2PI, stirlingError } from "../math/stirling.ts";
import { type Family, unitInterval } from "./family.ts";

/**
 * Beta with density x^(shape1 - 1) (1 - x)^(shape2 - 1) / B(shape1, shape2), 0 < x < 1. The data enter through m = mean(x) and the gaps
 * log m - mean(log x), log(1 - m) - mean(log(1 - x)); Newton in both shapes (Minka 2000, Estimating a Dirichlet distribution). One maximum,
 * unless all x are equal; with a 0 or 1 among the x the likelihood is unbounded. Johnson, Kotz & Balakrishnan (1995), ch. 25.
 */
export const beta: Family = {
  name: "beta",
  parameters: [
    { name: "shape1", domain: "positive" },
    { name: "shape2", domain: "positive" },
  ],
  support: unitInterval,
  density: "x^(shape1-1) (1-x)^(shape2-1) / B(shape1, shape2), 0 < x < 1",
  source: "Minka (2000), Estimating a Dirichlet distribution; Johnson, Kotz & Balakrishnan (1995), ch. 25",
  existence: "not if all values are equal",
  model(sample, [shape1, shape2]) {
    const n = sample.weight;
    const center = mean(sample);
    const { mean: q, gap: gapQ } = complement(sample);
    const m = center > 0.5 ? 1 - q : center;
    const gapM = logGap(sample);
    if (shape1 === undefined && shape2 === undefined && !(gapM + gapQ > 0)) {
      return nonexistent("All values are equal: the likelihood grows without bound as shape1 and shape2 → ∞ at a constant mean.");
    }
    const [logM, logQ] = m < 0.5 ? [log(m), log1p(-m)] : [log1p(-q), log(q)];
    const { unit, first, second } = secondMoments(sample, center);
    const spread = Math.max(second - first * first, Number.MIN_VALUE);
    const precision = Math.max((m / unit / spread) * (q / unit) - 1, 1e-3);
    const guess = [
      shape1 ?? (shape2 === undefined ? m * precision : (shape2 * m) / q),
      shape2 ?? (shape1 === undefined ? q * precision : (shape1 * q) / m),
    ];
    return {
      origin: [0, 0],
      unit: guess,
      start: [1, 1],
      evaluate([s, t]) {
        const [a, b] = [guess[0]! * s!, guess[1]! * t!];
        const sum = a + b;
        // sum m - a, and with the other sign sum q - b: 0 near the maximum.
        const excess = m * b - q * a;
        const tiltM = excess > -0.5 * a ? log1p(excess / a) : logM + log(sum) - log(a);
        const tiltQ = excess < 0.5 * b ? log1p(-excess / b) : logQ + log(sum) - log(b);
        const common = logMinusDigamma(sum);
        const across = -n * trigamma(sum) * guess[0]! * guess[1]!;
        return {
          value: n * (kernel(a, b, m, q) - a * gapM - b * gapQ - (logM - gapM) - (logQ - gapQ)),
          score: [
            n * guess[0]! * (tiltM - gapM + logMinusDigamma(a) - common),
            n * guess[1]! * (tiltQ - gapQ + logMinusDigamma(b) - common),
          ],
          information: [
            [-n * guess[0]! * guess[0]! * trigammaDifference(a, b), across],
            [across, -n * guess[1]! * guess[1]! * trigammaDifference(b, a)],
          ],
        };
      },
      covariance([s, t]) {
        const [a, b] = [guess[0]! * s!, guess[1]! * t!];
        const determinant = determinantOf(a, b);
        const across = trigamma(a + b) / (n * determinant * guess[0]! * guess[1]!);
        return [
          [-trigammaDifference(b, a) / (n * determinant * guess[0]! * guess[0]!), across],
          [across, -trigammaDifference(a, b) / (n * determinant * guess[1]! * guess[1]!)],
        ];
      },
    };
  },
  logPdf(x, [a, b]) {
    if (!(x > 0 && x < 1)) return -Infinity;
    if (x * (a! + b!) < 1e-290) return (a! - 1) * log(x) - lbeta(a!, b!);
    return kernel(a!, b!, x, 1 - x) - log(x) - log1p(-x);
  },
  score: (x, [a, b]) => [digammaDifference(a!, b!) + log(x), digammaDifference(b!, a!) + log1p(-x)],
  cdf: (x, [a, b]) => (x <= 0 ? 0 : x >= 1 ? 1 : betaI(a!, b!, x)),
  logCdf: (x, [a, b]) => (x <= 0 ? -Infinity : x >= 1 ? 0 : logBetaI(a!, b!, x)),
  logSf: (x, [a, b]) => (x <= 0 ? 0 : x >= 1 ? -Infinity : logBetaIComplement(a!, b!, x)),
  quantile: (p, [a, b]) => betaQuantile(p, a!, b!),
  mean: ([a, b]) => a! / (a! + b!),
  variance: ([a, b]) => ((a! / (a! + b!)) * (b! / (a! + b!))) / (a! + b! + 1),
  random: ([a, b], random) => insideUnit(random.beta(a!, b!)),
};

/** a log m + b log q - log B(a, b) with q = 1 - m, by Stirling's formula with its errors: nothing cancels where the shapes are large. */
function kernel(a: number, b: number, m: number, q: number): number {
  const sum = a + b;
  const excess = m * b - q * a;
  const errors = stirlingError(a) + stirlingError(b) - stirlingError(sum);
  const peak = 0.5 * (log(a) + log(b) - log(sum)) - HALF_LOG_2PI - errors;
  return peak - deviance(a, sum * m, excess) - deviance(b, sum * q, -excess);
}

/** Of the information of one row: with k(x) = trigamma(x) - 1/x the parts of size 1/(a b) cancel exactly. */
function determinantOf(a: number, b: number): number {
  const sum = a + b;
  const [ka, kb, k] = [a, b, sum].map((x) => -logMinusDigammaDerivative(x)) as [number, number, number];
  return (ka * a) / b / sum + (kb * b) / a / sum + ka * kb - (k * sum) / a / b - k * (ka + kb);
}
