import { catalogue, distribution, fit, type RowFamilyName, type RowFit, type RowOptions, type ShapedValues } from "loglik";
import { describe, expect, test } from "vitest";
import { Random } from "../src/math/random.ts";
import { near } from "./closeness.ts";

// What holds of every fit of rows, whatever the family: on simulated rows of each family of vectors of the catalogue, whose parameters are
// made from their shapes alone.

const D = 3;
const N = 400;

/** A number of a parameter at a place; matrices are positive definite. */
function values(family: { readonly parameters: readonly { name: string; shape: string; domain: string }[] }, d = D): ShapedValues {
  const number = (domain: string, i: number) => (domain === "real" ? 2 * i - 1 : [4.5, 1.2, 2.6, 0.7][i % 4]!);
  const each = Array.from({ length: d }, (_, i) => i);
  const value = ({ shape, domain }: { shape: string; domain: string }) => {
    if (shape === "number") return number(domain, 0);
    if (shape === "vector") return each.map((i) => number(domain, i));
    return each.map((i) => each.map((j) => (i === j ? 1 + i : 0.4 * (i + j - 2))));
  };
  return Object.fromEntries(family.parameters.map((parameter) => [parameter.name, value(parameter)]));
}

const vectors = Object.values(catalogue).flatMap((family) => ("variate" in family && family.variate === "vector" ? [family] : []));
const names = vectors.map(({ name }) => name as Exclude<RowFamilyName, "categorical">);
/** Families whose rows may be moved and turned. */
const free = vectors.filter((family) => !("refuse" in family) || !family.refuse).map(({ name }) => name as "multivariateNormal");
const truth = (name: string, d = D) => values(vectors.find((family) => family.name === name)!, d);
const sample = (name: RowFamilyName, n = N, seed = 1) => distribution(name as "multivariateNormal", truth(name)).random(n, { seed });

/** The numbers of two fits, parameter by parameter. */
function expectSame(
  found: RowFit,
  expected: RowFit,
  relative = 1e-9,
  map: (name: string) => [name: string, unit: number] = (name) => [name, 1],
) {
  expect(found.status, found.reason).toBe(expected.status);
  for (const name of expected.parameters as readonly `${string}[${string}]`[]) {
    const [other, unit] = map(name) as [`${string}[${string}]`, number];
    const error = expected.standardErrors[name]! * unit;
    near(found.estimates[other]!, expected.estimates[name]! * unit, relative * error, name);
    near(found.standardErrors[other]!, error, 1e-7 * error, `standard error of ${name}`);
  }
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
      const [, own, i, j] = /^(\w+)(?:\[(\d)(?:,(\d))?\])?$/.exec(flat)!;
      const h = 1e-3 * standardErrors[flat]!;
      const moved = (by: number) => {
        const copy = structuredClone(estimates) as Record<string, number & number[] & number[][]>;
        if (i === undefined) (copy as Record<string, number>)[own!]! += by;
        else if (j === undefined) (copy[own!] as number[])[Number(i) - 1]! += by;
        else {
          copy[own!]![Number(i) - 1]![Number(j) - 1]! += by;
          if (i !== j) copy[own!]![Number(j) - 1]![Number(i) - 1]! += by;
        }
        return logLik(copy);
      };
      // In standard errors.
      near(((moved(h) - moved(-h)) / (2 * h)) * standardErrors[flat]!, 0, 1e-5, flat);
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

describe.each(free)("%s", (name) => {
  const x = sample(name);
  const moved = (map: (row: number[]) => number[]) =>
    Float64Array.from(Array.from({ length: N }, (_, i) => map([...x.subarray(i * D, i * D + D)])).flat());
  const [first, second] = name === "multivariateNormal" ? (["mean", "covariance"] as const) : (["location", "scale"] as const);

  test("rows that are turned and moved have a turned and moved maximum", async () => {
    const a = [
      [2, 0.5, -1],
      [0, -3, 0.25],
      [1, 1, 1],
    ];
    const b = [5, -7, 100];
    const times = (row: readonly number[]) => a.map((own) => own.reduce((sum, value, k) => sum + value * row[k]!, 0));
    const [plain, turned] = [
      await fit(name, x, { columns: D }),
      await fit(
        name,
        moved((row) => times(row).map((y, i) => y + b[i]!)),
        { columns: D },
      ),
    ];
    const determinant = 2 * (-3 * 1 - 0.25) - 0.5 * (0 - 0.25) - 1 * (0 + 3);
    near(turned.logLik, plain.logLik - N * Math.log(Math.abs(determinant)), 1e-10 * N, "logLik");
    const mean = times(plain.estimates[first]);
    const half = plain.estimates[second].map((row) => times(row));
    const scale = a.map((own) => a.map((_, j) => own.reduce((sum, value, k) => sum + value * half[k]![j]!, 0)));
    for (let i = 0; i < D; i++) {
      near(turned.estimates[first][i]!, mean[i]! + b[i]!, 1e-9 * Math.abs(b[i]!), `${first} ${i}`);
      for (let j = 0; j < D; j++) near(turned.estimates[second][i]![j]!, scale[i]![j]!, 1e-8 * scale[i]![i]!, `${second} ${i} ${j}`);
    }
  });

  test.each([1e100, 1e-100])("rows times %d", async (unit) => {
    const [a, b] = [
      await fit(name, x, { columns: D }),
      await fit(
        name,
        moved((row) => row.map((value) => value * unit)),
        { columns: D },
      ),
    ];
    expectSame(b, a, 1e-7, (flat) => [flat, flat.startsWith(first) ? unit : flat.startsWith(second) ? unit * unit : 1]);
    near(b.logLik, a.logLik - N * D * Math.log(unit), 1e-9 * N, "logLik");
  });

  test("columns of very different scales", async () => {
    const units = [1e120, 1e-90, 1];
    const [a, b] = [
      await fit(name, x, { columns: D }),
      await fit(
        name,
        moved((row) => row.map((value, j) => value * units[j]!)),
        { columns: D },
      ),
    ];
    const unitOf = (flat: string) => [...flat.matchAll(/\d/g)].reduce((unit, [j]) => unit * units[Number(j) - 1]!, 1);
    expectSame(b, a, 1e-7, (flat) => [flat, unitOf(flat)]);
  });

  test("rows at 1e9", async () => {
    // Rounded to what doubles at 1e9 hold, so that the offset loses nothing.
    const round = (value: number) => Math.round(value * 2 ** 20) / 2 ** 20;
    const [a, b] = [
      await fit(
        name,
        moved((row) => row.map(round)),
        { columns: D },
      ),
      await fit(
        name,
        moved((row) => row.map((value) => round(value) + 1e9)),
        { columns: D },
      ),
    ];
    for (let i = 0; i < D; i++) {
      near(b.estimates[first][i]!, a.estimates[first][i]! + 1e9, 1.2e-7, first);
      for (let j = 0; j < D; j++) near(b.estimates[second][i]![j]!, a.estimates[second][i]![j]!, 1e-10, second);
    }
    near(b.logLik, a.logLik, 1e-10 * N, "logLik");
  });

  test.each([1e-3, 1e-6, 1e-9])("nearly collinear columns, apart by %d", async (apart) => {
    const [plain, close] = [
      await fit(name, x, { columns: D }),
      await fit(
        name,
        moved(([p, q, r]) => [p!, q!, p! + q! + apart * r!]),
        { columns: D },
      ),
    ];
    near(close.logLik, plain.logLik - N * Math.log(apart), (1e-10 + 1e-15 / apart) * N, "logLik");
  });

  test.each([
    ["a combination of the columns before it", (row: number[]) => [row[0]!, row[1]!, row[0]! - 2 * row[1]!], /"3" is a linear combination/],
    ["a column twice", (row: number[]) => [row[0]!, row[0]!, row[2]!], /"2" is a linear combination/],
    ["a constant column", (row: number[]) => [row[0]!, 7, row[2]!], /"2" is constant/],
  ])("%s: no maximum", async (_, map, reason) => {
    const r = await fit(name, moved(map), { columns: D });
    expect(r.status).toBe("nonexistent");
    expect(r.reason).toMatch(reason);
    expect(Object.values(r.standardErrors).every(Number.isNaN)).toBe(true);
  });

  test.each([1, 2, 3])("%i rows in 3 dimensions: no maximum", async (n) => {
    const r = await fit(name, x.subarray(0, n * D), { columns: D });
    expect(r.status).toBe("nonexistent");
  });
});
