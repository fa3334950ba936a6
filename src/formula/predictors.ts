// A formula's variables one by one, for models that take each as it is: numbers, or a factor with all its levels.

import type { Coded } from "./blocks.ts";
import { codedAs, type Known } from "./coding.ts";
import { deparse } from "./deparse.ts";
import type { Response } from "./design.ts";
import { namesIn, type Scope, senseless } from "./evaluate.ts";
import { expand, placesOf, type Variable } from "./expansion.ts";
import { readFormula } from "./formula.ts";
import { type Data, Frame, type Levels } from "./frame.ts";
import { functions } from "./functions.ts";
import { columnOf, type RowOptions, readVariables } from "./rows.ts";
import type { Value } from "./value.ts";

/** A column of numbers, NaN a missing one, or codes of levels, -1 a missing one. */
export type Predictor =
  | { readonly kind: "numbers"; readonly label: string; readonly values: Float64Array }
  | { readonly kind: "factor"; readonly label: string; readonly codes: Int32Array; readonly levels: readonly string[] };

/** The variables of a formula over the rows that have all of them. */
export interface PredictorRows {
  readonly predictors: readonly Predictor[];
  readonly response: Response;
  /** Rows of the data that are kept, ascending; undefined if all are. */
  readonly kept: Int32Array | undefined;
  readonly omitted: number;
  readonly beside: Readonly<Record<string, Float64Array>>;
  /**
   * The same columns of new data, all rows, missing values among them.
   *
   * @throws RangeError for a column that is missing, another kind of column, or a level that the fit's rows did not have.
   */
  again(data: Data): Predictor[];
}

/**
 * Reads a formula's variables over data; its terms are single variables, since a model that takes them apart knows no interaction.
 *
 * @throws SyntaxError or RangeError with the position in the formula, TypeError or RangeError naming column, row, value and need.
 */
export function predictors(formula: string, data: Data, { levels, ...options }: RowOptions & { levels?: Levels } = {}): PredictorRows {
  const { text, response, parts } = readFormula(formula);
  const frame = new Frame(data, levels);
  const scope: Scope = { formula: text, functions, frame, learned: new Map() };
  if (!response) throw new RangeError(`formula: ${JSON.stringify(text)} has no response; "y ~ x" has one.`);
  if (parts.length !== 1) throw new RangeError(`formula: ${JSON.stringify(text)} has ${parts.length} parts; one is needed.`);
  const answered = new Set(namesIn(response));
  const dot = frame.names.filter((name) => !answered.has(name));
  const terms = expand(text, parts[0]!, dot);
  const answer = { label: deparse(response), node: response };
  const variables = terms.terms.map((term): Variable => {
    const own = placesOf(term).map((place) => terms.variables[place]!);
    if (own.length === 1 && own[0]!.label !== answer.label) return own[0]!;
    const wrong = own.length > 1 ? `has the interaction ${own.map(({ label }) => label).join(":")}` : `has its response among the terms`;
    throw senseless(scope, `${wrong}; terms of one variable each are needed`, own[0]!.node);
  });
  if (terms.offsets.length > 0) {
    throw senseless(scope, "has an offset, which is no part of a class's distribution", terms.variables[terms.offsets[0]!]!.node);
  }
  if (variables.length === 0) throw new RangeError(`formula: ${JSON.stringify(text)} has no variable after the ~; one is needed.`);
  const known: Known = new Map();
  const { coded, response: found, kept, omitted, beside } = readVariables({ parts: [terms], answer, known }, scope, true, options);
  return {
    predictors: variables.flatMap((variable) => apart(coded(variable))),
    response: found!,
    kept,
    omitted,
    beside,
    again: againOf(text, variables, known, scope.learned),
  };
}

/** Apart, so that it holds nothing of the fit's rows. */
function againOf(formula: string, variables: readonly Variable[], known: Known, learned: Scope["learned"]): PredictorRows["again"] {
  return (data) => {
    const scope: Scope = { formula, functions, frame: new Frame(data, {}, "newData"), learned };
    return variables.flatMap((variable): Predictor[] => {
      const value = columnOf(variable, scope);
      const { label } = variable;
      // A column in which all is missing does not say of what kind it is.
      if (value.kind === "numbers" && isFactor(known.get(label)?.kind) && value.values.every(Number.isNaN)) {
        return [{ kind: "numbers", label, values: value.values }];
      }
      return apart(codedAs(variable, value, undefined, known, scope));
    });
  };
}

function isFactor(kind: Value["kind"] | undefined): boolean {
  return kind === "factor" || kind === "logical";
}

/** Columns of a variable: several of a poly(). */
function apart(coded: Coded): Predictor[] {
  if (coded.kind === "factor") return [coded];
  return coded.columns.map((values, k) => ({ kind: "numbers", label: `${coded.label}${coded.ends[k]}`, values }));
}
