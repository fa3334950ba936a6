// A function as pieces: rows of 96 bytes made by scripts/lanes/normalTables.py, with a centre c, f(c), and c1 to c10:
//
//   f(x) = f(c) + (r q(r)),   q(r) = (c1 + c3 r^2 + ... + c9 r^8) + r (c2 + c4 r^2 + ... + c10 r^8),   r = x - c
//
// f(c) is a double almost exactly (Gal 1986), so the last sum rounds at the size of the result and the others at that of r q.
// The two sums of q of one row lie in one v128: a row is read by six loads and only the ends are shuffled. log Φ, ns a row on Node 20 and
// 26: 2.1 and 2.1; with the coefficients of both rows shuffled together one by one, 2.2 and 2.3.

/** Bytes of a row. */
export const ROW: usize = 96;

/** Both sums of q, c1 + ... and c2 + ..., of the row at `address`. */
// @ts-ignore: decorator
@inline function sums(address: usize, r2: v128): v128 {
  const high = f64x2.add(v128.load(address, 64), f64x2.mul(r2, v128.load(address, 80)));
  const middle = f64x2.add(v128.load(address, 48), f64x2.mul(r2, high));
  return f64x2.add(v128.load(address, 16), f64x2.mul(r2, f64x2.add(v128.load(address, 32), f64x2.mul(r2, middle))));
}

/** f(c) of the rows at a and b. */
// @ts-ignore: decorator
@inline export function head(a: usize, b: usize): v128 {
  return v128.shuffle<u64>(v128.load(a), v128.load(b), 1, 3);
}

/** The centres of the rows at a and b. */
// @ts-ignore: decorator
@inline export function centres(a: usize, b: usize): v128 {
  return v128.shuffle<u64>(v128.load(a), v128.load(b), 0, 2);
}

/** f(x) - f(c) from r = x - c, the first by the row at a, the second by the row at b. */
// @ts-ignore: decorator
@inline export function tail(r: v128, a: usize, b: usize): v128 {
  const r2 = f64x2.mul(r, r);
  const p = sums(a, v128.shuffle<u64>(r2, r2, 0, 0));
  const q = sums(b, v128.shuffle<u64>(r2, r2, 1, 1));
  return f64x2.mul(r, f64x2.add(v128.shuffle<u64>(p, q, 0, 2), f64x2.mul(r, v128.shuffle<u64>(p, q, 1, 3))));
}

/** f(x). */
// @ts-ignore: decorator
@inline export function piece(x: v128, a: usize, b: usize): v128 {
  return f64x2.add(head(a, b), tail(f64x2.sub(x, centres(a, b)), a, b));
}

/** f(x) for one row. */
// @ts-ignore: decorator
@inline export function pieceOfOne(x: f64, address: usize): f64 {
  const r = x - load<f64>(address);
  const p = sums(address, f64x2.splat(r * r));
  return load<f64>(address, 8) + r * (f64x2.extract_lane(p, 0) + r * f64x2.extract_lane(p, 1));
}
