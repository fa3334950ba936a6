import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { deparse, numberText } from "../src/formula/deparse.ts";
import { readFormula } from "../src/formula/formula.ts";
import { modelMatrix } from "../src/formula/modelMatrix.ts";
import { parse } from "../src/formula/syntax.ts";

// The language: what is read, what is refused and where.

const data = { y: [1, 2, 3, 4.5], x: [2, 4, 1, 3], z: [1, 1, 2, 3], g: ["b", "a", "b", "c"], l: [true, false, true, true] };
const rows = (formula: string, given: object = data, options = {}) => modelMatrix(formula, given as typeof data, options);

test.each([
  ["log( x+1 )", "log(x + 1)"],
  ["I(x^2*z/3-  -1)", "I(x^2 * z/3 - -1)"],
  ["I(x**2)", "I(x^2)"],
  ["a:b %in% c", "a:b %in% c"],
  ["I(100000*x+.10+1e-5+0x1F+2L)", "I(1e+05 * x + 0.1 + 1e-05 + 31 + 2)"],
  ["poly( x,degree=2 , raw=TRUE)", "poly(x, degree = 2, raw = TRUE)"],
  ["factor('a b', levels=c(\"x\\\"y\",'z'))", 'factor("a b", levels = c("x\\"y", "z"))'],
  ["`my var`*`x`", "`my var` * x"],
  ["I(!x&y|z>=2)", "I(!x & y | z >= 2)"],
  ["I(-x^-2)", "I(-x^-2)"],
  ["I((x+1)%%2 + x%/%3)", "I((x + 1)%%2 + x%/%3)"],
  ["größe + .x", "größe + .x"],
  ["x # not a comment", undefined],
])("%s is written %s", (text, written) => {
  if (written === undefined) expect(() => parse(text)).toThrow(SyntaxError);
  else expect(deparse(parse(text))).toBe(written);
});

test.each([
  // As R's as.character writes them.
  [100000, "1e+05"],
  [123456, "123456"],
  [0.0001, "1e-04"],
  [0.00012, "0.00012"],
  [0.1 + 0.2, "0.3"],
  [1 / 3, "0.333333333333333"],
  [2 / 3e5, "6.66666666666667e-06"],
  [1e15, "1e+15"],
  [123456789012, "123456789012"],
  [1e-300, "1e-300"],
  [-2.5, "-2.5"],
  [-0, "0"],
  [2 ** 60, "1152921504606846976"],
  [Infinity, "Inf"],
])("%d is written %s", (number, text) => {
  expect(numberText(number)).toBe(text);
});

test("operators bind as in R", () => {
  expect(parse("a + b * c:d^2")).toMatchObject({ name: "+", operands: [{ node: { name: "a" } }, { node: { name: "*" } }] });
  expect(parse("-a:b")).toMatchObject({ name: ":" });
  expect(parse("-a^b")).toMatchObject({ name: "-", operands: [{ node: { name: "^" } }] });
  expect(parse("a^b^c")).toMatchObject({ operands: [{ node: { name: "a" } }, { node: { name: "^" } }] });
  expect(parse("!a == b")).toMatchObject({ name: "!" });
  expect(parse("a %in% b:c * d")).toMatchObject({ name: "*" });
  expect(readFormula("y ~ x | z + w").parts.map(deparse)).toEqual(["x", "z + w"]);
  expect(readFormula("~ x").response).toBeUndefined();
});

describe("refusals", () => {
  test.each([
    ["y ~ x +", 'formula: "y ~ x +" ends where a term is needed (position 8)'],
    ["", 'formula: "" ends where a term is needed (position 1)'],
    ["y ~", 'formula: "y ~" ends where a term is needed (position 4)'],
    ["y ~ x )", 'formula: "y ~ x )" has ")" where an operator is needed (position 7)'],
    ["y ~ (x + z", 'formula: "y ~ (x + z" ends where the ")" of position 5 is needed (position 11)'],
    ["y ~ log(x", 'formula: "y ~ log(x" ends where the ")" of position 8 is needed (position 10)'],
    ["y ~ x z", 'formula: "y ~ x z" has "z" where an operator is needed (position 7)'],
    ["y ~ x + * z", 'formula: "y ~ x + * z" has "*" where a term is needed (position 9)'],
    ["y = x", 'formula: "y = x" has "=" where an operator is needed (position 3)'],
    ["y", 'formula: "y" has no "~" between response and terms (position 2)'],
    ["y ~ x ~ z", 'formula: "y ~ x ~ z" has a second "~" (position 3)'],
    ["y ~ `x", 'formula: "y ~ `x" opens a ` that nothing closes (position 5)'],
    ["y ~ x %o% z", 'formula: "y ~ x %o% z" has "%o%"; of such operators there are %in%, %%, %/% (position 7)'],
    ["y ~ x # z", 'formula: "y ~ x # z" has "#", which is no part of a formula (position 7)'],
    ["y ~ x[1]", 'formula: "y ~ x[1]" has "[" where an operator is needed (position 6)'],
    ["y ~ d$x", 'formula: "y ~ d$x" has "$" where an operator is needed (position 6)'],
    [
      "y ~ 2 + x",
      'formula: "y ~ 2 + x" has 2 as a term; 1 and 0 switch the intercept, other numbers are no terms: I() takes arithmetic (position 5)',
    ],
    ['y ~ "x"', 'formula: "y ~ \\"x\\"" has "x" as a term; a name with blanks or signs stands in backticks (position 5)'],
    ["y ~ x^z", 'formula: "y ~ x^z" has the power z; a whole number >= 1 is needed (position 7)'],
    ["y ~ x^0", 'formula: "y ~ x^0" has the power 0; a whole number >= 1 is needed (position 7)'],
    ["y ~ offset(x):z", 'formula: "y ~ offset(x):z" has offset(x) in an interaction; an offset is a term of its own (position 5)'],
    [`y ~ ${"(".repeat(5000)}x`, /nests deeper than 1000 operators \(position \d+\)$/],
    [`y ~ ${"-".repeat(5000)}x`, /nests deeper than 1000 operators \(position \d+\)$/],
    [`y ~ x${"*x".repeat(5000)}`, /nests deeper than 1000 operators/],
    [`y ~ (${Array.from({ length: 40 }, (_, i) => `x${i}`).join("+")})^40`, /makes more than 20000 terms \(position \d+\)$/],
  ])("%s", (formula, message) => {
    expect(() => rows(formula)).toThrow(SyntaxError);
    expect(() => rows(formula)).toThrow(message);
  });

  test.each([
    ["y ~ w", 'formula: "y ~ w" names w, which is no column of the data; it has y, x, z, g, l (position 5)'],
    ["y ~ ns(x, 3)", /calls ns\(\), which is none of log, log2, .*, poly, .* \(position 5\)$/],
    ["y ~ log(g)", 'formula: "y ~ log(g)" has g, a factor, where numbers are needed (position 9)'],
    ["y ~ log()", 'formula: "y ~ log()" calls log(): x is missing (position 5)'],
    ["y ~ log(x, 2, 3)", /calls log\(x, 2, 3\): it takes 2 at most: x, base \(position 5\)/],
    ["y ~ log(x, bas = 2, base = 3)", /base is given twice/],
    ["y ~ log(x, b = 'e')", /has the constant "e" as base of log\(\); a number is needed \(position 16\)/],
    ["y ~ log(x - 1)", /has log\(x - 1\) = -Infinity in row 2, where data.x\[2\] is 1; finite numbers are needed \(position 5\)/],
    ["y ~ log(x - 2.5)", /has log\(x - 2.5\) = NaN in row 0, where data.x\[0\] is 2; finite numbers are needed/],
    ["y ~ poly(x, 4)", /polynomials of degree 4 of x, which has no more than 4 different values \(position 5\)/],
    ["y ~ poly(x, 2.5)", /polynomials of degree 2.5; a whole number from 1 to 100 is needed/],
    ["y ~ I(2)", /has I\(2\), a constant; a column is needed \(position 5\)/],
    ["y ~ cbind(x, z)", /has cbind\(x, z\), a response of several columns; a column is needed/],
    ["y ~ y + x", /has its response, y, among the terms, too \(position 5\)/],
    ["poly(x, 2) ~ z", /a response of numbers, a factor, cbind\(\) or Surv\(\) is needed \(position 1\)/],
    ["cbind(x) ~ z", /binds 1 columns; two are needed/],
    ["cbind(x, 1 - x) ~ z", /has 1 - x = -1 in row 0; counts >= 0 are needed/],
    ["Surv(x, z) ~ y", /has z = 2 in row 2; 0 and 1, 1 and 2, or false and true are needed/],
    ["Surv(x, z, z - z) ~ l", /has x = 2 and z = 1 in row 0; a start before the stop is needed/],
    ["Surv(x, z, type = 'counting') ~ y", /of type "counting"; Surv\(start, stop, status\) is needed/],
    ["Surv(x, z, type = 'interval2') ~ y", /has an interval from 2 to 1 in row 0; its ends must ascend/],
    ["y ~ I(x && z)", /has && among numbers, where it has no meaning; & compares rows/],
    ["y ~ cut(x, 1)", /cuts into 1 intervals/],
    ["y ~ cut(x, c(1, 1, 2))", /cuts at 1 twice/],
    ["y ~ relevel(factor(g), ref = 'd')", /has the base level "d", which is none of a, b, c/],
    ["y ~ factor(g, labels = c('A', 'B'))", /has 2 labels for 3 levels/],
    ["y ~ factor(x > 0, levels = TRUE)", /has 1 level: "TRUE"; a factor beside an intercept needs two/],
    ["y ~ scale(x - x)", /scales x - x by 0/],
    ["y ~ offset(g)", /offset\(g\) is a factor; an offset of numbers is needed/],
    ["y ~ x | z", /has 2 parts; one is needed/],
    ["y ~ x %in% z", undefined],
  ])("%s", (formula, message) => {
    if (message === undefined) expect(rows(formula).terms).toEqual(["x:z"]);
    else {
      expect(() => rows(formula)).toThrow(RangeError);
      expect(() => rows(formula)).toThrow(message);
    }
  });
});

const word = fc.constantFrom(
  ...'y x z g l w . 0 1 2 1e5 .5 + + + - * / : ^ %in% %% ( ) ( ) | ~ ~ , = == < ! & && `x y` "a" log poly I factor offset scale cut c Surv cbind relevel ifelse TRUE degree'.split(
    " ",
  ),
  "y ~",
  "y ~ x",
);

/** Whatever is written, it is a matrix of finite numbers or one error with a place. */
function expectClear(formula: string): void {
  try {
    const made = rows(formula);
    expect(made.columns.length).toBe(made.names.length);
    expect(made.assign.length).toBe(made.names.length);
    for (const column of made.columns) expect(column.every(Number.isFinite)).toBe(true);
  } catch (error) {
    expect(error instanceof SyntaxError || error instanceof RangeError, `${formula}: ${error}`).toBe(true);
    const { message } = error as Error;
    expect(message).toMatch(
      /^formula: ".*" .*\(position [1-9]\d*\)$|^Every row lacks|levels?|an offset of numbers|^formula: .* parts; one|columns/s,
    );
  }
}

test("words at random", () => {
  fc.assert(
    fc.property(fc.array(word, { maxLength: 14 }), (words) => expectClear(words.join(" "))),
    { numRuns: 1500 },
  );
});

test("letters at random", () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.string({ unit: "grapheme" })), (text) => {
      expectClear(text);
      expectClear(`y ~ ${text}`);
      expectClear(`y ~ log(${text}) + g:x`);
    }),
    { numRuns: 300 },
  );
});

const expression: fc.Arbitrary<string> = fc.letrec<{ node: string }>((tie) => ({
  node: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.constantFrom("x", "z", "g", "l", "`odd name`", "2", "1e-05", "TRUE", '"a"'),
    fc.tuple(tie("node"), fc.constantFrom(..."+ - * / : ^ == < & | %in% %%".split(" ")), tie("node")).map((parts) => parts.join(" ")),
    fc.tuple(fc.constantFrom("-", "!", "+"), tie("node")).map((parts) => parts.join("")),
    tie("node").map((inner) => `(${inner})`),
    fc.tuple(fc.constantFrom("log", "f"), fc.array(tie("node"), { maxLength: 3 })).map(([name, list]) => `${name}(${list.join(", ")})`),
  ),
})).node;

test("what is written back reads the same", () => {
  fc.assert(
    fc.property(expression, (text) => {
      const written = deparse(parse(text));
      expect(deparse(parse(written))).toBe(written);
      expect(written.replaceAll(" ", "")).toBe(text.replaceAll(" ", ""));
    }),
    { numRuns: 300 },
  );
});

test("a sum of thousands of terms", () => {
  const names = Array.from({ length: 3000 }, (_, i) => `v${i}`);
  const wide = Object.fromEntries([["y", [1, 2]], ...names.map((name, i) => [name, [i, i + 1]])]);
  expect(rows(`y ~ ${names.join(" + ")}`, wide).names).toEqual(["(Intercept)", ...names]);
  expect(rows("y ~ .", wide).names).toEqual(["(Intercept)", ...names]);
});
