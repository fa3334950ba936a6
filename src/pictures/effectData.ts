import { describe } from "../data/observations.ts";
import { extent } from "../empirical/smooth.ts";
import type { SeenColumn } from "../formula/seenColumns.ts";
import { normalQuantile } from "../math/normal.ts";
import type { EffectData, PlotDataOptions } from "./plotShapes.ts";
import { type DrawableRegression, described } from "./regressionPlotData.ts";

const POINTS = 101;

/** The response along one column, its mean as a rule, the others held: numbers at their means, factors at their base levels. */
export function effectData(fit: DrawableRegression, { term, level = 0.95, points = POINTS }: PlotDataOptions): EffectData {
  const { columns, response, offset, effect } = fit.pictured();
  const shown = term === undefined ? columns[0] : columns.find(({ name }) => name === term);
  const names = columns.map(({ name }) => name).join(", ");
  if (!shown && term !== undefined) throw new RangeError(`term is ${describe(term)}; one of ${names || "no columns"} is needed.`);
  if (!shown) throw new RangeError(`${fit.model}: the model has no term of which an effect could be drawn.`);
  const values = shown.kind === "levels" ? [...shown.levels] : evenly(...extent(shown.values), points);
  const held = columns.filter((column) => column !== shown).map((column) => ({ name: column.name, value: typical(column) }));
  const rows = Object.fromEntries([
    [shown.name, values as number[]],
    ...held.map(({ name, value }) => [name, values.map(() => value) as number[]] as const),
  ]);
  const shift = offset === undefined ? undefined : new Float64Array(values.length).fill(offset);
  const { y, lower, upper } = effect.at(rows, shift, normalQuantile((1 + level) / 2));
  const interval = (i: number) => (Number.isNaN(lower[i]!) ? {} : { lower: lower[i]!, upper: upper[i]! });
  return {
    kind: "effect",
    of: described(fit),
    term: shown.name,
    response,
    on: effect.on,
    level,
    held: offset === undefined ? held : [...held, { name: "offset", value: offset }],
    curve: shown.kind === "numbers" ? values.map((x, i) => ({ x: x as number, y: y[i]!, ...interval(i) })) : [],
    levels: shown.kind === "levels" ? values.map((value, i) => ({ level: String(value), y: y[i]!, ...interval(i) })) : [],
    rug: shown.kind === "numbers" ? deciles(shown.values) : [],
  };
}

function typical(column: SeenColumn): number | string | boolean {
  if (column.kind === "levels") return column.levels[0]!;
  let mean = 0;
  column.values.forEach((value, i) => {
    mean += (value - mean) / (i + 1);
  });
  return mean;
}

function evenly(from: number, to: number, points: number): number[] {
  return to > from ? Array.from({ length: points }, (_, i) => from + (i / (points - 1)) * (to - from)) : [from];
}

/** Where the rows lie: their deciles. */
function deciles(values: Float64Array): number[] {
  const sorted = values.slice().sort();
  return Array.from({ length: 11 }, (_, i) => sorted[Math.round((i / 10) * (sorted.length - 1))]!);
}
