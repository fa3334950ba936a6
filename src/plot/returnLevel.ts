import * as Plot from "@observablehq/plot";
import type { ReturnLevelData } from "loglik";
import type { Drawing } from "./frame.ts";
import { type Labels, measured, percent, seriesOf, valuesOf } from "./legend.ts";
import { padded } from "./quantiles.ts";
import { light } from "./theme.ts";

/** How far beyond the curve and the points the band may stretch the axis. */
const STRETCH = 1;

/** Levels against return periods. */
export function returnLevelDrawing({ level, fit, points, curve, notes }: ReturnLevelData, labels: Labels, period: string): Drawing {
  const { color } = seriesOf(0);
  const band = curve.filter(({ lower }) => lower !== undefined);
  const values = [...points, ...curve].map(({ value }) => value);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const room = STRETCH * (high - low);
  const top = Math.min(high + room, Math.max(high, ...band.map(({ upper }) => upper!)));
  const bottom = Math.max(low - 0.1 * room, Math.min(low, ...band.map(({ lower }) => lower!)));
  const periods = [...points, ...curve].map(({ period }) => period);
  const [shortest, longest] = [Math.min(...periods), Math.max(...periods)];
  return {
    title: labels.title ?? `Return levels of ${labels.label}`,
    legend: [
      { symbol: "dot", color: light.ink, name: labels.label, detail: "at k / (n + 1)" },
      { symbol: "line", color, name: fit.distribution, detail: valuesOf(fit) },
      ...(band.length > 0
        ? [{ symbol: "box" as const, color, opacity: 0.2, name: `${percent(level)} interval`, detail: "by the delta method" }]
        : []),
    ],
    panels: [
      {
        x: { label: `return period (${period}, logarithmic)`, domain: [shortest, longest], log: true },
        y: { label: measured(labels), domain: padded(bottom, top, false) },
        marks: [
          Plot.areaY(band, { x: "period", y1: "lower", y2: "upper", fill: color, fillOpacity: 0.2, clip: true }),
          Plot.line(curve, { x: "period", y: "value", stroke: color, strokeWidth: 2, clip: true }),
          Plot.dot(points, { x: "period", y: "value", r: points.length > 200 ? 1.8 : 2.4, fill: light.ink, clip: true }),
        ],
      },
    ],
    notes,
  };
}
