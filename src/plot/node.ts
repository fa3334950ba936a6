/**
 * loglik/plot in Node: pictures of fits as SVG.
 *
 * @packageDocumentation
 */
import { DOMParser } from "linkedom";
import { type Drawable, type PlotKind, plotData } from "loglik";
import { draw, type PlotOptions } from "./draw.ts";

export type { LookOptions, PlotOptions } from "./draw.ts";
export type { Theme } from "./theme.ts";

/**
 * Draws a fit: `"density"` over a histogram, `"cdf"`, `"qq"`, `"pp"`, `"profile"`, `"contour"` of two parameters, `"returnLevel"`;
 * a regression: `"residuals"`, `"qq"` of its quantile residuals, the `"effect"` of a column.
 *
 * @param subject a fit; several of the same data or a ranking for `"density"` and `"cdf"`.
 * @param options with `document`, say of jsdom, an element of it is returned instead of a text.
 * @returns the text of an .svg file.
 * @throws TypeError or RangeError as `plotData` does, and for a size or a theme that there is not.
 * @example
 * await writeFile("loss.svg", await plot(await fitBest(x), "density", { label: "loss", unit: "kr" }));
 */
export async function plot(
  subject: Drawable,
  kind: PlotKind,
  options: PlotOptions & { readonly document: Document },
): Promise<SVGSVGElement>;
export async function plot(subject: Drawable, kind: PlotKind, options?: PlotOptions): Promise<string>;
export async function plot(
  subject: Drawable,
  kind: PlotKind,
  { document, ...options }: PlotOptions & { readonly document?: Document } = {},
): Promise<string | SVGSVGElement> {
  const data = await plotData(subject, kind, options);
  if (document) return draw(data, document, options);
  // A document of XML, which escapes in attributes what one of HTML leaves.
  const own = new DOMParser().parseFromString('<svg xmlns="http://www.w3.org/2000/svg"/>', "image/svg+xml") as unknown as Document;
  return `${draw(data, own, options).outerHTML}\n`;
}

/** The same as the text of an .svg file, here as in the browser. */
export function plotText(subject: Drawable, kind: PlotKind, options: PlotOptions = {}): Promise<string> {
  return plot(subject, kind, options);
}
