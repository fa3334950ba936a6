import { expect, test } from "vitest";
import { distribution } from "../src/estimators/distribution.ts";
import { integrate } from "./quadrature.ts";
import { extremes, type Trial, trials } from "./trialFamilies.ts";

// Logarithms of both tails, as far out as doubles reach: against the cdf where it has digits, against the integral of the density (or the
// sum of masses) where it has none, and against each other.

const EPSILON = 2 ** -52;
const PROBABILITIES = [1e-290, 1e-200, 1e-100, 1e-20, 1e-6, 0.003, 0.1, 0.3, 0.45, 0.6, 0.9, 0.997, 1 - 1e-6, 1 - 2 ** -40];
const EDGES = [0, 5e-324, 1e-310, 1e-300, 1e-9, 0.5, 1, 1 + EPSILON, 7, 1e3, 2 ** 53, 1e300, Number.MAX_VALUE, Number.POSITIVE_INFINITY];
/** Logarithms of tails to look at: e^-708 is the smallest normal double, e^-745 the smallest of all. */
const DEPTHS = [-0.01, -1, -10, -50, -200, -600, -705, -730, -800, -2000, -20000];

const all = [...trials, ...extremes];
const continuous = trials.filter(({ family }) => !family.support.whole);
const discrete = trials.filter(({ family }) => family.support.whole);

test.each(all)("$name: both tails add up to 1", ({ at }) => {
  for (const x of points(at)) {
    const sum = Math.exp(at.logCdf(x)) + at.sf(x);
    expect(Math.abs(sum - 1), `at ${x}`).toBeLessThan(16 * EPSILON);
  }
});

test.each(all)("$name: they are the logarithms of the cdf and of its complement", ({ at }) => {
  const { logCdf, logSf } = at;
  for (const x of points(at)) {
    const p = at.cdf(x);
    if (p > 1e-300) expect(Math.abs(logCdf(x) - Math.log(p)), `logCdf(${x})`).toBeLessThan(1e-12 * (1 + Math.abs(logCdf(x))));
    if (p <= 0.5) expect(Math.abs(logSf(x) - Math.log1p(-p)), `logSf(${x})`).toBeLessThanOrEqual(1e-12 * Math.abs(logSf(x)));
    else if (p < 1) expect(Math.abs(Math.exp(logSf(x)) - (1 - p)), `logSf(${x})`).toBeLessThan(2 * EPSILON + 1e-12 * (1 - p));
  }
});

test.each(trials)("$name: bound to parameters or given them, they are the same", ({ at, family }) => {
  const open = distribution(family);
  for (const x of points(at)) {
    for (const tail of ["sf", "logCdf", "logSf"] as const) expect(open[tail](x, at.parameters)).toBe(at[tail](x));
  }
  expect(() => at.logSf("1" as never)).toThrow(/^x is .*; a number is needed/);
});

test.each(continuous)("$name: far out they are the integral of the density", ({ at }) => {
  for (const side of [lower, upper]) {
    const end = at.quantile(side.sign < 0 ? 0 : 1);
    for (const x of deep(at, side)) {
      const log = side.log(at)(x);
      const slope = Math.exp(at.logPdf(x) - log);
      const integral = Number.isFinite(end)
        ? integrate((t) => Math.exp(at.logPdf(t) - at.logPdf(x)), Math.min(x, end), Math.max(x, end))
        : integrate((u) => Math.exp(at.logPdf(x + (side.sign * u) / slope) - at.logPdf(x)), 0, Number.POSITIVE_INFINITY) / slope;
      const expected = at.logPdf(x) + Math.log(integral);
      // Beside an end that is not 0 the integrand's argument is rounded, and the density may have a pole; other tails go on beyond all doubles.
      const last = Number.isFinite(end) ? end - side.sign * 64 * EPSILON * Math.abs(end) : side.sign * Number.MAX_VALUE;
      const unseen = Math.exp(side.log(at)(last) - log);
      const rounding = 4 * EPSILON * Math.abs(x) * slope + unseen;
      expect(Math.abs(log - expected), `${side.name} tail at ${x}: ${log} for ${expected}`).toBeLessThan(
        1e-11 * Math.max(1, Math.abs(log)) + rounding,
      );
    }
  }
});

test.each(discrete)("$name: far out they are the sum of the masses", ({ at }) => {
  for (const side of [lower, upper]) {
    for (const x of deep(at, side).map(Math.floor)) {
      // Beyond, whole numbers have gaps.
      if (Math.abs(x) > 2 ** 52) continue;
      const log = side.log(at)(x);
      const first = side.sign < 0 ? x : x + 1;
      // What is left after 20,000 masses is taken as the tail has it: zero for all but the heaviest.
      const count = side.sign < 0 ? Math.min(20_000, x - at.quantile(0) + 1) : 20_000;
      const rest = side.log(at)(side.sign < 0 ? x - count : x + count);
      let sum = Math.exp(rest - log);
      for (let k = 0; k < count; k++) sum += Math.exp(at.logPdf(first + side.sign * k) - log);
      expect(Math.abs(Math.log(sum)), `${side.name} tail at ${x}`).toBeLessThan(1e-11 * Math.max(1, Math.abs(log)));
    }
  }
});

test.each(continuous)("$name: their derivatives are the density over the tail", ({ at }) => {
  for (const side of [lower, upper]) {
    const log = side.log(at);
    for (const x of deep(at, side).concat(PROBABILITIES.map(at.quantile))) {
      // The length over which the smaller tail changes, and not across an end of the support or a kink in its middle.
      const length = Math.exp(Math.min(at.logCdf(x), at.logSf(x)) - at.logPdf(x));
      const h = 0.01 * Math.min(length, ...[0, 0.5, 1].map((p) => Math.abs(x - at.quantile(p)) || Number.POSITIVE_INFINITY));
      if (!Number.isFinite(x + 4 * h)) continue;
      const slope = -side.sign * Math.exp(at.logPdf(x) - log(x));
      // Rounding of x alone would hide the derivative.
      if (h < 1e-6 * Math.abs(x) && h < 1e-6) continue;
      const found = derivative(log, x, h);
      const rounding = EPSILON * (Math.abs(log(x)) / h + Math.abs(slope * (x / h)));
      expect(Math.abs(found - slope), `${side.name} tail at ${x}`).toBeLessThanOrEqual(1e-9 * Math.abs(slope) + 4 * rounding);
    }
  }
});

test.each(all)("$name: they run from 0 to -Infinity without a step back", ({ at }) => {
  const { logCdf, logSf } = at;
  const places = [...new Set([...points(at), ...EDGES, ...EDGES.map((x) => -x)])].sort((a, b) => a - b);
  for (const [i, x] of places.entries()) {
    for (const log of [logCdf(x), logSf(x)]) {
      expect(log, `at ${x}`).not.toBeNaN();
      expect(log, `at ${x}`).toBeLessThanOrEqual(0);
    }
    // Where there is density on both sides, there is probability.
    if (at.logPdf(x) > -1e300 && x > at.quantile(0) && x < at.quantile(1)) {
      expect(logCdf(x), `logCdf(${x})`).toBeGreaterThan(Number.NEGATIVE_INFINITY);
      expect(logSf(x), `logSf(${x})`).toBeGreaterThan(Number.NEGATIVE_INFINITY);
    }
    if (i === 0) continue;
    const before = places[i - 1]!;
    expect(logCdf(x) * (1 - 8 * EPSILON), `logCdf between ${before} and ${x}`).toBeGreaterThanOrEqual(logCdf(before));
    expect(logSf(x), `logSf between ${before} and ${x}`).toBeLessThanOrEqual(logSf(before) * (1 - 8 * EPSILON));
  }
  expect([logCdf(Number.NEGATIVE_INFINITY), logSf(Number.POSITIVE_INFINITY)]).toEqual([Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY]);
  expect(logCdf(Number.POSITIVE_INFINITY) === 0 && logSf(Number.NEGATIVE_INFINITY) === 0).toBe(true);
});

type At = Trial["at"];

interface Side {
  readonly name: string;
  readonly sign: 1 | -1;
  readonly log: (at: At) => (x: number) => number;
}

const lower: Side = { name: "lower", sign: -1, log: ({ logCdf }) => logCdf };
const upper: Side = { name: "upper", sign: 1, log: ({ logSf }) => logSf };

function points(at: At): number[] {
  return [...PROBABILITIES.map(at.quantile), ...deep(at, lower), ...deep(at, upper)];
}

/** Where the logarithm of a tail passes through the depths, as far as doubles near the support's end can tell it. */
function deep(at: At, side: Side): number[] {
  const log = side.log(at);
  const middle = at.quantile(0.5);
  const end = at.quantile(side.sign < 0 ? 0 : 1);
  const spread = at.quantile(0.9) - at.quantile(0.1) || 1;
  const finite = Number.isFinite(end);
  const reach = finite ? (end === 0 ? 1000 : 15) : 990 - Math.log2(spread);
  const place = (k: number) => (finite ? end + (middle - end) * 2 ** -k : middle + side.sign * spread * 2 ** k);
  const start = finite ? 0 : -10;
  return DEPTHS.flatMap((depth) => {
    if (!(log(place(start)) > depth && log(place(reach)) < depth)) return [];
    let [near, far] = [start, reach];
    for (let i = 0; i < 60; i++) {
      const k = (near + far) / 2;
      if (log(place(k)) > depth) near = k;
      else far = k;
    }
    return [place(near)];
  });
}

/** By central differences of order 8. */
function derivative(f: (x: number) => number, x: number, h: number): number {
  const difference = (k: number) => f(x + k * h) - f(x - k * h);
  return ((4 / 5) * difference(1) - (1 / 5) * difference(2) + (4 / 105) * difference(3) - (1 / 280) * difference(4)) / h;
}
