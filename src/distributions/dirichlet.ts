import { isNumbers } from "../likelihood/ellipse.ts";
import { nonexistent } from "../likelihood/model.ts";
import type { Peak, Search } from "../likelihood/rowModel.ts";
import { logMoments, mean, secondMoments } from "../likelihood/statistics.ts";
import { exp, log } from "../math/elementary.ts";
import { lgamma } from "../math/gamma.ts";
import { digamma, trigamma } from "../math/polygamma.ts";
import { eigenSymmetric } from "../math/symmetric.ts";
import type { Matrix } from "../wasm/matrix.ts";
import type { VectorFamily } from "./rowFamily.ts";

/** How far the sum of a row may be from 1. */
const SIMPLEX = 1e-9;

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
  if (columns.every(({ extent: { min, max } }) => max - min <= SIMPLEX * max)) {
    return nonexistent("All rows are equal: the likelihood grows without bound as alpha → ∞ in proportion to them.");
  }
  const logs = columns.map((column) => logMoments(column).mean);
  matrix.passes += 2;
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

function evaluate(alpha: readonly number[], logs: readonly number[], n: number): Evaluated {
  const total = alpha.reduce((sum, a) => sum + a, 0);
  const psi = digamma(total);
  const value = n * alpha.reduce((sum, a, j) => sum - lgamma(a) + (a - 1) * logs[j]!, lgamma(total));
  const score = alpha.map((a, j) => n * (psi - digamma(a) + logs[j]!));
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

/** The inverse information times a vector: the information is n (diag ψ'(alpha) - ψ'(Σ alpha)), inverted by Sherman & Morrison (1950). */
function errorsTimes(alpha: readonly number[], vector: readonly number[], n: number): number[] {
  const inverse = alpha.map((a) => 1 / trigamma(a));
  const common = trigamma(alpha.reduce((sum, a) => sum + a, 0));
  const along = inverse.reduce((sum, own, j) => sum + own * vector[j]!, 0);
  const rest = 1 - common * inverse.reduce((sum, own) => sum + own, 0);
  return inverse.map((own, j) => (own * (vector[j]! + (common * along) / rest)) / n);
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
  const total = alpha.reduce((sum, a) => sum + a, 0);
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
