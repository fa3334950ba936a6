/** Roots of a function of one variable in a bracket, and quantiles of integer-valued distributions. */

export interface RootOptions {
  /** Allowed error of the root, beside a few ulps of it; 0 by default. */
  readonly tolerance?: number;
  readonly maxEvaluations?: number;
}

/**
 * A root of f in [a, b], where f changes sign: inverse quadratic interpolation or secant while they shrink the bracket,
 * bisection otherwise. R. P. Brent, Algorithms for Minimization without Derivatives, 1973, chapter 4.
 */
export function findRoot(f: (x: number) => number, a: number, b: number, options: RootOptions = {}): number {
  const { tolerance = 0, maxEvaluations = 200 } = options;
  let fa = f(a);
  let fb = f(b);
  if (fa === 0) return a;
  if (fb === 0) return b;
  if (!(fa < 0 === fb > 0) || fa !== fa || fb !== fb) {
    throw new RangeError(`f(${a}) is ${fa} and f(${b}) is ${fb}; a bracket needs values of opposite sign.`);
  }
  let c = a;
  let fc = fa;
  let step = b - a;
  let previous = step;
  for (let evaluations = 2; evaluations < maxEvaluations; evaluations++) {
    // b is the best point so far, c lies across the root, a is the point before b.
    if (Math.abs(fc) < Math.abs(fb)) {
      a = b;
      fa = fb;
      b = c;
      fb = fc;
      c = a;
      fc = fa;
    }
    const eps = 4.440892098500626e-16 * Math.abs(b) + 0.5 * tolerance;
    const middle = 0.5 * (c - b);
    if (Math.abs(middle) <= eps || fb === 0) return b;
    const bisect = (): void => {
      step = middle;
      previous = middle;
    };
    if (Math.abs(previous) < eps || Math.abs(fa) <= Math.abs(fb)) bisect();
    else {
      const s = fb / fa;
      let p: number;
      let q: number;
      if (a === c) {
        p = 2 * middle * s;
        q = 1 - s;
      } else {
        const u = fa / fc;
        const r = fb / fc;
        p = s * (2 * middle * u * (u - r) - (b - a) * (r - 1));
        q = (u - 1) * (r - 1) * (s - 1);
      }
      if (p > 0) q = -q;
      else p = -p;
      if (2 * p < Math.min(3 * middle * q - Math.abs(eps * q), Math.abs(previous * q))) {
        previous = step;
        step = p / q;
      } else bisect();
    }
    a = b;
    fa = fb;
    b += Math.abs(step) > eps ? step : middle > 0 ? eps : -eps;
    fb = f(b);
    if (fb > 0 === fc > 0) {
      c = a;
      fc = fa;
      step = b - a;
      previous = step;
    }
  }
  return b;
}

/**
 * The smallest integer k >= lower with reached(k), for a `reached` that is false below it and true from it on:
 * the quantile of an integer-valued variable, reached = (k) => cdf(k) >= p. Steps double away from `start`, then halve.
 */
export function smallestInteger(reached: (k: number) => boolean, start: number, lower: number, upper = Infinity): number {
  let k = Math.min(Math.max(Math.floor(start), lower), upper);
  if (k !== k) k = lower;
  let above: number;
  let below: number;
  if (reached(k)) {
    above = k;
    below = k;
    for (let step = 1; ; step *= 2) {
      below = above - step;
      if (below < lower) {
        below = lower - 1;
        break;
      }
      if (!reached(below)) break;
      above = below;
    }
  } else {
    below = k;
    for (let step = 1; ; step *= 2) {
      above = below + step;
      // Beyond 2^53 integers have gaps: the answer is then the smallest double.
      if (above >= upper) return bisectIntegers(reached, below, upper);
      if (reached(above)) break;
      below = above;
    }
  }
  return bisectIntegers(reached, below, above);
}

const bisectIntegers = (reached: (k: number) => boolean, below: number, above: number): number => {
  while (above - below > 1) {
    const middle = below + Math.floor(0.5 * (above - below));
    if (middle <= below || middle >= above) break;
    if (reached(middle)) above = middle;
    else below = middle;
  }
  return above;
};

/**
 * A root of a function that is asked for between yields, so that whoever works it out may take its time: yields where it wants the value,
 * and is sent it. Values at the ends are known and of opposite sign. Inverse quadratic interpolation where that is sure to converge,
 * bisection otherwise, until the bracket is `tolerance` or two ulps wide. T. R. Chandrupatla (1997), Adv. Eng. Softw. 28, 145.
 *
 * @returns the end of the last bracket with the smaller |f|.
 */
export function* rootBetween(a: number, fa: number, b: number, fb: number, tolerance: number): Generator<number, number, number> {
  let [x1, f1, x2, f2] = [a, fa, b, fb];
  let [x3, f3] = [x2, f2];
  let share = 0.5;
  for (let evaluations = 0; evaluations < 200; evaluations++) {
    const x = x1 + share * (x2 - x1);
    const f = yield x;
    if (f < 0 === f1 < 0) [x3, f3] = [x1, f1];
    else [x3, f3, x2, f2] = [x2, f2, x1, f1];
    [x1, f1] = [x, f];
    const [best, least] = Math.abs(f2) < Math.abs(f1) ? [x2, f2] : [x1, f1];
    const shortest = (4.440892098500626e-16 * Math.abs(best) + 0.5 * tolerance) / Math.abs(x2 - x1);
    if (shortest > 0.5 || least === 0) return best;
    const xi = (x1 - x2) / (x3 - x2);
    const phi = (f1 - f2) / (f3 - f2);
    const sure = phi * phi < xi && (1 - phi) * (1 - phi) < 1 - xi;
    share = sure ? (f1 / (f2 - f1)) * (f3 / (f2 - f3)) + ((x3 - x1) / (x2 - x1)) * (f1 / (f3 - f1)) * (f2 / (f3 - f2)) : 0.5;
    share = Math.min(1 - shortest, Math.max(shortest, share));
  }
  return Math.abs(f2) < Math.abs(f1) ? x2 : x1;
}
