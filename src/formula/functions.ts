// The functions a formula may call, by R's names and with R's arguments.

import { exp, expm1, log, log1p } from "../math/elementary.ts";
import { log2, log10 } from "../math/logarithms.ts";
import { cos, sin, tan } from "../math/trig.ts";
import { matched } from "./arguments.ts";
import { cut, equalBreaks, type Intervals, intervalLabels } from "./cut.ts";
import { deparse } from "./deparse.ts";
import { combined, described, evaluate, type FormulaFunction, learn, mapped, numeric, type Scope, senseless, truths } from "./evaluate.ts";
import { factorOfLogical, factorOfNumbers, levelText, recoded } from "./levels.ts";
import { learnPolynomials, polynomials, powers, products } from "./poly.ts";
import { cbind, surv } from "./response.ts";
import { standardized } from "./standardized.ts";
import { crossed } from "./strata.ts";
import type { Call, Node } from "./syntax.ts";
import type { Factor, Value } from "./value.ts";

const elementwise =
  (f: (x: number) => number): FormulaFunction =>
  (node, scope) => {
    const [x] = matched(node, scope, ["x"], 1).nodes;
    return mapped(f, numeric(evaluate(x!, scope), x!, scope));
  };

export const functions: Readonly<Record<string, FormulaFunction>> = {
  log: logarithm,
  log2: elementwise(log2),
  log10: elementwise(log10),
  log1p: elementwise(log1p),
  exp: elementwise(exp),
  expm1: elementwise(expm1),
  sqrt: elementwise(Math.sqrt),
  abs: elementwise(Math.abs),
  sin: elementwise(sin),
  cos: elementwise(cos),
  tan: elementwise(tan),
  floor: elementwise(Math.floor),
  ceiling: elementwise(Math.ceil),
  trunc: elementwise(Math.trunc),
  sign: elementwise(Math.sign),
  I: (node, scope) => evaluate(matched(node, scope, ["x"], 1).nodes[0]!, scope),
  offset: (node, scope) => evaluate(matched(node, scope, ["object"], 1).nodes[0]!, scope),
  "as.numeric": elementwise((x) => x),
  factor: factorCall,
  "as.factor": (node, scope) => asFactor(matched(node, scope, ["x"], 1).nodes[0]!, scope),
  relevel,
  cut: cutCall,
  poly,
  scale: (node, scope) => standardized(node, scope),
  ifelse,
  c: list,
  cbind,
  Surv: surv,
  strata: strataCall,
};

function logarithm(node: Call, scope: Scope): Value {
  const { nodes, constant } = matched(node, scope, ["x", "base"], 1);
  const x = numeric(evaluate(nodes[0]!, scope), nodes[0]!, scope);
  const base = constant("base", "number");
  if (base === undefined) return mapped(log, x);
  if (base === 2) return mapped(log2, x);
  if (base === 10) return mapped(log10, x);
  if (!(base > 0 && base !== 1)) throw senseless(scope, `takes logarithms to the base ${base}; a number > 0 other than 1 is needed`, node);
  const size = log(base);
  return mapped((value) => log(value) / size, x);
}

function ifelse(node: Call, scope: Scope): Value {
  const [test, yes, no] = matched(node, scope, ["test", "yes", "no"], 3).nodes as [Node, Node, Node];
  const of = (one: Node) => numeric(evaluate(one, scope), one, scope);
  const [condition, a, b] = [truths(evaluate(test, scope)), of(yes), of(no)];
  const at = (value: Float64Array | number, i: number) => (typeof value === "number" ? value : value[i]!);
  const rows = numeric(condition, test, scope);
  if (typeof rows === "number") return combined((x, y) => (rows ? x : y), a, b);
  return { kind: "numbers", values: rows.map((holds, i) => (holds === holds ? at(holds ? a : b, i) : holds)) };
}

function list(node: Call, scope: Scope): Value {
  const values = node.operands.flatMap((operand) => {
    const value = evaluate(operand.node, scope);
    if (value.kind === "constant") return [value.value];
    if (value.kind === "list") return value.values;
    throw senseless(scope, `has ${deparse(operand.node)}, ${described(value)}, in c(); constants are needed`, operand.node);
  });
  return { kind: "list", values };
}

/** A column as a factor, with the levels asked for by the option `levels`, where it is a column as it stands. */
function asFactor(node: Node, scope: Scope): Factor {
  const value = evaluate(node, scope);
  if (value.kind === "factor") return value;
  const column = node.kind === "name" ? node.name : undefined;
  if (value.kind === "logical") {
    const seen = factorOfLogical(value.values);
    return column === undefined ? seen : scope.frame.ordered(seen, column);
  }
  if (value.kind === "numbers") {
    if (column === undefined) return factorOfNumbers(value.values);
    // As the fit's rows were, so that new ones have the same names.
    const whole = learn(scope, node, () => value.whole === true);
    return scope.frame.ordered(factorOfNumbers(value.values, whole), column, whole);
  }
  throw senseless(scope, `has ${deparse(node)}, ${described(value)}, where a column is needed`, node);
}

function factorCall(node: Call, scope: Scope): Value {
  const { nodes, list } = matched(node, scope, ["x", "levels", "labels"], 1);
  const levels = list("levels");
  const labels = list("labels")?.map((label) => levelText(label, false));
  const [x] = nodes as [Node];
  const made = asFactor(x, scope);
  const whole = x.kind === "name" && scope.learned.get(x) === true;
  const chosen = levels
    ? recoded(
        made,
        distinct(
          levels.map((level) => levelText(level, whole)),
          "levels",
          node,
          scope,
        ),
      )
    : made;
  if (!labels) return chosen;
  // Labels belong to the levels of the fit's rows, of which new rows may not have all.
  const known = learn(scope, node, () => chosen.levels);
  if (labels.length !== known.length) {
    throw senseless(scope, `has ${labels.length} labels for ${known.length} levels; as many are needed`, node);
  }
  return { ...recoded(chosen, known), levels: distinct(labels, "labels", node, scope) };
}

/** R's strata(): rows that agree in all columns. Levels of numbers are written with their column's name. */
function strataCall(node: Call, scope: Scope): Value {
  const { rest } = matched(node, scope, ["..."], 0);
  if (rest.length === 0) throw senseless(scope, "calls strata() of nothing; a column at least is needed", node);
  const short = rest.every((one) => evaluate(one, scope).kind === "factor");
  const [first, ...others] = rest.map((one) => {
    const { codes, levels } = asFactor(one, scope);
    return { codes, levels: short ? levels : levels.map((level) => `${deparse(one)}=${level}`) };
  });
  return { kind: "factor", ...others.reduce(crossed, first!) };
}

function relevel(node: Call, scope: Scope): Value {
  const { nodes, constant } = matched(node, scope, ["x", "ref"], 2);
  const factor = asFactor(nodes[0]!, scope);
  const base = String(constant("ref", "string"));
  const levels = learn(scope, node, () => {
    if (factor.levels.includes(base)) return [base, ...factor.levels.filter((level) => level !== base)];
    throw senseless(scope, `has the base level ${JSON.stringify(base)}, which is none of ${factor.levels.join(", ")}`, nodes[1]!);
  });
  // A level that only new rows have keeps its place at the end, to be refused there by name.
  const known = new Set(levels);
  return recoded(factor, [...levels, ...factor.levels.filter((level) => !known.has(level))]);
}

function cutCall(node: Call, scope: Scope): Value {
  const { nodes, list, constant } = matched(node, scope, ["x", "breaks", "labels", "include.lowest", "right", "dig.lab"], 2);
  const x = numeric(evaluate(nodes[0]!, scope), nodes[0]!, scope);
  if (typeof x === "number") throw senseless(scope, `cuts ${deparse(nodes[0]!)}, a constant; a column is needed`, node);
  const intervals = learn(scope, node, (): Intervals => {
    const given = list("breaks")!.map(Number);
    const [count] = given as [number];
    const isCount = given.length === 1;
    if (isCount && !(Number.isInteger(count) && count >= 2 && count <= 10_000)) {
      throw senseless(scope, `cuts into ${count} intervals; a whole number from 2 to 10000, or their ends as c(0, 1, 2), are needed`, node);
    }
    const breaks = isCount ? equalBreaks(x, count) : given.sort((a, b) => a - b);
    const wrong = breaks.findIndex((value, k) => !(k === 0 ? value === value : value > breaks[k - 1]!));
    if (wrong >= 0) throw senseless(scope, `cuts at ${breaks[wrong]} twice or at no number; different ends are needed`, node);
    const [right, lowest] = [constant("right", "boolean") ?? true, constant("include.lowest", "boolean") ?? false];
    const named = list("labels")?.map((label) => levelText(label, false));
    if (named && named.length !== breaks.length - 1) {
      throw senseless(scope, `has ${named.length} labels for ${breaks.length - 1} intervals; as many are needed`, node);
    }
    const labels = named
      ? distinct(named, "labels", node, scope)
      : intervalLabels(breaks, right, lowest, constant("dig.lab", "number") ?? 3);
    return { breaks, labels, right, lowest };
  });
  return cut(x, intervals);
}

function poly(node: Call, scope: Scope): Value {
  const { nodes, rest, constant } = matched(node, scope, ["x", "...", "degree", "raw"], 1);
  const columns = [nodes[0]!, ...rest];
  // poly(x, 2): a number that follows the columns is the degree.
  const last = columns.at(-1)!;
  const trailing = columns.length > 1 && last.kind === "literal" ? last.value : undefined;
  if (trailing !== undefined) columns.pop();
  const degree = trailing ?? constant("degree", "number") ?? 1;
  if (!(Number.isInteger(degree) && (degree as number) >= 1 && (degree as number) <= 100)) {
    throw senseless(scope, `has polynomials of degree ${degree}; a whole number from 1 to 100 is needed`, node);
  }
  const most = degree as number;
  const raw = constant("raw", "boolean") ?? false;
  const bases = columns.map((column) => {
    const x = numeric(evaluate(column, scope), column, scope);
    if (typeof x === "number") throw senseless(scope, `has polynomials of ${deparse(column)}, a constant; a column is needed`, column);
    if (raw) return powers(x, most);
    const recurrence = learn(scope, column, () => learnPolynomials(x, most));
    if (recurrence) return polynomials(x, recurrence);
    throw senseless(
      scope,
      `has polynomials of degree ${most} of ${deparse(column)}, which has no more than ${most} different values`,
      node,
    );
  });
  if (bases.length > 1) {
    const { columns, ends } = products(bases, most);
    return { kind: "matrix", columns, ends };
  }
  const [only] = bases as [Float64Array[]];
  if (most === 1) return { kind: "numbers", values: only[0]! };
  return { kind: "matrix", columns: only, ends: only.map((_, k) => String(k + 1)) };
}

function distinct(texts: readonly string[], what: string, node: Call, scope: Scope): readonly string[] {
  if (new Set(texts).size === texts.length) return texts;
  throw senseless(scope, `has the ${what} ${texts.join(", ")}; different ones are needed`, node);
}
