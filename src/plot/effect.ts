import * as Plot from "@observablehq/plot";
import type { EffectData } from "loglik";
import type { Drawing, Panel } from "./frame.ts";
import { type Labels, measured, percent, seriesOf } from "./legend.ts";
import { readable } from "./number.ts";
import { padded } from "./quantiles.ts";
import { light } from "./theme.ts";

/** Height of the marks where the deciles of the column lie, of the picture's. */
const RUG = 0.025;

/** The response along one column, its mean as a rule, the others held. */
export function effectDrawing(data: EffectData, labels: Labels): Drawing {
  const { of, term, response, on, level, held, curve, levels } = data;
  const { color } = seriesOf(0);
  const banded = [...curve, ...levels].some(({ lower }) => lower !== undefined);
  const where = held.map(({ name, value }) => `${name} ${typeof value === "number" ? readable(value) : value}`).join(", ");
  const interval = { color, name: `${percent(level)} interval`, detail: "pointwise" };
  return {
    title: labels.title ?? `Effect of ${term} on ${response} (${of})`,
    legend: [
      { symbol: levels.length > 0 ? "dot" : "line", color, name: on },
      ...(banded
        ? [levels.length > 0 ? { symbol: "line" as const, ...interval } : { symbol: "box" as const, opacity: 0.2, ...interval }]
        : []),
    ],
    panels: [levels.length > 0 ? ofLevels(data, labels) : ofNumbers(data, labels)],
    notes: where === "" ? [] : [`others held at their means and base levels: ${where}`],
  };
}

function ofNumbers({ term, on, curve, rug }: EffectData, labels: Labels): Panel {
  const { color } = seriesOf(0);
  const band = curve.filter(({ lower }) => lower !== undefined);
  const ends = [...curve.map(({ y }) => y), ...band.flatMap(({ lower, upper }) => [lower!, upper!])].filter(Number.isFinite);
  const [bottom, top] = padded(Math.min(...ends), Math.max(...ends), false);
  return {
    x: { label: term, domain: padded(curve[0]!.x, curve.at(-1)!.x, false) },
    y: { label: measured({ ...labels, label: on }), domain: [bottom, top] },
    marks: [
      Plot.areaY(band, { x: "x", y1: "lower", y2: "upper", fill: color, fillOpacity: 0.2, clip: true }),
      Plot.line(curve, { x: "x", y: "y", stroke: color, strokeWidth: 2.2, clip: true }),
      Plot.ruleX(rug, { x: (at: number) => at, y1: bottom, y2: bottom + RUG * (top - bottom), stroke: light.ink, strokeWidth: 1.2 }),
    ],
  };
}

function ofLevels({ term, on, levels }: EffectData, labels: Labels): Panel {
  const { color } = seriesOf(0);
  const places = levels.map((own, i) => ({ ...own, i }));
  const banded = places.filter(({ lower }) => lower !== undefined);
  const ends = [...places.map(({ y }) => y), ...banded.flatMap(({ lower, upper }) => [lower!, upper!])].filter(Number.isFinite);
  return {
    x: { label: term, domain: [-0.5, levels.length - 0.5], names: levels.map((own) => own.level) },
    y: { label: measured({ ...labels, label: on }), domain: padded(Math.min(...ends), Math.max(...ends), false) },
    marks: [
      Plot.ruleX(banded, { x: "i", y1: "lower", y2: "upper", stroke: color, strokeWidth: 2 }),
      Plot.dot(places, { x: "i", y: "y", r: 4, fill: color }),
    ],
  };
}
