import { expect, test } from "vitest";
import { build } from "./build.ts";
import { reach, sourcesIn } from "./imports.ts";
import { disorderIn, worstIn } from "./lanes/measure.ts";
import { lanesOf } from "./lanes/module.ts";
import { pointsIn, random } from "./lanes/points.ts";
import { errorOf, preciseOf, type Range, referencesOf, table } from "./lanes/table.ts";
import type { Scaled } from "./precise/arithmetic.ts";

// What each lane promises in test/data/lanes.json. `npm run ulp` measures the same on a million points a function and on both builds at once.
const POINTS = 4096;

/** Fewer where the exact function is slow, in the proportion of the row. */
const pointsOf = ({ points = 1_000_000 }: Range) => Math.ceil((POINTS * points) / 1_000_000);

const run = await lanesOf(build);
const show = ({ of }: Range) => of.map(([low, high]) => `[${low}, ${high}]`).join(" × ");

test("every file of the lanes serves a row", () => {
  const used = new Set(table.flatMap((row) => [...reach(`assembly/lanes/${row.file ?? row.function}.ts`)]));
  expect(sourcesIn("assembly/lanes").filter((file) => !used.has(file))).toEqual([]);
});

for (const lane of table) {
  const name = `${build}: ${lane.function}`;
  const exact = await preciseOf(lane);
  const error = errorOf(lane);

  test(`${name}: no range allows more than the goal`, () => {
    expect(Math.max(...lane.ranges.map(({ ulp }) => ulp))).toBeLessThanOrEqual(lane.goal);
  });

  test(`${name}: 40-digit references within ${lane.goal} ulp`, () => {
    const rows = referencesOf(lane);
    const found = run(lane.function, ...rows[0]!.x.map((_, i) => rows.map(({ x }) => x[i]!)));
    const bad = rows.map(({ x, exact }, i) => ({ x, found: found[i], expected: exact.high, ulp: error(found[i]!, exact) }));
    expect(bad.filter(({ ulp }) => !(ulp <= lane.goal))).toEqual([]);
  });

  test(`${name}: the 30 digits of the test are those of the references`, () => {
    for (const { x, exact: expected } of referencesOf(lane)) {
      if (!Number.isFinite(expected.high) || expected.high === 0 || !within(x)) continue;
      expect(digitsLost(exact(...x), expected, lane.unit ? 1 : 2 ** -960), `at ${x}`).toBeLessThan(2 ** -62);
    }
  });

  for (const range of lane.ranges) {
    test(`${name} on ${show(range)} within ${range.ulp} ulp`, () => {
      const { ulp, x } = worstIn(lane, range, exact, [run], pointsOf(range), 1);
      expect(ulp, `at ${x}`).toBeLessThanOrEqual(range.ulp);
    });

    if (range.monotone) {
      test(`${name} on ${show(range)} keeps its order`, () => {
        expect(disorderIn(lane, range, run, 16 * POINTS, 2)).toBeUndefined();
      });
    }
  }

  test(`${name}: poles, limits and signed zeros`, () => {
    const rows = lane.values.map((row) => row.map(Number));
    const found = run(lane.function, ...rows[0]!.slice(1).map((_, i) => rows.map((row) => row[i]!)));
    rows.forEach((row, i) => {
      expect(found[i], `${lane.function}(${row.slice(0, -1)})`).toBe(row.at(-1));
    });
  });

  test(`${name}: any n, and no row depends on its neighbour`, () => {
    const next = random(3);
    const parts = lane.ranges.map((range) => pointsIn(range, 64, next));
    const columns = parts[0]!.map((_, i) => parts.flatMap((part) => [...part[i]!]));
    const order = columns[0]!.map((_, row) => (row * 37) % columns[0]!.length);
    const mixed = columns.map((column) => order.map((row) => column[row]!));
    const all = run(lane.function, ...mixed);
    for (const n of [0, 1, 2, 3, 17]) expect(run(lane.function, ...mixed.map((column) => column.slice(0, n)))).toEqual(all.slice(0, n));
    expect(run(lane.function, ...mixed.map((column) => column.slice(1)))).toEqual(all.slice(1));
  });

  function within(x: readonly number[]): boolean {
    return lane.ranges.some(({ of }) => of.every(([low, high], i) => x[i]! >= low && x[i]! <= high));
  }
}

/** Relative difference of two numbers of 30 digits, or the difference over the least size. */
function digitsLost({ high, low, binary }: Scaled, expected: Scaled, least: number): number {
  const half = Math.trunc(-binary / 2);
  const scale = (value: number) => value * 2 ** half * 2 ** (-binary - half);
  return Math.abs(high - scale(expected.high) + (low - scale(expected.low))) / scale(Math.max(least, Math.abs(expected.high)));
}
