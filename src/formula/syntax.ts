// From words to a tree, with R's operators and their ranks (R Language Definition, 10.4.2; help page Syntax).

import { refusal, type Token, tokensOf } from "./tokens.ts";

/** A formula or a part of it. `at` is its place, from 1; `depth` how deep it nests. */
export type Node = Literal | Name | Call;

export interface Literal {
  readonly kind: "literal";
  readonly value: number | string | boolean;
  readonly at: number;
  readonly depth: number;
}

export interface Name {
  readonly kind: "name";
  readonly name: string;
  readonly at: number;
  readonly depth: number;
}

/** A function, an operator with one or two operands (a sum has all its own), or "(" with what it holds. */
export interface Call {
  readonly kind: "call";
  readonly form: "function" | "operator";
  readonly name: string;
  readonly operands: readonly Operand[];
  readonly at: number;
  readonly depth: number;
}

export interface Operand {
  /** Of an argument that is given by name. */
  readonly name?: string;
  readonly node: Node;
}

/** Trees are walked by recursion; this many frames fit on the smallest stack of a browser's worker. */
const DEEPEST = 1000;

// The higher a rank, the closer an operator binds; ^ alone groups to the right.
const RANKS: Readonly<Record<string, number>> = {
  "~": 1,
  "|": 2,
  "||": 2,
  "&": 3,
  "&&": 3,
  "==": 5,
  "!=": 5,
  "<": 5,
  ">": 5,
  "<=": 5,
  ">=": 5,
  "+": 6,
  "-": 6,
  "*": 7,
  "/": 7,
  ":": 9,
  "^": 11,
};
const IN_PERCENTS = 8;
const PREFIXES: Readonly<Record<string, number>> = { "~": 1, "!": 4, "+": 10, "-": 10 };
const CONSTANTS: Readonly<Record<string, number | boolean>> = { TRUE: true, FALSE: false, Inf: Infinity };
const PERCENTS = ["%in%", "%%", "%/%"];

/**
 * The tree of a formula.
 *
 * @throws SyntaxError naming what was found, what is needed and the position, from 1.
 */
export function parse(formula: string): Node {
  const tokens = tokensOf(formula);
  let next = 0;
  const peek = () => tokens[next]!;
  const isOperator = (text: string) => peek().kind === "operator" && peek().text === text;

  const fail = (need: string): SyntaxError => {
    const { kind, text, at } = peek();
    if (kind === "end") return refusal(formula, `ends where ${need} is needed`, at);
    return refusal(formula, `has ${kind === "string" ? "a string" : JSON.stringify(text)} where ${need} is needed`, at);
  };

  const call = (name: string, form: Call["form"], operands: readonly Operand[], at: number): Call => {
    const depth = 1 + operands.reduce((most, { node }) => Math.max(most, node.depth), 0);
    if (depth > DEEPEST) throw refusal(formula, `nests deeper than ${DEEPEST} operators; a "." stands for all columns`, at);
    return { kind: "call", form, name, operands, at, depth };
  };

  // How many calls of `expression` are under way: an opening bracket alone makes no tree whose depth could be seen.
  let open = 0;

  function expression(least: number, need: string): Node {
    if (++open > DEEPEST) throw refusal(formula, `nests deeper than ${DEEPEST} operators`, peek().at);
    let left = prefix(need);
    while (peek().kind === "operator") {
      const { text, at } = peek();
      const rank = rankOf(text);
      if (rank === undefined || rank < least) break;
      next++;
      // The exponent may carry a sign: x^-1.
      const right = expression(text === "^" ? rank : rank + 1, "a term");
      // A sum is one node with all its operands, so that thousands of them do not nest.
      const inSum = text === "+" && left.kind === "call" && left.form === "operator" && left.name === "+" && left.operands.length > 1;
      left = call(text, "operator", [...(inSum ? (left as Call).operands : [{ node: left }]), { node: right }], at);
    }
    open--;
    return left;
  }

  function prefix(need: string): Node {
    const token = peek();
    if (token.kind === "operator") {
      const rank = PREFIXES[token.text];
      if (rank !== undefined) {
        next++;
        return call(token.text, "operator", [{ node: expression(rank, "a term") }], token.at);
      }
      if (token.text === "(") {
        next++;
        const inner = expression(1, "a term");
        close(token);
        return call("(", "operator", [{ node: inner }], token.at);
      }
    }
    if (token.kind === "end" || token.kind === "operator") throw fail(need);
    next++;
    const { at } = token;
    if (token.kind === "number") return { kind: "literal", value: Number(token.text.replace(/L$/, "")), at, depth: 1 };
    if (token.kind === "string") return { kind: "literal", value: token.text, at, depth: 1 };
    if (isOperator("(")) return call(token.text, "function", operands(), at);
    const isConstant = Object.hasOwn(CONSTANTS, token.text) && formula[at - 1] !== "`";
    return isConstant ? { kind: "literal", value: CONSTANTS[token.text]!, at, depth: 1 } : { kind: "name", name: token.text, at, depth: 1 };
  }

  function operands(): Operand[] {
    const opening = peek();
    next++;
    const found: Operand[] = [];
    if (!isOperator(")")) {
      do {
        if (found.length > 0) next++;
        const { kind, text } = peek();
        const after = tokens[next + 1];
        const named = (kind === "name" || kind === "string") && after?.kind === "operator" && after.text === "=";
        if (named) next += 2;
        const node = expression(1, "an argument");
        found.push(named ? { name: text, node } : { node });
      } while (isOperator(","));
    }
    close(opening);
    return found;
  }

  function close(opening: Token): void {
    if (!isOperator(")")) throw fail(`the ")" of position ${opening.at}`);
    next++;
  }

  const rankOf = (text: string): number | undefined => {
    if (!text.startsWith("%")) return RANKS[text];
    if (PERCENTS.includes(text)) return IN_PERCENTS;
    throw refusal(formula, `has ${JSON.stringify(text)}; of such operators there are ${PERCENTS.join(", ")}`, peek().at);
  };

  const tree = expression(1, "a term");
  if (peek().kind !== "end") throw fail("an operator");
  return tree;
}
