/** Sums over whole numbers, zeta and the logarithmic series: against 50 digits (mpmath), their recurrences, and one another. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { exp, log, log1p, pow } from "../../src/math/elementary.ts";
import { logSeriesComplement, logSeriesHead, logSeriesTail } from "../../src/math/logSeries.ts";
import { truncatedPoissonBend, truncatedPoissonRate, truncatedPoissonSlope } from "../../src/math/truncatedPoisson.ts";
import { powerSum, zetaSum } from "../../src/math/zeta.ts";
import { close, decades, holds, real, tuple, ULP } from "./property.ts";

const whole = (min: number, max: number) => fc.integer({ min, max });

describe("zeta", () => {
  test.each([
    [1.01, 100.57794333849678],
    [1.5, 2.612375348685488],
    [2, 1.6449340668482264],
    [4, 1.0823232337111381],
    [20, 1.0000009539620338],
  ])("zeta(%d)", (s, value) => close(zetaSum(s, 1).value, value, 4 * ULP));
  test.each([
    [1.5, -3.9322397374311016, 15.989556371225687],
    [2, -0.9375482543158438, 1.989280234298901],
    [4, -0.06891126589612538, 0.06505816136788066],
  ])("its derivatives at %d", (s, first, second) => {
    close(zetaSum(s, 1).first, first, 16 * ULP);
    close(zetaSum(s, 1).second, second, 16 * ULP);
  });
  holds("a term apart", tuple(real(1.001, 60), decades(0, 6)), (s, a) => {
    const ratio = exp(-s * log1p(1 / a));
    close(zetaSum(s, a).value, 1 + ratio * zetaSum(s, a + 1).value, 8 * ULP * Math.max(1, s / a));
  });
  holds("head and tail", tuple(real(1.001, 20), whole(1, 1_000_000)), (s, k) => {
    const tail = exp(-s * log(k + 1)) * zetaSum(s, k + 1).value;
    close(powerSum(s, k) + tail, zetaSum(s, 1).value, 64 * ULP);
  });
  holds("a whole column of powers", tuple(real(1.001, 5), whole(1, 300)), (s, k) => {
    let sum = 0;
    for (let j = k; j >= 1; j--) sum += pow(j, -s);
    close(powerSum(s, k), sum, 8 * ULP);
  });
});

describe("the logarithmic series", () => {
  test.each([
    [1, 1e-8, 18.420680933159176],
    [13, 0.1, 0.5366043875383031],
  ])("the tail from %d at %d", (a, L, value) => close(logSeriesTail(a, L), value, 16 * ULP));
  holds("head and tail", tuple(decades(-6, -0.01), whole(1, 200)), (p, k) => {
    const L = -log(p);
    close(logSeriesHead(k, p) + exp(-L * (k + 1)) * logSeriesTail(k + 1, L), -log1p(-p), 64 * ULP);
  });
  holds("a term apart, on both sides of 0.3", tuple(real(0.2, 0.4), whole(1, 1000)), (L, a) =>
    close(logSeriesTail(a, L), 1 / a + exp(-L) * logSeriesTail(a + 1, L), 64 * ULP),
  );
  holds("the complement gives the mean", tuple(decades(-3, 12)), (excess) => {
    const q = logSeriesComplement(1 + excess);
    close((1 - q) / (-q * log(q)), 1 + excess, 64 * ULP);
  });
});

describe("the truncated Poisson", () => {
  holds("the rate gives the mean", tuple(decades(-3, 8)), (excess) => {
    const rate = truncatedPoissonRate(1 + excess);
    close(1 + rate * truncatedPoissonSlope(rate), 1 + excess, 16 * ULP);
  });
  test("series and closed form meet at 1", () => {
    for (const f of [truncatedPoissonSlope, truncatedPoissonBend]) {
      expect(Math.abs(f(1 - ULP / 2) - f(1))).toBeLessThan(1e-15);
    }
  });
});
