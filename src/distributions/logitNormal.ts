import { gaussian } from "../likelihood/gaussian.ts";
import { exp, log, log1p } from "../math/elementary.ts";
import { expit, insideUnit, logit } from "../math/logit.ts";
import { logNormalCdf, logNormalUpper, normalCdf, normalQuantile } from "../math/normal.ts";
import { normalEdf } from "../math/stephens.ts";
import { HALF_LOG_2PI } from "../math/stirling.ts";
import { type Family, unitInterval } from "./family.ts";

/**
 * Logit-normal: logit x = log(x / (1 - x)) is normal with mean mu and standard deviation sigma. The maximum is the mean and the (1/n)
 * standard deviation of logit x. No maximum where all x are equal. Atchison & Shen (1980), Biometrika 67, 261.
 */
export const logitNormal: Family = {
  name: "logitNormal",
  parameters: [
    { name: "mu", domain: "real" },
    { name: "sigma", domain: "positive" },
  ],
  support: unitInterval,
  density: "e^(-((logit x - mu)/sigma)²/2) / (sigma sqrt(2 pi) x (1-x)), 0 < x < 1",
  source: "Atchison & Shen (1980), Logistic-normal distributions, Biometrika 67, 261",
  existence: "not if all values are equal",
  edf: normalEdf,
  model: gaussian("logit x", ["mu", "sigma"]),
  logPdf(x, [mu, sigma]) {
    if (!(x > 0 && x < 1)) return -Infinity;
    const z = (logit(x) - mu!) / sigma!;
    return -HALF_LOG_2PI - log(sigma!) - log(x) - log1p(-x) - 0.5 * z * z;
  },
  score(x, [mu, sigma]) {
    const z = (logit(x) - mu!) / sigma!;
    return [z / sigma!, (z * z - 1) / sigma!];
  },
  slide: (x, theta) => [x * (1 - x), x * (1 - x) * standardised(x, theta)],
  cdf: (x, theta) => normalCdf(standardised(x, theta)),
  logCdf: (x, theta) => logNormalCdf(standardised(x, theta)),
  logSf: (x, theta) => logNormalUpper(standardised(x, theta)),
  quantile: (p, [mu, sigma]) => expit(mu! + sigma! * normalQuantile(p)),
  mean: ([mu, sigma]) => (mu! > 0 ? 1 - smallMean(-mu!, sigma!) : smallMean(mu!, sigma!)),
  variance([mu, sigma]) {
    const low = -Math.abs(mu!);
    const average = smallMean(low, sigma!);
    return expectation(low, sigma!, (x) => (x - average) * (x - average));
  },
  random: ([mu, sigma], random) => insideUnit(expit(mu! + sigma! * random.normal())),
};

function standardised(x: number, [mu, sigma]: readonly number[]): number {
  return ((x <= 0 ? -Infinity : x >= 1 ? Infinity : logit(x)) - mu!) / sigma!;
}

function smallMean(mu: number, sigma: number): number {
  return expectation(mu, sigma, (x) => x);
}

/**
 * E f(X) for f between x and x² and mu <= 0, by the trapezoidal rule, which converges exponentially: e^(-2 pi y / h) with y = pi / sigma the
 * distance of the logistic function's poles. Where X is small, f(X) is f(e^Z), whose weight lies 2 sigma further right at most.
 */
function expectation(mu: number, sigma: number, f: (x: number) => number): number {
  const h = Math.min(0.25, 0.4 / sigma);
  const last = Math.ceil((9 + Math.min(2 * sigma, -mu / sigma)) / h);
  let sum = 0;
  for (let i = -Math.ceil(9 / h); i <= last; i++) sum += exp(-0.5 * i * h * (i * h)) * f(expit(mu + sigma * i * h));
  return (sum * h) / Math.sqrt(2 * Math.PI);
}
