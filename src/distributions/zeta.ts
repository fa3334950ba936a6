import { mass } from "../likelihood/mass.ts";
import { boundary } from "../likelihood/model.ts";
import { expm1, log, log1p, pow } from "../math/elementary.ts";
import { fromLower, fromUpper, LOG_HALF, wholeValued } from "../math/wholeValued.ts";
import { powerSum, zetaSum } from "../math/zeta.ts";
import { type Family, holds, positiveCounts } from "./family.ts";

/**
 * Zeta (Zipf, discrete Pareto) with mass x^(-s) / ζ(s), x = 1, 2, …, s > 1: the maximum solves -ζ'(s)/ζ(s) = mean(log x). All ones put it
 * on the boundary, s = ∞. Johnson, Kemp & Kotz (2005), ch. 11.2.20; random numbers by Devroye (1986), ch. X.6.1.
 */
export const zeta: Family = {
  name: "zeta",
  parameters: [{ name: "s", domain: "aboveOne" }],
  support: positiveCounts,
  density: "x^(-s) / ζ(s), x = 1, 2, …",
  source: "Johnson, Kemp & Kotz (2005), Univariate Discrete Distributions, ch. 11.2.20; Devroye (1986), ch. X.6.1",
  existence: "on the boundary s = ∞ if every value is 1",
  model: mass(
    (x, [s]) => ({ value: -s! * log(x), score: [-log(x)], information: [[0]] }),
    ({ n, max, logLik }, fixed) => {
      if (max === 1 && fixed[0] === undefined) {
        return boundary("All values are 1: the likelihood increases with s; the limit has all mass on 1.", [Number.POSITIVE_INFINITY], 0);
      }
      // -ζ'/ζ is 1/(s - 1) near 1 and 2^-s log 2 far from it.
      const logs = logLik(log) / n || 1;
      return { unit: [1], start: [logs > 0.3 ? 1 + 1 / logs : 1 + log(LOG_2 / logs) / LOG_2] };
    },
    ([s]) => {
      const { value, first, second } = zetaSum(s!, 1);
      const slope = first / value;
      return { value: -log(value), score: [-slope], information: [[second / value - slope * slope]] };
    },
  ),
  logPdf: (x, [s]) => (holds(positiveCounts, x) ? -s! * log(x) - log(zetaSum(s!, 1).value) : -Infinity),
  score(x, [s]) {
    const { value, first } = zetaSum(s!, 1);
    return [-log(x) - first / value];
  },
  ...wholeValued(1, (k, [s]) => {
    const total = zetaSum(s!, 1).value;
    const upper = logZeta(s!, k + 1) - log(total);
    return upper < LOG_HALF ? fromUpper(upper) : fromLower(log(powerSum(s!, k) / total));
  }),
  mean: ([s]) => (s! > 2 ? zetaSum(s! - 1, 1).value / zetaSum(s!, 1).value : Number.POSITIVE_INFINITY),
  variance([s]) {
    if (s! <= 3) return Number.POSITIVE_INFINITY;
    const total = zetaSum(s!, 1).value;
    const mean = zetaSum(s! - 1, 1).value / total;
    return zetaSum(s! - 2, 1).value / total - mean * mean;
  },
  random([s], random) {
    const b = s! - 1;
    for (;;) {
      // Counts beyond the doubles are drawn as the largest.
      const x = Math.min(Number.MAX_VALUE, Math.floor(pow(random.uniform(), -1 / b)));
      // (1 + 1/x)^b - 1, beside its value at 1.
      const excess = expm1(b * log1p(1 / x));
      if (random.uniform() * x * excess * (1 + expm1(b * LOG_2)) <= (1 + excess) * expm1(b * LOG_2)) return x;
    }
  },
};

/** log ζ(s, a); far out (a + 1/2)^(1-s) / (s - 1), where the sum itself may be beyond the doubles. */
function logZeta(s: number, a: number): number {
  return a > 1e16 ? (1 - s) * log(a) - log(s - 1) : log(zetaSum(s, a).value) - s * log(a);
}

const LOG_2 = 0.6931471805599453;
