import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { BOOTSTRAP_METHODS, type BootstrapMethod, bootstrapInterval, Influences, momentsOf } from "../src/inference/bootstrap.ts";
import { near } from "./closeness.ts";

// The intervals of R's boot.ci from the same replicates and influences: scripts/reference/bootstrap.R.
interface Row extends Record<BootstrapMethod, readonly [number, number]> {
  readonly estimate: number;
  readonly replicates: readonly number[];
  readonly influences: readonly number[];
  readonly level: number;
}

const { formula }: { formula: readonly Row[] } = JSON.parse(readFileSync("test/data/bootstrap.json", "utf8"));

describe.each(formula)("$replicates.length replicates of $estimate, level $level", (row) => {
  test.each(BOOTSTRAP_METHODS)("%s", (method) => {
    const influences = new Influences(1);
    for (const value of row.influences) influences.add([value], 1);
    const of = {
      estimate: row.estimate,
      sorted: Float64Array.from(row.replicates).sort(),
      acceleration: influences.accelerations[0]!,
    };
    bootstrapInterval(of, row.level, method)!.forEach((end, i) => {
      near(end, row[method][i]!, 1e-12 * Math.abs(row[method][i]!), method);
    });
  });
});

test("influences of rows alike count as often as there are rows", () => {
  const [one, many] = [new Influences(1), new Influences(1)];
  for (const value of [1, 1, 1, -3]) one.add([value], 1);
  many.add([1], 3);
  many.add([-3], 1);
  expect(many.accelerations).toEqual(one.accelerations);
  expect(one.accelerations[0]).toBeCloseTo(-24 / (6 * 12 ** 1.5), 15);
  expect(new Influences(1).accelerations).toEqual([0]);
});

test("replicates that are all the estimate are an interval of no width, all on one side of it have no BCa interval", () => {
  const at = (values: readonly number[]) => ({ estimate: 1, sorted: Float64Array.from(values), acceleration: 0 });
  for (const method of BOOTSTRAP_METHODS) expect(bootstrapInterval(at([1, 1, 1]), 0.95, method)).toEqual([1, 1]);
  expect(bootstrapInterval(at([2, 3, 4]), 0.95, "bca")).toBeUndefined();
  expect(bootstrapInterval(at([2, 3, 4]), 0.5, "percentile")).toEqual([2, 4]);
});

test("moments of the replicates that count", () => {
  const { means, vcov } = momentsOf([Float64Array.of(1, Number.NaN, 3), Float64Array.of(2, Number.NaN, 8)], [0, 2]);
  expect(means).toEqual([2, 5]);
  expect(vcov).toEqual([
    [2, 6],
    [6, 18],
  ]);
});
