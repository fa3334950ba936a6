// The words of a formula.

/** A word and its place; positions count from 1. */
export interface Token {
  readonly kind: "number" | "string" | "name" | "operator" | "end";
  /** The operator, the name without its backticks, the contents of a string, or the number as written. */
  readonly text: string;
  readonly at: number;
}

const NUMBER = /(?:0[xX][0-9a-fA-F]+|(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)L?/y;
const NAME = /(?:[\p{L}]|\.(?!\d))[\p{L}\p{N}._]*/uy;
// Longer ones first. Those that R has and a formula does not are words too, so that they can be refused by name.
const OPERATOR = /%[^%\n]*%|\|\||&&|\|>|<-|->|<=|>=|==|!=|::|\*\*|[-+*/^:~|&!<>(),=$@[\]{};?\\]/y;
const SPACE = /\s+/y;
const ESCAPES: Readonly<Record<string, string>> = { n: "\n", t: "\t", r: "\r", 0: "\0" };

/** @throws SyntaxError with the place of what is no word. */
export function tokensOf(formula: string): Token[] {
  const tokens: Token[] = [];
  let next = 0;
  const match = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = next;
    const found = pattern.exec(formula)?.[0];
    if (found !== undefined) next += found.length;
    return found;
  };
  while (true) {
    match(SPACE);
    const at = next + 1;
    const add = (kind: Token["kind"], text: string) => tokens.push({ kind, text, at });
    const first = formula[next];
    if (first === undefined) {
      add("end", "");
      return tokens;
    }
    if (first === '"' || first === "'" || first === "`") {
      const text = quoted(formula, next);
      next = text.end;
      add(first === "`" ? "name" : "string", text.contents);
      continue;
    }
    const number = match(NUMBER);
    if (number !== undefined) {
      add("number", number);
      continue;
    }
    const name = match(NAME);
    if (name !== undefined) {
      add("name", name);
      continue;
    }
    const operator = match(OPERATOR);
    if (operator === undefined) {
      throw refusal(formula, `has ${JSON.stringify(String.fromCodePoint(formula.codePointAt(next)!))}, which is no part of a formula`, at);
    }
    // R reads ** as ^, too.
    add("operator", operator === "**" ? "^" : operator);
  }
}

/** The error for a formula that cannot be read: what it says, what is wrong with it, and where. */
export function refusal(formula: string, wrong: string, at: number): SyntaxError {
  return new SyntaxError(`formula: ${excerpt(formula)} ${wrong} (position ${at})`);
}

/** A formula in an error message: whole, where it is not long. */
export function excerpt(formula: string): string {
  return JSON.stringify(formula.length > 120 ? `${formula.slice(0, 120)}…` : formula);
}

function quoted(formula: string, start: number): { contents: string; end: number } {
  const quote = formula[start]!;
  let contents = "";
  for (let i = start + 1; i < formula.length; i++) {
    const letter = formula[i]!;
    if (letter === quote) {
      if (quote === "`" && contents === "") throw refusal(formula, "has a name without letters", start + 1);
      return { contents, end: i + 1 };
    }
    if (letter === "\\" && i + 1 < formula.length) {
      i++;
      contents += ESCAPES[formula[i]!] ?? formula[i]!;
    } else contents += letter;
  }
  throw refusal(formula, `opens a ${quote} that nothing closes`, start + 1);
}
