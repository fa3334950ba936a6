// sin(pi x) for two doubles. x = n + r with n the nearest integer, exactly; then, with t = |r| or 1/2 - |r| (both exact),
//
//   |sin(pi x)| = sin(pi t) = 2 t + t (pi - 2 + t^2 S(t^2)) for |r| <= 1/4,   cos(pi t) = 1 + t^2 C(t^2) beyond.
//
// S and C are minimax polynomials on t^2 <= 1/16, of degree 5 and 6: 2^-58 and 2^-64 absolutely. Signs and zeros are those of
// IEEE 754-2019, 9.2: sinPi(n) has the sign of n. Error <= 1.6 ulp.
// ns a row on Node 20 and 26: 2.6, 2.6.

import { constant } from "./constant";

const HALF = memory.data<f64>([0.5]);
const QUARTER = memory.data<f64>([0.25]);
const ONE = memory.data<f64>([1]);
const SIGN = memory.data<u64>([0x8000000000000000]);
const PI_MINUS_2 = memory.data<f64>([1.1415926535897931]);
const S0 = memory.data<f64>([-5.16771278004996]);
const S1 = memory.data<f64>([2.550164039874007]);
const S2 = memory.data<f64>([-0.59926452897487]);
const S3 = memory.data<f64>([0.08214587013010491]);
const S4 = memory.data<f64>([-0.007370033845583565]);
const S5 = memory.data<f64>([0.0004615925633234708]);
const C0 = memory.data<f64>([-4.934802200544679]);
const C1 = memory.data<f64>([4.058712126416751]);
const C2 = memory.data<f64>([-1.3352627688521883]);
const C3 = memory.data<f64>([0.23533063020161016]);
const C4 = memory.data<f64>([-0.025806885879384355]);
const C5 = memory.data<f64>([0.0019294681740918453]);
const C6 = memory.data<f64>([-0.00010357788934947716]);

// @ts-ignore: decorator
@inline export function sinPi(x: v128): v128 {
  const n = f64x2.nearest(x);
  const r = f64x2.sub(x, n);
  const s = f64x2.abs(r);
  const beyond = f64x2.gt(s, constant(QUARTER));
  const t = v128.bitselect(f64x2.sub(constant(HALF), s), s, beyond);
  const z = f64x2.mul(t, t);
  const size = v128.bitselect(cosine(z), sine(t, z), beyond);
  // n is odd where half of it is none. At the integers r = 0, and the sign is that of x.
  const half = f64x2.mul(n, constant(HALF));
  const odd = f64x2.ne(half, f64x2.nearest(half));
  const turned = v128.xor(r, v128.and(odd, constant(SIGN)));
  const sign = v128.bitselect(x, turned, f64x2.eq(s, f64x2.splat(0)));
  return v128.or(size, v128.and(sign, constant(SIGN)));
}

/** 2 t, which is exact, and t (pi - 2 + t^2 S): pi t itself would be rounded in a higher binade than sin(pi t) lies in (1.6 ulp). */
// @ts-ignore: decorator
@inline function sine(t: v128, z: v128): v128 {
  const z2 = f64x2.mul(z, z);
  const low = f64x2.add(constant(S0), f64x2.mul(z, constant(S1)));
  const middle = f64x2.add(constant(S2), f64x2.mul(z, constant(S3)));
  const high = f64x2.add(constant(S4), f64x2.mul(z, constant(S5)));
  const series = f64x2.add(low, f64x2.mul(z2, f64x2.add(middle, f64x2.mul(z2, high))));
  return f64x2.add(f64x2.add(t, t), f64x2.mul(t, f64x2.add(constant(PI_MINUS_2), f64x2.mul(z, series))));
}

// @ts-ignore: decorator
@inline function cosine(z: v128): v128 {
  const z2 = f64x2.mul(z, z);
  const low = f64x2.add(constant(C0), f64x2.mul(z, constant(C1)));
  const middle = f64x2.add(constant(C2), f64x2.mul(z, constant(C3)));
  const high = f64x2.add(f64x2.add(constant(C4), f64x2.mul(z, constant(C5))), f64x2.mul(z2, constant(C6)));
  return f64x2.add(constant(ONE), f64x2.mul(z, f64x2.add(low, f64x2.mul(z2, f64x2.add(middle, f64x2.mul(z2, high))))));
}
