import fc from "fast-check";
import { expect, test } from "vitest";
import { eventTimesOf } from "../src/cox/eventTimes.ts";
import { RiskSets, risksOf } from "../src/cox/riskSets.ts";
import { exp } from "../src/math/elementary.ts";

// Sums over risk sets against their definition, with late entry and strata; predictors far apart and close together.

const rows = fc.array(
  fc.record({
    start: fc.integer({ min: 0, max: 40 }),
    length: fc.integer({ min: 1, max: 40 }),
    status: fc.constantFrom(0, 1, 1),
    stratum: fc.constantFrom(0, 0, 1),
    eta: fc.double({ min: -1, max: 1, noNaN: true }),
    z: fc.double({ min: 0.5, max: 2, noNaN: true }),
  }),
  { minLength: 1, maxLength: 120 },
);

test.each([1, 400])("sums and what they give back are their definition, predictors times %i", (spread) => {
  fc.assert(
    fc.property(rows, (all) => {
      const at = eventTimesOf({
        time: Float64Array.from(all, ({ start, length }) => start + length),
        status: Uint8Array.from(all, ({ status }) => status),
        start: Float64Array.from(all, ({ start }) => start),
        stratum: Int32Array.from(all, ({ stratum }) => stratum),
        strata: 2,
      });
      const own = Array.from(at.rows, (row) => all[row]!);
      const eta = Float64Array.from(own, (row) => spread * row.eta);
      const risks = risksOf(eta);
      const sets = new RiskSets(at);
      const { tops, sums, width } = sets.sums(
        risks,
        undefined,
        Float64Array.from(own, ({ z }) => z),
        1,
      );
      const values = Float64Array.from(at.times, (_, k) => 1 + (k % 3));
      const gathered = sets.gathered(risks, values, tops);
      const highest = sets.tops(eta);
      const isAt = (i: number, k: number) => at.first[i]! <= k && k < at.end[i]!;
      for (let k = 0; k < at.times.length; k++) {
        let [top, total, weighted] = [Number.NEGATIVE_INFINITY, 0, 0];
        own.forEach(({ z }, i) => {
          if (!isAt(i, k)) return;
          top = Math.max(top, eta[i]!);
          total += exp(eta[i]! - tops[k]!);
          weighted += z * exp(eta[i]! - tops[k]!);
        });
        expect(highest[k]).toBe(top);
        expect(Math.abs(sums[k * width]! / total - 1)).toBeLessThan(1e-13);
        expect(Math.abs(sums[k * width + 1]! / weighted - 1)).toBeLessThan(1e-13);
      }
      own.forEach((_, i) => {
        let sum = 0;
        for (let k = 0; k < at.times.length; k++) if (isAt(i, k)) sum += values[k]! * exp(eta[i]! - tops[k]!);
        expect(Math.abs(gathered[i]! - sum)).toBeLessThanOrEqual(1e-13 * sum);
      });
    }),
  );
});
