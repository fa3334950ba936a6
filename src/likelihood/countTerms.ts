import { exp, expm1, log, log1p } from "../math/elementary.ts";
import { log1mexp } from "../math/logarithms.ts";
import { negativeBinomialLogMass } from "../math/negativeBinomial.ts";
import { digammaDifference, trigammaDifference } from "../math/polygamma.ts";
import { poissonLogMass } from "../math/saddlePoint.ts";
import type { Term } from "./mass.ts";
import type { Evaluation } from "./model.ts";

// Log-masses of counts with their derivatives, and what becomes of them where zeros are missing or too many.

/** Poisson: theta = (lambda). */
export const poissonTerm: Term = (x, [lambda]) => ({
  value: poissonLogMass(x, lambda!),
  score: [x / lambda! - 1],
  information: [[x / lambda! / lambda!]],
});

/** Negative binomial: theta = (size, mu). */
export const negativeBinomialTerm: Term = (x, [size, mu]) => ({
  value: negativeBinomialLogMass(x, size!, mu!),
  score: negativeBinomialScore(x, size!, mu!),
  information: negativeBinomialInformation(x, size!, mu!),
});

export function negativeBinomialScore(x: number, size: number, mu: number): number[] {
  const total = size + mu;
  return [(x === 0 ? 0 : digammaDifference(size, x)) - log1p(mu / size) + (mu - x) / total, ((size / total) * (x - mu)) / mu];
}

function negativeBinomialInformation(x: number, size: number, mu: number): number[][] {
  const total = size + mu;
  const cross = (mu - x) / (total * total);
  return [
    [-(x === 0 ? 0 : trigammaDifference(size, x)) - mu / (size * total) + (mu - x) / (total * total), cross],
    [cross, x / (mu * mu) - (x + size) / (total * total)],
  ];
}

/** -log(1 - P(0)), which the log-mass of a count given that it is positive gains; q = P(0) / (1 - P(0)). */
export function truncation(term: Term): (theta: readonly number[]) => Evaluation {
  return (theta) => {
    const zero = term(0, theta);
    const q = 1 / expm1(-zero.value);
    return {
      value: -log1mexp(zero.value),
      score: zero.score.map((s) => q * s),
      information: zero.information.map((row, i) => row.map((entry, j) => q * entry - q * (1 + q) * zero.score[i]! * zero.score[j]!)),
    };
  };
}

/** The term where, with probability pi, the count is 0: pi follows the other parameters. */
export function inflated(term: Term): Term {
  return (x, theta) => {
    const pi = theta.at(-1)!;
    const one = term(x, theta);
    if (x > 0) return { value: log1p(-pi) + one.value, ...bordered(one, 1, -1 / (1 - pi), () => 0, 1 / (1 - pi) / (1 - pi)) };
    const missing = -expm1(one.value);
    const zero = exp(one.value);
    const total = pi + (1 - pi) * zero;
    const share = ((1 - pi) * zero) / total;
    const slope = missing / total;
    return {
      value: total < 0.5 ? log(total) : log1p(-(1 - pi) * missing),
      ...bordered(one, share, slope, (s) => ((zero / total) * s) / total, slope * slope),
    };
  };
}

/** Score and information of a term that counts by a share, with one more parameter. */
function bordered({ score, information }: Evaluation, share: number, slope: number, cross: (score: number) => number, corner: number) {
  const rows = information.map((row, i) => [
    ...row.map((entry, j) => share * entry - share * (1 - share) * score[i]! * score[j]!),
    cross(score[i]!),
  ]);
  return {
    score: [...score.map((s) => share * s), slope],
    information: [...rows, [...score.map(cross), corner]],
  };
}
