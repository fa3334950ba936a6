import { shapeAndMean } from "../likelihood/gammaShape.ts";
import { logGap, logMoments, mean, secondMoments } from "../likelihood/statistics.ts";
import { exp, expm1, log, log1p } from "../math/elementary.ts";
import { lgamma, lgammaDifference } from "../math/gamma.ts";
import { gammaP, gammaQuantile, logGammaP, logGammaQ } from "../math/incompleteGamma.ts";
import { log1mexp, log1pmx } from "../math/logarithms.ts";
import { logMinusDigamma } from "../math/polygamma.ts";
import { ASYMPTOTIC, binetDifference, deviance, HALF_LOG_2PI, stirlingError } from "../math/stirling.ts";
import { type Family, positive, type Theta } from "./family.ts";

/**
 * Nakagami with density 2 m^m / (Gamma(m) omega^m) x^(2m - 1) e^(-m x² / omega), x > 0: x² is gamma with shape m and mean omega, so
 * omega = mean(x²) and m solves log(m) - digamma(m) = log(mean(x²)) - mean(log x²). No maximum where all x are equal (m → ∞).
 * Nakagami (1960), The m-distribution.
 */
export const nakagami: Family = {
  name: "nakagami",
  parameters: [
    { name: "m", domain: "positive" },
    { name: "omega", domain: "positive" },
  ],
  support: positive,
  density: "2 m^m / (Gamma(m) omega^m) x^(2m-1) e^(-m x²/omega), x > 0",
  source: "Nakagami (1960), The m-distribution, in Statistical Methods in Radio Wave Propagation; Minka (2002)",
  existence: "not if all values are equal",
  contains: {
    halfNormal: { held: { m: 0.5 }, at: ([sigma], { m }) => [m!, sigma! * sigma!] },
    rayleigh: { held: { m: 1 }, at: ([sigma], { m }) => [m!, 2 * sigma! * sigma!] },
    maxwell: { held: { m: 1.5 }, at: ([a], { m }) => [m!, 3 * a! * a!] },
  },
  model(sample, fixed) {
    const average = mean(sample);
    const { unit, first, second } = secondMoments(sample, average);
    const ratio = unit / average;
    const spread = Math.max(0, second - first * first) * ratio * ratio;
    // log(mean x²) - 2 mean(log x), of non-negative terms.
    const gap = log1p(spread) + 2 * logGap(sample);
    const carrier = log(2) - logMoments(sample).mean;
    return shapeAndMean({ n: sample.weight, mean: average * average * (1 + spread), gap, carrier }, fixed, "m");
  },
  logPdf(x, [m, omega]) {
    const y = m! * ratioOf(x, omega!);
    if (!(x > 0) || y === Infinity) return -Infinity;
    if (y < 1e-300) return log(2) + m! * (log(m!) - log(omega!)) + (2 * m! - 1) * log(x) - lgamma(m!);
    return log(2) + 0.5 * log(m!) - HALF_LOG_2PI - stirlingError(m!) - deviance(m!, y) - log(x);
  },
  score(x, [m, omega]) {
    const ratio = ratioOf(x, omega!);
    const bend = ratio > 0.5 ? log1pmx(ratio - 1) : 2 * log(x) - log(omega!) + 1 - ratio;
    return [bend + logMinusDigamma(m!), (m! / omega!) * (ratio - 1)];
  },
  slide: (x, [, omega]) => [undefined, (0.5 * x) / omega!],
  cdf(x, theta) {
    if (x <= 0) return 0;
    const [m, omega] = theta;
    const ratio = ratioOf(x, omega!);
    return ratio < 1e-290 ? exp(logCdf(x, theta)) : gammaP(m!, m! * ratio);
  },
  logCdf,
  logSf(x, theta) {
    if (x <= 0) return 0;
    const [m, omega] = theta;
    const ratio = ratioOf(x, omega!);
    // The square leaves the doubles where p, its power m, need not be small.
    return ratio < 1e-290 ? log1mexp(logCdf(x, theta)) : logGammaQ(m!, m! * ratio, log(m!) + 2 * log(x) - log(omega!));
  },
  quantile: (p, [m, omega]) => Math.sqrt(gammaQuantile(p, m!) / m!) * Math.sqrt(omega!),
  mean: ([m, omega]) => Math.sqrt(omega! / m!) * exp(lgammaDifference(m!, 0.5)),
  variance: ([m, omega]) => -omega! * expm1(2 * logMeanOver(m!)),
  random: ([m, omega], random) => Math.sqrt(random.gamma(m!) / m!) * Math.sqrt(omega!),
};

function logCdf(x: number, [m, omega]: Theta): number {
  return x <= 0 ? -Infinity : logGammaP(m!, m! * ratioOf(x, omega!), log(m!) + 2 * log(x) - log(omega!));
}

/** x² / omega. */
function ratioOf(x: number, omega: number): number {
  const r = x / Math.sqrt(omega);
  return r * r;
}

/** log(mean / sqrt(omega)), about -1/(8m). */
function logMeanOver(m: number): number {
  if (m < ASYMPTOTIC) return lgammaDifference(m, 0.5) - 0.5 * log(m);
  return m * log1pmx(0.5 / m) + binetDifference(m, 0.5);
}
