import * as Plot from "@observablehq/plot";
import type { DensityData } from "loglik";
import type { Drawing } from "./frame.ts";
import { curveEntries, type Labels, measured, seriesOf } from "./legend.ts";
import { light } from "./theme.ts";

/** How far a curve may rise above the highest bar: a density that is infinite at an end must not press the bars down. */
const HEADROOM = 1.5;

/** Densities over a histogram, or masses over bars. */
export function densityDrawing({ scale, discrete, histogram, heights, curves, notes }: DensityData, labels: Labels): Drawing {
  const { edges } = histogram;
  const shrink = discrete ? 0.1 : 0;
  const bars = heights.map((height, i) => {
    const inset = shrink * (edges[i + 1]! - edges[i]!);
    return { from: edges[i]! + inset, to: edges[i + 1]! - inset, height };
  });
  // Gaps between narrow bars would be stripes.
  const fine = !discrete && bars.length > 60;
  const highest = Math.max(...heights, 1e-300);
  const peak = Math.max(...curves.flatMap(({ y }) => y), highest);
  const top = 1.05 * Math.min(peak, HEADROOM * highest);
  const single = discrete && edges.length > 1 && edges[1]! - edges[0]! === 1;
  const perUnit = labels.unit ? `density (1/${labels.unit})` : "density";
  return {
    title: labels.title ?? `${discrete ? "Probabilities" : "Density"} of ${labels.label}`,
    legend: [{ symbol: "box", color: light.bar, name: discrete ? "observed shares" : "histogram" }, ...curveEntries(curves)],
    panels: [
      {
        x: { label: measured(labels), domain: [edges[0]!, edges.at(-1)!], log: scale === "log", whole: discrete },
        y: {
          label: discrete ? (single ? "probability" : "probability of each bin") : scale === "log" ? "density per decade" : perUnit,
          domain: [0, top],
        },
        marks: [
          fine
            ? Plot.areaY([...bars, { ...bars.at(-1)!, from: bars.at(-1)!.to }], {
                x: "from",
                y: "height",
                curve: "step-after",
                fill: light.bar,
              })
            : Plot.rect(bars, { x1: "from", x2: "to", y1: 0, y2: "height", fill: light.bar, insetLeft: 0.4, insetRight: 0.4, clip: true }),
          ...curves.flatMap(({ x, y }, i) => curveMarks(x, y, i, discrete)),
        ],
      },
    ],
    notes,
  };
}

function curveMarks(x: readonly number[], y: readonly number[], i: number, points: boolean): Plot.Markish[] {
  const { color, dash } = seriesOf(i);
  const at = { x: (k: number) => x[k]!, y: (k: number) => y[k]!, clip: true } as const;
  const indices = x.map((_, k) => k);
  return [
    Plot.line(indices, { ...at, stroke: color, strokeWidth: points ? 1.2 : 2, strokeDasharray: dash, strokeLinejoin: "round" }),
    ...(points ? [Plot.dot(indices, { ...at, fill: color, r: x.length > 60 ? 1.8 : 2.8 })] : []),
  ];
}
