import type { WeightedIntervals } from "./distinct.ts";
import type { Parts } from "./partialRows.ts";

/** Rows of a subsample: a start within a few hundredths of the parameters. */
const ROWS = 2048;

/** Parts larger than this many times the subsample are worth one. */
const WORTH = 8;

/** Every k-th row of the parts; undefined where they are few. A short part stays, with a k-th of its weights: it may stand for all rows. */
export function thinned(parts: Parts): Parts | undefined {
  const { exact, above, below, between } = parts;
  const largest = Math.max(...[exact, above, below, between].map(({ at }) => at.length));
  if (largest < WORTH * ROWS) return undefined;
  const k = Math.floor(largest / ROWS);
  const thin = <T extends { readonly at: Float64Array; readonly weight: Float64Array; readonly to?: Float64Array }>(part: T): T => {
    if (part.at.length < 4 * k) return { ...part, weight: part.weight.map((weight) => weight / k) };
    const some = (column: Float64Array) => Float64Array.from({ length: Math.floor(column.length / k) }, (_, i) => column[i * k]!);
    return { ...part, at: some(part.at), weight: some(part.weight), ...(part.to && { to: some(part.to) }) };
  };
  return {
    whole: parts.whole,
    weight: parts.weight / k,
    exact: thin(exact),
    above: thin(above),
    below: thin(below),
    between: thin<WeightedIntervals>(between),
  };
}
