import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { build, wasm } from "./build.ts";
import * as doubleDouble from "./doubleDouble.ts";

// What each lane promises, in ulps of the exact value; every range below is sampled 20,000 times, seeded.
const lanes = [
  {
    name: "exp",
    map: "mapExp",
    ulps: 0.78,
    ranges: [
      [-1, 1],
      [-20, 20],
      [-745.2, 709.7],
      [-745.2, -708],
    ],
  },
  {
    name: "log",
    map: "mapLog",
    ulps: 0.85,
    ranges: [
      [0, 1],
      [0.99, 1.01],
      [0.5, 3],
      [0, 1e6],
      [0, 1e-307],
    ],
  },
  {
    name: "log1p",
    map: "mapLog1p",
    ulps: 0.9,
    ranges: [
      [-1, 1],
      [-0.01, 0.01],
      [-1e-5, 1e-5],
      [-1, -0.999],
      [0, 1e6],
    ],
  },
  {
    name: "expm1",
    map: "mapExpm1",
    ulps: 0.85,
    ranges: [
      [-1, 1],
      [-0.02, 0.02],
      [-1e-5, 1e-5],
      [-40, 40],
      [36, 38.5],
      [-10, 709.7],
    ],
  },
] as const;

type Map = (x: number, n: number, out: number) => void;

const exports = await wasm();
const memory = exports.memory as WebAssembly.Memory;
const ROWS = 20_000;
const X = 1 << 20;
const OUT = X + 8 * ROWS + 64;
if (memory.buffer.byteLength < 2 * X) memory.grow((2 * X - memory.buffer.byteLength) / 65536);

/** f over a column; the rows beside `out` must stay as they are. */
function run(map: string, x: ArrayLike<number>): Float64Array {
  const n = x.length;
  new Float64Array(memory.buffer, X, n).set(x);
  new Float64Array(memory.buffer, X + 8 * n, 2).fill(Number.NaN);
  const around = new Float64Array(memory.buffer, OUT - 16, n + 4).fill(-7);
  (exports[map] as Map)(X, n, OUT);
  for (const at of [0, 1, n + 2, n + 3]) expect(around[at], `row ${at - 2} of ${n}`).toBe(-7);
  return around.slice(2, n + 2);
}

function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t ^= t + Math.imul(t ^ (t >>> 7), 61 | t);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const words = (hex: readonly string[]): Float64Array => new Float64Array(BigUint64Array.from(hex, BigInt).buffer);
const uniform = (low: number, high: number, next: () => number): Float64Array =>
  Float64Array.from({ length: ROWS }, () => low + (high - low) * (next() + next() / 4294967296));
const bits = (next: () => number): Float64Array =>
  new Float64Array(Uint32Array.from({ length: 2 * ROWS }, () => next() * 4294967296).buffer);

/** The largest error over the rows whose exact value is a finite number; the others must equal Math's. */
function worst(name: (typeof lanes)[number]["name"], x: Float64Array, found: Float64Array): { ulps: number; x: number } {
  let most = { ulps: 0, x: 0 };
  x.forEach((value, row) => {
    const near = Math[name](value);
    if (!Number.isFinite(near) || !Number.isFinite(value) || near === 0) {
      if (!Object.is(found[row], near)) throw new Error(`${name}(${value}) is ${found[row]} where ${near} is exact`);
      return;
    }
    const ulps = doubleDouble.ulps(found[row]!, doubleDouble[name](value));
    if (!(ulps <= most.ulps)) most = { ulps, x: value };
  });
  return most;
}

const reference: Record<string, [string, string][]> = JSON.parse(readFileSync(new URL("data/elementary.json", import.meta.url), "utf8"));

for (const lane of lanes) {
  test(`${build}: ${lane.name}: the reference rows, to the neighbouring double`, () => {
    const rows = reference[lane.name]!;
    const found = run(lane.map, words(rows.map((row) => row[0])));
    const exact = words(rows.map((row) => row[1]));
    const foundWords = new BigInt64Array(found.buffer);
    const exactWords = new BigInt64Array(exact.buffer);
    rows.forEach(([x], row) => {
      if (Number.isNaN(exact[row])) expect(found[row], x).toBeNaN();
      else expect(Number(foundWords[row]! - exactWords[row]!), x).toBeOneOf([-1, 0, 1]);
    });
  });

  for (const [low, high] of lane.ranges)
    test(`${build}: ${lane.name} on [${low}, ${high}] is within ${lane.ulps} ulp`, () => {
      const x = uniform(low, high, random(1));
      const { ulps, x: at } = worst(lane.name, x, run(lane.map, x));
      expect(ulps, `at ${at}`).toBeLessThanOrEqual(lane.ulps);
    });

  test(`${build}: ${lane.name} of random bits is within ${lane.ulps} ulp`, () => {
    const x = bits(random(2));
    const { ulps, x: at } = worst(lane.name, x, run(lane.map, x));
    expect(ulps, `at ${at}`).toBeLessThanOrEqual(lane.ulps);
  });

  test(`${build}: ${lane.name} at the ends is what Math says, signed zeros too`, () => {
    const x = [0, -0, 1, -1, Infinity, -Infinity, Number.NaN, 5e-324, -5e-324, 710, -746, -1.0000000000000002, -Number.MAX_VALUE];
    const found = run(lane.map, x);
    x.forEach((value, row) => {
      const exact = Math[lane.name](value);
      if (Number.isFinite(exact) && exact !== 0) expect(found[row]! / exact).toBeCloseTo(1, 15);
      else expect(found[row], `${value}`).toBe(exact);
    });
  });

  test(`${build}: ${lane.name}: any n, in place, and no row depends on its neighbour`, () => {
    const next = random(3);
    const x = uniform(-800, 800, next).map((value, row) => (row % 5 ? value : next() * 3));
    const all = run(lane.map, x.subarray(0, 1000));
    for (const n of [0, 1, 2, 3, 17, 999]) expect(run(lane.map, x.subarray(0, n))).toEqual(all.slice(0, n));
    expect(run(lane.map, x.subarray(1, 1000))).toEqual(all.slice(1));
    new Float64Array(memory.buffer, X, 1000).set(x.subarray(0, 1000));
    (exports[lane.map] as Map)(X, 1000, X);
    expect(new Float64Array(memory.buffer, X, 1000).slice()).toEqual(all);
  });

  test(`${build}: ${lane.name} does not fall where it must rise`, () => {
    const [low, high] = lane.ranges[0];
    const x = uniform(Math.max(low, lane.name === "log1p" ? -1 : low), high, random(4)).sort();
    const neighbours = x.map((value, row) => (row % 2 ? x[row - 1]! * (1 + Number.EPSILON * Math.sign(x[row - 1]!)) : value));
    const found = run(lane.map, neighbours);
    for (let row = 1; row < ROWS; row += 2) expect(found[row]! >= found[row - 1]!, `at ${neighbours[row - 1]}`).toBe(true);
  });
}
