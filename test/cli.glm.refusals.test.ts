// What loglik glm refuses, with file, line, column and value.

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { expectAll, loglik, type Row } from "./command.ts";
import { csv, file, model, poisson } from "./glmCommand.ts";

const refusals: readonly Row[] = [
  ["an unknown column", model("y ~ zz"), file, "a.csv, column zz: no such column; found y, n, x, z, g, w, id (did you mean z?)"],
  ["a column in other letters", model("y ~ X"), file, "a.csv, column X: no such column; found y, n, x, z, g, w, id (did you mean x?)"],
  [
    "no row with all values",
    model("y ~ x"),
    csv("y,x\n,1\n2,\n"),
    "a.csv, line 2, column y: found no value; Every row lacks a value; at least one row with all of them is needed.",
  ],
  ["a factor for counts", model("g ~ x", ...poisson), file, 'formula: "g ~ x" has a factor, g, as its response; poisson needs'],
  [
    "a computed response that is no count",
    model("I(y - 9) ~ x", ...poisson),
    csv("y,x\n9,2\n,2\n8,1\n"),
    "a.csv, line 4, column y: found 8; formula:",
    "has I(y - 9) = -1; poisson needs whole numbers >= 0",
  ],
  ["an unknown weight", model("y ~ x", "-w", "ww"), file, "a.csv, column ww: no such column", "did you mean w?"],
  ["a formula that ends early", model("y ~ x +"), file, 'formula: "y ~ x +" ends where a term is needed (position 8)'],
  ["a formula without ~", model("y + x"), file, 'has no "~" between response and terms (position 6)'],
  ["an unknown function", model("y ~ lgo(x)"), file, 'formula: "y ~ lgo(x)" calls lgo()', "(position 5)"],
  ["a formula before the file", ["glm", "none.csv", "y ~"], {}, "ends where"],
  ["a text among numbers", model("y ~ x"), csv("y,x\n1,2\n2,b\n3,1\n"), 'a.csv, line 3, column x: found "b"; needs a number'],
  ["an infinite number", model("y ~ x"), csv("y,x\n1,2\n2,inf\n3,1\n"), 'a.csv, line 3, column x: found "inf"; needs a finite number'],
  [
    "a logarithm of a negative number",
    model("y ~ log(x)"),
    csv("y,x\n1,2\n2,-1\n3,1\n"),
    "a.csv, line 3, column x: found -1; formula:",
    "log(x) = NaN; finite",
  ],
  [
    "a count that is none",
    model("y ~ x", ...poisson),
    csv("y,x\n1,2\n,2\n2.5,1\n3,1\n"),
    "a.csv, line 4, column y: found 2.5; poisson needs whole numbers >= 0",
  ],
  ["a proportion above 1", model("n ~ x", "--family", "binomial"), file, /a\.csv, line \d+, column n: found \d; binomial needs/],
  [
    "more successes than trials",
    model("n ~ x", "--family", "binomial", "--trials", "w"),
    file,
    /a\.csv, line \d+, column n: found \d; 0 to [12], its trials/,
  ],
  [
    "trials that are no count",
    model("y ~ x", "--family", "binomial", "--trials", "z"),
    file,
    /a\.csv, line \d+, column z: found [\d.]+; a whole number >= 0 is needed/,
  ],
  [
    "a negative weight",
    model("y ~ x", "-w", "w"),
    csv("y,x,w\n1,2,1\n2,1,-2\n3,1,1\n"),
    "a.csv, line 3, column w: found -2; a weight needs a number >= 0",
  ],
  [
    "a missing value, with --na fail",
    model("y ~ x", "--na", "fail"),
    csv("y,x\n1,2\n2,NA\n3,1\n"),
    'a.csv, line 3, column x: found "NA"; needs a number (--na omit leaves such rows out)',
  ],
  [
    "a row of no cluster",
    model("y ~ x", "--cluster", "c"),
    csv("y,x,c\n1,2,a\n2,1,\n3,1,b\n"),
    "a.csv, line 3, column c: found no value; --cluster needs one",
  ],
  [
    "an unknown level",
    model("z ~ g", "--levels", "g=low,high"),
    file,
    /a\.csv, line \d+, column g: found "middle"; --levels g has "low", "high"/,
  ],
  ["levels of no column", model("z ~ x", "--levels", "g"), file, "column=level,level, such as dose=low,high"],
  ["an unknown family", model("y ~ x", "--family", "poison"), file, '--family: found "poison"; one of gaussian, binomial, poisson'],
  [
    "a link of another family",
    model("z ~ x", "--family", "gamma", "--link", "probit"),
    file,
    '--link: found "probit"; gamma takes inverse, log, identity',
  ],
  [
    "a flag of another model",
    model("z ~ x", "--model", "lm", "--family", "gamma"),
    file,
    "--family: a flag of --model glm; --model lm has none",
  ],
  ["an unknown model", model("z ~ x", "--model", "lme"), file, "lme"],
  ["two kinds of standard errors", model("z ~ x", "--covariance", "HC3", "--cluster", "id"), file, "--covariance HC3 and --cluster"],
  [
    "a kind of picture that there is not",
    model("z ~ x", "--plot", "a.svg", "--plot-kind", "pp"),
    file,
    "--plot-kind: found pp; needs one of residuals, qq, effect",
  ],
  ["a term without its picture", model("z ~ x", "--term", "x"), file, "--term needs --plot-kind effect"],
];

describe.concurrent("refusals", () => {
  for (const [name, args, input, ...says] of refusals) {
    test(name, async () => {
      const { code, out, err } = await loglik(args, input);
      expect({ code, out }).toEqual({ code: 2, out: "" });
      expect(err).toMatch(/^loglik: [^\n]+[.!?]\n$/);
      expectAll(err, says);
    });
  }

  test("whatever stands in a cell or in a formula: an answer, or one line", async () => {
    const cell = fc.oneof(
      fc.constantFrom("NA", "", "1e999", "0x1", "x", "TRUE", "2020-01-01", "-0"),
      fc.double().map(String),
      fc.string({ maxLength: 4 }).map((own) => own.replace(/[\r\n"]/g, "")),
    );
    const formula = fc.constantFrom("y ~ x", "y ~ factor(x)", "log(y) ~ x", "y ~ x + I(x^2)", "x ~ y", "y ~", "~ x", "y ~ .", "y ~ 0");
    const table = fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(table, formula, fc.constantFrom("poisson", "binomial", "gamma"), async (cells, own, family) => {
        const input = { "a.csv": `y,x\n${cells.map((pair) => pair.join(",")).join("\n")}\n` };
        const { code, out, err } = await loglik(["glm", "a.csv", own, "--family", family, "--json"], input);
        if (code === 2) expect([out, err.split("\n").length, err.startsWith("loglik: ")]).toEqual(["", 2, true]);
        else expect([err, typeof JSON.parse(out).status]).toEqual(["", "string"]);
      }),
      { numRuns: 25 },
    );
  }, 120_000);
});
