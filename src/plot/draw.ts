import type { PlotData, PlotDataOptions, PlotKind } from "loglik";
import { cdfDrawing } from "./cdf.ts";
import { contourDrawing } from "./contour.ts";
import { densityDrawing } from "./density.ts";
import { effectDrawing } from "./effect.ts";
import { type Drawing, framed } from "./frame.ts";
import type { Labels } from "./legend.ts";
import { profileDrawing } from "./profile.ts";
import { quantileDrawing } from "./quantiles.ts";
import { residualDrawing } from "./residuals.ts";
import { returnLevelDrawing } from "./returnLevel.ts";
import type { Theme } from "./theme.ts";

/** How a picture looks. */
export interface LookOptions {
  /** Pixels; 600 by default, at least 240. */
  readonly width?: number;
  /** Pixels; 420 by default, at least 240. Several profiles and long legends may need more. */
  readonly height?: number;
  /** `"auto"` by default: light or dark as the reader's page is (`prefers-color-scheme`). */
  readonly theme?: Theme;
  /** What the data are called: `x` by default. */
  readonly label?: string;
  /** What they are measured in. */
  readonly unit?: string;
  /** Instead of the picture's own. */
  readonly title?: string;
  /** `"returnLevel"`: what its periods are counted in, `"observations"` by default. */
  readonly periodUnit?: string;
}

/** Data and looks of a picture. */
export interface PlotOptions extends PlotDataOptions, LookOptions {}

const LEAST = 240;
const MOST = 8000;

type Drawer<K extends PlotKind> = (data: PlotData[K], labels: Labels, period: string) => Drawing;

const drawers: { readonly [K in PlotKind]: Drawer<K> } = {
  density: densityDrawing,
  cdf: cdfDrawing,
  qq: quantileDrawing,
  pp: quantileDrawing,
  profile: profileDrawing,
  contour: contourDrawing,
  returnLevel: returnLevelDrawing,
  residuals: residualDrawing,
  effect: effectDrawing,
};

/** Draws what `plotData` gives. @throws RangeError for a size or a theme that there is not. */
export function draw<K extends PlotKind>(data: PlotData[K], document: Document, options: LookOptions = {}): SVGSVGElement {
  const { width = 600, height = 420, theme = "auto", label = "x", unit, title, periodUnit = "observations" } = options;
  for (const [name, pixels] of Object.entries({ width, height })) {
    if (!(pixels >= LEAST && pixels <= MOST))
      throw new RangeError(`${name} is ${pixels}; a number of pixels from ${LEAST} to ${MOST} is needed.`);
  }
  if (!["auto", "light", "dark"].includes(theme)) throw new RangeError(`theme is ${theme}; "auto", "light" or "dark" is needed.`);
  const drawer = drawers[data.kind as K];
  return framed(drawer(data, { label, unit, title }, periodUnit), { document, width, height, theme });
}
