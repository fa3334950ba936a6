import { Dictionary, Float64, Int32, Int64, Table, Utf8, vectorFromArray } from "apache-arrow";
import fc from "fast-check";
import { coxph, glm, lm } from "loglik";
import { expect, test } from "vitest";

// The same rows as plain columns and as an Arrow table whose columns come in record batches cut anywhere: the same bits.

const ROWS = 400;
const index = Array.from({ length: ROWS }, (_, i) => i);
const x = Float64Array.from(index, (i) => 3 * Math.sin(i));
const counts = BigInt64Array.from(index, (i) => BigInt((i * i) % 5));
const group = index.map((i) => ["a", "b", "c"][i % 3]!);
const holes = index.map((i) => (i % 10 === 3 ? null : Math.cos(2 * i)));
const time = Float64Array.from(index, (i) => 1 + ((i * 37) % 101));
const status = Float64Array.from(index, (i) => (i % 4 === 0 ? 0 : 1));
const y = Float64Array.from(index, (i) => 0.3 * x[i]! + (i % 3) + Math.cos(7 * i));
const plain = { x, counts, group, holes, time, status, y };

const batch = (from: number, to: number) =>
  new Table({
    x: vectorFromArray([...x.slice(from, to)], new Float64()),
    counts: vectorFromArray([...counts.slice(from, to)], new Int64()),
    group: vectorFromArray(group.slice(from, to), new Dictionary(new Utf8(), new Int32())),
    holes: vectorFromArray(holes.slice(from, to), new Float64()),
    time: vectorFromArray([...time.slice(from, to)], new Float64()),
    status: vectorFromArray([...status.slice(from, to)], new Float64()),
    y: vectorFromArray([...y.slice(from, to)], new Float64()),
  });

test("chunks of an Arrow table change no bit", async () => {
  const fits = [
    (data: typeof plain | Table) => lm({ formula: "y ~ x + group + holes", data }),
    (data: typeof plain | Table) => glm({ formula: "counts ~ x * group", data, family: "poisson" }),
    (data: typeof plain | Table) => coxph({ formula: "Surv(time, status) ~ x + strata(group)", data }),
  ];
  const expected = await Promise.all(fits.map((fit) => fit(plain)));
  const cuts = fc.uniqueArray(fc.integer({ min: 1, max: ROWS - 1 }), { maxLength: 5 });
  await fc.assert(
    fc.asyncProperty(cuts, async (places) => {
      const ends = [0, ...places.sort((a, b) => a - b), ROWS];
      const [first, ...rest] = ends.slice(1).map((to, k) => batch(ends[k]!, to));
      const table = first!.concat(...rest);
      for (const [k, fit] of fits.entries()) {
        const { coef, vcov, logLik, nobs } = await fit(table);
        const { coef: known, vcov: covariances, logLik: likelihood, nobs: rows } = expected[k]!;
        expect({ coef, vcov, logLik, nobs }).toEqual({ coef: known, vcov: covariances, logLik: likelihood, nobs: rows });
      }
    }),
    { numRuns: 20 },
  );
});
