// A number of 30 digits with its derivatives in some parameters: [value, ∂1, ∂2, ...]. Without any it costs what a number costs.

import { add, type DoubleDouble, divide, multiply, pair, scale } from "./arithmetic.ts";

export type Jet = readonly DoubleDouble[];

export const constant = (value: DoubleDouble, parameters: number): Jet => [value, ...Array.from({ length: parameters }, () => pair(0))];

/** A parameter itself: the slope in the index-th of them is 1. */
export const variable = (value: DoubleDouble, index: number, parameters: number): Jet =>
  Array.from({ length: parameters + 1 }, (_, i) => (i === 0 ? value : pair(i === index + 1 ? 1 : 0)));

export const plus = (f: Jet, g: Jet): Jet => f.map((value, i) => add(value, g[i]!));

export const shift = (f: Jet, by: number): Jet => f.map((value, i) => (i === 0 ? add(value, pair(by)) : value));

export const negative = (f: Jet): Jet => f.map((value) => scale(value, -1));

/** By a power of two. */
const times = (f: Jet, by: number): Jet => f.map((value) => scale(value, by));

export const product = (f: Jet, g: Jet): Jet =>
  f.map((slope, i) => (i === 0 ? multiply(slope, g[0]!) : add(multiply(slope, g[0]!), multiply(f[0]!, g[i]!))));

export function quotient(f: Jet, g: Jet): Jet {
  const value = divide(f[0]!, g[0]!);
  return f.map((slope, i) => (i === 0 ? value : divide(add(slope, scale(multiply(value, g[i]!), -1)), g[0]!)));
}

/**
 * first/(b0 + a1/(b1 + a2/(b2 + ...))) by Wallis's recurrences, until four more terms change less than 2^-92.
 * `step(n)` gives a_n and b_n.
 */
export function continuedFraction(first: Jet, b0: Jet, step: (n: number) => { a: Jet; b: Jet }): Jet {
  const none = first.length - 1;
  let before = { p: constant(pair(0), none), q: constant(pair(1), none) };
  let last = { p: first, q: b0 };
  let found = quotient(last.p, last.q);
  for (let n = 1; n < 200_000; n++) {
    const { a, b } = step(n);
    const next = { p: plus(product(b, last.p), product(a, before.p)), q: plus(product(b, last.q), product(a, before.q)) };
    before = last;
    last = next;
    const size = Math.abs(next.q[0]!.high);
    if (size > 1e100 || size < 1e-100) {
      const by = 2 ** -Math.round(Math.log2(size));
      before = { p: times(before.p, by), q: times(before.q, by) };
      last = { p: times(last.p, by), q: times(last.q, by) };
    }
    if (n % 4 === 0) {
      const improved = quotient(last.p, last.q);
      const least = 2 ** -10 * Math.abs(improved[0]!.high);
      const same = improved.every(({ high, low }, i) => {
        const change = high - found[i]!.high + (low - found[i]!.low);
        return Math.abs(change) <= 2 ** -92 * Math.max(least, Math.abs(high));
      });
      found = improved;
      if (same) break;
    }
  }
  return found;
}
