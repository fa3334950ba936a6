import { negativeBinomialTerm, truncation } from "../likelihood/countTerms.ts";
import { bounded, highestLimit } from "../likelihood/limits.ts";
import { mass } from "../likelihood/mass.ts";
import { boundary } from "../likelihood/model.ts";
import { logarithmicLimit, truncatedPoissonLimit } from "../likelihood/negativeBinomialLimits.ts";
import { truncatedPeak } from "../likelihood/truncatedNegativeBinomial.ts";
import { exp, expm1, log1p } from "../math/elementary.ts";
import { logSeriesVariate } from "../math/logSeries.ts";
import { negativeBinomialTails } from "../math/negativeBinomial.ts";
import { truncatedPoissonVariate } from "../math/truncatedPoisson.ts";
import { truncatedAtZero, wholeValued } from "../math/wholeValued.ts";
import { type Family, holds, positiveCounts } from "./family.ts";

const truncated = truncation(negativeBinomialTerm);

/**
 * Zero-truncated negative binomial: a negative binomial with mean mu and variance mu + mu²/size, given that it is positive. The limits
 * size → ∞, the zero-truncated Poisson, and size → 0, the logarithmic, are the answer where no maximum inside is higher. All ones put
 * mu on the boundary 0. Sampford (1955), Biometrika 42, 58; Johnson, Kemp & Kotz (2005), ch. 5.11.
 */
export const zeroTruncatedNegativeBinomial: Family = {
  name: "zeroTruncatedNegativeBinomial",
  parameters: [
    { name: "size", domain: "positive" },
    { name: "mu", domain: "positive" },
  ],
  support: positiveCounts,
  density: "Gamma(x+size) / (Gamma(size) x!) p^size (1-p)^x / (1 - p^size), p = size/(size+mu), x = 1, 2, …",
  source: "Sampford (1955), Biometrika 42, 58; Johnson, Kemp & Kotz (2005), Univariate Discrete Distributions, ch. 5.11",
  existence: "on the boundary size = ∞ (zeroTruncatedPoisson) or 0 (logarithmic) for some samples; mu = 0 if every value is 1",
  contains: {
    zeroTruncatedPoisson: { held: { size: Number.POSITIVE_INFINITY }, at: ([lambda], { size }) => [size!, lambda!] },
    logarithmic: { held: { size: 0 }, at: ([p], { size }) => [size!, (size! * p!) / (1 - p!)] },
  },
  model: mass(
    negativeBinomialTerm,
    (data, [size, mu]) => {
      if (data.max === 1 && mu === undefined) return boundary("All values are 1: mu = 0, whatever the size.", [size ?? Number.NaN, 0], 0);
      const limits = size === undefined ? [truncatedPoissonLimit(data, mu)] : [];
      if (size === undefined && mu === undefined) limits.push(logarithmicLimit(data));
      const peak = truncatedPeak(data, size, mu);
      const limit = highestLimit(limits);
      if (limit && !peak.inside) return limit.verdict;
      return { unit: [1, 1], start: [peak.size, peak.mu], ...bounded(limits) };
    },
    truncated,
  ),
  logPdf: (x, theta) => (holds(positiveCounts, x) ? negativeBinomialTerm(x, theta).value + truncated(theta).value : -Infinity),
  score(x, theta) {
    const gained = truncated(theta).score;
    return negativeBinomialTerm(x, theta).score.map((s, i) => s + gained[i]!);
  },
  ...wholeValued(1, (k, [size, mu]) => truncatedAtZero(negativeBinomialTails(k, size!, mu!), logZero(size!, mu!))),
  mean: ([size, mu]) => mu! / positiveShare(size!, mu!),
  variance([size, mu]) {
    const share = positiveShare(size!, mu!);
    return (mu! / share) * (1 + mu! / size! - (mu! / share) * exp(logZero(size!, mu!)));
  },
  random([size, mu], random) {
    const rate = log1p(mu! / size!);
    if (size! * rate < 1) {
      // A Poisson number of logarithmic clusters, one at least.
      let sum = 0;
      for (let k = truncatedPoissonVariate(size! * rate, random); k > 0; k--) sum += logSeriesVariate(mu! / (size! + mu!), rate, random);
      return sum;
    }
    for (;;) {
      const x = random.poisson((random.gamma(size!) * mu!) / size!);
      if (x > 0) return x;
    }
  },
};

function logZero(size: number, mu: number): number {
  return -size * log1p(mu / size);
}

function positiveShare(size: number, mu: number): number {
  return -expm1(logZero(size, mu));
}
