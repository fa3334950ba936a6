import { reciprocalsFrom } from "../likelihood/reciprocals.ts";
import { log, log1p } from "../math/elementary.ts";
import { erf, erfc, logNormalCdf, normalUpperQuantile } from "../math/normal.ts";
import { HALF_LOG_2PI } from "../math/stirling.ts";
import { type Family, positive, type Support } from "./family.ts";

const LOG_2 = log(2);

/**
 * Lévy with density sqrt(scale / (2 pi)) y^(-3/2) e^(-scale / (2 y)), y = x - location > 0, for a given location: scale / y is chi-squared with
 * one degree of freedom, and so the maximum is the harmonic mean of y, with standard error scale sqrt(2/n). Feller (1971), An Introduction
 * to Probability Theory 2, ch. II.4; Johnson, Kotz & Balakrishnan (1994), ch. 12.
 */
export const levy: Family = {
  name: "levy",
  parameters: [{ name: "scale", domain: "positive" }],
  constants: [{ name: "location", default: 0, holds: Number.isFinite, text: "a finite number" }],
  support: positive,
  supportAt: ([location]) => (location === 0 ? positive : above(location!)),
  density: "sqrt(scale / (2 pi)) y^(-3/2) e^(-scale / (2 y)), y = x - location > 0",
  source: "Feller (1971), An Introduction to Probability Theory and Its Applications 2, ch. II.4",
  existence: "always",
  model(sample, [, location]) {
    const { harmonicMean, meanLog } = reciprocalsFrom(sample, location!);
    const n = sample.weight;
    return {
      origin: [0],
      unit: [harmonicMean],
      start: [1],
      evaluate([t]) {
        return {
          value: n * (0.5 * (log(harmonicMean) + log(t!)) - HALF_LOG_2PI - 0.5 * t! - 1.5 * meanLog),
          score: [n * (0.5 / t! - 0.5)],
          information: [[(0.5 * n) / (t! * t!)]],
        };
      },
    };
  },
  logPdf(x, [scale, location]) {
    const y = x - location!;
    if (!(y > 0) || y === Infinity) return -Infinity;
    return 0.5 * log(scale!) - HALF_LOG_2PI - 1.5 * log(y) - (0.5 * scale!) / y;
  },
  score: (x, [scale, location]) => [0.5 / scale! - 0.5 / (x - location!)],
  slide: (x, [scale, location]) => [(x - location!) / scale!],
  cdf: (x, theta) => erfc(standardised(x, theta) / Math.SQRT2),
  logCdf(x, theta) {
    const z = standardised(x, theta);
    return z < 0.7 ? log1p(-erf(z / Math.SQRT2)) : LOG_2 + logNormalCdf(-z);
  },
  logSf(x, theta) {
    const z = standardised(x, theta) / Math.SQRT2;
    return z < 0.5 ? log(erf(z)) : log1p(-erfc(z));
  },
  quantile(p, [scale, location]) {
    const z = normalUpperQuantile(0.5 * p);
    return location! + scale! / z / z;
  },
  mean: () => Infinity,
  variance: () => Infinity,
  random([scale, location], random) {
    const z = random.normal();
    return Math.min(location! + scale! / z / z, Number.MAX_VALUE);
  },
};

/** sqrt(scale / (x - location)): |Z| beyond it for a standard normal Z. */
function standardised(x: number, [scale, location]: readonly number[]): number {
  const y = x - location!;
  return y > 0 ? Math.sqrt(scale!) / Math.sqrt(y) : Infinity;
}

function above(location: number): Support {
  return { ...positive, lower: location, text: `values > ${location}` };
}
