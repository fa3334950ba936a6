// What a regression leaves beside its text: a picture and a page.

import type { DrawableRegression, PlotKind } from "loglik";
import type { Covariance, Regression } from "../models/model.ts";
import { count } from "../report/number.ts";
import { regressionPageText } from "../report/regressionPage.ts";
import type { Input } from "./input.ts";
import { writeWhole } from "./output.ts";
import { writePicture } from "./outputs.ts";
import { Refusal } from "./refusal.ts";
import type { RegressionOptions } from "./regressionOptions.ts";

export interface RegressionOutcome {
  readonly result: Regression;
  readonly kind: Covariance | undefined;
  /** Whether there is a fit that can be drawn. */
  readonly exists: boolean;
  readonly intervals: { readonly level: number; readonly confint: Readonly<Record<string, readonly [number, number]>> };
  readonly about: { readonly name: string; readonly formula: string; readonly rows: number };
  readonly input: Input;
}

/** Effects that a page shows. */
const EFFECTS = 8;

/** Writes what is asked for. Where there is no fit to draw, the answer is told all the same, and standard error says why no picture is. */
export async function writeRegressionOutputs(outcome: RegressionOutcome, options: RegressionOptions): Promise<void> {
  const { plot: target, plotKind = "residuals", theme, term, report } = options;
  if (target !== undefined) {
    if (!outcome.exists) process.stderr.write(`loglik: ${target} is not written: there is no fit to draw.\n`);
    else {
      const look = { ...lookOf(outcome, options), ...(theme && { theme }), ...(term !== undefined && { term }) };
      await writePicture(target, drawable(outcome), plotKind as PlotKind, look).catch((error: unknown) => {
        throw error instanceof RangeError ? new Refusal(`--plot: ${error.message}`.replace("--plot: term is ", "--term: found ")) : error;
      });
    }
  }
  if (report !== undefined) await writeWhole("--report", report, await page(outcome, options));
}

/** @throws Refusal for a model without pictures. */
function drawable({ result, about }: RegressionOutcome): DrawableRegression {
  if (!("pictured" in result)) throw new Refusal(`--plot: there are no pictures of --model ${about.name}`);
  return result as Regression & DrawableRegression;
}

function lookOf({ intervals: { level } }: RegressionOutcome, { unit }: RegressionOptions) {
  return { level, ...(unit !== undefined && { unit }) };
}

async function page(outcome: RegressionOutcome, options: RegressionOptions): Promise<string> {
  const { result, kind, intervals, about, input } = outcome;
  const { fileFacts } = await import("./page.ts");
  const rows = result.omitted === 0 ? count(about.rows) : `${count(about.rows)} (${count(result.omitted)} left out for missing values)`;
  return regressionPageText({
    ...(await fileFacts(input, [
      ["model", `${about.name}, ${result.family}, ${result.link} link`],
      ["formula", about.formula],
      ["rows", rows],
    ])),
    title: about.formula,
    result,
    kind,
    intervals,
    pictures: outcome.exists && "pictured" in result ? await pictures(outcome, options) : [],
  });
}

/** Residuals, their Q-Q plot, and the effects of the first columns. */
async function pictures(outcome: RegressionOutcome, options: RegressionOptions): Promise<string[]> {
  const { plot } = await import("loglik/plot");
  const result = drawable(outcome);
  const look = lookOf(outcome, options);
  const { distribution, columns } = result.pictured();
  const drawn = [await plot(result, "residuals", look)];
  if (distribution) drawn.push(await plot(result, "qq", look));
  for (const { name } of columns.slice(0, EFFECTS)) drawn.push(await plot(result, "effect", { ...look, term: name }));
  return drawn;
}
