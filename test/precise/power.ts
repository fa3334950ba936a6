// x^y to about 28 digits: exp(y log x).

import { add, multiply, pair, type Scaled } from "./arithmetic.ts";
import { expOf, log } from "./elementary.ts";

export function pow(x: number, y: number): Scaled {
  const { high, low } = log(x);
  // y < 2^-900: the product would underflow, and 1 + y log x is 1 to 270 digits.
  if (Math.abs(y) < 2 ** -900) return { ...add(pair(1), pair(y * high)), binary: 0 };
  return expOf(multiply(pair(high, low), pair(y)));
}
