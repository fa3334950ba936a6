// What a fit leaves beside its text: pictures, a page, and on a terminal a small histogram.

import type { Drawable, Fit, PlotKind, Ranking } from "loglik";
import type { PlotOptions } from "loglik/plot";
import { histogramLines } from "../report/histogram.ts";
import type { Skipped } from "../report/ranking.ts";
import type { Input } from "./input.ts";
import type { FitOptions } from "./options.ts";
import { checkTarget, extensionOf, writeWhole } from "./output.ts";
import { checkPng, png } from "./png.ts";
import { Refusal } from "./refusal.ts";

/** A fit, or a ranking with its best, and the data they are of. */
export interface Outcome {
  readonly subject: Fit | Ranking;
  readonly best: Fit | undefined;
  /** Of the best's parameters. */
  readonly intervals: Readonly<Record<string, readonly [number, number]>>;
  readonly ranking: { readonly fits: readonly Fit[]; readonly skipped: readonly Skipped[]; readonly note: string | undefined } | undefined;
  readonly about: { readonly file: string; readonly column: string; readonly rows: number; readonly dropped: number };
  readonly input: Input;
}

/** What can be told before a long file is read: unknown kinds and extensions, places that cannot be written. */
export async function checkOutputs(
  { plot, plotKind, theme, report }: Pick<FitOptions, "plot" | "plotKind" | "theme" | "report">,
  kinds: () => Promise<readonly string[]>,
): Promise<void> {
  for (const [flag, given] of Object.entries({ "--plot-kind": plotKind, "--theme": theme })) {
    if (given !== undefined && plot === undefined) throw new Refusal(`${flag} needs --plot: it says how a picture is drawn`);
  }
  if (plotKind !== undefined) {
    const known = await kinds();
    if (!known.includes(plotKind)) throw new Refusal(`--plot-kind: found ${plotKind}; needs one of ${known.join(", ")}`);
  }
  if (plot !== undefined) {
    await checkTarget("--plot", plot, ["svg", "png"]);
    if (extensionOf(plot) === "png") await checkPng();
  }
  if (report !== undefined) await checkTarget("--report", report, ["html", "htm"]);
}

/** Writes what is asked for. Where there is no fit to draw, the answer is told all the same, and standard error says why no picture is. */
export async function writeOutputs(outcome: Outcome, options: FitOptions): Promise<void> {
  const { plot: target, plotKind = "density", theme, unit, level, report } = options;
  if (target !== undefined) {
    if (!canDraw(outcome)) process.stderr.write(`loglik: ${target} is not written: there is no fit to draw.\n`);
    else {
      const look = { label: outcome.about.column, level, ...(unit !== undefined && { unit }) };
      await writePicture(target, outcome.subject, plotKind as PlotKind, { ...look, ...(theme && { theme }) });
    }
  }
  if (report !== undefined) {
    const { reportPage } = await import("./page.ts");
    await writeWhole("--report", report, await reportPage(outcome, options));
  }
}

/** Writes a picture as its file's name says. */
export async function writePicture(target: string, subject: Drawable, kind: PlotKind, options: PlotOptions): Promise<void> {
  const { plot } = await import("loglik/plot");
  const isPng = extensionOf(target) === "png";
  const { theme } = options;
  // A .png has one look: nothing in it can follow the page.
  const fixed = isPng && theme !== "dark" ? "light" : (theme ?? "auto");
  const svg = await plot(subject, kind, { ...options, theme: fixed });
  await writeWhole("--plot", target, isPng ? await png(svg) : svg);
}

/** Lines of a histogram with the fitted density, and an empty one; none where standard output is no terminal, unless asked for. */
export async function terminalHistogram(outcome: Outcome, { histogram }: FitOptions): Promise<string[]> {
  if (!(histogram ?? process.stdout.isTTY) || !canDraw(outcome)) return [];
  const { plotData } = await import("loglik");
  const columns = Math.max(30, Math.min(process.stdout.columns ?? 80, 100));
  const data = await plotData(outcome.best as Drawable, "density", { bins: Math.floor((columns - 2) / 2) });
  return [...histogramLines(data, { columns, unicode: isUnicode(), label: outcome.about.column }), ""];
}

/** Whether there is a fit that a picture can show. */
export function canDraw({ best }: Outcome): boolean {
  const exists = best?.status === "interior" || best?.status === "boundary";
  return exists && best.parameters.every((name) => Number.isFinite(best.estimates[name]));
}

/** Whether the terminal shows more than ASCII: as its locale says; on Windows, the newer terminals do. */
function isUnicode(): boolean {
  const { LC_ALL, LC_CTYPE, LANG, WT_SESSION, TERM_PROGRAM } = process.env;
  if (process.platform === "win32") return WT_SESSION !== undefined || TERM_PROGRAM !== undefined;
  return /utf-?8/i.test(LC_ALL || LC_CTYPE || LANG || "");
}
