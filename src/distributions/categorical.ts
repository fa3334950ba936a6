import { CLOSED, type Peak } from "../likelihood/rowModel.ts";
import { log } from "../math/elementary.ts";
import type { LevelFamily, Tally } from "./rowFamily.ts";

/**
 * Categorical: mass prob_k at level k. The maximum is the levels' shares, with covariance (diag(prob) - prob prob') / n. A level that does
 * not occur has probability 0 there, on the edge of the simplex, and no error: the maximum is that of the levels that occur.
 * Agresti (2013), Categorical Data Analysis, 1.5.
 */
export const categorical: LevelFamily = {
  variate: "level",
  name: "categorical",
  parameters: [{ name: "prob", shape: "vector", domain: "unit" }],
  support: { text: "labels: strings or whole numbers", whole: true },
  density: "prob_k at level k",
  source: "Agresti (2013), Categorical Data Analysis, 1.5",
  existence: "always; levels that do not occur have probability 0",
  maximum,
};

function maximum({ levels, weights, squares }: Tally, robust: boolean): Peak {
  const n = weights.reduce((sum, weight) => sum + weight, 0);
  const prob = weights.map((weight) => weight / n);
  const all = squares.reduce((sum, square) => sum + square, 0);
  // The sandwich: sums of w² (1_i - p_i)(1_j - p_j) / n², which without weights are the same.
  const error = (i: number, j: number) => {
    if (!robust) return ((i === j ? prob[i]! : 0) - prob[i]! * prob[j]!) / n;
    return ((i === j ? squares[i]! : 0) - squares[i]! * prob[j]! - prob[i]! * squares[j]! + all * prob[i]! * prob[j]!) / (n * n);
  };
  const absent = levels.filter((_, k) => weights[k] === 0);
  const named = absent.map((level) => JSON.stringify(level)).join(", ");
  return {
    theta: prob,
    covariance: prob.map((p, i) => prob.map((q, j) => (p === 0 || q === 0 || p === 1 || q === 1 ? 0 : error(i, j)))),
    unit: prob.map(() => 1),
    free: levels.length - 1,
    logLik: weights.reduce((sum, weight, k) => (weight === 0 ? sum : sum + weight * log(prob[k]!)), 0),
    ...(absent.length > 0 && {
      reason: `The maximum of the levels that occur; ${named} ${absent.length > 1 ? "do" : "does"} not, and ${absent.length > 1 ? "have" : "has"} probability 0.`,
    }),
    proof: { ...CLOSED, eigenvalues: [] },
  };
}
