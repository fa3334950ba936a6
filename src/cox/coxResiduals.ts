import { log } from "../math/elementary.ts";
import type { Moments, PartialLikelihood } from "./partialLikelihood.ts";
import { riskOver } from "./riskSets.ts";

// What Cox's model leaves of its rows, in the order of `at.rows` and for columns as they were scaled. Therneau & Grambsch, "Modeling
// Survival Data", 2000, chapter 4; with ties as R's survival has them.

/** Of each event its columns less their mean in the risk set; Efron's is the mean over the events' orders. Others are 0. */
export function schoenfeldRows({ at, rows, columns: p }: PartialLikelihood, moments: Moments): Float64Array {
  const { risk, tied, hazard, spared, weight } = moments;
  const answers = new Float64Array(at.rows.length * p);
  for (let k = 0; k < at.times.length; k++) {
    const from = k * risk.width + 1;
    for (let i = at.bucket[k]!; i < at.bucket[k + 1]! && at.event[i] === 1; i++) {
      for (let j = 0; j < p; j++) {
        const mean = (hazard[k]! * risk.sums[from + j]! - spared[k]! * tied[from + j]!) / weight[k]!;
        answers[i * p + j] = rows.z[i * p + j]! - mean;
      }
    }
  }
  return answers;
}

/** Each row's share in the score: its Schoenfeld residual, less what it was expected to bring at every time it was at risk. */
export function scoreRows(likelihood: PartialLikelihood, moments: Moments, expected: Float64Array): Float64Array {
  const { at, rows, columns: p, sets } = likelihood;
  const { risks, risk, tied, squares } = moments;
  const answers = schoenfeldRows(likelihood, moments);
  for (let j = 0; j < p; j++) {
    /** At each event time the sums of mean over denominator, over the events' orders; and the share of those that are gone already. */
    const means = new Float64Array(sets.count);
    const gone = new Float64Array(sets.count);
    for (let k = 0; k < sets.count; k++) {
      const [all, own] = [risk.sums[k * risk.width + 1 + j]!, tied[k * risk.width + 1 + j]!];
      means[k] = squares[0][k]! * all - squares[1][k]! * own;
      gone[k] = squares[1][k]! * all - squares[2][k]! * own;
    }
    const brought = sets.gathered(risks, means, risk.tops);
    for (let i = 0; i < at.rows.length; i++) {
      const k = at.end[i]! - 1;
      const spared = at.event[i] === 1 && gone[k] !== 0 ? gone[k]! * riskOver(risks, i, risk.tops[k]!) : 0;
      answers[i * p + j]! += brought[i]! - spared - expected[i]! * rows.z[i * p + j]!;
    }
  }
  return answers;
}

/** Signed so that their squares add up to a deviance. */
export function devianceResidual(event: number, martingale: number): number {
  const rest = event === 1 ? log(1 - martingale) : 0;
  const square = -2 * (martingale + rest);
  return (martingale < 0 ? -1 : 1) * Math.sqrt(Math.max(0, square));
}
