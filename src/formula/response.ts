// The left side of a formula: numbers, a factor, cbind(successes, failures) or Surv(time, status).

import { matched } from "./arguments.ts";
import { deparse } from "./deparse.ts";
import { evaluate, numeric, type Scope, senseless } from "./evaluate.ts";
import type { Call, Node } from "./syntax.ts";
import type { Answer } from "./value.ts";

function column(node: Node, scope: Scope): Float64Array {
  const values = numeric(evaluate(node, scope), node, scope);
  return typeof values === "number" ? new Float64Array(scope.frame.rows).fill(values) : values;
}

/** R's cbind(success, failure), or counts of several levels. */
export function cbind(node: Call, scope: Scope): Answer {
  const nodes = node.operands.map((operand) => operand.node);
  if (nodes.length < 2) throw senseless(scope, `binds ${nodes.length} columns; two are needed: cbind(successes, failures)`, node);
  const columns = nodes.map((one) => {
    const values = column(one, scope);
    const row = values.findIndex((value) => value < 0 || value === Infinity);
    if (row < 0) return values;
    throw senseless(scope, `has ${deparse(one)} = ${values[row]} in row ${row}; counts >= 0 are needed`, one);
  });
  const missing = (row: number) => columns.some((values) => values[row] !== values[row]);
  return { kind: "answer", response: { kind: "counts", names: nodes.map(deparse), columns }, missing };
}

/**
 * Surv(time, status), Surv(start, stop, status), Surv(time, status, type = "left") and Surv(time1, time2, type = "interval2") of R's package
 * survival.
 */
export function surv(node: Call, scope: Scope): Answer {
  const { nodes, constant } = matched(node, scope, ["time", "time2", "event", "type"], 1);
  const type = constant("type", "string");
  const [time, time2, event] = nodes as [Node, Node | undefined, Node | undefined];
  // As in R, what follows one time is its status.
  const second = time2 ?? event;
  if (type === "interval2") {
    if (!second) throw senseless(scope, `has ${deparse(node)}; two times are needed`, node);
    return interval(column(time, scope), column(second, scope), node, scope);
  }
  if (time2 && event) {
    if (type === undefined || type === "counting") return counting(time, time2, event, scope);
    throw senseless(scope, `has Surv() of two times and type "${type}"; "counting" or "interval2" is needed`, node);
  }
  if (type !== undefined && type !== "right" && type !== "left") {
    const needed = type === "counting" ? "Surv(start, stop, status)" : '"right", "left", "counting" or "interval2"';
    throw senseless(scope, `has Surv() of type "${type}"; ${needed} is needed`, node);
  }
  const times = column(time, scope);
  if (!second) return survival(times, times);
  return survival(...ends(times, events(second, scope), type === "left"));
}

/** The interval of each time: the time itself where the event is known, else open. */
function ends(times: Float64Array, known: Float64Array, isLeft: boolean): [lower: Float64Array, upper: Float64Array] {
  const [lower, upper] = [times.slice(), times.slice()];
  const open = isLeft ? -Infinity : Infinity;
  const end = isLeft ? lower : upper;
  for (let i = 0; i < times.length; i++) {
    if (known[i] === 0) end[i] = open;
    // A missing status, or an open end of a missing time, makes the row a missing one.
    if (known[i] !== known[i] || times[i] !== times[i]) lower[i] = upper[i] = Number.NaN;
  }
  return [lower, upper];
}

/** Rows under observation from `from` to `to`. */
function counting(from: Node, to: Node, status: Node, scope: Scope): Answer {
  const [start, stop] = [column(from, scope), column(to, scope)];
  const [lower, upper] = ends(stop, events(status, scope), false);
  const row = start.findIndex((value, i) => value >= lower[i]!);
  if (row < 0) return { ...survival(lower, upper, start), missing: (i) => lower[i] !== lower[i] || start[i] !== start[i] };
  const cells = `${deparse(from)} = ${start[row]} and ${deparse(to)} = ${stop[row]}`;
  throw senseless(scope, `has ${cells} in row ${row}; a start before the stop is needed`, from);
}

function survival(lower: Float64Array, upper: Float64Array, start?: Float64Array): Answer {
  const response = { kind: "survival" as const, lower, upper, ...(start && { start }) };
  return { kind: "answer", response, missing: (row) => lower[row] !== lower[row] };
}

/** 1 where the event was seen, 0 where not: from 0 and 1, FALSE and TRUE, or, as in R, 1 and 2. */
function events(node: Node, scope: Scope): Float64Array {
  const status = column(node, scope);
  let most = Number.NEGATIVE_INFINITY;
  for (const value of status) if (value > most) most = value;
  const shift = most === 2 ? 1 : 0;
  return status.map((value, row) => {
    const known = value - shift;
    if (known === 0 || known === 1 || known !== known) return known;
    throw senseless(scope, `has ${deparse(node)} = ${value} in row ${row}; 0 and 1, 1 and 2, or false and true are needed`, node);
  });
}

/** A missing or infinite end is open. */
function interval(from: Float64Array, to: Float64Array, node: Call, scope: Scope): Answer {
  const open = (value: number) => value !== value || Math.abs(value) === Infinity;
  const lower = from.map((value, i) => (open(value) ? (open(to[i]!) ? Number.NaN : -Infinity) : value));
  const upper = to.map((value, i) => (open(value) ? (open(from[i]!) ? Number.NaN : Infinity) : value));
  const row = lower.findIndex((value, i) => value > upper[i]!);
  if (row < 0) return survival(lower, upper);
  throw senseless(scope, `has an interval from ${lower[row]} to ${upper[row]} in row ${row}; its ends must ascend`, node);
}
