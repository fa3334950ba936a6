import type { Design } from "../formula/design.ts";
import type { SeenColumn } from "../formula/seenColumns.ts";
import { exp } from "../math/elementary.ts";
import type { Effect, EffectRows } from "../pictures/regressionPlotData.ts";
import type { Prediction } from "./regressionFit.ts";

/** What pictures ask of a regression. */
export type { Pictured } from "../pictures/regressionPlotData.ts";

// What a model says of new rows with the ends of an interval: from an estimate and its standard error, on the scale on which it is symmetric.

/** Symmetric itself. */
export function onItsScale({ fit, se }: Prediction, reach: number): Effect {
  return { y: fit, lower: fit.map((y, i) => y - reach * se[i]!), upper: fit.map((y, i) => y + reach * se[i]!) };
}

/** Of what lies above 0, on its logarithm. */
export function onLogs({ fit, se }: Prediction, reach: number): Effect {
  const factor = fit.map((y, i) => (y > 0 ? exp((reach * se[i]!) / y) : 1));
  return { y: fit, lower: fit.map((y, i) => y / factor[i]!), upper: fit.map((y, i) => y * factor[i]!) };
}

/** Of a probability, on its logit. */
export function onLogits({ fit, se }: Prediction, reach: number): Effect {
  const end = (sign: number) =>
    fit.map((p, i) => {
      const odds = (p / (1 - p)) * exp((sign * reach * se[i]!) / (p * (1 - p)));
      return p > 0 && p < 1 ? odds / (1 + odds) : p;
    });
  return { y: fit, lower: end(-1), upper: end(1) };
}

/** A mean's, on its linear predictor: an offset moves that, and the inverse of the link is the fit's own. */
export function throughLink(fit: Linked, rows: EffectRows, offset: Float64Array | undefined, reach: number): Effect {
  const eta = fit.predict(rows, { type: "link", se: true, ...(offset && { offset }) });
  const at = (shift: number) =>
    fit.predict(rows, {
      type: "response",
      offset: eta.se.map((error, i) => (offset ? offset[i]! : 0) + (Number.isNaN(error) ? 0 : shift * error)),
    });
  const [y, one, other] = [at(0), at(-reach), at(reach)];
  const end = (of: (a: number, b: number) => number) => y.map((_, i) => (Number.isNaN(eta.se[i]!) ? Number.NaN : of(one[i]!, other[i]!)));
  return { y, lower: end(Math.min), upper: end(Math.max) };
}

interface Linked {
  predict(rows: EffectRows, options: { readonly type: "link"; readonly se: true; readonly offset?: ArrayLike<number> }): Prediction;
  predict(rows: EffectRows, options: { readonly type: "response"; readonly offset?: ArrayLike<number> }): Float64Array;
}

/** The mean of an offset that was given beside the formula; undefined where there is none but zeros. */
export function typicalOffset(beside: Float64Array | undefined): number | undefined {
  if (!beside?.some((value) => value !== 0)) return undefined;
  return beside.reduce((all, value) => all + value, 0) / beside.length;
}

/** Columns of a design as a formula has those of its data; factors that are codes have no one column. */
export function designColumns({ names, blocks }: Design): SeenColumn[] {
  let first = 0;
  return blocks.flatMap((block): SeenColumn[] => {
    const name = names[first]!;
    first += block.kind === "levels" ? block.count : 1;
    return block.kind === "column" ? [{ name, kind: "numbers", values: block.values }] : [];
  });
}
