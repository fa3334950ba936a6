import { inflated, negativeBinomialTerm } from "../likelihood/countTerms.ts";
import { bounded } from "../likelihood/limits.ts";
import { mass } from "../likelihood/mass.ts";
import { boundary } from "../likelihood/model.ts";
import { inflatedPoissonLimit, uninflatedLimit } from "../likelihood/negativeBinomialLimits.ts";
import { truncatedPeak } from "../likelihood/truncatedNegativeBinomial.ts";
import { onlyZeros, zerosOf } from "../likelihood/zeroInflation.ts";
import { expm1, log1p } from "../math/elementary.ts";
import { negativeBinomialTails } from "../math/negativeBinomial.ts";
import { inflatedAtZero, wholeValued } from "../math/wholeValued.ts";
import { counts, type Family, holds } from "./family.ts";

/**
 * Zero-inflated negative binomial: 0 with probability pi, else negative binomial with mean mu and variance mu + mu²/size. The likelihood
 * may have several peaks (a small size makes zeros, too) and is climbed from several pi. The limits pi → 0, the negative binomial or
 * Poisson, and size → ∞, the zero-inflated Poisson, are the answer where no maximum inside is higher. Greene (1994), NYU WP EC-94-10.
 */
export const zeroInflatedNegativeBinomial: Family = {
  name: "zeroInflatedNegativeBinomial",
  parameters: [
    { name: "size", domain: "positive" },
    { name: "mu", domain: "positive" },
    { name: "pi", domain: "unit" },
  ],
  support: counts,
  density: "pi [x = 0] + (1 - pi) Gamma(x+size) / (Gamma(size) x!) (size/(size+mu))^size (mu/(size+mu))^x, x = 0, 1, …",
  source: "Greene (1994), NYU working paper EC-94-10; Johnson, Kemp & Kotz (2005), ch. 8.2",
  existence: "on the boundary pi = 0 (negativeBinomial, poisson) or size = ∞ (zeroInflatedPoisson) for some samples",
  contains: {
    negativeBinomial: { held: { pi: 0 }, at: ([size, mu], { pi }) => [size!, mu!, pi!] },
    geometric: { held: { size: 1, pi: 0 }, at: ([prob], { size, pi }) => [size!, (1 - prob!) / prob!, pi!] },
    zeroInflatedPoisson: {
      held: { size: Number.POSITIVE_INFINITY },
      at: ([lambda, pi], { size }) => [size!, lambda!, pi!],
    },
    poisson: { held: { size: Number.POSITIVE_INFINITY, pi: 0 }, at: ([lambda], { size, pi }) => [size!, lambda!, pi!] },
  },
  model: mass(inflated(negativeBinomialTerm), (data, fixed) => {
    const { n, mean, variance, max, logLik } = data;
    const parameters = fixed.slice(0, 3);
    if (max === 0) {
      const [size, mu, pi] = parameters;
      const verdict = onlyZeros(parameters, 1);
      if (verdict) return verdict;
      return size === undefined ? boundary("All values are 0: size = 0.", [0, mu!, pi!], 0) : { unit: [1, 1, 1], start: [size, mu!, pi!] };
    }
    const plain = fixed[2] === undefined ? uninflatedLimit(data, fixed) : undefined;
    const poisson = fixed[0] === undefined ? inflatedPoissonLimit(data, fixed) : undefined;
    const limits = [plain, poisson].filter((limit) => limit !== undefined);
    const { positives, mean: average } = zerosOf(data);
    // The positive counts alone are zero-truncated; what zeros they leave unexplained are inflation.
    const onlyPositives = { n: positives, mean: average, logLik: (f: (x: number) => number) => logLik((x) => (x > 0 ? f(x) : 0)) };
    const { size, mu } = truncatedPeak(onlyPositives, fixed[0], fixed[1]);
    const inflation = 1 - positives / n / -expm1(-size * log1p(mu / size));
    // Moments of what is left when a share of all rows is taken away as inflation.
    const without = (share: number): number[] => {
      const m = mean / (1 - share);
      const excess = (variance + mean * mean) / (1 - share) - m * m - m;
      return [excess > 0 ? (m * m) / excess : 10, m, share];
    };
    const zeros = 1 - positives / n;
    return {
      unit: [1, 1, 1],
      start: [size, mu, Math.max(0.02, Math.min(0.98, inflation))],
      others: [0.05, 0.3, 0.6, 0.9].map((part) => without(Math.max(0.01, part * zeros))),
      ...bounded(limits),
    };
  }),
  logPdf: (x, theta) => (holds(counts, x) ? term(x, theta).value : -Infinity),
  score: (x, theta) => [...term(x, theta).score],
  ...wholeValued(0, (k, [size, mu, pi]) => inflatedAtZero(negativeBinomialTails(k, size!, mu!), pi!)),
  mean: ([, mu, pi]) => (1 - pi!) * mu!,
  variance: ([size, mu, pi]) => (1 - pi!) * mu! * (1 + mu! / size! + pi! * mu!),
  random: ([size, mu, pi], random) => (random.uniform() < pi! ? 0 : random.poisson((random.gamma(size!) * mu!) / size!)),
};

const term = inflated(negativeBinomialTerm);
