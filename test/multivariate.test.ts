import { distribution, fit, type RowOptions, type ShapedValues } from "loglik";
import { describe, expect, test } from "vitest";
import { Random } from "../src/math/random.ts";
import { near } from "./closeness.ts";
import { D, expectSame, N, names, sample, truth } from "./rowTrials.ts";

// What holds of every fit of rows, whatever the family.

/** Parameters with one number, by its flat name, changed. */
function shifted(values: ShapedValues, flat: string, by: number): ShapedValues {
  const [, own, i, j] = /^(\w+)(?:\[(\d)(?:,(\d))?\])?$/.exec(flat)!;
  const copy = structuredClone(values) as Record<string, number & number[] & number[][]>;
  if (i === undefined) (copy as Record<string, number>)[own!]! += by;
  else if (j === undefined) (copy[own!] as number[])[Number(i) - 1]! += by;
  else {
    copy[own!]![Number(i) - 1]![Number(j) - 1]! += by;
    if (i !== j) copy[own!]![Number(j) - 1]![Number(i) - 1]! += by;
  }
  return copy;
}

describe.each(names)("%s", (name) => {
  const x = sample(name);
  const rows = Array.from({ length: N }, (_, i) => [...x.subarray(i * D, i * D + D)]);
  const columns = Array.from({ length: D }, (_, j) => rows.map((row) => row[j]!));

  test.each([1, 2, 3])("estimates of simulated rows lie within 4 standard errors, seed %i", async (seed) => {
    const r = await fit(name, sample(name, 1000, seed), { columns: D });
    expect(r.status, r.reason).toBe("interior");
    const given = truth(name);
    for (const flat of r.parameters as readonly `${string}[${string}]`[]) {
      const [, own, i, j] = /^(\w+)(?:\[(\d)(?:,(\d))?\])?$/.exec(flat)!;
      const value = given[own!] as number & number[] & number[][];
      const wanted = i === undefined ? value : j === undefined ? value[Number(i) - 1]! : value[Number(i) - 1]![Number(j) - 1]!;
      near(r.estimates[flat]!, wanted as number, 4 * r.standardErrors[flat]!, flat);
    }
  });

  test("rows one after the other, as columns, typed or not, give the same bits", async () => {
    const expected = (await fit(name, x, { columns: ["1", "2", "3"] })).toJSON();
    for (const data of [x, [...x]]) expect((await fit(name, data, { columns: D })).toJSON()).toEqual(expected);
    for (const data of [columns, columns.map((column) => Float64Array.from(column))]) {
      expect((await fit(name, data)).toJSON()).toEqual(expected);
    }
  });

  test("the score is 0 at the maximum: differences of the log-density's sum", async () => {
    const r = await fit(name, x, { columns: D });
    const logLik = (at: ShapedValues) => {
      const { logPdf } = distribution(name as "multivariateNormal", at);
      return rows.reduce((sum, row) => sum + logPdf(row), 0);
    };
    const { estimates, standardErrors } = r.toJSON() as { estimates: ShapedValues; standardErrors: Record<string, number> };
    near(logLik(estimates), r.logLik, 1e-11 * (N + Math.abs(r.logLik)), "logLik");
    for (const flat of r.parameters) {
      const h = 1e-3 * standardErrors[flat]!;
      // In standard errors.
      near(((logLik(shifted(estimates, flat, h)) - logLik(shifted(estimates, flat, -h))) / (2 * h)) * standardErrors[flat]!, 0, 1e-5, flat);
    }
  });

  test("the order of the columns does not matter", async () => {
    const order = [2, 0, 1];
    const [a, b] = [
      await fit(name, columns, { columns: ["a", "b", "c"] }),
      await fit(
        name,
        order.map((j) => columns[j]!),
        { columns: ["c", "a", "b"] },
      ),
    ];
    const swapped = (flat: string): [string, number] => {
      const pair = /^(\w+)\[(\w),(\w)\]$/.exec(flat);
      return [pair && !b.parameters.includes(flat) ? `${pair[1]}[${pair[3]},${pair[2]}]` : flat, 1];
    };
    expectSame(b, a, 1e-7, swapped);
    near(b.logLik, a.logLik, 1e-11 * N, "logLik");
  });

  test("frequency weights repeat rows", async () => {
    const random = new Random(5);
    const weights = rows.map(() => Math.floor(4 * random.uniform()));
    const repeated = rows.flatMap((row, i) => new Array<number[]>(weights[i]!).fill(row)).flat();
    const [a, b] = [await fit(name, x, { columns: D, weights }), await fit(name, repeated, { columns: D })];
    expectSame(a, b, 1e-7);
    expect(a.nobs).toBe(b.nobs);
    near(a.logLik, b.logLik, 1e-11 * N, "logLik");
  });

  test("rows of weight 0 are absent, whatever is in them", async () => {
    const weights = rows.map((_, i) => (i % 7 === 3 ? 0 : 1 + (i % 2)));
    const spoilt = rows.map((row, i) => (weights[i] === 0 ? [Number.NaN, Number.POSITIVE_INFINITY, -1] : row));
    const kept = rows.map((_, i) => i).filter((i) => weights[i] !== 0);
    const [a, b] = [
      await fit(name, spoilt.flat(), { columns: D, weights }),
      await fit(
        name,
        kept.flatMap((i) => rows[i]!),
        { columns: D, weights: kept.map((i) => weights[i]!) },
      ),
    ];
    expect(a.toJSON()).toEqual(b.toJSON());
  });

  test("importance weights: equal ones change nothing but the errors, and their size nothing at all", async () => {
    const options = (weight: number): RowOptions => ({
      columns: D,
      weights: rows.map((_, i) => weight * (1 + (i % 3))),
      weightType: "importance",
    });
    const [a, b] = [await fit(name, x, options(1)), await fit(name, x, options(1e-9))];
    expectSame(b, a, 1e-7);
    expect(a.nobs).toBe(N);
    const plain = await fit(name, x, { columns: D });
    const equal = await fit(name, x, { columns: D, weights: rows.map(() => 1), weightType: "importance" });
    for (const flat of plain.parameters as readonly `${string}[${string}]`[]) {
      near(equal.estimates[flat]!, plain.estimates[flat]!, 1e-7 * plain.standardErrors[flat]!, flat);
      // Both are errors of a true model, so they differ by sampling.
      expect(equal.standardErrors[flat]! / plain.standardErrors[flat]!).toBeGreaterThan(0.5);
      expect(equal.standardErrors[flat]! / plain.standardErrors[flat]!).toBeLessThan(2);
    }
  });

  test("importance weights have the sandwich's errors: differences of the rows' log-densities", async () => {
    const weights = rows.map((_, i) => 0.5 + (i % 4));
    const [robust, plain] = [
      await fit(name, x, { columns: D, weights, weightType: "importance" }),
      await fit(name, x, { columns: D, weights }),
    ];
    const estimates = robust.toJSON().estimates as ShapedValues;
    const scores = robust.parameters.map((flat) => {
      const h = 1e-4 * (robust.standardErrors as unknown as Record<string, number>)[flat]!;
      const [up, down] = [h, -h].map((by) => distribution(name as "multivariateNormal", shifted(estimates, flat, by)));
      return rows.map((row) => (up!.logPdf(row) - down!.logPdf(row)) / (2 * h));
    });
    robust.parameters.forEach((flat, a) => {
      const shares = rows.map((_, i) => weights[i]! * scores.reduce((sum, score, b) => sum + plain.vcov[a]![b]! * score[i]!, 0));
      const error = Math.sqrt(shares.reduce((sum, share) => sum + share * share, 0));
      near((robust.standardErrors as unknown as Record<string, number>)[flat]!, error, 1e-7 * error, flat);
    });
  });

  test("flat names and arrays say the same", async () => {
    const r = await fit(name, x, { columns: ["a", "b", "c"] });
    expect(Object.keys(r.estimates)).toEqual(r.parameters);
    const nested = r.toJSON().estimates as Record<string, unknown>;
    for (const [own, value] of Object.entries(nested)) {
      if (typeof value !== "number") expect((r.estimates as unknown as Record<string, unknown>)[own]).toEqual(value);
    }
    const intervals = r.confint({ level: 0.9 });
    for (const flat of r.parameters as readonly `${string}[${string}]`[]) {
      expect(intervals[flat]![0]).toBeLessThan(r.estimates[flat]!);
      expect(intervals[flat]![1]).toBeGreaterThan(r.estimates[flat]!);
    }
  });

  test("a signal stops it, and progress is told", async () => {
    await expect(fit(name, x, { columns: D, signal: AbortSignal.abort() })).rejects.toThrow(/abort/);
    const told: number[] = [];
    const r = await fit(name, x, { columns: D, onProgress: ({ logLik }) => told.push(logLik) });
    if (r.certificate.stop !== "closed form") expect(told.at(-1)).toBeLessThanOrEqual(r.logLik + 1e-9 * N);
  });
});
