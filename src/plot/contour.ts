import * as Plot from "@observablehq/plot";
import type { ContourData } from "loglik";
import type { Drawing } from "./frame.ts";
import { type Labels, percent, seriesOf, valuesOf } from "./legend.ts";
import { light } from "./theme.ts";

/** Cells of the even grid on either side. */
const EVEN = 120;
const OPACITIES = [0.5, 0.3, 0.16];

/** Regions of two parameters by their profile deviance, with Wald's ellipses. */
export function contourDrawing({ fit, parameters, x, y, deviance, regions, ellipses }: ContourData, labels: Labels): Drawing {
  const { color } = seriesOf(0);
  const second = light.series[1]!;
  const [across, up] = [evenly(x), evenly(y)];
  // In rows first, then in columns: Plot's contours want an even grid.
  const rows = deviance.map((row) => interpolated(x, row, across));
  const even = across.map((_, i) =>
    interpolated(
      y,
      rows.map((row) => row[i]!),
      up,
    ),
  );
  const values = up.flatMap((_, j) => across.map((_, i) => even[i]![j]!));
  const grid = { width: across.length, height: up.length, x1: x[0]!, x2: x.at(-1)!, y1: y[0]!, y2: y.at(-1)! };
  const fills = regions.map(({ deviance: edge }, i) =>
    Plot.contour(
      values.map((value) => -value),
      {
        ...grid,
        thresholds: [-edge],
        fill: color,
        fillOpacity: OPACITIES[i] ?? 0.16,
        stroke: color,
        strokeWidth: 1.2,
      },
    ),
  );
  return {
    title: labels.title ?? `Joint regions of ${parameters.join(" and ")}: ${fit.distribution} fitted to ${labels.label}`,
    legend: [
      {
        symbol: "box",
        color,
        opacity: 0.5,
        name: `${regions.map(({ level }) => percent(level)).join(", ")}`,
        detail: "by likelihood, from the inside out",
      },
      { symbol: "line", color: second, dash: "5 3", name: "ellipses of the covariance", detail: "at the same levels (Wald)" },
      { symbol: "dot", color: light.ink, name: fit.distribution, detail: valuesOf(fit) },
    ],
    panels: [
      {
        x: { label: parameters[0], domain: [x[0]!, x.at(-1)!] },
        y: { label: parameters[1], domain: [y[0]!, y.at(-1)!] },
        marks: [
          ...fills.reverse(),
          ...ellipses.map((ellipse) =>
            Plot.line(
              ellipse.x.map((_, k) => k),
              {
                x: (k: number) => ellipse.x[k]!,
                y: (k: number) => ellipse.y[k]!,
                stroke: second,
                strokeWidth: 1.4,
                strokeDasharray: "5 3",
                clip: true,
              },
            ),
          ),
          Plot.dot([fit.estimates], {
            x: () => fit.estimates[parameters[0]]!,
            y: () => fit.estimates[parameters[1]]!,
            r: 3.5,
            fill: light.ink,
          }),
        ],
      },
    ],
    notes: [],
  };
}

function evenly(side: readonly number[]): number[] {
  const [from, to] = [side[0]!, side.at(-1)!];
  return Array.from({ length: EVEN + 1 }, (_, i) => from + (i / EVEN) * (to - from));
}

/** Cubic interpolation through the values at ascending places, with slopes of parabolas through three neighbours. */
export function interpolated(at: readonly number[], values: readonly number[], wanted: readonly number[]): number[] {
  const last = at.length - 1;
  const chord = (k: number) => (values[k + 1]! - values[k]!) / (at[k + 1]! - at[k]!);
  const slope = (k: number) => {
    if (last === 1) return chord(0);
    const i = Math.min(Math.max(k, 1), last - 1);
    const [before, after] = [at[i]! - at[i - 1]!, at[i + 1]! - at[i]!];
    const middle = (chord(i - 1) * after + chord(i) * before) / (before + after);
    const bend = (chord(i) - chord(i - 1)) / (before + after);
    return middle + 2 * bend * (at[k]! - at[i]!);
  };
  const slopes = at.map((_, k) => slope(k));
  let k = 0;
  return wanted.map((x) => {
    while (k < last - 1 && x > at[k + 1]!) k++;
    const width = at[k + 1]! - at[k]!;
    const t = (x - at[k]!) / width;
    const [a, b] = [values[k]!, values[k + 1]!];
    const [u, v] = [width * slopes[k]! - (b - a), b - a - width * slopes[k + 1]!];
    return a + t * (b - a) + t * (1 - t) * (u * (1 - t) + v * t);
  });
}
