import { negativeBinomialScore, negativeBinomialTerm } from "../likelihood/countTerms.ts";
import { mass } from "../likelihood/mass.ts";
import { boundary } from "../likelihood/model.ts";
import { negativeBinomialLogMass, negativeBinomialTails } from "../math/negativeBinomial.ts";
import { poissonLogMass } from "../math/saddlePoint.ts";
import { wholeValued } from "../math/wholeValued.ts";
import { counts, type Family, holds } from "./family.ts";

/**
 * Negative binomial with mean mu and variance mu + mu²/size: mass Gamma(x+size) / (Gamma(size) x!) (size/(size+mu))^size
 * (mu/(size+mu))^x, x = 0, 1, … The maximum has mu = mean(x), and a finite size if and only if the (1/n) variance exceeds the mean
 * (Aragón, Eberly & Eberly 1992, Stat. Prob. Lett. 15, 375); otherwise the limit size = ∞ is the Poisson.
 */
export const negativeBinomial: Family = {
  name: "negativeBinomial",
  parameters: [
    { name: "size", domain: "positive" },
    { name: "mu", domain: "positive" },
  ],
  support: counts,
  density: "Gamma(x+size) / (Gamma(size) x!) (size/(size+mu))^size (mu/(size+mu))^x, x = 0, 1, …",
  source: "Aragón, Eberly & Eberly (1992), Stat. Prob. Lett. 15, 375; Johnson, Kemp & Kotz (2005), ch. 5",
  existence: "on the boundary size = ∞ (Poisson) if the variance does not exceed the mean",
  contains: {
    geometric: { held: { size: 1 }, at: ([prob], { size }) => [size!, (1 - prob!) / prob!] },
    poisson: { held: { size: Number.POSITIVE_INFINITY }, at: ([lambda], { size }) => [size!, lambda!] },
  },
  model: mass(negativeBinomialTerm, ({ mean, variance, logLik }, fixed) => {
    const mu = fixed[1] ?? mean;
    if (mu === 0) return boundary("All values are 0: mu = 0, whatever the size.", [fixed[0] ?? Number.NaN, 0], 0);
    // Sum of (x - mu)² - x: twice the score in 1/size at 0.
    const excess = variance + (mean - mu) * (mean - mu) - mean;
    if (excess <= 0 && fixed[0] === undefined) {
      return boundary(
        "The variance does not exceed the mean: the likelihood increases with size; the limit is poisson(mu).",
        [Number.POSITIVE_INFINITY, mu],
        logLik((x) => poissonLogMass(x, mu)),
      );
    }
    return { unit: [1, mu], start: [fixed[0] ?? (mu * mu) / excess, 1] };
  }),
  logPdf: (x, [size, mu]) => (holds(counts, x) ? negativeBinomialLogMass(x, size!, mu!) : -Infinity),
  score: (x, [size, mu]) => negativeBinomialScore(x, size!, mu!),
  slide: (x, [size, mu]) => [undefined, (size! + x) / (size! + mu!)],
  ...wholeValued(0, (k, [size, mu]) => negativeBinomialTails(k, size!, mu!)),
  mean: ([, mu]) => mu!,
  variance: ([size, mu]) => mu! + (mu! * mu!) / size!,
  random: ([size, mu], random) => random.poisson((random.gamma(size!) * mu!) / size!),
};
