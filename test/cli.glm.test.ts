// loglik glm: what it answers, and what it refuses with file, line, column and value.

import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { glm, lm } from "loglik";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { expectAll, loglik, type Row } from "./command.ts";

const rows = Array.from({ length: 40 }, (_, i) => ({
  y: (i * 7) % 5 < 2 ? 1 : 0,
  n: (i * 3) % 7,
  x: ((i * 37) % 40) / 8,
  z: 1 + ((i * 11) % 13) / 4,
  g: ["low", "high", "middle"][(i * 5) % 3]!,
  w: 1 + (i % 2),
  id: `c${i % 8}`,
}));
const names = ["y", "n", "x", "z", "g", "w", "id"] as const;
const text = [names.join(","), ...rows.map((row) => names.map((name) => row[name]).join(","))].join("\n");
const file = { "a.csv": `${text}\n` };
const column = (name: "y" | "n" | "x" | "z" | "w") => rows.map((row) => row[name]);
const g = rows.map((row) => row.g);
const data = { y: column("y"), n: column("n"), x: column("x"), z: column("z"), g };

const json = async (args: readonly string[], input: Parameters<typeof loglik>[1] = file) => {
  const { code, out, err } = await loglik(["glm", ...args, "--json"], input);
  return { code, err, found: JSON.parse(out) as Record<string, unknown> };
};

describe.concurrent("answers", () => {
  const levels = { g: ["low", "middle", "high"] };
  const weights = column("w");
  const cases = [
    ["a logistic regression", ["y ~ x + g", "--family", "binomial"], () => glm({ formula: "y ~ x + g", data, family: "binomial" })],
    [
      "a Poisson one with weights, an offset and ordered levels",
      ["n ~ x + g", "--family", "poisson", "--weights", "w", "--offset", "z", "--levels", "g=low,middle,high"],
      () => glm({ formula: "n ~ x + g", data, levels, family: "poisson", weights, offset: column("z") }),
    ],
    [
      "another link",
      ["y ~ x", "--family", "binomial", "--link", "probit"],
      () => glm({ formula: "y ~ x", data, family: "binomial", link: "probit" }),
    ],
    ["a gamma regression", ["z ~ x", "--family", "gamma"], () => glm({ formula: "z ~ x", data, family: "gamma" })],
    [
      "a known theta",
      ["n ~ x", "--family", "negativeBinomial", "--theta", "2"],
      () => glm({ formula: "n ~ x", data, family: "negativeBinomial", theta: 2 }),
    ],
    [
      "trials",
      ["y ~ x", "--family", "binomial", "--trials", "w"],
      () => glm({ formula: "y ~ x", data, family: "binomial", trials: weights }),
    ],
    ["gaussian, unless said", ["z ~ x + factor(n)"], () => glm({ formula: "z ~ x + factor(n)", data, family: "gaussian" })],
    ["a linear model", ["z ~ x + g", "--model", "lm"], () => lm({ formula: "z ~ x + g", data })],
    [
      "all columns",
      ["z ~ .", "--model", "lm"],
      () => lm({ formula: "z ~ .", data: { ...data, w: weights, id: rows.map((row) => row.id) } }),
    ],
  ] as const;
  for (const [name, args, expected] of cases) {
    test(name, async () => {
      const { code, err, found } = await json(["a.csv", ...args]);
      const { seconds: _, ...document } = found;
      expect([code, err]).toEqual([0, ""]);
      const fit = await expected();
      const { deviance, nullDeviance, dispersion, vcov } = fit;
      const more = { deviance, nullDeviance, dispersion, vcov, confint: fit.confint(), coefficients: fit.coefficients() };
      // What is no number is null in JSON.
      expect(document).toMatchObject(JSON.parse(JSON.stringify({ ...fit.toJSON(), ...more, file: "a.csv", rows: 40, level: 0.95 })));
    });
  }

  test("standard errors of other kinds", async () => {
    const fit = await lm({ formula: "z ~ x", data });
    const { found } = await json(["a.csv", "z ~ x", "--model", "lm", "--covariance", "HC3", "--level", "0.9"]);
    expect(found).toMatchObject({ covariance: "HC3", level: 0.9, vcov: fit.vcovOf("HC3"), coefficients: fit.coefficients("HC3") });
    expect(found.confint).toEqual(fit.confint({ level: 0.9, covariance: "HC3" }));
    const cluster = rows.map((row) => row.id);
    const { found: clustered } = await json(["a.csv", "z ~ x", "--model", "lm", "--cluster", "id"]);
    expect(clustered).toMatchObject({ covariance: { cluster: "id" }, vcov: fit.vcovOf({ cluster }) });
  });

  test("rows with missing values are left out, of clusters too", async () => {
    const holes = `${text.replace("0,3,", "0,NA,").replace(/,low,/, ",,")}\n`;
    const { code, found } = await json(["a.csv", "n ~ x + g", "--family", "poisson", "--cluster", "id"], { "a.csv": holes });
    expect([code, found.omitted, found.nobs, found.rows]).toEqual([0, 2, 38, 40]);
    const lines = holes.trim().split("\n").slice(1);
    const kept = rows.filter((_, i) => !/,NA,|,,/.test(lines[i]!));
    const own = { n: kept.map((row) => row.n), x: kept.map((row) => row.x), g: kept.map((row) => row.g) };
    const fit = await glm({ formula: "n ~ x + g", data: own, family: "poisson" });
    expect(found.vcov).toEqual(fit.vcovOf({ cluster: kept.map((row) => row.id) }));
  });

  const text2 = text.replaceAll(",", ";").replaceAll(".", ",");
  const kinds: readonly (readonly [string, readonly string[], Parameters<typeof loglik>[1]])[] = [
    ["JSON", ["a.json"], { "a.json": JSON.stringify(rows) }],
    ["NDJSON", ["a.ndjson"], { "a.ndjson": rows.map((row) => JSON.stringify(row)).join("\n") }],
    ["TSV", ["a.tsv"], { "a.tsv": text.replaceAll(",", "\t") }],
    ["decimal commas", ["a.csv", "--decimal", ","], { "a.csv": text2 }],
    ["standard input", ["-"], text],
  ];
  for (const [name, args, input] of kinds) {
    test(name, async () => {
      const { code, found } = await json([args[0]!, "n ~ x + g", "--family", "poisson", ...args.slice(1)], input);
      const fit = await glm({ formula: "n ~ x + g", data, family: "poisson" });
      expect([code, found.estimates]).toEqual([0, fit.estimates]);
    });
  }

  test("truths are what they are in R", async () => {
    const { found } = await json(["a.json", "z ~ t", "--model", "lm"], {
      "a.json": JSON.stringify(rows.map((row) => ({ ...row, t: row.y === 1 }))),
    });
    expect(Object.keys(found.estimates as object)).toEqual(["(Intercept)", "tTRUE", "sigma"]);
  });

  test("--where, and text in the shell", async () => {
    const { code, out } = await loglik(
      ["glm", "a.csv", "z ~ x", "--model", "lm", "--where", "g <> 'low' and x > 0.5", "--level", "0.9"],
      file,
    );
    expect(code).toBe(0);
    const kept = rows.filter((row) => row.g !== "low" && row.x > 0.5);
    const fit = await lm({ formula: "z ~ x", data: { z: kept.map((row) => row.z), x: kept.map((row) => row.x) } });
    expectAll(out, [fit.summary(), "90 % interval", /^a\.csv: read in .+, fitted in .+$/m]);
  });
});

test("no maximum: exit code 1, the column and the direction, and the document all the same", async () => {
  const input = { "a.csv": "y,x\n0,1\n0,2\n1,3\n1,4\n" };
  const { code, out } = await loglik(["glm", "a.csv", "y ~ x", "--family", "binomial"], input);
  expect(code).toBe(1);
  expectAll(out, ["nonexistent: Complete separation: along", "x to +Infinity"]);
  const { code: again, found } = await json(["a.csv", "y ~ x", "--family", "binomial"], input);
  expect(again).toBe(1);
  expect(found).toMatchObject({
    status: "nonexistent",
    separation: { kind: "complete", direction: { x: 1 } },
    estimates: { x: "Infinity" },
  });
});

const model = (formula: string, ...more: string[]) => ["glm", "a.csv", formula, ...more];
const poisson = ["--family", "poisson"];
const csv = (content: string) => ({ "a.csv": content });

const refusals: readonly Row[] = [
  ["an unknown column", model("y ~ zz"), file, "a.csv, column zz: no such column; found y, n, x, z, g, w, id (did you mean z?)"],
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

describe("pictures and pages", () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "loglik-glm-"));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  test("residuals, Q-Q and an effect, as .svg and .png", async () => {
    const [svg, png] = [join(folder, "a.svg"), join(folder, "a.png")];
    const drawn = async (...more: string[]) => {
      const { code, err } = await loglik(model("z ~ x + g", "--model", "lm", "--unit", "kr", ...more), file);
      expect([code, err]).toEqual([0, ""]);
    };
    await drawn("--plot", svg);
    expectAll((await readFile(svg)).toString(), [/^<svg /, "Residuals of z", "fitted z (kr)", "prefers-color-scheme"]);
    await drawn("--plot", svg, "--plot-kind", "effect", "--term", "g", "--theme", "dark");
    expectAll((await readFile(svg)).toString(), ["Effect of g on z", "middle", "mean of z (kr)", /held at .*: x 2\.43[78]/]);
    await drawn("--plot", png, "--plot-kind", "qq");
    expect((await readFile(png)).subarray(1, 4).toString()).toBe("PNG");
  });

  test("one page, with the summary and its pictures", async () => {
    const target = join(folder, "a.html");
    const { code, err } = await loglik(model("n ~ x + g", ...poisson, "--report", target), file);
    expect([code, err]).toEqual([0, ""]);
    const page = (await readFile(target)).toString();
    expect(page).not.toMatch(/<script|\b(?:src|href)=/);
    expectAll(page, [
      "<h1>n ~ x + g</h1>",
      /<dt>SHA-256<\/dt><dd>[0-9a-f]{64}/,
      "Residual deviance:",
      "Effect of g on n",
      "glm, poisson, log link",
    ]);
    expect(page.match(/<svg /g)!.length).toBe(4);
  });

  test("no picture where there is no fit", async () => {
    const target = join(folder, "none.svg");
    const { code, err } = await loglik(model("y ~ x", "--family", "binomial", "--plot", target), csv("y,x\n0,1\n0,2\n1,3\n1,4\n"));
    expect(code).toBe(1);
    expect(err).toContain("none.svg is not written: there is no fit to draw.");
  });
});
