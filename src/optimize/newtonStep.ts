import type { Factored, Products } from "./normalEquations.ts";

/** Value, score and information at coefficients. */
export interface Evaluation {
  readonly value: number;
  readonly score: Float64Array;
  readonly products: Products;
  /** Of a parameter beside the coefficients, on its logarithm: score, information, and the information's entries with the coefficients. */
  readonly own?: { readonly score: number; readonly information: number; readonly cross: Float64Array };
  /** By how much the value changes what a decrement of 1 is worth: the dispersion. */
  readonly dispersion: number;
  /** What of the value is not the log-likelihood's: the logarithm of a prior. */
  readonly beyond?: number;
}

export interface Step {
  readonly beta: Float64Array;
  readonly own: number;
  readonly gain: number;
  readonly decrement: number;
}

/** Whether the information with the parameter beside the coefficients is positive definite too. */
export function isDefinite({ own }: Evaluation, factored: Factored): boolean {
  return !own || own.information - dot(own.cross, factored.solve(own.cross)) > 0;
}

/** Newton's step: the coefficients', and the other parameter's by the complement of Schur. */
export function stepFrom({ score, own }: Evaluation, factored: Factored): Step {
  const alone = factored.solve(score);
  const squared = dot(score, alone);
  if (!own) return { beta: alone, own: 0, gain: 0.5 * squared, decrement: Math.sqrt(Math.max(0, squared)) };
  const through = factored.solve(own.cross);
  const left = own.score - dot(own.cross, alone);
  const complement = own.information - dot(own.cross, through);
  // Without curvature, a step up of at most a factor e.
  const bend = complement > 0 ? complement : Math.abs(left) + 1e-300;
  const step = Math.max(-2, Math.min(2, left / bend));
  const both = squared + left * step;
  return {
    beta: alone.map((b, j) => b - through[j]! * step),
    own: step,
    gain: 0.5 * both,
    decrement: Math.sqrt(Math.max(0, both)),
  };
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}
