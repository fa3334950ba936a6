import type { Predictor } from "../formula/predictors.ts";
import { exp, log1p } from "../math/elementary.ts";

/**
 * Scores of rows by class: log p(class) + log p(row | class) up to a number that the classes share, into `scores`; NaN where a value is missing
 * that the model needs.
 */
export type Scoring = (columns: readonly Predictor[]) => (row: number, scores: Float64Array) => void;

/**
 * log p(class | row) by class, each an array over the rows. With m the largest score, log p = score - m - log(1 + sum of e^(score - m) of the
 * others): it neither overflows nor loses the digits of a probability near 0 or 1. NaN where no class has the row.
 */
export function logPosteriors(scoring: Scoring, columns: readonly Predictor[], rows: number, classes: number): Float64Array[] {
  const answers = Array.from({ length: classes }, () => new Float64Array(rows));
  const scores = new Float64Array(classes);
  const score = scoring(columns);
  for (let row = 0; row < rows; row++) {
    score(row, scores);
    let best = 0;
    for (let k = 1; k < classes; k++) if (scores[k]! > scores[best]!) best = k;
    const most = scores[best]!;
    let others = 0;
    for (let k = 0; k < classes; k++) if (k !== best) others += exp(scores[k]! - most);
    const share = log1p(others);
    for (let k = 0; k < classes; k++) answers[k]![row] = scores[k]! - most - share;
  }
  return answers;
}

/** The most probable class of each row, the first of several; -1 where there is none. */
export function mostProbable(logs: readonly Float64Array[]): Int32Array {
  const best = new Int32Array(logs[0]!.length);
  for (let row = 0; row < best.length; row++) {
    let k = 0;
    for (let other = 1; other < logs.length; other++) if (logs[other]![row]! > logs[k]![row]!) k = other;
    best[row] = Number.isNaN(logs[k]![row]!) ? -1 : k;
  }
  return best;
}
