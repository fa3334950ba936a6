// The page of --report: what was fitted, its pictures, and how to make it again.

import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { createRequire } from "node:module";
import { pipeline } from "node:stream/promises";
import type { Drawable, Fit, PlotKind } from "loglik";
import { count } from "../report/number.ts";
import { pageText } from "../report/page.ts";
import type { PageFrame } from "../report/pageFrame.ts";
import type { Input } from "./input.ts";
import type { FitOptions } from "./options.ts";
import { canDraw, type Outcome } from "./outputs.ts";

/** The text of the page. */
export async function reportPage(outcome: Outcome, { level, criterion, unit, dist, weightType }: FitOptions): Promise<string> {
  const { best, intervals, ranking, about, input } = outcome;
  return pageText({
    ...(await fileFacts(input, [
      ["column", unit === undefined ? about.column : `${about.column}, in ${unit}`],
      ["rows", about.dropped === 0 ? count(about.rows) : `${count(about.rows)} (${count(about.dropped)} left out for missing values)`],
    ])),
    title: dist === undefined ? `Distributions fitted to ${about.column}` : `${dist} fitted to ${about.column}`,
    fit: best,
    intervals,
    level,
    criterion,
    ranking,
    pictures: canDraw(outcome)
      ? await pictures(outcome, { label: about.column, level, ...(unit !== undefined && { unit }) }, weightType)
      : [],
  });
}

/** What a page says of a file, and how it was made. */
export async function fileFacts(input: Input, more: readonly (readonly [string, string])[]): Promise<Omit<PageFrame, "title" | "body">> {
  const { version } = createRequire(import.meta.url)("loglik/package.json") as { version: string };
  return {
    facts: [["file", input.file], ["size", `${count(input.bytes)} bytes`], ["SHA-256", await digest(input.path)], ...more],
    command: ["loglik", ...process.argv.slice(2)].map(quoted).join(" "),
    footer: `loglik ${version}, Node ${process.versions.node}`,
  };
}

/** The kinds that every fit has, and those of its likelihood where it has them. */
async function pictures(
  { subject, best }: Outcome,
  look: { label: string; level: number; unit?: string },
  weightType: FitOptions["weightType"],
): Promise<string[]> {
  const { plot } = await import("loglik/plot");
  const draw = (of: Drawable, kind: PlotKind) => plot(of, kind, look);
  const drawn = [await draw(subject, "density"), await draw(subject, "cdf"), await draw(best!, "qq"), await draw(best!, "pp")];
  for (const kind of likelihoodKinds(best!, weightType)) drawn.push(await draw(best!, kind));
  return drawn;
}

/** Importance weights leave the likelihood ratio without a distribution, and on a boundary it has another one. */
function likelihoodKinds({ status, parameters, standardErrors }: Fit, weightType: FitOptions["weightType"]): PlotKind[] {
  if (status !== "interior" || weightType === "importance") return [];
  const free = parameters.filter((name) => standardErrors[name]! > 0).length;
  return free === 0 ? [] : free === 1 ? ["profile"] : ["profile", "contour"];
}

async function digest(path: string): Promise<string> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(path), hash);
  return hash.digest("hex");
}

/** A word as a POSIX shell reads it. */
function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
