import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Random } from "../src/math/random.ts";
import { fitted, models, rowsOf } from "./classifying.ts";
import { near } from "./closeness.ts";

/** Rows about two to four means that a seed draws. */
const tables = fc.record({ seed: fc.integer({ min: 1, max: 1e6 }), d: fc.integer({ min: 1, max: 4 }), k: fc.integer({ min: 2, max: 4 }) });

function table({ seed, d, k }: { readonly seed: number; readonly d: number; readonly k: number }) {
  const random = new Random(seed);
  const n = k * (d + 8);
  const y = Array.from({ length: n }, (_, i) => `c${i % k}`);
  const columns = Array.from({ length: d }, () => Array.from({ length: n }, (_, i) => random.normal() + (i % k) * random.uniform()));
  return { random, y, columns, names: columns.map((_, j) => `x${j}`) };
}

describe.each(models)("properties of %s", (model) => {
  const property = (holds: (made: ReturnType<typeof table>) => Promise<void>) =>
    fc.assert(
      fc.asyncProperty(tables, (shape) => holds(table(shape))),
      { numRuns: 25 },
    );

  test("posteriors sum to 1 and are those of the log posteriors", () =>
    property(async ({ y, columns, names: own }) => {
      const r = await fitted({ design: { names: own, columns }, y, model });
      for (const row of rowsOf(r.posterior()))
        near(
          row.reduce((sum, p) => sum + p),
          1,
          1e-14,
          "sum",
        );
      const logs = r.logPosterior();
      for (const [name, array] of Object.entries(r.posterior()))
        array.forEach((p, i) => {
          near(p, Math.exp(logs[name]![i]!), 1e-13 * p, "e^log");
        });
    }));

  test("classes of other names, rows and columns in another order change nothing", () =>
    property(async ({ random, y, columns, names: own }) => {
      const r = await fitted({ design: { names: own, columns }, y, model });
      const order = y.map((_, i) => i).sort(() => random.uniform() - 0.5);
      const renamed = order.map((i) => `z${9 - Number(y[i]!.slice(1))}`);
      const turned = columns.map((column) => order.map((i) => column[i]!)).reverse();
      const other = await fitted({ design: { names: [...own].reverse(), columns: turned }, y: renamed, model });
      near(other.logLik, r.logLik, 1e-11 * (y.length + Math.abs(r.logLik)), "logLik");
      const [a, b] = [rowsOf(r.logPosterior()), rowsOf(other.logPosterior())];
      order.forEach((i, at) => {
        a[i]!.forEach((value, k) => {
          near(b[at]![a[i]!.length - 1 - k]!, value, 1e-9 * (1 + Math.abs(value)), "posterior");
        });
      });
    }));

  test("columns in other units, and for lda and qda mixed, leave posteriors alone", () =>
    property(async ({ random, y, columns, names: own }) => {
      const r = await fitted({ design: { names: own, columns }, y, model });
      const mixed = columns.map((column, j) => {
        const [a, b] = [10 ** (6 * random.uniform() - 3), 10 * random.normal()];
        const also = model === "naiveBayes" || j === 0 ? undefined : columns[0];
        return column.map((x, i) => a * (x + (also ? 0.5 * also[i]! : 0)) + b * a);
      });
      const other = await fitted({ design: { names: own, columns: mixed }, y, model });
      const [a, b] = [rowsOf(r.logPosterior()), rowsOf(other.logPosterior())];
      a.forEach((row, i) => {
        row.forEach((value, k) => {
          near(b[i]![k]!, value, 1e-8 * (1 + Math.abs(value)), "posterior");
        });
      });
    }));

  test("a prior given is not estimated, and moves log odds by its own", () =>
    property(async ({ y, columns, names: own }) => {
      const options = { design: { names: own, columns }, y, model };
      const r = await fitted(options);
      const total = r.classes.reduce((sum, _, k) => sum + k + 1, 0);
      const prior = Object.fromEntries(r.classes.map((name, k) => [name, (k + 1) / total]));
      const other = await fitted({ ...options, prior });
      expect(other.standardErrors[`prior[${r.classes[0]}]`]).toBe(0);
      near(other.aic + 2 * other.logLik, r.aic + 2 * r.logLik - 2 * (r.classes.length - 1), 1e-9, "free parameters");
      const [a, b] = [rowsOf(r.logPosterior()), rowsOf(other.logPosterior())];
      a.forEach((row, i) => {
        near(b[i]![1]! - b[i]![0]!, row[1]! - row[0]! + Math.log(2), 1e-9 * (1 + Math.abs(row[1]! - row[0]!)), "odds");
      });
    }));
});
