// R's printed summaries, number by number and line by line. test/data/summaries.json is what R prints (scripts/reference/summaries.R).

import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { fitted, summaries, summariesPage } from "../scripts/summaries.ts";
import type { GlmFit, RegressionResult } from "../src/index.ts";

/** R's marks of what it writes besides: stars, and its count of iterations, where ours are others. */
const APART = /^(?:---|Signif\. codes|Number of (?:Fisher|Newton-Raphson))|^$/;

/** What stands below the call, without stars. */
function body(lines: readonly string[]): string[] {
  let end = lines.indexOf("Call:") + 1;
  for (let open = 0; end < lines.length; ) {
    for (const letter of lines[end++]!) open += letter === "(" ? 1 : letter === ")" ? -1 : 0;
    if (open === 0) break;
  }
  const below = lines.slice(end);
  return below.filter((line) => !APART.test(line)).map((line) => line.replace(/ [ *.]{1,3}$/, "").trimEnd());
}

const NUMBER = /(?<![\w.])-?\d+\.?\d*(?:e[-+]\d+)?/g;
const numbersIn = (line: string) => line.match(NUMBER) ?? [];

/** What MASS writes in a way of its own: the numbers of its line, ours in the same order. */
const OF_MASS: readonly (readonly [line: RegExp, ours: (fit: RegressionResult, theta: { value: number; error: number }) => number[]])[] = [
  [/^\(Dispersion parameter for Negative Binomial/, (fit, theta) => [theta.value, (fit as GlmFit).dispersion]],
  [/^ +Theta: /, (_, theta) => [theta.value]],
  [/^ +Std\. Err\.: /, (_, theta) => [theta.error]],
  [/^ 2 x log-likelihood: /, (fit) => [2, 2 * fit.logLik]],
];

test.each(summaries)("$id: every line that R prints, to its last digit", async (row) => {
  const fit = await fitted(row);
  const kind = row.covariance ?? undefined;
  const own = new Set(fit.summary(kind).split("\n"));
  const place = fit.parameters.indexOf("theta");
  const theta = place < 0 ? Number.NaN : Math.sqrt(fit.vcovOf("classical")[place]![place]!);
  const lines = body(row.printed);
  expect(lines.flatMap(numbersIn).length).toBeGreaterThan(20);
  for (const line of lines) {
    const [, ours] = OF_MASS.find(([pattern]) => pattern.test(line)) ?? [];
    if (!ours) expect([line, own.has(line)], fit.summary(kind)).toEqual([line, true]);
    else {
      const wanted = numbersIn(line);
      const values = ours(fit, { value: fit.estimates.theta!, error: theta });
      expect(values.map((value, i) => value.toFixed(wanted[i]!.split(".")[1]?.length ?? 0))).toEqual(wanted);
    }
  }
});

// R's standard errors are of the weights before its last step. These digits are all that this changes.
test("the digits that R prints differently where it stops a step early", () => {
  const early = summaries.flatMap(({ id, printed, default: first }): (readonly [string, string[]])[] => {
    const last = body(printed).flatMap(numbersIn);
    const changed = body(first)
      .flatMap(numbersIn)
      .flatMap((number, i) => (number === last[i] ? [] : [`${number}, at the maximum ${last[i]}`]));
    return changed.length > 0 ? [[id, changed]] : [];
  });
  expect(Object.fromEntries(early)).toEqual({
    "mtcars, logistic": ["1.436, at the maximum 1.437"],
    infert: [
      "1.41220, at the maximum 1.41221",
      "0.79255, at the maximum 0.79256",
      "0.1876, at the maximum 0.1877",
      "0.83416, at the maximum 0.83417",
      "4.21e-11, at the maximum 4.22e-11",
      "0.30146, at the maximum 0.30147",
    ],
    "warpbreaks, quasipoisson": ["3.76389, at the maximum 3.763881"],
  });
});

test("docs/summaries.md has them side by side", async () => {
  expect(readFileSync("docs/summaries.md", "utf8")).toBe(await summariesPage());
});
