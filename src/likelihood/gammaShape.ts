import { log, log1p } from "../math/elementary.ts";
import { log1pmx } from "../math/logarithms.ts";
import { logMinusDigamma, logMinusDigammaDerivative, trigamma } from "../math/polygamma.ts";
import { HALF_LOG_2PI, stirlingError } from "../math/stirling.ts";
import { type Fixed, type Model, nonexistent, type Verdict } from "./model.ts";

// Gamma likelihoods of a variate y = x, 1/x or x²: the data enter through mean(y) and gap = log(mean(y)) - mean(log y) alone, and the shape
// solves log(shape) - digamma(shape) = gap. Newton from Minka's start (2002, Estimating a Gamma distribution).

/** A column of y. */
export interface GammaData {
  /** Rows, or their weight. */
  readonly n: number;
  readonly mean: number;
  /** log(mean(y)) - mean(log y) >= 0. */
  readonly gap: number;
  /** Mean of log |dy/dx| - log y. */
  readonly carrier: number;
}

/** Parameters shape and rate: density rate^shape / Gamma(shape) y^(shape - 1) e^(-rate y). */
export function shapeAndRate({ n, mean, gap, carrier }: GammaData, fixed: Fixed, name = "shape"): Model | Verdict {
  if (gap <= 0 && fixed[0] === undefined) return allEqual(name);
  const guess = fixed[0] ?? shapeOf(gap);
  return {
    origin: [0, 0],
    unit: [guess, guess / mean],
    start: [1, 1],
    evaluate([s, r]) {
      const shape = guess * s!;
      const rate = guess * r!;
      // log(rate mean / shape), to its last digit near the maximum, where it is 0.
      const tilt = log1p((r! - s!) / s!);
      const value = shape * (tilt - gap) + (shape - rate) + 0.5 * log(shape) - HALF_LOG_2PI - stirlingError(shape) + carrier;
      return {
        value: n * value,
        score: [n * guess * (tilt + logMinusDigamma(shape) - gap), n * guess * (shape / rate - 1)],
        information: [
          [n * guess * guess * trigamma(shape), (-n * guess * guess) / rate],
          [(-n * guess * guess) / rate, (n * guess * guess * shape) / (rate * rate)],
        ],
      };
    },
    // The determinant trigamma(a) a - 1 is 1/(2a) for a large shape: taken as a difference it loses log10(a) digits.
    covariance([s, r]) {
      const shape = guess * s!;
      const variance = 1 / (-n * guess * guess * logMinusDigammaDerivative(shape));
      const slope = r! / s!;
      return [
        [variance, slope * variance],
        [slope * variance, (r! * r!) / (n * shape) + slope * slope * variance],
      ];
    },
  };
}

/** Parameters shape and mean = shape / rate, which are orthogonal. */
export function shapeAndMean({ n, mean, gap, carrier }: GammaData, fixed: Fixed, name = "shape"): Model | Verdict {
  if (gap <= 0 && fixed[0] === undefined) return allEqual(name);
  const guess = fixed[0] ?? shapeOf(gap);
  return {
    origin: [0, 0],
    unit: [guess, mean],
    start: [1, 1],
    evaluate([s, m]) {
      const shape = guess * s!;
      const ratio = 1 / m!;
      const excess = (1 - m!) / m!;
      // log(ratio) - excess.
      const bend = log1pmx(excess);
      return {
        value: n * (shape * (bend - gap) + 0.5 * log(shape) - HALF_LOG_2PI - stirlingError(shape) + carrier),
        score: [n * guess * (bend + logMinusDigamma(shape) - gap), n * shape * ratio * excess],
        information: [
          [-n * guess * guess * logMinusDigammaDerivative(shape), -n * guess * ratio * excess],
          [-n * guess * ratio * excess, n * shape * ratio * ratio * (ratio + excess)],
        ],
      };
    },
  };
}

function shapeOf(gap: number): number {
  return (3 - gap + Math.sqrt((gap - 3) * (gap - 3) + 24 * gap)) / (12 * gap);
}

function allEqual(name: string): Verdict {
  return nonexistent(`All values are equal: the likelihood grows without bound as ${name} → ∞ at a constant mean.`);
}
