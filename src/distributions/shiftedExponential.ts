import { boundary, nonexistent } from "../likelihood/model.ts";
import { secondMoments } from "../likelihood/statistics.ts";
import { expm1, log, log1p } from "../math/elementary.ts";
import { logOneMinusExp } from "../math/logarithms.ts";
import { type Family, real } from "./family.ts";

/**
 * Exponential shifted to start at a location: density rate e^(-rate (x - location)), x >= location. The likelihood increases with the
 * location up to the smallest observation, where it jumps to 0: location = min(x), on the boundary of what the data allow, so curvature gives
 * no standard error (min(x) - location is of order 1/n). Given the location, rate = 1 / (mean(x) - location), with standard error
 * rate / sqrt(n). No maximum where all x equal the location. Johnson, Kotz & Balakrishnan (1994), ch. 19.
 */
export const shiftedExponential: Family = {
  name: "shiftedExponential",
  parameters: [
    { name: "location", domain: "real", shifts: true, rough: "lower" },
    { name: "rate", domain: "positive" },
  ],
  support: real,
  density: "rate e^(-rate (x - location)), x >= location",
  source: "Johnson, Kotz & Balakrishnan (1994), Continuous Univariate Distributions 1, ch. 19",
  existence: "not if all values are equal; the maximum in location lies at the smallest observation",
  contains: {
    exponential: {
      held: { location: 0 },
      at: ([rate], { location }) => [location!, rate!],
      irregular: () => "the support begins at location, whose estimate is the smallest value, off by 1/n, not by 1/sqrt(n)",
    },
  },
  model(sample, fixed) {
    const { min } = sample.extent;
    const location = fixed[0] ?? min;
    if (location > min)
      return nonexistent(
        `The fixed location ${location} leaves out observations (from ${min}): the likelihood is 0.`,
        undefined,
        -Infinity,
      );
    const { unit, first } = secondMoments(sample, location);
    const excess = unit * first;
    const n = sample.weight;
    if (!(excess > 0) && fixed[1] === undefined) {
      return nonexistent("All values equal the location: the likelihood grows without bound as rate → ∞.");
    }
    const guess = fixed[1] ?? 1 / excess;
    if (fixed[0] === undefined) {
      return boundary("The maximum in location lies at the smallest observation.", [location, guess], n * (log(guess) - guess * excess));
    }
    return {
      origin: [location, 0],
      unit: [1, guess],
      start: [0, 1],
      evaluate([, s]) {
        return {
          value: n * (log(guess) + log(s!) - guess * s! * excess),
          // The location is fixed: its derivatives are not asked for.
          score: [0, n * (1 / s! - guess * excess)],
          information: [
            [1, 0],
            [0, n / (s! * s!)],
          ],
        };
      },
    };
  },
  logPdf: (x, [location, rate]) => (x < location! ? -Infinity : log(rate!) - rate! * (x - location!)),
  score: (x, [location, rate]) => [rate!, 1 / rate! - (x - location!)],
  slide: (x, [location, rate]) => [1, (location! - x) / rate!],
  cdf: (x, [location, rate]) => (x <= location! ? 0 : -expm1(-rate! * (x - location!))),
  logCdf: (x, [location, rate]) => (x <= location! ? -Infinity : logOneMinusExp(rate!, x - location!)),
  logSf: (x, [location, rate]) => (x <= location! ? 0 : -rate! * (x - location!)),
  quantile: (p, [location, rate]) => location! - log1p(-p) / rate!,
  mean: ([location, rate]) => location! + 1 / rate!,
  variance: ([, rate]) => 1 / (rate! * rate!),
  random: ([location, rate], random) => location! + random.exponential() / rate!,
};
