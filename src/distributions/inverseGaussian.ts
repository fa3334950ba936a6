import { nonexistent } from "../likelihood/model.ts";
import { harmonic } from "../likelihood/reciprocals.ts";
import { logMoments, mean } from "../likelihood/statistics.ts";
import { log } from "../math/elementary.ts";
import { inverseGaussianQuantile, inverseGaussianTail, logInverseGaussian, logInverseGaussianTail } from "../math/inverseGaussianTail.ts";
import { normalHazard } from "../math/normal.ts";
import { HALF_LOG_2PI } from "../math/stirling.ts";
import { type Family, positive } from "./family.ts";

/**
 * Inverse Gaussian (Wald) with density sqrt(lambda / (2 pi x³)) e^(-lambda (x - mu)² / (2 mu² x)), x > 0. The maximum is mu = mean(x),
 * 1/lambda = mean(1/x) - 1/mu = mean((x - mu)² / (mu² x)). No maximum where all x are equal (lambda → ∞).
 * Tweedie (1957), Ann. Math. Statist. 28; Johnson, Kotz & Balakrishnan (1994), ch. 15.
 */
export const inverseGaussian: Family = {
  name: "inverseGaussian",
  parameters: [
    { name: "mu", domain: "positive" },
    { name: "lambda", domain: "positive" },
  ],
  support: positive,
  density: "sqrt(lambda / (2 pi x³)) e^(-lambda (x - mu)² / (2 mu² x)), x > 0",
  source: "Tweedie (1957), Ann. Math. Statist. 28; Johnson, Kotz & Balakrishnan (1994), ch. 15",
  existence: "not if all values are equal",
  model(sample, [mu, lambda]) {
    const n = sample.weight;
    const average = mean(sample);
    const { mean: harmonicMean, excess } = harmonic(sample);
    const meanLog = logMoments(sample).mean;
    // mean((x - mu)² / (mu² x)) = deviation + (average - mu)² / (average mu²), the first part at mu = average.
    const deviation = 1 / harmonicMean / (1 + 1 / excess);
    const shift = mu === undefined ? 0 : (average - mu) / mu;
    const reach = deviation + (shift * shift) / average;
    if (lambda === undefined && !(reach > 0)) {
      return nonexistent(`All values equal ${mu === undefined ? "one another" : "mu"}: the likelihood grows without bound as lambda → ∞.`);
    }
    const scale = lambda ?? 1 / reach;
    const [fixedPart, movingPart] = [scale * deviation, scale / average];
    return {
      origin: [0, 0],
      unit: [average, scale],
      start: [1, 1],
      closed: true,
      evaluate([m, l]) {
        const gap = (1 - m!) / m!;
        const size = fixedPart + movingPart * gap * gap;
        const slope = (n * movingPart * gap) / (m! * m!);
        return {
          value: n * (0.5 * (log(scale) + log(l!)) - HALF_LOG_2PI - 1.5 * meanLog - 0.5 * l! * size),
          score: [l! * slope, (0.5 * n) / l! - 0.5 * n * size],
          information: [
            [(n * movingPart * l! * (1 / m! + 2 * gap)) / (m! * m! * m!), -slope],
            [-slope, (0.5 * n) / (l! * l!)],
          ],
        };
      },
    };
  },
  logPdf: (x, [mu, lambda]) => logInverseGaussian(x, mu!, lambda!),
  score(x, [mu, lambda]) {
    const distance = (x - mu!) / mu!;
    return [((lambda! / mu!) * distance) / mu!, 0.5 / lambda! - 0.5 * distance * (distance / x)];
  },
  slide(x, [mu, lambda]) {
    // The second term of the distribution function alone depends on mu where z of the first is kept: with Mills' ratio of its z.
    const z = -Math.sqrt(lambda! / x) * (x / mu! + 1);
    const ofMu = ((2 / mu!) * (x / mu!) * Math.sqrt(lambda! * x)) / normalHazard(z);
    return [ofMu, (x - mu! * ofMu) / lambda!];
  },
  cdf: (x, [mu, lambda]) => inverseGaussianTail(x, mu!, lambda!, false),
  logCdf: (x, [mu, lambda]) => logInverseGaussianTail(x, mu!, lambda!, false),
  logSf: (x, [mu, lambda]) => logInverseGaussianTail(x, mu!, lambda!, true),
  quantile: (p, [mu, lambda]) => inverseGaussianQuantile(p, mu!, lambda!),
  mean: ([mu]) => mu!,
  variance: ([mu, lambda]) => (mu! / lambda!) * mu! * mu!,
  // Michael, Schucany & Haas (1976), Amer. Statist. 30, with the smaller root in a form that does not cancel.
  random([mu, lambda], random) {
    const z = random.normal();
    const w = (0.5 * mu! * z * z) / lambda!;
    const ratio = 1 / (1 + w + Math.sqrt(w * (w + 2)));
    return random.uniform() * (1 + ratio) <= 1 ? mu! * ratio : mu! / ratio;
  },
};
