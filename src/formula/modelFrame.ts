// From a formula and data to a response and designs, and the recipe for the designs of new rows.

import type { Known } from "./coding.ts";
import { deparse } from "./deparse.ts";
import type { Response } from "./design.ts";
import { namesIn, type Scope, senseless } from "./evaluate.ts";
import { expand, type Terms } from "./expansion.ts";
import { readFormula } from "./formula.ts";
import { type Data, Frame, type Levels } from "./frame.ts";
import { functions } from "./functions.ts";
import { senselessIn } from "./missing.ts";
import { type DesignRows, type RowOptions, readRows } from "./rows.ts";
import { type SeenColumn, seenColumns } from "./seenColumns.ts";

export interface ModelFrameOptions extends RowOptions {
  /** Orders of levels by column, the first the base; else text sorts by its letters' codes and numbers by size. */
  readonly levels?: Levels;
}

export interface ModelFrame extends DesignRows {
  /** Undefined where nothing stands before the ~. */
  readonly response: Response | undefined;
  /** As R writes it: `log(y)`. */
  readonly responseLabel: string | undefined;
  /** The error for the response's value in a row of the data, naming the cell. */
  refuseResponse(row: number, value: number | string, need: string): RangeError;
  readonly recipe: Recipe;
  /** The data's columns in the terms and offsets, over the rows kept. Worked out when asked for. */
  columns(): SeenColumn[];
}

/** What a fit knows of its formula: with it the columns of new rows mean what those of the fit's rows did. */
export interface Recipe {
  readonly formula: string;
  /**
   * Designs of new data, with the fit's levels, centres and polynomials. The response is not looked at.
   *
   * @throws RangeError for a column that is missing, another kind of column, or a level that the fit's rows did not have.
   */
  designs(data: Data, options?: RowOptions): DesignRows;
}

/**
 * Reads a formula over data.
 *
 * @param formula - In R's language: `y ~ x1 + log(x2) + factor(g)`; with a second part, `y ~ x | z`.
 * @throws SyntaxError or RangeError with the position in the formula, TypeError or RangeError naming column, row, value and need.
 */
export function modelFrame(formula: string, data: Data, { levels, ...options }: ModelFrameOptions = {}): ModelFrame {
  const { text, response, parts } = readFormula(formula);
  const frame = new Frame(data, levels);
  const answer = response && { label: deparse(response), node: response };
  const answered = new Set(response ? namesIn(response) : []);
  const dot = frame.names.filter((name) => !answered.has(name));
  const expanded = parts.map((part) => expand(text, part, dot));
  const scope: Scope = { formula: text, functions, frame, learned: new Map() };
  for (const { variables, terms } of expanded) {
    const place = variables.findIndex(({ label }) => label === answer?.label);
    if (place < 0 || !terms.includes(1n << BigInt(place))) continue;
    throw senseless(scope, `has its response, ${answer!.label}, among the terms, too`, variables[place]!.node);
  }
  const known: Known = new Map();
  const read = readRows({ parts: expanded, answer, known }, scope, true, options);
  const { unusedLevels } = frame;
  if (unusedLevels !== undefined) {
    throw new RangeError(
      `levels.${unusedLevels}: the formula makes no factor of ${unusedLevels}; factor(${unusedLevels}) makes one of numbers.`,
    );
  }
  return {
    ...read.rows,
    response: read.response,
    responseLabel: answer?.label,
    refuseResponse: (row, value, need) => senselessIn(row, value, answer!, scope, need),
    recipe: recipeOf(text, expanded, known, scope.learned),
    columns: () => seenColumns(expanded, frame, known, read.rows.kept),
  };
}

/** Apart, so that a recipe holds nothing of the fit's rows. */
function recipeOf(formula: string, parts: readonly Terms[], known: Known, learned: Scope["learned"]): Recipe {
  return {
    formula,
    designs(data, options = {}) {
      const scope: Scope = { formula, functions, frame: new Frame(data, {}, "newData"), learned };
      return readRows({ parts, answer: undefined, known }, scope, false, options).rows;
    },
  };
}
