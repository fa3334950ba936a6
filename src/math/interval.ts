/**
 * log P(a < X <= b) from the logarithms of both tails. Where these are apart, their difference, in the tail that holds the interval; an
 * interval so narrow that the difference cancels is integrated (a sum of masses where X is discrete). log f is sampled there at doubles
 * of the interval and interpolated in their exact distances from its middle: the nodes of a quadrature rule, rounded to doubles, would be
 * off by 1e-5 of a width of 0.01 near 1e9.
 */
import { exp, log, log1p } from "./elementary.ts";
import { logsubexp } from "./logarithms.ts";

/** A distribution as the logarithms of P(X <= x), P(X > x) and of the density or mass at x. */
export interface LogTails {
  logCdf(x: number): number;
  logSf(x: number): number;
  logPdf(x: number): number;
  /** log P(a < X <= b) of its own, where X is no number of the line. */
  logBetween?(a: number, b: number): number;
}

const LOG_HALF = -0.6931471805599453;
/** Share of the tail below which its difference is not taken: with tails to 4 ulp it has 4e-14 there. */
const NARROW = 1 / 64;
/** Most masses that are added up. */
const MASSES = 4096;

/** log P(a < X <= b), -Infinity where the probability is 0; a may be -Infinity, b Infinity. */
export function logInterval(tails: LogTails, a: number, b: number, discrete: boolean): number {
  if (!(a < b)) return -Infinity;
  if (tails.logBetween) return tails.logBetween(a, b);
  if (a === -Infinity) return tails.logCdf(b);
  if (b === Infinity) return tails.logSf(a);
  const below = tails.logCdf(b);
  const isLower = below <= LOG_HALF;
  const above = isLower ? 0 : tails.logSf(a);
  let outer = 0;
  let inner = 0;
  let share: number;
  const inTail = isLower || above <= LOG_HALF;
  if (inTail) {
    outer = isLower ? below : above;
    inner = isLower ? tails.logCdf(a) : tails.logSf(b);
    share = outer - inner;
  } else {
    inner = exp(tails.logCdf(a)) + exp(tails.logSf(b));
    share = 1 - inner;
  }
  if (outer === -Infinity) return -Infinity;
  // A rounded tail may come out a last digit out of order.
  const difference = () => (share <= 0 ? -Infinity : inTail ? logsubexp(outer, inner) : log1p(-inner));
  if (share > NARROW) return difference();
  if (discrete) return Math.floor(b) - Math.floor(a) <= MASSES ? sumOfMasses(tails, a, b) : difference();
  const top = tails.logPdf(a / 2 + b / 2);
  if (!Number.isFinite(top)) return difference();
  const average = mean((x) => tails.logPdf(x) - top, a, b, TOLERANCE + 1e-15 * Math.abs(top), { halvings: HALVINGS });
  if (!Number.isFinite(average)) return difference();
  const product = (b - a) * average;
  return product > 1e-290 && product < 1e290 ? top + log(product) : top + log(b - a) + log(average);
}

function sumOfMasses({ logPdf }: LogTails, a: number, b: number): number {
  const logs: number[] = [];
  for (let x = Math.floor(a) + 1; x <= b; x++) logs.push(logPdf(x));
  const top = Math.max(...logs);
  return top > -Infinity ? top + log(logs.reduce((sum, value) => sum + exp(value - top), 0)) : -Infinity;
}

/** Largest error of the interpolated logarithm, weighted by the part's share of the interval; a part that misses it is halved. */
const TOLERANCE = 1e-14;
/** In all: a cusp at the middle takes 30, a rounded logarithm that never becomes smooth is left after them. */
const HALVINGS = 60;
/** Chebyshev's extrema on [-1, 1]. */
const NODES = [0, -1, 1, -0.5, 0.5, -0.8660254037844386, 0.8660254037844386];
/** Of these, so many are enough where the interval is narrow. */
const FEWER = 5;
/** Between them, where interpolation is checked. */
const CHECKS = [-0.69, 0.23];
/** Gauss–Legendre, eight points: exact to 1e-17 where the logarithm changes by 2; four: where it changes by 0.1. */
const EIGHT = {
  abscissae: [0.1834346424956498, 0.525532409916329, 0.7966664774136267, 0.9602898564975363],
  weights: [0.362683783378362, 0.31370664587788727, 0.22238103445337448, 0.10122853629037626],
};
const FOUR = { abscissae: [0.3399810435848563, 0.8611363115940526], weights: [0.6521451548625461, 0.34785484513745385] };
const LITTLE = 0.1;

/** Newton's divided differences of g: points in u = (x - middle) / half, which is exact where the interval is narrow. */
const points = new Float64Array(NODES.length);
const u = new Float64Array(NODES.length);
const divided = new Float64Array(NODES.length);
let count = 0;

function interpolateAt(x: number, y: number, v: number): void {
  let difference = y;
  for (let i = 0; i < count; i++) difference = (difference - divided[i]!) / (v - u[i]!);
  points[count] = x;
  u[count] = v;
  divided[count++] = difference;
}

function polynomial(v: number): number {
  let value = 0;
  for (let i = count - 1; i >= 0; i--) value = value * (v - u[i]!) + divided[i]!;
  return value;
}

/** The differences of second and higher order: how far from a line. */
function bend(): number {
  let size = 0;
  for (let i = 2; i < count; i++) size += Math.abs(divided[i]!);
  return size;
}

/** Mean of exp(g) over [a, b]. */
function mean(g: (x: number) => number, a: number, b: number, tolerance: number, budget: { halvings: number }): number {
  const middle = a / 2 + b / 2;
  const half = b / 2 - a / 2;
  const at = (t: number) => (t === -1 ? a : t === 1 ? b : middle + half * t);
  const isKnown = (x: number) => {
    for (let i = 0; i < count; i++) if (points[i] === x) return true;
    return false;
  };
  const add = (from: number, to: number) => {
    for (let k = from; k < to; k++) {
      const x = at(NODES[k]!);
      if (!isKnown(x)) interpolateAt(x, g(x), (x - middle) / half);
    }
  };
  count = 0;
  add(0, FEWER);
  const checks = CHECKS.map(at);
  const values = checks.map(g);
  const isSmooth = () => checks.every((x, i) => isKnown(x) || Math.abs(values[i]! - polynomial((x - middle) / half)) <= tolerance);
  let smooth = isSmooth();
  if (!smooth) {
    add(FEWER, NODES.length);
    smooth = isSmooth();
  }
  if (!smooth && budget.halvings-- > 0 && middle > a && middle < b) {
    const left = mean(g, a, middle, 2 * tolerance, budget);
    return ((middle - a) * left + (b - middle) * mean(g, middle, b, 2 * tolerance, budget)) / (b - a);
  }
  const [from, to] = [(a - middle) / half, (b - middle) / half];
  const [center, reach] = [(from + to) / 2, (to - from) / 2];
  const { abscissae, weights } = Math.abs(polynomial(to) - polynomial(from)) + 4 * bend() < LITTLE ? FOUR : EIGHT;
  let sum = 0;
  for (let i = 0; i < abscissae.length; i++) {
    const t = reach * abscissae[i]!;
    sum += 0.5 * weights[i]! * (exp(polynomial(center - t)) + exp(polynomial(center + t)));
  }
  return sum;
}
