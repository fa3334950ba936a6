import { expect, test } from "vitest";
import { integrate } from "./quadrature.ts";
import { room, type Trial, trials } from "./trialFamilies.ts";

// The functions of every distribution against one another: the score is the derivative of the log-density, the cdf its integral, the
// quantile the cdf's inverse, mean and variance its moments, and random numbers follow it.

const EPSILON = 2 ** -52;
const SMALLEST_NORMAL = 2 ** -1022;
const PROBABILITIES = [1e-100, 1e-20, 1e-6, 0.003, 0.1, 0.3, 0.45, 0.6, 0.9, 0.997, 1 - 1e-6, 1 - 2 ** -40];
const EDGES = [0, 5e-324, 1e-310, 1e-300, 1e-9, 0.5, 1, 1 + EPSILON, 7, 1e3, 2 ** 53, 1e300, Number.MAX_VALUE, Number.POSITIVE_INFINITY];

/** Values up to which a discrete family is summed one by one. */
const MANY = 2 ** 17;

const continuous = trials.filter(({ family }) => !family.support.whole);
const discrete = trials.filter(({ family }) => family.support.whole);

test.each(trials)("$name: the score is the derivative of the log-density", ({ family, theta, at }) => {
  const points = [0.003, 0.1, 0.3, 0.45, 0.6, 0.9, 0.997].map(at.quantile);
  family.parameters.forEach((_, i) => {
    // One observation's standard error, and not far into the parameter's domain.
    const size = Math.sqrt(points.reduce((sum, x) => sum + family.score(x, theta)[i]! ** 2, 0) / points.length);
    const unit = Math.min(1 / size, room[family.parameters[i]!.domain](theta[i]!));
    for (const x of points) {
      const along = (t: number) => family.logPdf(x, theta.with(i, theta[i]! + t));
      // The support itself may move with the parameter.
      if (!Number.isFinite(along(0.04 * unit) + along(-0.04 * unit))) continue;
      const score = family.score(x, theta)[i]!;
      expect(Math.abs(score - slope(along, 0.01 * unit)) * unit, `parameter ${i} at ${x}`).toBeLessThan(
        1e-9 * (1 + Math.abs(score) * unit),
      );
    }
  });
});

test.each(continuous)("$name: the cdf is the integral of the density", ({ at }) => {
  const ends = [0, 1e-6, 0.1, 0.3, 0.5, 0.7, 0.9, 1 - 1e-6, 1].map(at.quantile);
  let below = 0;
  ends.slice(1).forEach((end, i) => {
    below += integrate(at.pdf, ends[i]!, end, spread(at));
    expect(Math.abs(below - at.cdf(end)), `up to ${end}`).toBeLessThan(1e-10 * below + coarseness(at));
  });
  expect(Math.abs(below - 1)).toBeLessThan(1e-10 + coarseness(at));
});

test.each(continuous)("$name: quantile and cdf invert each other in both tails", ({ at }) => {
  for (const p of PROBABILITIES) {
    const x = at.quantile(p);
    // Below the normal range there are no digits to invert.
    if (Math.abs(x) < SMALLEST_NORMAL) {
      expect(at.cdf(SMALLEST_NORMAL)).toBeGreaterThanOrEqual(p);
      continue;
    }
    // A probability near 1 is itself rounded; so is x.
    const rounding = grain(at, x) + (p > 0.5 ? EPSILON : 0);
    expect(Math.abs(at.cdf(x) - p), `cdf(quantile(${p}))`).toBeLessThanOrEqual(1e-12 * Math.min(p, 1 - p) + rounding);
    const back = at.quantile(at.cdf(x));
    const blur = 2 * EPSILON * Math.abs(x) + (p > 0.5 ? EPSILON / at.pdf(x) : 0);
    expect(Math.abs(back - x), `quantile(cdf(${x}))`).toBeLessThanOrEqual((1e-12 * Math.min(p, 1 - p)) / at.pdf(x) + blur);
  }
});

test.each(discrete)("$name: the masses sum to the cdf, and that to 1", ({ at }) => {
  const first = at.quantile(0);
  const last = at.quantile(1 - 1e-15);
  const end = Math.min(last, first + MANY);
  let below = 0;
  for (let x = first; x <= end; x++) {
    below += at.pdf(x);
    expect(Math.abs(at.cdf(x) - below), `up to ${x}`).toBeLessThan(1e-12);
    expect(at.cdf(x + 0.5), `between ${x} and ${x + 1}`).toBe(at.cdf(x));
    expect(at.pdf(x + 0.5)).toBe(0);
  }
  // Where a heavy tail does not end, the cdf itself must.
  if (end === last) expect(Math.abs(below - 1)).toBeLessThan(1e-12);
  else expect(Math.abs(at.cdf(last) - 1)).toBeLessThan(1e-12);
  expect([at.pdf(first - 1), at.cdf(first - 1)]).toEqual([0, 0]);
});

test.each(discrete)("$name: the quantile is the smallest value whose cdf reaches p", ({ at }) => {
  for (const p of PROBABILITIES) {
    const x = at.quantile(p);
    expect(at.cdf(x), `cdf(quantile(${p}))`).toBeGreaterThanOrEqual(p * (1 - 4 * EPSILON));
    if (x > at.quantile(0)) expect(at.cdf(predecessor(x)), `below quantile(${p})`).toBeLessThanOrEqual(p * (1 + 4 * EPSILON));
  }
});

test.each(trials)("$name: mean and variance are the moments of the density", ({ at, family }) => {
  const mean = at.mean();
  if (!Number.isFinite(mean)) return;
  const total = family.support.whole ? summed : integrated;
  // f(x) pdf(x) by logarithms: far out a density underflows that its square distance would lift again.
  const moment = (power: number, centre: number, unit: number) =>
    total(at, (x) => {
      const distance = (x - centre) / unit;
      return distance === 0 ? 0 : Math.sign(distance) ** power * Math.exp(at.logPdf(x) + power * Math.log(Math.abs(distance)));
    });
  const centre = at.quantile(0.5);
  const found = centre + spread(at) * moment(1, centre, spread(at));
  expect(Math.abs(found - mean)).toBeLessThan((1e-9 + coarseness(at)) * (Math.abs(mean) + spread(at)));
  const variance = at.variance();
  if (!Number.isFinite(variance)) return;
  expect(Math.abs(moment(2, mean, Math.sqrt(variance)) - 1)).toBeLessThan(1e-9 + 4 * coarseness(at));
});

test.each(trials)("$name: random numbers follow the cdf (Kolmogorov–Smirnov)", ({ at }) => {
  const n = 10_000;
  const sorted = at.random(n, { seed: 7 }).sort();
  let distance = 0;
  sorted.forEach((x, i) => {
    if (x === sorted[i + 1]) return;
    distance = Math.max(distance, Math.abs((i + 1) / n - at.cdf(x)));
  });
  // The 0.1 % point of Kolmogorov's distribution; conservative for a discrete family.
  expect(distance * Math.sqrt(n)).toBeLessThan(1.95);
  expect(at.random(100, { seed: 7 })).toEqual(at.random(n, { seed: 7 }).subarray(0, 100));
  // Where nearly all of the distribution is one value, two samples may be the same.
  if (sorted[0] !== sorted[n / 2]) expect(at.random(100, { seed: 8 })).not.toEqual(at.random(100, { seed: 7 }));
});

test.each(trials)("$name: no number gives NaN", ({ at, family, theta }) => {
  for (const x of EDGES.flatMap((edge) => [edge, -edge])) {
    expect(at.logPdf(x), `logPdf(${x})`).not.toBeNaN();
    expect(at.pdf(x), `pdf(${x})`).toBeGreaterThanOrEqual(0);
    expect(at.cdf(x), `cdf(${x})`).toBeGreaterThanOrEqual(0);
    expect(at.cdf(x), `cdf(${x})`).toBeLessThanOrEqual(1);
    if (at.pdf(x) > 0) expect(family.score(x, theta), `score(${x})`).not.toContain(Number.NaN);
  }
  expect([at.cdf(Number.NEGATIVE_INFINITY), at.cdf(Number.POSITIVE_INFINITY)]).toEqual([0, 1]);
  expect([at.pdf(Number.NEGATIVE_INFINITY), at.pdf(Number.POSITIVE_INFINITY)]).toEqual([0, 0]);
  expect(at.quantile(0)).toBeLessThan(at.quantile(1));
  const cdfs = EDGES.map(at.cdf);
  expect(cdfs).toEqual(cdfs.toSorted((a, b) => a - b));
});

/** What the rounding of x leaves open: the mass between its neighbours, and at a bound the mass nearer to it than any double. */
function grain(at: Trial["at"], x: number): number {
  const inside = at.pdf(x) > 0 || x === 0 ? 0 : 1 - at.cdf(x * (1 - EPSILON));
  // At an end of the support the density may be 0, and not beside it.
  const density = Math.max(...[1, 1 + 2 * EPSILON, 1 - 2 * EPSILON].map((factor) => at.pdf(factor * x)));
  return 2 * EPSILON * Math.abs(x) * density + (at.cdf(x) === 1 ? inside : 0);
}

/** The largest of it: some 1e-15, but for a distribution close to a bound other than 0, where there are few doubles. */
function coarseness(at: Trial["at"]): number {
  return Math.max(...[0.1, 0.5, 0.9, 1].map((p) => grain(at, Math.min(at.quantile(p), Number.MAX_VALUE))));
}

/** Derivative at 0 by central differences of order 8. */
function slope(f: (t: number) => number, h: number): number {
  const difference = (k: number) => f(k * h) - f(-k * h);
  return ((4 / 5) * difference(1) - (1 / 5) * difference(2) + (4 / 105) * difference(3) - (1 / 280) * difference(4)) / h;
}

function spread(at: Trial["at"]): number {
  return at.quantile(0.9) - at.quantile(0.1) || 1;
}

function integrated(at: Trial["at"], f: (x: number) => number): number {
  const ends = [0, 0.1, 0.5, 0.9, 1].map(at.quantile);
  return ends.slice(1).reduce((sum, end, i) => sum + integrate(f, ends[i]!, end, spread(at)), 0);
}

/** x - 1, or where whole numbers have gaps the one before. */
function predecessor(x: number): number {
  return x - Math.max(1, x * EPSILON);
}

/**
 * Sum over the support, to its end. Where it has a tail like a power of x, sums up to 2^j differ from the limit by geometric sequences in
 * j, which Wynn's epsilon algorithm (1956, MTAC 10, 91) removes one after the other.
 */
function summed(at: Trial["at"], f: (x: number) => number): number {
  const first = at.quantile(0);
  const last = at.quantile(1 - 1e-15);
  const far = Math.floor(last) + Math.abs(last) + 100;
  const heavy = at.pdf(far) > 1e-12 * at.pdf(last);
  const end = heavy ? first + 2 * MANY : far;
  let sum = 0;
  let next = 8;
  const partial: number[] = [];
  for (let x = first; x <= end; x++) {
    sum += f(x);
    if (x - first !== next) continue;
    // The trapezoidal half of the last term leaves even powers only.
    partial.push(sum - f(x) / 2);
    next *= 2;
  }
  return heavy ? wynn(partial) : sum;
}

function wynn(sums: readonly number[]): number {
  let before = sums.map(() => 0);
  let now = [...sums];
  let best = now.at(-1)!;
  let change = Number.POSITIVE_INFINITY;
  for (let column = 1; now.length > 1; column++) {
    const next = now.slice(1).map((value, i) => before[i + 1]! + 1 / (value - now[i]!));
    before = now;
    now = next;
    if (column % 2 === 1 || !now.every(Number.isFinite)) continue;
    const step = Math.abs(now.at(-1)! - best);
    if (step > change) break;
    change = step;
    best = now.at(-1)!;
  }
  return best;
}
