// A part of a formula as terms, by R's rules: those of TermsForm in R's model.c, after Chambers & Hastie, "Statistical Models in S",
// 1992, chapter 2. A term is a set of variables, written as the bits of a number.

import { deparse } from "./deparse.ts";
import { isOperator } from "./formula.ts";
import type { Call, Node } from "./syntax.ts";
import { refusal } from "./tokens.ts";

/** A column, or an expression of columns, that terms are made of. */
export interface Variable {
  /** As R writes it: `log(x + 1)`. Two that are written the same are the same. */
  readonly label: string;
  readonly node: Node;
}

export interface Terms {
  readonly intercept: boolean;
  /** In order of their first appearance. */
  readonly variables: readonly Variable[];
  /** Bits are places in `variables`; in R's order, main effects first. */
  readonly terms: readonly bigint[];
  /** Places of the offset() terms. */
  readonly offsets: readonly number[];
  /** Places of the strata() terms. */
  readonly strata: readonly number[];
}

/** Enough for all pairs of 200 columns. */
const MOST_TERMS = 20_000;

/**
 * Expands a part of a formula.
 *
 * @param dot - What "." stands for: the data's columns that are not in the response.
 * @throws SyntaxError, with the position, for what is no term.
 */
export function expand(formula: string, part: Node, dot: readonly string[]): Terms {
  const variables: Variable[] = [];
  const places = new Map<string, bigint>();
  let intercept = true;
  // Whether what is read is added or taken away.
  let adding = true;

  const bitOf = (node: Node): bigint => {
    const label = deparse(node);
    let bit = places.get(label);
    if (bit === undefined) {
      bit = 1n << BigInt(variables.length);
      places.set(label, bit);
      variables.push({ label, node });
    }
    return bit;
  };

  const termsOf = (node: Node): bigint[] => {
    if (node.kind === "literal") {
      const value = typeof node.value === "string" ? Number.NaN : Number(node.value);
      if (value !== 0 && value !== 1) throw refusal(formula, `has ${deparse(node)} as a term; ${need(node.value)}`, node.at);
      intercept = (value === 1) === adding;
      return [];
    }
    if (node.kind === "name") {
      if (node.name !== ".") return [bitOf(node)];
      return dot.map((name) => bitOf({ kind: "name", name, at: node.at, depth: 1 }));
    }
    const operators = node.form === "operator" && Object.hasOwn(OPERATORS, node.name) ? OPERATORS[node.name] : undefined;
    return operators ? operators(node) : [bitOf(node)];
  };

  const cross = (left: readonly bigint[], right: readonly bigint[], at: number): bigint[] => {
    if (left.length * right.length > MOST_TERMS ** 1.5) throw tooMany(at);
    return distinct(
      left.flatMap((l) => right.map((r) => l | r)),
      at,
    );
  };
  const distinct = (terms: readonly bigint[], at: number): bigint[] => {
    const found = [...new Set(terms)].filter((term) => term !== 0n);
    if (found.length > MOST_TERMS) throw tooMany(at);
    return found;
  };
  const tooMany = (at: number) => refusal(formula, `makes more than ${MOST_TERMS} terms`, at);
  const union = (terms: readonly bigint[]) => terms.reduce((all, term) => all | term, 0n);
  /** R makes nothing of a product or a nesting whose left side has no term: 1 * x is 1. */
  const unlessEmpty = (left: readonly bigint[], make: () => bigint[]) => (left.length === 0 ? [] : make());
  const pair = ({ operands }: Call): [bigint[], bigint[]] => [termsOf(operands[0]!.node), termsOf(operands[1]!.node)];

  const OPERATORS: Readonly<Record<string, (node: Call) => bigint[]>> = {
    "(": (node) => termsOf(node.operands[0]!.node),
    "+": ({ operands, at }) =>
      distinct(
        operands.flatMap((operand) => termsOf(operand.node)),
        at,
      ),
    "-": (node) => {
      const left = node.operands.length === 1 ? [] : termsOf(node.operands[0]!.node);
      adding = !adding;
      const right = new Set(termsOf(node.operands.at(-1)!.node));
      adding = !adding;
      return left.filter((term) => !right.has(term));
    },
    ":": (node) => cross(...pair(node), node.at),
    "*": (node) => {
      const [left, right] = pair(node);
      return unlessEmpty(left, () => distinct([...left, ...right, ...cross(left, right, node.at)], node.at));
    },
    "/": (node) => {
      const [left, right] = pair(node);
      return unlessEmpty(left, () => distinct([...left, ...cross([union(left)], right, node.at)], node.at));
    },
    "%in%": (node) => {
      const [left, right] = pair(node);
      return cross(left, [union(right)], node.at);
    },
    "^": (node) => {
      const [base, exponent] = node.operands.map((operand) => operand.node) as [Node, Node];
      const left = termsOf(base);
      const power = wholeNumber(exponent);
      if (power === undefined) throw refusal(formula, `has the power ${deparse(exponent)}; a whole number >= 1 is needed`, exponent.at);
      let terms = left;
      for (let i = 1; i < power; i++) {
        const more = cross(left, terms, node.at);
        // Once all interactions are there, further powers add none.
        if (more.length === terms.length && more.every((term, k) => term === terms[k])) break;
        terms = more;
      }
      return terms;
    },
  };

  const written = termsOf(part);
  const calls = (name: string) => variables.flatMap(({ node }, place) => (node.kind === "call" && node.name === name ? [place] : []));
  const [offsets, strata] = [calls("offset"), calls("strata")];
  // They are no columns of the design.
  const apart = [...offsets, ...strata];
  const kept = written.filter((term) => {
    const place = apart.find((one) => term & (1n << BigInt(one)));
    if (place === undefined) return true;
    const { label, node } = variables[place]!;
    const what = offsets.includes(place) ? "an offset is a term of its own" : "strata are a term of their own";
    if (term !== 1n << BigInt(place)) throw refusal(formula, `has ${label} in an interaction; ${what}`, node.at);
    return false;
  });
  return { intercept, variables, terms: byOrder(kept), offsets, strata };
}

/** The places of a term's variables. */
export function placesOf(term: bigint): number[] {
  const places: number[] = [];
  const bits = term.toString(2);
  for (let i = 0; i < bits.length; i++) if (bits[bits.length - 1 - i] === "1") places.push(i);
  return places;
}

function byOrder(terms: readonly bigint[]): bigint[] {
  return terms
    .map((term) => ({ term, order: placesOf(term).length }))
    .sort((a, b) => a.order - b.order)
    .map(({ term }) => term);
}

function wholeNumber(node: Node): number | undefined {
  if (isOperator(node, "(")) return wholeNumber(node.operands[0]!.node);
  return node.kind === "literal" && Number.isInteger(node.value) && (node.value as number) >= 1 ? (node.value as number) : undefined;
}

function need(value: unknown): string {
  if (typeof value === "string") return "a name with blanks or signs stands in backticks";
  return "1 and 0 switch the intercept, other numbers are no terms: I() takes arithmetic";
}
