// loglik glm: what it answers.

import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { glm, lm } from "loglik";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { expectAll, loglik } from "./command.ts";
import { csv, file, model, poisson, rows, text } from "./glmCommand.ts";

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
