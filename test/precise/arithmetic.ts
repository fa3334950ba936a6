// Numbers of about 30 digits: an unevaluated sum high + low (Dekker 1971; Knuth's two-sum). What the lanes are measured against is built
// of these; `binary` is a power of two kept apart, so that the smallest and largest results lose nothing.

export interface DoubleDouble {
  readonly high: number;
  readonly low: number;
}

export interface Scaled extends DoubleDouble {
  readonly binary: number;
}

export const pair = (high: number, low = 0): DoubleDouble => ({ high, low });

/** a + b exactly. */
export function twoSum(a: number, b: number): DoubleDouble {
  const high = a + b;
  const part = high - a;
  return pair(high, a - (high - part) + (b - part));
}

/** a b exactly, for numbers below 2^970. */
export function twoProduct(a: number, b: number): DoubleDouble {
  const [a1, a2] = halves(a);
  const [b1, b2] = halves(b);
  const high = a * b;
  return pair(high, a2 * b2 - (high - a1 * b1 - a2 * b1 - a1 * b2));
}

function halves(a: number): [number, number] {
  const c = 134217729 * a;
  const high = c - (c - a);
  return [high, a - high];
}

export function add(a: DoubleDouble, b: DoubleDouble): DoubleDouble {
  const s = twoSum(a.high, b.high);
  const t = twoSum(a.low, b.low);
  const u = twoSum(s.high, s.low + t.high);
  return twoSum(u.high, u.low + t.low);
}

export function multiply(a: DoubleDouble, b: DoubleDouble): DoubleDouble {
  const p = twoProduct(a.high, b.high);
  return twoSum(p.high, p.low + (a.high * b.low + a.low * b.high));
}

export function divide(a: DoubleDouble, b: DoubleDouble): DoubleDouble {
  const q1 = a.high / b.high;
  const r1 = add(a, multiply(b, pair(-q1)));
  const q2 = r1.high / b.high;
  const r2 = add(r1, multiply(b, pair(-q2)));
  return add(twoSum(q1, q2), pair(r2.high / b.high));
}

export const scale = (a: DoubleDouble, by: number): DoubleDouble => pair(a.high * by, a.low * by);

/** The same number without a power of two kept apart: |binary| below 900. */
export const plain = ({ high, low, binary }: Scaled): DoubleDouble => scale(pair(high, low), 2 ** binary);

/** As a result, with no power of two kept apart. */
export const scaled = ({ high, low }: DoubleDouble): Scaled => ({ high, low, binary: 0 });

/** |found - exact| in units of the last place of a double at `exact`; 0 where both are the same special value, Infinity where not. */
export function ulps(found: number, exact: Scaled): number {
  const nearest = rounded(exact);
  if (Number.isNaN(nearest)) return Number.isNaN(found) ? 0 : Number.POSITIVE_INFINITY;
  if (!Number.isFinite(nearest) || !Number.isFinite(found)) return Object.is(found, nearest) ? 0 : Number.POSITIVE_INFINITY;
  const size = exact.high === 0 ? -1022 : Math.floor(Math.log2(Math.abs(exact.high)));
  const exponent = size + (2 ** size > Math.abs(exact.high) ? -1 : 0) + (2 ** (size + 1) <= Math.abs(exact.high) ? 1 : 0);
  return difference(found, exact, Math.max(exponent + exact.binary, -1022) - 52);
}

/** |found - exact| in units of the last place of a double at max(1, |exact|). */
export function unitUlps(found: number, exact: Scaled): number {
  const nearest = rounded(exact);
  return Number.isFinite(nearest) && Math.abs(nearest) < 1 && Number.isFinite(found) ? difference(found, exact, -52) : ulps(found, exact);
}

/** The double nearest to it, or next to that. */
export function rounded({ high, binary }: Scaled): number {
  const half = Math.trunc(binary / 2);
  return high * 2 ** half * 2 ** (binary - half);
}

/** |found - exact| in units of 2^unit. */
function difference(found: number, { high, low, binary }: Scaled, unit: number): number {
  const half = Math.trunc(-binary / 2);
  const distance = Math.abs(found * 2 ** half * 2 ** (-binary - half) - high - low);
  const quarter = Math.trunc((binary - unit) / 2);
  return distance * 2 ** quarter * 2 ** (binary - unit - quarter);
}
