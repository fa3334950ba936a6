import { numbers } from "../data/observations.ts";
import { givenOptions } from "../estimators/optionNames.ts";
import type { Response, Strata } from "../formula/design.ts";
import { pick } from "../regression/regressionData.ts";
import { centredRows, rowsInOrder } from "./centredRows.ts";
import { type ChoiceSets, ConditionalLogit } from "./conditionalLogit.ts";
import { conditionalSearch } from "./conditionalSearch.ts";
import { RelativeRiskFit } from "./relativeRisk.ts";
import { STRATIFIED_OPTIONS, type StratifiedData, type StratifiedOptions, stratifiedData } from "./stratifiedData.ts";

/** What conditional logistic regression takes: a formula over data with strata(…), or a design, `y` and `strata`. */
export interface ClogitOptions extends StratifiedOptions {
  /** 1 (true) for cases, chosen rows, and 0 (false) for the others. */
  readonly y?: ArrayLike<number | boolean> | undefined;
}

const OPTIONS = { ...STRATIFIED_OPTIONS, y: true } as const;

/**
 * Fits conditional logistic regression by the exact conditional likelihood: in each stratum of matched sets, which rows are the cases, given how
 * many. With one case for each set it is also McFadden's conditional logit of choices. `weights` are equal within a set, and multiply its part
 * in the likelihood.
 *
 * @throws RangeError or TypeError for data that cannot be used, naming place, value and need.
 * @example
 * const r = await clogit({ formula: "case ~ induced + spontaneous + strata(stratum)", data });
 * r.ratios(); // { induced: { ratio: 4.09, lower: 2.02, upper: 8.30 }, … }
 */
export async function clogit(asked: ClogitOptions): Promise<ClogitFit> {
  const options = givenOptions(asked, OPTIONS);
  const data = stratifiedData(options, options.formula === undefined ? { y: given(options.y) } : {});
  const { design, strata, weights, offset } = data;
  if (!strata) throw new RangeError("There are no strata; strata(set) in the formula, or one label per row as strata, is needed.");
  const chosen = chosenOf(data, options.formula);
  const { order, begin } = setsOf(strata);
  const { z, scales } = centredRows(design, strata.codes, strata.levels.length, undefined);
  const columns = design.names.length;
  const rows = {
    columns,
    z: rowsInOrder(z, columns, order),
    weights: weights && pick(weights, order),
    offset: offset && pick(offset, order),
  };
  const sets = { begin, chosen: Uint8Array.from(order, (row) => chosen[row]!) };
  refuseUnequal(sets, rows.weights, strata, order);
  const found = conditionalSearch(new ConditionalLogit(sets, rows));
  const nevent = chosen.reduce((sum, value) => sum + value, 0);
  return new ClogitFit({
    model: "clogit",
    family: "exact conditional logit",
    likelihood: "conditional likelihood",
    names: design.names,
    scales,
    found,
    nobs: design.rows,
    omitted: data.given.omitted,
    formula: options.formula,
    nevent,
    compared: { likelihood: "a conditional likelihood", design, offset, columns: { y: chosen, strata: strata.codes, weights } },
    empty: isMixed(sets)
      ? undefined
      : "No stratum has both cases and others: the conditional likelihood is 1 whatever the coefficients are.",
  });
}

function given(y: unknown): ArrayLike<number> {
  return Array.isArray(y) && typeof y[0] === "boolean" ? y.map(Number) : numbers(y, "y");
}

/** 1 for cases; of a factor, its second level. */
function chosenOf({ response, columns }: StratifiedData, formula: string | undefined): Uint8Array {
  const values = formula === undefined ? columns.y! : caseNumbers(response, formula);
  return Uint8Array.from(values, (value, row) => {
    if (value === 0 || value === 1) return value;
    throw new RangeError(`y[${row}] is ${value}; 0 and 1, or false and true, are needed.`);
  });
}

function caseNumbers(response: Response | undefined, formula: string): ArrayLike<number> {
  if (response?.kind === "numbers") return response.values;
  if (response?.kind === "levels" && response.levels.length === 2) return response.codes;
  throw new RangeError(
    `formula: ${JSON.stringify(formula)} has no cases as its response; 0 and 1, truths or a factor of two levels are needed.`,
  );
}

/** Rows by their stratum. */
function setsOf({ codes, levels }: Strata): { order: Int32Array; begin: Int32Array } {
  const begin = new Int32Array(levels.length + 1);
  for (const code of codes) begin[code + 1]!++;
  for (let s = 0; s < levels.length; s++) begin[s + 1]! += begin[s]!;
  const next = begin.slice();
  const order = new Int32Array(codes.length);
  codes.forEach((code, row) => {
    order[next[code]!++] = row;
  });
  return { order, begin };
}

function refuseUnequal({ begin }: ChoiceSets, weights: Float64Array | undefined, { levels }: Strata, order: Int32Array): void {
  if (!weights) return;
  for (let s = 0; s + 1 < begin.length; s++) {
    for (let i = begin[s]!; i < begin[s + 1]!; i++) {
      const first = weights[begin[s]!]!;
      if (weights[i] === first) continue;
      throw new RangeError(
        `weights[${order[i]}] is ${weights[i]} in stratum ${levels[s]}, which has ${first}, too; one weight for each is needed.`,
      );
    }
  }
}

/** Whether any set has both cases and others. */
function isMixed({ begin, chosen }: ChoiceSets): boolean {
  for (let s = 0; s + 1 < begin.length; s++) {
    for (let i = begin[s]! + 1; i < begin[s + 1]!; i++) if (chosen[i] !== chosen[i - 1]) return true;
  }
  return false;
}

/** A fit of conditional logistic regression. */
export class ClogitFit extends RelativeRiskFit {
  protected rowScores(): undefined {
    return undefined;
  }

  protected labelsOf(cluster: ArrayLike<number | string>): ArrayLike<number | string> {
    return cluster;
  }
}
