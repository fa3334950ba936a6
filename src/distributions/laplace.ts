import { nonexistent } from "../likelihood/model.ts";
import { meanDeviation } from "../likelihood/statistics.ts";
import { exp, log, log1p } from "../math/elementary.ts";
import { type Family, real } from "./family.ts";

/**
 * Laplace (double exponential) with density e^(-|x - location| / scale) / (2 scale). The maximum is the median (the midpoint of the
 * middle two where n is even; any value between them serves as well) and the mean absolute deviation from it. The likelihood has a
 * kink at every observation, so the standard errors are those of the expected information, scale / sqrt(n) for both parameters.
 * No maximum where all x are equal. Laplace (1774); Kotz, Kozubowski & Podgórski (2001), The Laplace Distribution, ch. 2.
 */
export const laplace: Family = {
  name: "laplace",
  parameters: [
    { name: "location", domain: "real", shifts: true, rough: "kinks" },
    { name: "scale", domain: "positive" },
  ],
  support: real,
  density: "e^(-|x - location| / scale) / (2 scale)",
  source: "Kotz, Kozubowski & Podgórski (2001), The Laplace Distribution and Generalizations, ch. 2",
  existence: "not if all values are equal",
  model(sample, fixed) {
    const [lower, upper] = sample.median;
    const center = fixed[0] ?? lower / 2 + upper / 2;
    const deviation = meanDeviation(sample, center);
    if (deviation === 0 && fixed[1] === undefined) {
      return nonexistent("All values are equal: the likelihood grows without bound as scale → 0.");
    }
    const scale = fixed[1] ?? deviation;
    const n = sample.weight;
    return {
      origin: [center, 0],
      unit: [scale, scale],
      start: [0, 1],
      closed: true,
      evaluate([, s]) {
        const spread = deviation / scale / s!;
        return {
          value: -n * (log(2) + log(scale) + log(s!) + spread),
          score: [0, (n * (spread - 1)) / s!],
          information: [
            [n / (s! * s!), 0],
            [0, (n * (2 * spread - 1)) / (s! * s!)],
          ],
        };
      },
    };
  },
  logPdf: (x, [location, scale]) => -log(2) - log(scale!) - Math.abs(x - location!) / scale!,
  score(x, [location, scale]) {
    return [Math.sign(x - location!) / scale!, (Math.abs(x - location!) / scale! - 1) / scale!];
  },
  slide: (x, [location, scale]) => [1, (x - location!) / scale!],
  cdf(x, [location, scale]) {
    const tail = 0.5 * exp(-Math.abs(x - location!) / scale!);
    return x < location! ? tail : 1 - tail;
  },
  logCdf: (x, [location, scale]) => logUpper((location! - x) / scale!),
  logSf: (x, [location, scale]) => logUpper((x - location!) / scale!),
  quantile: (p, [location, scale]) => (p < 0.5 ? location! + scale! * log(2 * p) : location! - scale! * log(2 * (1 - p))),
  mean: ([location]) => location!,
  variance: ([, scale]) => 2 * scale! * scale!,
  random: ([location, scale], random) => location! + scale! * random.exponential() * (random.uniform() < 0.5 ? -1 : 1),
};

/** log P(X - location > z scale). */
function logUpper(z: number): number {
  return z > 0 ? -log(2) - z : log1p(-0.5 * exp(z));
}
