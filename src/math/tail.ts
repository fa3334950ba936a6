/**
 * A tail probability kept as exp(exponent) * factor, so that its logarithm survives where it underflows, and the integral
 * that gives such tails when the parameters are large: ∫ exp(φ(s)) j(s) ds over s >= 0 for a concave φ that falls from
 * φ(0) = 0. The range ends where φ = -40, and 28 Gauss-Legendre points cover it: 1e-21 for a Gaussian, 1e-25 for an
 * exponential, the two shapes between which such tails lie. All summands are positive, so only exp(φ) rounds.
 */
import { exp, expm1, log, log1p } from "./elementary.ts";
import { log1mexp } from "./logarithms.ts";

export interface Tail {
  /** Which of the two tails this is. */
  readonly upper: boolean;
  readonly exponent: number;
  readonly factor: number;
}

/** The probability of the tail asked for: the one we have, or one minus it. */
export function probability(tail: Tail, upper: boolean): number {
  const p = Math.min(1, exp(tail.exponent) * tail.factor);
  return tail.upper === upper ? p : 1 - p;
}

export function logProbability(tail: Tail, upper: boolean): number {
  const logP = Math.min(0, tail.exponent + log(tail.factor));
  if (tail.upper === upper) return logP;
  return logP > -0.5 ? log1mexp(logP) : log1p(-exp(tail.exponent) * tail.factor);
}

/** The smaller side of what is asked for: log of min(p, 1 - p), and whether the side was changed. */
export function smallerSide(p: number, upper: boolean): { logP: number; upper: boolean } {
  return p <= 0.5 ? { logP: log(p), upper } : { logP: log1p(-p), upper: !upper };
}

const NODES = [
  0.9964424975739544, 0.9813031653708727, 0.9542592806289382, 0.9156330263921321, 0.8658925225743951, 0.8056413709171791,
  0.7356108780136318, 0.656651094038865, 0.5697204718114017, 0.4758742249551183, 0.3762515160890787, 0.2720616276351781,
  0.16456928213338076, 0.05507928988403427,
];
const WEIGHTS = [
  0.009124282593094517, 0.02113211259277126, 0.03290142778230438, 0.04427293475900423, 0.05510734567571675, 0.0652729239669996,
  0.07464621423456878, 0.08311341722890121, 0.09057174439303284, 0.09693065799792992, 0.10211296757806076, 0.10605576592284642,
  0.10871119225829413, 0.1100470130164752,
];

export interface LogConcave {
  /** φ(s), φ(0) = 0. */
  value(s: number): number;
  /** φ'(s) <= 0. */
  slope(s: number): number;
  /** A positive factor of the integrand. */
  weight(s: number): number;
  /** -φ''(0), for the first guess of the range. */
  readonly curvature: number;
  /** s ends here at the latest. */
  readonly end: number;
}

export function integrateTail(f: LogConcave): number {
  // λ s + κ s²/2 = 40, in the form that does not cancel, then Newton: a tangent of a concave φ never stops short.
  const lambda = -f.slope(0);
  let length = Math.min(80 / (lambda + Math.sqrt(lambda * lambda + 80 * f.curvature)), 0.999 * f.end);
  for (let i = 0; i < 4; i++) length = Math.min(length - (f.value(length) + 40) / f.slope(length), 0.9999 * f.end);
  if (length > 0.99 * f.end) length = f.end;
  return gaussLegendre((s) => exp(f.value(s)) * f.weight(s), length);
}

/** Integral of a function from 0 to `length` by 28 Gauss-Legendre points. */
export function gaussLegendre(f: (s: number) => number, length: number): number {
  let sum = 0;
  const half = 0.5 * length;
  for (let i = 0; i < NODES.length; i++) sum += WEIGHTS[i]! * (f(half * (1 - NODES[i]!)) + f(half * (1 + NODES[i]!)));
  return half * sum;
}

/** 1 - exp(v)(1 + r) for v, r that may both be tiny. */
export function complementOfProduct(v: number, r: number): number {
  return -expm1(v) - exp(v) * r;
}
