/**
 * loglik/plot: pictures of fits as SVG.
 *
 * @packageDocumentation
 */
import { type Drawable, type PlotKind, plotData } from "loglik";
import { draw, type PlotOptions } from "./draw.ts";

export type { LookOptions, PlotOptions } from "./draw.ts";
export type { Theme } from "./theme.ts";

/**
 * Draws a fit: `"density"` over a histogram, `"cdf"`, `"qq"`, `"pp"`, `"profile"`, `"contour"` of two parameters, `"returnLevel"`;
 * a regression: `"residuals"`, `"qq"` of its quantile residuals, the `"effect"` of a column.
 *
 * @param subject a fit; several of the same data or a ranking for `"density"` and `"cdf"`.
 * @param options `document` to draw in, the page's own by default.
 * @returns an SVG element that belongs to no page yet.
 * @throws TypeError or RangeError as `plotData` does, and for a size or a theme that there is not.
 * @example
 * document.body.append(await plot(await fitBest(x), "density", { label: "loss", unit: "kr" }));
 */
export async function plot(
  subject: Drawable,
  kind: PlotKind,
  { document = globalThis.document, ...options }: PlotOptions & { readonly document?: Document } = {},
): Promise<SVGSVGElement> {
  if (!document) throw new TypeError("There is no document here; options.document is needed.");
  return draw(await plotData(subject, kind, options), document, options);
}

/** The same as the text of an .svg file. */
export async function plotText(
  subject: Drawable,
  kind: PlotKind,
  options: PlotOptions & { readonly document?: Document } = {},
): Promise<string> {
  const svg = await plot(subject, kind, options);
  return `${new XMLSerializer().serializeToString(svg)}\n`;
}
