/**
 * Numbers carried as an unevaluated sum of two doubles, about 106 bits (T. J. Dekker, "A floating-point technique for
 * extending the available precision", Numer. Math. 18, 1971). A function that has a second part to give returns the
 * leading double and leaves the trailing one in `low[0]`: an object per product would cost more than the product.
 */
export const low = new Float64Array(1);

const value = new Float64Array(1);
const words = new Int32Array(value.buffer);
value[0] = 1;
const HIGH = words[1] === 0 ? 0 : 1;

/** Sign, exponent and the upper 20 bits of the fraction. */
export function highWord(x: number): number {
  value[0] = x;
  return words[HIGH]!;
}

// Read from a table: a double put together from two words must wait until both stores have left the store buffer,
// which made log 47 ns instead of 24.
const POWERS = new Float64Array(1024 + 1074);
POWERS[1074] = 1;
for (let k = 1; k < 1024; k++) POWERS[1074 + k] = 2 * POWERS[1073 + k]!;
for (let k = 1; k <= 1074; k++) POWERS[1074 - k] = 0.5 * POWERS[1075 - k]!;

/** 2^k for k in [-1074, 1023]. */
export function powerOfTwo(k: number): number {
  return POWERS[k + 1074]!;
}

/** a + b exactly (Knuth, TAOCP 2, 4.2.2, theorem B). */
export function twoSum(a: number, b: number): number {
  const sum = a + b;
  const b1 = sum - a;
  low[0] = a - (sum - b1) + (b - b1);
  return sum;
}

const SPLIT = 134217729;

/** The upper 26 bits of x, |x| < 2^996 (Veltkamp). */
export function upperHalf(x: number): number {
  const t = x * SPLIT;
  return t - (t - x);
}

/** a * b exactly, for |a|, |b| < 2^996 and a product that does not underflow (Dekker). */
export function twoProduct(a: number, b: number): number {
  const product = a * b;
  const ah = upperHalf(a);
  const al = a - ah;
  const bh = upperHalf(b);
  const bl = b - bh;
  low[0] = ah * bh - product + ah * bl + al * bh + al * bl;
  return product;
}

// Sums, products, quotients and roots of pairs (a + a2): the leading part is returned, the trailing one left in `low[0]`.

/** (a + a2) + (b + b2). */
export function addPairs(a: number, a2: number, b: number, b2: number): number {
  const sum = twoSum(a, b);
  const rest = low[0]!;
  const tail = twoSum(a2, b2);
  const tailRest = low[0]!;
  const first = rest + tail;
  const high = sum + first;
  const second = first - (high - sum) + tailRest;
  const total = high + second;
  low[0] = second - (total - high);
  return total;
}

/** (a + a2) (b + b2). */
export function multiplyPairs(a: number, a2: number, b: number, b2: number): number {
  const product = twoProduct(a, b);
  const rest = low[0]! + (a * b2 + a2 * b);
  const total = product + rest;
  low[0] = rest - (total - product);
  return total;
}

/** (a + a2) / (b + b2). */
export function dividePairs(a: number, a2: number, b: number, b2: number): number {
  const q = a / b;
  let rest = addPairs(a, a2, -multiplyPairs(q, 0, b, b2), -low[0]!);
  const second = rest / b;
  const restLow = low[0]!;
  rest = addPairs(rest, restLow, -multiplyPairs(second, 0, b, b2), -low[0]!);
  const high = twoSum(q, second);
  return addPairs(high, low[0]!, rest / b, 0);
}

/** The square root of a + a2 > 0. */
export function rootOfPair(a: number, a2: number): number {
  const root = Math.sqrt(a);
  const square = twoProduct(root, root);
  const rest = addPairs(a, a2, -square, -low[0]!);
  return addPairs(root, 0, rest / (2 * root), 0);
}
