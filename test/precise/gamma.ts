// log |Gamma|, its derivatives and log B to about 30 digits: the recurrence to arguments above 30, Stirling's series with exact Bernoulli
// numbers there (DLMF 5.11.1, 5.15.8), reflection below 0.

import { add, type DoubleDouble, divide, multiply, pair, type Scaled, scale, scaled, twoProduct, twoSum } from "./arithmetic.ts";
import { BERNOULLI } from "./bernoulli.ts";
import { log, logOf } from "./elementary.ts";

const FAR = 30;
const ONE = pair(1);
const PI = pair(3.141592653589793, 1.2246467991473532e-16);
const PI2 = multiply(PI, PI);
const HALF_LOG_2PI = scale(logOf(scale(PI, 2)), 0.5);

const BINET = BERNOULLI.map((b, k) => divide(b, pair((2 * k + 2) * (2 * k + 1))));
const PSI = BERNOULLI.map((b, k) => divide(b, pair(-2 * k - 2)));
const PSI_2 = BERNOULLI.map((b, k) => multiply(b, pair(-2 * k - 3)));

const minus = (a: DoubleDouble): DoubleDouble => scale(a, -1);
const value = (x: Scaled): DoubleDouble => pair(x.high, x.low);

function polynomial(c: readonly DoubleDouble[], t: DoubleDouble): DoubleDouble {
  return c.reduceRight((sum, term) => add(multiply(sum, t), term), pair(0));
}

/** How many steps of the recurrence lead above FAR. */
const steps = (x: DoubleDouble): number => (x.high < FAR ? Math.ceil(FAR - x.high) : 0);

/** sin(pi r) and cos(pi r), |r| <= 1/4, by Taylor; sin as a multiple of r where r is tiny. */
function sinCos(r: number): [sine: DoubleDouble, cosine: DoubleDouble] {
  const a = multiply(PI, pair(r));
  const t = minus(multiply(a, a));
  let sine = ONE;
  let cosine = ONE;
  for (let n = 24; n > 0; n -= 2) {
    sine = add(ONE, multiply(sine, divide(t, pair(n * (n + 1)))));
    cosine = add(ONE, multiply(cosine, divide(t, pair(n * (n - 1)))));
  }
  return [multiply(a, sine), cosine];
}

/** sin(pi r) and cos(pi r), |r| <= 1/2. */
function sinCosPi(r: number): [sine: DoubleDouble, cosine: DoubleDouble] {
  if (Math.abs(r) <= 0.25) return sinCos(r);
  const [cosine, sine] = sinCos(0.5 - Math.abs(r));
  return [scale(sine, Math.sign(r)), cosine];
}

const nearest = (x: number): number => (Math.abs(x) < 2 ** 52 ? Math.round(x) : x);

export function sinPi(x: number): Scaled {
  const n = nearest(x);
  const sign = n % 2 === 0 ? 1 : -1;
  // Below 2^-900 the products would lose digits.
  if (n === 0 && Math.abs(x) < 2 ** -900) return { ...multiply(PI, pair(x * 2 ** 120)), binary: -120 };
  return scaled(scale(sinCosPi(x - n)[0], sign));
}

/** x log x - x - log(x)/2 + log(2 pi)/2 + mu(x), x >= FAR. */
function stirling(x: DoubleDouble): DoubleDouble {
  const u = divide(ONE, x);
  const main = add(multiply(add(x, pair(-0.5)), logOf(x)), minus(x));
  return add(main, add(HALF_LOG_2PI, multiply(u, polynomial(BINET, multiply(u, u)))));
}

/** x (x+1) ... (x+n-1). */
function rising(x: DoubleDouble, n: number): DoubleDouble {
  let product = ONE;
  for (let k = 0; k < n; k++) product = multiply(product, add(x, pair(k)));
  return product;
}

/** log Gamma(x), x > 2^-900. */
function logGammaOf(x: DoubleDouble): DoubleDouble {
  const n = steps(x);
  const far = stirling(add(x, pair(n)));
  return n === 0 ? far : add(far, minus(logOf(rising(x, n))));
}

export function lgamma(x: number): Scaled {
  if (x > 2 ** 900) {
    // x (log x - 1): the next terms are some 270 digits behind.
    return { ...multiply(pair(x * 2 ** -100), add(value(log(x)), pair(-1))), binary: 100 };
  }
  // lgamma(x) = -log |x| - 0.58 x + ...
  if (Math.abs(x) < 2 ** -300) return scaled(minus(value(log(Math.abs(x)))));
  if (x > 0) return scaled(logGammaOf(pair(x)));
  const n = nearest(x);
  if (n === x) return scaled(pair(Number.POSITIVE_INFINITY));
  const sine = sinCosPi(Math.abs(x - n))[0];
  return scaled(add(logOf(divide(PI, sine)), minus(logGammaOf(twoSum(1, -x)))));
}

/** x (x+1) (x+2) (x+3) for x <= 2^250, its value there past it. */
export function lgammaFactor(x: number): Scaled {
  const y = pair(Math.min(x, 2 ** 250));
  const three = multiply(multiply(add(y, ONE), add(y, pair(2))), add(y, pair(3)));
  return x < 2 ** -900 ? { ...multiply(pair(x * 2 ** 120), three), binary: -120 } : scaled(multiply(y, three));
}

/** lgamma(x) + log lgammaFactor(x), which is log Gamma(x + 4) while the factor is the product. */
export function lgammaTerm(x: number): Scaled {
  if (x > 2 ** 900) return lgamma(x);
  if (x <= 2 ** 250) return scaled(logGammaOf(twoSum(x, 4)));
  return scaled(add(value(lgamma(x)), logOf(value(lgammaFactor(x)))));
}

function digammaOf(x: DoubleDouble): DoubleDouble {
  let sum = pair(0);
  const n = steps(x);
  for (let k = 0; k < n; k++) sum = add(sum, divide(ONE, add(x, pair(k))));
  const far = add(x, pair(n));
  const u = divide(ONE, far);
  const t = multiply(u, u);
  return add(add(logOf(far), minus(scale(u, 0.5))), add(multiply(t, polynomial(PSI, t)), minus(sum)));
}

export function digamma(x: number): Scaled {
  if (Math.abs(x) < 2 ** -300) return { ...minus(divide(ONE, pair(x * 2 ** 100))), binary: 100 };
  if (x > 2 ** 300) return log(x);
  if (x > 0) return scaled(digammaOf(pair(x)));
  const r = x - nearest(x);
  if (r === 0) return scaled(pair(Number.NaN));
  const [sine, cosine] = sinCosPi(r);
  return scaled(add(digammaOf(twoSum(1, -x)), minus(multiply(PI, divide(cosine, sine)))));
}

function trigammaOf(x: DoubleDouble): DoubleDouble {
  let sum = pair(0);
  const n = steps(x);
  for (let k = 0; k < n; k++) {
    const m = add(x, pair(k));
    sum = add(sum, divide(ONE, multiply(m, m)));
  }
  const u = divide(ONE, add(x, pair(n)));
  const t = multiply(u, u);
  return add(sum, add(u, add(scale(t, 0.5), multiply(multiply(u, t), polynomial(BERNOULLI, t)))));
}

export function trigamma(x: number): Scaled {
  if (Math.abs(x) < 2 ** -200) {
    const m = x * 2 ** 500;
    return { ...divide(ONE, twoProduct(m, m)), binary: 1000 };
  }
  if (x > 2 ** 300) return { ...divide(ONE, pair(x * 2 ** -200)), binary: -200 };
  if (x > 0) return scaled(trigammaOf(pair(x)));
  const r = x - nearest(x);
  if (r === 0) return scaled(pair(Number.POSITIVE_INFINITY));
  const sine = sinCosPi(r)[0];
  return scaled(add(divide(PI2, multiply(sine, sine)), minus(trigammaOf(twoSum(1, -x)))));
}

export function tetragamma(x: number): Scaled {
  if (x < 2 ** -200) {
    const m = x * 2 ** 300;
    return { ...divide(pair(-2), multiply(twoProduct(m, m), pair(m))), binary: 900 };
  }
  if (x > 2 ** 300) {
    const u = divide(ONE, pair(x * 2 ** -500));
    return { ...minus(multiply(u, u)), binary: -1000 };
  }
  let sum = pair(0);
  const n = steps(pair(x));
  for (let k = 0; k < n; k++) {
    const m = twoSum(x, k);
    sum = add(sum, divide(pair(-2), multiply(multiply(m, m), m)));
  }
  const u = divide(ONE, twoSum(x, n));
  const t = multiply(u, u);
  return scaled(add(sum, minus(add(t, add(multiply(t, u), multiply(multiply(t, t), polynomial(PSI_2.map(minus), t)))))));
}

/** log(1 + t), 0 < t <= 1: by 2 artanh(t/(2 + t)) where it is small. */
function log1pOf(t: DoubleDouble): DoubleDouble {
  if (t.high > 2 ** -12) return logOf(add(ONE, t));
  const s = divide(t, add(t, pair(2)));
  const s2 = multiply(s, s);
  let sum = pair(0);
  for (let n = 9; n >= 1; n -= 2) sum = add(multiply(sum, s2), divide(ONE, pair(n)));
  return scale(multiply(s, sum), 2);
}

/** log B(p, q), FAR <= p <= q: Stirling's series of the three, whose large terms cancel on paper. */
function logBetaFar(p: DoubleDouble, q: DoubleDouble): DoubleDouble {
  const s = add(p, q);
  const r = divide(p, q);
  const l = log1pOf(r);
  const mu = (x: DoubleDouble) => {
    const u = divide(ONE, x);
    return multiply(u, polynomial(BINET, multiply(u, u)));
  };
  const main = add(multiply(add(p, pair(-0.5)), add(logOf(r), minus(l))), minus(multiply(q, l)));
  return add(add(main, add(HALF_LOG_2PI, scale(logOf(q), -0.5))), add(mu(p), add(mu(q), minus(mu(s)))));
}

export function lbeta(a: number, b: number): Scaled {
  const p = Math.min(a, b);
  const q = Math.max(a, b);
  // (1 + p/q)/p, and past 2^850 q^-p Gamma(p) or the terms in proportion to p and q.
  const up = q < 1 ? 2 ** 500 : q > 2 ** 500 ? 2 ** -500 : 1;
  if (p < 2 ** -300) return scaled(add(log1pOf(divide(pair(p * up), pair(q * up))), minus(value(log(p)))));
  if (q > 2 ** 850 && p < 2 ** 700) return scaled(add(value(lgamma(p)), minus(multiply(pair(p), value(log(q))))));
  if (q > 2 ** 850) {
    const [P, Q] = [pair(p * 2 ** -500), pair(q * 2 ** -500)];
    const r = divide(P, Q);
    const l = log1pOf(r);
    return { ...add(multiply(P, add(logOf(r), minus(l))), minus(multiply(Q, l))), binary: 500 };
  }
  // B(p, q) = B(p+1, q) (p+q)/p = B(p, q+1) (p+q)/q.
  let [x, y] = [pair(p), pair(q)];
  let logs = pair(0);
  const n = steps(x);
  if (q < FAR) {
    const k = steps(y);
    logs = logOf(divide(rising(add(x, y), k), rising(y, k)));
    y = add(y, pair(k));
  }
  if (n > 0) {
    let ratio = ONE;
    for (let k = 0; k < n; k++) ratio = multiply(ratio, add(ONE, divide(add(x, pair(k)), y)));
    logs = add(logs, logOf(divide(ratio, rising(add(x, ONE), n - 1))));
    logs = add(logs, add(multiply(pair(n), logOf(y)), minus(value(log(p)))));
    x = add(x, pair(n));
  }
  return scaled(add(logs, x.high <= y.high ? logBetaFar(x, y) : logBetaFar(y, x)));
}
