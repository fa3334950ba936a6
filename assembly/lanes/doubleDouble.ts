// Numbers of about 106 bits: an unevaluated sum of two doubles (Dekker, Numer. Math. 18, 1971). A function returns the leading part and
// leaves the trailing one in `low`. One row at a time: in two rows the branches around these sums would be taken for both.

/** The trailing part of the last result. */
export let low: f64 = 0;

/** a + b exactly (Knuth, TAOCP 2, 4.2.2, theorem B). */
// @ts-ignore: decorator
@inline export function twoSum(a: f64, b: f64): f64 {
  const sum = a + b;
  const part = sum - a;
  low = a - (sum - part) + (b - part);
  return sum;
}

/** a + b exactly, |a| >= |b|. */
// @ts-ignore: decorator
@inline export function quickSum(a: f64, b: f64): f64 {
  const sum = a + b;
  low = b - (sum - a);
  return sum;
}

/** The upper 26 bits of a, |a| < 2^996 (Veltkamp). */
// @ts-ignore: decorator
@inline export function upperHalf(a: f64): f64 {
  const t = a * 134217729.0;
  return t - (t - a);
}

/** a b exactly, |a|, |b| < 2^996. */
// @ts-ignore: decorator
@inline export function twoProduct(a: f64, b: f64): f64 {
  const product = a * b;
  const a1 = upperHalf(a);
  const a2 = a - a1;
  const b1 = upperHalf(b);
  const b2 = b - b1;
  low = a2 * b2 - (product - a1 * b1 - a2 * b1 - a1 * b2);
  return product;
}

/** (a + a2) + (b + b2). */
export function add(a: f64, a2: f64, b: f64, b2: f64): f64 {
  const sum = twoSum(a, b);
  const rest = low;
  const tail = twoSum(a2, b2);
  const tailRest = low;
  const high = quickSum(sum, rest + tail);
  return quickSum(high, low + tailRest);
}

/** (a + a2) (b + b2). */
export function multiply(a: f64, a2: f64, b: f64, b2: f64): f64 {
  const product = twoProduct(a, b);
  return quickSum(product, low + (a * b2 + a2 * b));
}

/** (a + a2) / (b + b2). */
export function divide(a: f64, a2: f64, b: f64, b2: f64): f64 {
  const q = a / b;
  const product = twoProduct(q, b);
  return quickSum(q, (a - product - low + (a2 - q * b2)) / b);
}
