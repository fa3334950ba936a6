import * as Plot from "@observablehq/plot";
import type { QuantileData } from "loglik";
import type { Drawing } from "./frame.ts";
import { type Labels, measured, percent, seriesOf, valuesOf } from "./legend.ts";
import { light } from "./theme.ts";

/** Quantiles or probabilities of the data against those of the fit, about the line on which they are equal. */
export function quantileDrawing({ kind, scale, level, fit, of, pairs, notes }: QuantileData, given: Labels): Drawing {
  const { color } = seriesOf(0);
  const residuals = { label: "quantile residuals", unit: undefined, title: given.title ?? `Q-Q plot of the residuals of ${of}` };
  const labels = of === undefined ? given : residuals;
  const all = pairs.flatMap(({ theoretical, sample }) => [theoretical, sample]);
  const domain: [number, number] = kind === "pp" ? [0, 1] : padded(Math.min(...all), Math.max(...all), scale === "log");
  const band = pairs.filter(({ lower }) => lower !== undefined);
  const log = scale === "log";
  const values = valuesOf(fit);
  const against = `against ${fit.distribution}${values === "" ? "" : `: ${values}`}`;
  const [x, y] =
    kind === "qq"
      ? [`quantile of ${fit.distribution}${labels.unit ? ` (${labels.unit})` : ""}`, measured(labels)]
      : [`probability after ${fit.distribution}`, "share of the data"];
  return {
    title: labels.title ?? `${kind === "qq" ? "Q-Q" : "P-P"} plot of ${labels.label} against ${fit.distribution}`,
    legend: [
      { symbol: "dot", color, name: labels.label, detail: against },
      ...(band.length > 0
        ? [
            {
              symbol: "box" as const,
              color: light.ink,
              opacity: 0.16,
              name: `${percent(level)}`,
              detail: "of values lie here, each for itself, if the fit is right",
            },
          ]
        : []),
    ],
    panels: [
      {
        x: { label: x, domain, log },
        y: { label: y, domain, log },
        marks: [
          kind === "qq"
            ? Plot.areaY(band, { x: "theoretical", y1: "lower", y2: "upper", fill: light.ink, fillOpacity: 0.16, clip: true })
            : Plot.areaX(band, { y: "sample", x1: "lower", x2: "upper", fill: light.ink, fillOpacity: 0.16, clip: true }),
          Plot.line([domain[0], domain[1]], { x: (at: number) => at, y: (at: number) => at, stroke: light.ink, strokeWidth: 1.2 }),
          Plot.dot(pairs, { x: "theoretical", y: "sample", r: pairs.length > 200 ? 1.8 : 2.4, fill: color, clip: true }),
        ],
      },
    ],
    notes,
  };
}

/** A domain with a little room at both ends. */
export function padded(from: number, to: number, log: boolean): [number, number] {
  if (log) return [from * (from / to) ** 0.03, to * (to / from) ** 0.03];
  const room = to > from ? 0.03 * (to - from) : Math.max(1, Math.abs(from)) / 2;
  return [from - room, to + room];
}
