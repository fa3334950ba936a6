import type { Evaluation } from "../optimize/newtonStep.ts";

/** A log-likelihood of which rows of each set were chosen: only differences between rows of a set count. */
export interface ConditionalLikelihood {
  /** Columns of the design. */
  readonly columns: number;
  /** The same without its offset. */
  readonly plain: ConditionalLikelihood;
  evaluate(beta: Float64Array): ConditionalEvaluation;
  /**
   * The likelihood that is left at the end of a direction along which this one never falls; undefined where it falls, or does not change.
   *
   * @param tolerance - Of a predictor, relative to the largest: what is closer to a set's highest counts as highest.
   */
  along(direction: Float64Array, tolerance: number): ConditionalLikelihood | undefined;
}

export interface ConditionalEvaluation extends Evaluation {
  /** Of each column what its information is the rest of, when the sets' means have been taken away: where nothing is left, it is aliased. */
  readonly sizes: Float64Array;
}

/** The rows of a design without its columns' means. */
export interface Covariates {
  readonly columns: number;
  /** Row by row, `columns` numbers each. */
  readonly z: Float64Array;
  readonly weights: Float64Array | undefined;
  readonly offset: Float64Array | undefined;
}

/** z beta + offset of every row. */
export function predictors({ columns, z, offset }: Covariates, beta: Float64Array): Float64Array {
  const eta = new Float64Array(columns === 0 ? (offset?.length ?? 0) : z.length / columns);
  for (let i = 0, at = 0; i < eta.length; i++) {
    let sum = offset ? offset[i]! : 0;
    for (let j = 0; j < columns; j++) sum += z[at++]! * beta[j]!;
    eta[i] = sum;
  }
  return eta;
}
