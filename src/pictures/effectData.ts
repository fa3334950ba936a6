import { describe } from "../data/observations.ts";
import { extent } from "../empirical/smooth.ts";
import type { SeenColumn } from "../formula/seenColumns.ts";
import { normalQuantile } from "../math/normal.ts";
import type { EffectData, PlotDataOptions } from "./plotShapes.ts";
import { type DrawableRegression, described } from "./regressionPlotData.ts";

const POINTS = 101;

/** The mean response along one column, the others held: numbers at their means, factors at their base levels. */
export function effectData(fit: DrawableRegression, { term, level = 0.95, points = POINTS }: PlotDataOptions): EffectData {
  const { columns, response, offset } = fit.pictured();
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
  const eta = fit.predict(rows, { type: "link", se: true, ...(offset !== undefined && { offset: constant(offset, values.length) }) });
  // The interval of the linear predictor, as means: an offset moves it, and the inverse of the link is the fit's own.
  const reach = normalQuantile((1 + level) / 2);
  const at = (shift: number) =>
    fit.predict(rows, { type: "response", offset: eta.se.map((error) => (offset ?? 0) + (Number.isNaN(error) ? 0 : shift * error)) });
  const [y, one, other] = [at(0), at(-reach), at(reach)];
  const known = (i: number) => !Number.isNaN(eta.se[i]!);
  const interval = (i: number) => (known(i) ? { lower: Math.min(one[i]!, other[i]!), upper: Math.max(one[i]!, other[i]!) } : {});
  return {
    kind: "effect",
    of: described(fit),
    term: shown.name,
    response,
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

function constant(value: number, length: number): Float64Array {
  return new Float64Array(length).fill(value);
}

/** Where the rows lie: their deciles. */
function deciles(values: Float64Array): number[] {
  const sorted = values.slice().sort();
  return Array.from({ length: 11 }, (_, i) => sorted[Math.round((i / 10) * (sorted.length - 1))]!);
}
