// An expression of a formula over a frame's columns, one pass per operation.

import { pow } from "../math/elementary.ts";
import { deparse } from "./deparse.ts";
import type { Frame } from "./frame.ts";
import type { Call, Node } from "./syntax.ts";
import { excerpt } from "./tokens.ts";
import { kindOf, type Value } from "./value.ts";

/** A function that formulas may call: its arguments come as they are written. */
export type FormulaFunction = (node: Call, scope: Scope) => Value;

/** Where an expression is worked out. */
export interface Scope {
  readonly formula: string;
  readonly functions: Readonly<Record<string, FormulaFunction>>;
  readonly frame: Frame;
  /** What the fit learned of its rows (centres, breaks, polynomials), by the call that needs it: new rows are treated alike. */
  readonly learned: Map<Node, unknown>;
}

/** What the fit learned at this place, or what its rows say now. */
export function learn<T>({ learned }: Scope, node: Node, make: () => T): T {
  if (!learned.has(node)) learned.set(node, make());
  return learned.get(node) as T;
}

/** The error for an expression that has no value: what is wrong with it, and where. */
export function senseless({ formula }: Scope, wrong: string, { at }: Node): RangeError {
  return new RangeError(`formula: ${excerpt(formula)} ${wrong} (position ${at})`);
}

/** @throws RangeError naming the expression, its place and what is needed. */
export function evaluate(node: Node, scope: Scope): Value {
  if (node.kind === "literal") return { kind: "constant", value: node.value };
  if (node.kind === "name") {
    const { frame } = scope;
    if (frame.has(node.name)) return frame.value(node.name);
    if (node.name === "pi") return { kind: "constant", value: Math.PI };
    const whose = frame.called === "data" ? "the data" : frame.called;
    throw senseless(scope, `names ${node.name}, which is no column of ${whose}; it has ${listed(frame.names)}`, node);
  }
  if (node.form === "operator") return operation(node, scope);
  const { functions } = scope;
  const found = Object.hasOwn(functions, node.name) ? functions[node.name] : undefined;
  if (!found) throw senseless(scope, `calls ${node.name}(), which is none of ${Object.keys(functions).join(", ")}`, node);
  return found(node, scope);
}

/** The names in an expression. */
export function namesIn(node: Node): string[] {
  if (node.kind === "name") return [node.name];
  return node.kind === "call" ? node.operands.flatMap((operand) => namesIn(operand.node)) : [];
}

/** A column of numbers, or the one number of a constant; truths count as 0 and 1. */
export function numeric(value: Value, node: Node, scope: Scope): Float64Array | number {
  if (value.kind === "numbers" || value.kind === "logical") return value.values;
  if (value.kind === "constant" && typeof value.value !== "string") return Number(value.value);
  throw senseless(scope, `has ${deparse(node)}, ${described(value)}, where numbers are needed`, node);
}

/** One function of each row's number. */
export function mapped(f: (x: number) => number, operand: Float64Array | number): Value {
  if (typeof operand === "number") return { kind: "constant", value: f(operand) };
  const values = new Float64Array(operand.length);
  for (let i = 0; i < values.length; i++) values[i] = f(operand[i]!);
  return { kind: "numbers", values };
}

/** One function of each row's two numbers. */
export function combined(f: (x: number, y: number) => number, left: Float64Array | number, right: Float64Array | number): Value {
  if (typeof right === "number") return mapped((x) => f(x, right), left);
  if (typeof left === "number") return mapped((y) => f(left, y), right);
  const values = new Float64Array(left.length);
  for (let i = 0; i < values.length; i++) values[i] = f(left[i]!, right[i]!);
  return { kind: "numbers", values };
}

/** Numbers as truths. */
export function truths(value: Value): Value {
  if (value.kind === "numbers") return { kind: "logical", values: value.values };
  return value.kind === "constant" ? { kind: "constant", value: Boolean(value.value) } : value;
}

/** A value in an error message. */
export function described(value: Value): string {
  return value.kind === "constant" ? `the constant ${JSON.stringify(value.value)}` : kindOf(value);
}

const whether = (x: number, y: number, holds: boolean) => (x !== x || y !== y ? Number.NaN : Number(holds));

const ARITHMETIC: Readonly<Record<string, (x: number, y: number) => number>> = {
  "+": (x, y) => x + y,
  "-": (x, y) => x - y,
  "*": (x, y) => x * y,
  "/": (x, y) => x / y,
  "^": (x, y) => (y === 2 ? x * x : pow(x, y)),
  "%%": (x, y) => x - Math.floor(x / y) * y,
  "%/%": (x, y) => Math.floor(x / y),
};

const COMPARISONS: Readonly<Record<string, (x: number, y: number) => number>> = {
  "==": (x, y) => whether(x, y, x === y),
  "!=": (x, y) => whether(x, y, x !== y),
  "<": (x, y) => whether(x, y, x < y),
  ">": (x, y) => whether(x, y, x > y),
  "<=": (x, y) => whether(x, y, x <= y),
  ">=": (x, y) => whether(x, y, x >= y),
  // FALSE decides an "and" and TRUE an "or", whatever a missing one may be.
  "&": (x, y) => (x === 0 || y === 0 ? 0 : whether(x, y, true)),
  "|": (x, y) => (x !== x || y !== y ? (x || y ? 1 : Number.NaN) : Number(x !== 0 || y !== 0)),
};

function operation(node: Call, scope: Scope): Value {
  const { name } = node;
  const operands = node.operands.map((operand) => operand.node);
  const [first, second] = operands as [Node, Node | undefined];
  if (name === "(") return evaluate(first, scope);
  if (name === "%in%" && second) return among(evaluate(first, scope), evaluate(second, scope), node, scope);
  if (second && (name === "==" || name === "!=")) {
    const text = textComparison(evaluate(first, scope), evaluate(second, scope), name);
    if (text) return text;
  }
  const value = (operand: Node) => numeric(evaluate(operand, scope), operand, scope);
  if (!second) {
    if (name === "!") return truths(mapped((x) => (x === x ? Number(x === 0) : x), value(first)));
    if (name === "-") return mapped((x) => -x, value(first));
    if (name === "+") return mapped((x) => x, value(first));
  }
  const arithmetic = ARITHMETIC[name];
  if (arithmetic && second) {
    return operands
      .slice(1)
      .reduce<Value>((left, operand) => combined(arithmetic, numeric(left, first, scope), value(operand)), evaluate(first, scope));
  }
  const comparison = COMPARISONS[name];
  if (comparison && second) return truths(combined(comparison, value(first), value(second)));
  const near = name === "&&" || name === "||" ? `; ${name[0]} compares rows` : "";
  throw senseless(scope, `has ${name} among numbers, where it has no meaning${near}`, node);
}

/** A factor against a text; undefined where it is none. */
function textComparison(left: Value, right: Value, name: string): Value | undefined {
  const [factor, other] = left.kind === "factor" ? [left, right] : [right, left];
  if (factor.kind !== "factor" || other.kind !== "constant") return undefined;
  const wanted = factor.levels.indexOf(typeof other.value === "string" ? other.value : deparse(literal(other.value)));
  const equal = name === "==" ? 1 : 0;
  return {
    kind: "logical",
    values: Float64Array.from(factor.codes, (code) => (code < 0 ? Number.NaN : code === wanted ? equal : 1 - equal)),
  };
}

/** R's %in%: a missing value is in no list. */
function among(value: Value, list: Value, node: Call, scope: Scope): Value {
  const [left, right] = node.operands as [{ node: Node }, { node: Node }];
  const members = list.kind === "list" ? list.values : list.kind === "constant" ? [list.value] : undefined;
  if (!members) throw senseless(scope, `has ${deparse(right.node)}, ${described(list)}, where a list as c(1, 2) is needed`, right.node);
  if (value.kind === "factor") {
    const texts = new Set(members.map(String));
    const table = value.levels.map((level) => Number(texts.has(level)));
    return { kind: "logical", values: Float64Array.from(value.codes, (code) => (code < 0 ? 0 : table[code]!)) };
  }
  const numbers = new Set(members.map(Number));
  return truths(mapped((x) => Number(numbers.has(x)), numeric(value, left.node, scope)));
}

function literal(value: number | boolean): Node {
  return { kind: "literal", value, at: 0, depth: 1 };
}

function listed(names: readonly string[]): string {
  return names.length > 12 ? `${names.slice(0, 12).join(", ")} and ${names.length - 12} more` : names.join(", ");
}
