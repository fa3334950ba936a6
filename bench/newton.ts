/** A log-likelihood with its gradient and negative Hessian at a point. */
export interface Evaluated {
  readonly value: number;
  readonly score: readonly number[];
  readonly information: readonly (readonly number[])[];
}

export interface Optimum {
  readonly point: readonly number[];
  readonly value: number;
  readonly evaluations: number;
}

/**
 * The engine's iteration in plain JavaScript, so that both make the same passes: Newton steps no longer than a radius, and the last
 * step taken without evaluating again when the contraction seen so far puts it a hundredfold below the tolerance, which is the
 * decrement in standard errors, and the information changes by no more than `curvature`.
 */
export function newton(
  evaluate: (point: readonly number[]) => Evaluated,
  start: readonly number[],
  tolerance: number,
  curvature: number,
): Optimum {
  let point = start;
  let here = evaluate(point);
  let evaluations = 1;
  let radius = 1;
  let previous = Number.NaN;
  for (; evaluations < 100; ) {
    const full = solve(here.information, here.score);
    const decrement = Math.sqrt(dot(full, here.score));
    const contraction = decrement / (previous * previous);
    const predicted = contraction * decrement < curvature && contraction * decrement * decrement < 0.01 * tolerance;
    if (decrement < tolerance || predicted) {
      // The last step is known and free.
      point = point.map((x, i) => x + full[i]!);
      break;
    }
    const length = Math.sqrt(dot(full, full));
    const share = Math.min(1, radius / length);
    const next = point.map((x, i) => x + share * full[i]!);
    const there = evaluate(next);
    evaluations++;
    const gain = (share - 0.5 * share * share) * decrement * decrement;
    const noise = 1e-13 * (1 + Math.abs(here.value));
    const ratio = (there.value - here.value + noise) / (gain + noise);
    if (ratio < 0.25) radius = 0.25 * Math.min(radius, length);
    else if (ratio > 0.75 && length > 0.8 * radius) radius *= 3;
    if (!(ratio > 0.01)) continue;
    previous = ratio > 0.5 ? decrement : Number.NaN;
    point = next;
    here = there;
  }
  return { point, value: here.value, evaluations };
}

/** H^-1 g by Cholesky. The data of the benchmark never lead where H is not positive definite; were it so, the results would not agree. */
function solve(matrix: readonly (readonly number[])[], vector: readonly number[]): number[] {
  const p = vector.length;
  const lower = matrix.map((row) => [...row]);
  const solution = [...vector];
  for (let j = 0; j < p; j++) {
    for (let i = j; i < p; i++) {
      let entry = matrix[i]![j]!;
      for (let k = 0; k < j; k++) entry -= lower[i]![k]! * lower[j]![k]!;
      lower[i]![j] = i === j ? Math.sqrt(entry) : entry / lower[j]![j]!;
    }
  }
  for (let i = 0; i < p; i++) {
    for (let k = 0; k < i; k++) solution[i]! -= lower[i]![k]! * solution[k]!;
    solution[i]! /= lower[i]![i]!;
  }
  for (let i = p - 1; i >= 0; i--) {
    for (let k = i + 1; k < p; k++) solution[i]! -= lower[k]![i]! * solution[k]!;
    solution[i]! /= lower[i]![i]!;
  }
  return solution;
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, i) => sum + value * b[i]!, 0);
}
