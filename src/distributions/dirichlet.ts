import { isNumbers } from "../likelihood/ellipse.ts";
import { nonexistent } from "../likelihood/model.ts";
import type { Peak, Search } from "../likelihood/rowModel.ts";
import { logMoments, mean, secondMoments } from "../likelihood/statistics.ts";
import { exp, log } from "../math/elementary.ts";
import { lgamma, lgammaDifference } from "../math/gamma.ts";
import { digamma, digammaDifference, trigamma, trigammaDifference } from "../math/polygamma.ts";
import { eigenSymmetric } from "../math/symmetric.ts";
import type { Matrix } from "../wasm/matrix.ts";
import type { VectorFamily } from "./rowFamily.ts";

/** How far the sum of a row may be from 1. */
const SIMPLEX = 1e-9;

/**
 * There is a maximum where the columns' geometric means sum to less than 1 (Ronning 1989), which they do unless all rows are equal. Nearer to 1
 * than this, they are equal but for the rounding of the rows.
 */
const APART = 1e-14;

/**
 * Dirichlet with density Γ(Σ alpha) / Π Γ(alpha_j) Π x_j^(alpha_j - 1) on rows of positive numbers that sum to 1. The log-likelihood is
 * concave in alpha and needs the mean logarithms only; Newton's step takes O(d), since the Hessian is a diagonal and a constant (Minka 2000,
 * Estimating a Dirichlet distribution). No maximum where all rows are equal: alpha → ∞ in proportion.
 * Ronning (1989), J. Stat. Comput. Simul. 32, 215.
 */
export const dirichlet: VectorFamily = {
  variate: "vector",
  name: "dirichlet",
  parameters: [{ name: "alpha", shape: "vector", domain: "positive" }],
  support: { text: "rows of values > 0 that sum to 1", whole: false },
  density: "Γ(Σ alpha) / Π Γ(alpha_j) Π x_j^(alpha_j - 1)",
  source: "Minka (2000), Estimating a Dirichlet distribution; Ronning (1989), J. Stat. Comput. Simul. 32, 215",
  existence: "not if all rows are equal",
  refuse(row) {
    if (row.length < 2) return { is: "has one column", need: "two at least are needed" };
    const column = row.findIndex((x) => !(x > 0));
    if (column >= 0) return { column, need: "values > 0 are needed" };
    const sum = row.reduce((total, x) => total + x, 0);
    return Math.abs(sum - 1) > SIMPLEX ? { is: `sums to ${sum}`, need: "a sum that differs from 1 by 1e-9 at most is needed" } : undefined;
  },
  search,
  at({ alpha }) {
    if (!isNumbers(alpha) || alpha.length < 2 || !alpha.every((a) => a > 0))
      return "alpha is no array of numbers > 0; two at least are needed";
    const total = alpha.reduce((sum, a) => sum + a, 0);
    const constant = lgamma(total) - alpha.reduce((sum, a) => sum + lgamma(a), 0);
    return {
      dimension: alpha.length,
      logPdf(row) {
        const sum = Array.from(row).reduce((part, x) => part + x, 0);
        if (Math.abs(sum - 1) > SIMPLEX || !alpha.every((_, j) => row[j]! >= 0)) return Number.NEGATIVE_INFINITY;
        return alpha.reduce((value, a, j) => (a === 1 ? value : value + (a - 1) * log(row[j]!)), constant);
      },
      mean: () => alpha.map((a) => a / total),
      covariance: () => alpha.map((a, i) => alpha.map((b, j) => ((i === j ? a * total : 0) - a * b) / (total * total * (total + 1)))),
      random(random) {
        const draws = alpha.map((a) => random.gamma(a));
        const sum = draws.reduce((part, x) => part + x, 0);
        return draws.map((x) => x / sum);
      },
    };
  },
};

function* search(matrix: Matrix): Search {
  const { columns, weight: n } = matrix;
  const logs = columns.map((column) => logMoments(column).mean);
  matrix.passes += 2;
  if (1 - logs.reduce((sum, value) => sum + exp(value), 0) < APART) {
    return nonexistent("All rows are equal, to their rounding: the likelihood grows without bound as alpha → ∞ in proportion to them.");
  }
  let alpha = start(matrix, logs);
  let here = evaluate(alpha, logs, n);
  for (let evaluations = 1, iterations = 0, previous = Number.POSITIVE_INFINITY; ; iterations++) {
    yield here.value;
    const { decrement, step } = here;
    const ended =
      decrement < 1e-13 ? "decrement" : iterations === 200 ? "iterations" : decrement < 1e-5 && decrement > 0.5 * previous && "step";
    if (ended) return peakOf(alpha, here, n, logs, { iterations, evaluations, stop: decrement < 1e-10 ? "decrement" : ended });
    previous = decrement;
    // Concave: half steps until the value rises, where the whole one leaves the domain or goes too far.
    const noise = 1e-13 * (n + Math.abs(here.value));
    for (let length = 1; ; length /= 2) {
      if (length < 1e-15) return peakOf(alpha, here, n, logs, { iterations, evaluations, stop: "step" });
      const next = alpha.map((a, j) => a + length * step[j]!);
      if (!next.every((a) => a > 0)) continue;
      const there = evaluate(next, logs, n);
      evaluations++;
      if (!(there.value >= here.value - noise)) continue;
      alpha = next;
      here = there;
      break;
    }
  }
}

interface Evaluated {
  readonly value: number;
  readonly score: readonly number[];
  readonly step: readonly number[];
  /** In standard errors. */
  readonly decrement: number;
}

/**
 * Value, score and Newton's step. One alpha may be all but the whole sum, 10^10 times the others: what the sum and it have in common is
 * left out by differences.
 */
function evaluate(alpha: readonly number[], logs: readonly number[], n: number): Evaluated {
  const { top, rest, total } = dominant(alpha);
  const psi = digamma(total);
  const common = lgammaDifference(alpha[top]!, rest);
  const value = n * alpha.reduce((sum, a, j) => sum - (j === top ? 0 : lgamma(a)) + (a - 1) * logs[j]!, common);
  const score = alpha.map((a, j) => n * ((j === top ? digammaDifference(a, rest) : psi - digamma(a)) + logs[j]!));
  const step = errorsTimes(alpha, score, n);
  return {
    value,
    score,
    step,
    decrement: Math.sqrt(
      Math.max(
        0,
        step.reduce((sum, own, j) => sum + own * score[j]!, 0),
      ),
    ),
  };
}

/** The largest alpha and the sum of the others. */
function dominant(alpha: readonly number[]): { top: number; rest: number; total: number } {
  const top = alpha.indexOf(Math.max(...alpha));
  const rest = alpha.reduce((sum, a, j) => (j === top ? sum : sum + a), 0);
  return { top, rest, total: rest + alpha[top]! };
}

/** The inverse information times a vector: the information is n (diag ψ'(alpha) - ψ'(Σ alpha)), inverted by Sherman & Morrison (1950). */
function errorsTimes(alpha: readonly number[], vector: readonly number[], n: number): number[] {
  const { top, rest, total } = dominant(alpha);
  const inverse = alpha.map((a) => 1 / trigamma(a));
  const common = trigamma(total);
  const along = inverse.reduce((sum, own, j) => sum + own * vector[j]!, 0);
  // 1 / ψ'(total) less the sum of 1 / ψ'(alpha_j).
  const gap = inverse.reduce(
    (sum, own, j) => (j === top ? sum : sum - own),
    (-trigammaDifference(alpha[top]!, rest) * inverse[top]!) / common,
  );
  return inverse.map((own, j) => (own * (vector[j]! + along / gap)) / n);
}

/** The concentration that the columns' variances tell, then a step of Minka's fixed point with his approximate inverse of ψ. */
function start({ columns }: Matrix, logs: readonly number[]): number[] {
  const each = columns.map((column) => {
    const center = mean(column);
    const { unit, first, second } = secondMoments(column, center);
    const variance = unit * unit * (second - first * first);
    return variance > 0 ? log((center * (1 - center)) / variance) : 0;
  });
  const psi = digamma(exp(each.reduce((sum, value) => sum + value, 0) / each.length));
  return logs.map((value) => {
    const y = psi + value;
    return y >= -2.22 ? exp(y) + 0.5 : -1 / (y - digamma(1));
  });
}

function peakOf(
  alpha: readonly number[],
  { value, score, decrement }: Evaluated,
  n: number,
  logs: readonly number[],
  end: Pick<Peak["proof"], "iterations" | "evaluations" | "stop">,
): Peak {
  const { total } = dominant(alpha);
  const unit = alpha.map((_, i) => alpha.map((_, j) => (i === j ? 1 : 0)));
  const information = alpha.map((a, i) => alpha.map((b, j) => n * a * b * ((i === j ? trigamma(a) : 0) - trigamma(total))));
  return {
    theta: alpha,
    covariance: unit.map((column) => errorsTimes(alpha, column, n)),
    unit: alpha.map(() => 1),
    free: alpha.length,
    logLik: value,
    influence: (row) =>
      errorsTimes(
        alpha,
        row.map((x, j) => log(x) - logs[j]! + score[j]! / n),
        n,
      ),
    // In log alpha.
    proof: {
      ...end,
      decrement,
      scoreNorm: Math.max(...score.map((own, j) => Math.abs(own * alpha[j]!))),
      eigenvalues: [...eigenSymmetric(Float64Array.from(information.flat()), alpha.length).values],
    },
  };
}
