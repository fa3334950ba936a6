import { triangular } from "../math/triangle.ts";
import type { PartsData } from "../regression/partsData.ts";
import { eachEntry } from "../regression/predictor.ts";
import { type CovarianceKind, labelsOf, sandwichFrom } from "../regression/regressionSandwich.ts";
import { partPredictor } from "./vglmParts.ts";
import type { VglmFound, VglmProblem } from "./vglmSearch.ts";

/** What each row adds to the log-likelihood, and its slopes in the linear predictors, at the coefficients found. */
export function rowTermsAt({ parts, columns, terms }: VglmProblem, found: VglmFound): { l: Float64Array; u: readonly Float64Array[] } {
  const { rows } = parts[0]!.design;
  const vectors = (count: number) => Array.from({ length: count }, () => new Float64Array(rows));
  const [l, u, w] = [new Float64Array(rows), vectors(parts.length), vectors(triangular(parts.length))];
  const etas = parts.map((part, a) => partPredictor(part, a, found));
  terms(columns, etas, l, u, w);
  return { l, u };
}

/** The sandwich "HC0", "HC1" or by clusters of a model of several linear predictors, for the columns as they were moved. */
export function partSandwich(
  kind: CovarianceKind,
  problem: VglmProblem,
  found: VglmFound,
  given: PartsData,
): (i: number, j: number) => number {
  if (kind !== "HC0" && kind !== "HC1" && typeof kind !== "object") {
    throw new RangeError(`covariance is ${JSON.stringify(kind)}; this model has "observed", "HC0", "HC1" and { cluster }.`);
  }
  const { parts, columns, width } = problem;
  const { rows } = parts[0]!.design;
  const { peak, aliased, coordinates } = found;
  const { u } = rowTermsAt(problem, found);
  const { weights } = columns;
  const scoresOf = (row: number, call: (place: number, score: number) => void) => {
    parts.forEach(({ design, places }, a) => {
      const moves = coordinates.moves[a]!;
      const score = (weights ? weights[row]! : 1) * u[a]![row]!;
      eachEntry(design, row, (column, value) => {
        const move = moves[column];
        call(places[column]!, score * (move ? (value - move.center) * move.scale : value));
      });
    });
  };
  const { kept } = given;
  const labels = typeof kind === "object" ? labelsOf(kind) : undefined;
  const own = labels && kept && labels.length === given.rows ? { cluster: Array.from(kept, (row) => labels[row]!) } : kind;
  return sandwichFrom(own, rows, width, scoresOf, peak.factored.inverse, aliased);
}
