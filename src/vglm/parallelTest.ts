import type { Status } from "../estimators/result.ts";
import type { Design } from "../formula/design.ts";
import { gammaQ } from "../math/incompleteGamma.ts";
import type { Part } from "../regression/parts.ts";
import { expanded } from "../regression/predictor.ts";
import { endOf } from "../regression/searchEnd.ts";
import { type VglmFound, type VglmProblem, vglmSearch } from "./vglmSearch.ts";

/** Whether all cut-points have the same coefficients. */
export interface ParallelTest {
  /** Twice the gain in log-likelihood where every cut-point has coefficients of its own. */
  readonly statistic: number;
  readonly df: number;
  /** Of χ² (Wilks 1938); NaN where there is no maximum to compare with. */
  readonly pValue: number;
  /** Of the fit with coefficients for each cut-point. */
  readonly logLik: number;
  readonly status: Status;
  readonly reason: string;
}

/**
 * Likelihood-ratio test of P(Y <= j) = F(zeta_j - x'b) against F(zeta_j - x'b_j), proportional odds where F is logistic. It starts at the
 * narrower fit; a step to where probabilities are negative for some row is not taken.
 */
export async function parallelTest(problem: VglmProblem, found: VglmFound, width: number): Promise<ParallelTest> {
  const cuts = problem.width - width;
  const { coordinates, peak, aliased } = found;
  const kept = Array.from({ length: width }, (_, j) => j).filter((j) => !aliased[j]);
  const df = kept.length * (cuts - 1);
  if (df === 0) throw new RangeError("There is nothing to test: columns and three levels are needed.");
  // Columns as they were moved, one block of coefficients for each: column j at cut-point l is coefficient j cuts + l.
  const columns = movedColumns(problem.parts[0]!.design, width, coordinates.moves[0]!);
  const parts = problem.parts.map(({ design, offset }): Part => {
    const { codes } = design.blocks.at(-1) as Extract<Design["blocks"][number], { kind: "levels" }>;
    const blocks = [
      ...kept.map((j) => ({ kind: "levels" as const, codes, count: cuts, by: columns[j]! })),
      { kind: "levels" as const, codes, count: cuts },
    ];
    const places = Int32Array.from({ length: (kept.length + 1) * cuts }, (_, k) => k);
    return {
      design: { rows: design.rows, names: Array.from(places, String), blocks, assign: [], terms: [] },
      places,
      absorbers: [],
      offset,
    };
  });
  const start = Float64Array.from({ length: (kept.length + 1) * cuts }, (_, k) => {
    const column = kept[Math.floor(k / cuts)];
    return peak.beta[column ?? width + (k % cuts)]!;
  });
  // Which columns are combinations of others is known.
  const wider = await vglmSearch({ ...problem, parts, width: start.length, start, identified: [] });
  const logLik = wider.peak.evaluation.value;
  const statistic = Math.max(0, 2 * (logLik - peak.evaluation.value));
  const { status, reason } = wider.runaway
    ? { status: "nonexistent" as const, reason: "Levels are separated where every cut-point has coefficients of its own." }
    : endOf(wider.peak.end, wider.peak.decrement);
  return { statistic, df, pValue: status === "interior" ? gammaQ(df / 2, statistic / 2) : Number.NaN, logLik, status, reason };
}

function movedColumns(design: Design, width: number, moves: readonly ({ center: number; scale: number } | undefined)[]): Float64Array[] {
  const own = expanded({ ...design, blocks: design.blocks.slice(0, -1) });
  return own.blocks.slice(0, width).map((block, j) => {
    const move = moves[j];
    const { values } = block as Extract<typeof block, { kind: "column" }>;
    return move ? values.map((value) => (value - move.center) * move.scale) : values;
  });
}
