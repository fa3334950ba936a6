import * as Plot from "@observablehq/plot";
import type { CdfData } from "loglik";
import type { Drawing, Entry } from "./frame.ts";
import { curveEntries, type Labels, measured, percent, seriesOf } from "./legend.ts";
import { light } from "./theme.ts";

const ESTIMATES: Partial<Record<CdfData["data"], readonly string[]>> = {
  "right-censored": ["after Kaplan and Meier"],
  intervals: ["after Turnbull"],
};

/** Distribution functions over the steps of the data with their band. */
export function cdfDrawing({ scale, discrete, data: known, level, steps, curves, notes }: CdfData, labels: Labels): Drawing {
  const all = curves.flatMap(({ x }) => [x[0]!, x.at(-1)!]);
  const [from, to] = [Math.min(...all), Math.max(...all)];
  const first = steps[0];
  // The step function from the left edge on to the right one.
  const data = first ? [...(first.x > from ? [{ x: from, y: 0 }] : []), ...steps, { ...steps.at(-1)!, x: to }] : [];
  const band = data.filter((step) => "lower" in step && step.lower !== undefined);
  const detail = [...(ESTIMATES[known] ?? []), ...(band.length > 0 ? [`with pointwise ${percent(level)} interval`] : [])].join(" ");
  const entry: Entry = { symbol: "line", color: light.ink, name: "data", ...(detail && { detail }) };
  const curve = known === "intervals" ? ("linear" as const) : ("step-after" as const);
  return {
    title: labels.title ?? `Distribution function of ${labels.label}`,
    legend: [entry, ...curveEntries(curves)],
    panels: [
      {
        x: { label: measured(labels), domain: [from, to], log: scale === "log", whole: discrete },
        y: { label: "share at or below", domain: [0, 1] },
        marks: [
          Plot.areaY(band, { x: "x", y1: "lower", y2: "upper", curve, fill: light.ink, fillOpacity: 0.16 }),
          Plot.line(data, { x: "x", y: "y", curve, stroke: light.ink, strokeWidth: 1.4 }),
          ...curves.map(({ x, y }, i) => {
            const { color, dash } = seriesOf(i);
            return Plot.line(
              x.map((_, k) => k),
              {
                x: (k: number) => x[k]!,
                y: (k: number) => y[k]!,
                ...(discrete && { curve: "step-after" as const }),
                stroke: color,
                strokeWidth: 2,
                strokeDasharray: dash,
              },
            );
          }),
        ],
      },
    ],
    notes,
  };
}
