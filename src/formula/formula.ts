// What a formula says: a response, and one part or two of predictors.

import { describe } from "../data/observations.ts";
import { type Call, type Node, parse } from "./syntax.ts";
import { refusal } from "./tokens.ts";

export interface Formula {
  readonly text: string;
  /** What stands before the ~, if anything does. */
  readonly response: Node | undefined;
  /** What stands after it: one part, or several with a bar between them, `y ~ x | z`. */
  readonly parts: readonly Node[];
}

/**
 * Reads a formula in R's language.
 *
 * @throws SyntaxError naming what is wrong and the position, from 1; TypeError for what is no text.
 */
export function readFormula(text: unknown): Formula {
  if (typeof text !== "string") throw new TypeError(`formula is ${describe(text)}; a string is needed.`);
  const tree = parse(text);
  if (!isOperator(tree, "~")) throw refusal(text, 'has no "~" between response and terms', text.length + 1);
  const [left, right] = tree.operands.length === 2 ? tree.operands : [undefined, tree.operands[0]];
  const parts = partsOf(right!.node);
  for (const node of left ? [left.node, ...parts] : parts) refuseTilde(text, node);
  return { text, response: left?.node, parts };
}

export function isOperator(node: Node, name: string): node is Call & { readonly form: "operator" } {
  return node.kind === "call" && node.form === "operator" && node.name === name;
}

function partsOf(node: Node): Node[] {
  const parts: Node[] = [];
  let rest: Node = node;
  while (isOperator(rest, "|")) {
    const [left, right] = rest.operands;
    parts.unshift(right!.node);
    rest = left!.node;
  }
  return [rest, ...parts];
}

function refuseTilde(text: string, node: Node): void {
  if (node.kind !== "call") return;
  if (isOperator(node, "~")) throw refusal(text, 'has a second "~"', node.at);
  for (const operand of node.operands) refuseTilde(text, operand.node);
}

/** A column that a formula names. */
export interface FormulaVariable {
  readonly name: string;
  /** Its first place in the formula, from 1. */
  readonly at: number;
}

/**
 * The columns that a formula names, each once and in its order: "." stands for all of `columns` that are not in the response, and `pi` is
 * the number where no column is called so. Names that are no columns are among them.
 *
 * @throws SyntaxError as `readFormula`.
 * @example
 * formulaVariables("log(y) ~ x:g + I(x^2)"); // [{ name: "y", at: 5 }, { name: "x", at: 10 }, { name: "g", at: 12 }]
 */
export function formulaVariables(formula: string, columns: readonly string[] = []): FormulaVariable[] {
  const { response, parts } = readFormula(formula);
  const found = new Map<string, number>();
  const note = (node: Node): void => {
    if (node.kind === "call") for (const { node: operand } of node.operands) note(operand);
    if (node.kind !== "name" || (node.name === "pi" && !columns.includes("pi"))) return;
    for (const name of node.name === "." ? columns : [node.name]) if (!found.has(name)) found.set(name, node.at);
  };
  for (const node of response ? [response, ...parts] : parts) note(node);
  return [...found].map(([name, at]) => ({ name, at }));
}
