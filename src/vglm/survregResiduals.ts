import { describe } from "../data/observations.ts";
import { quantileResidual, truncatedTails } from "../inference/quantileResidual.ts";
import { at } from "../laws/standardLaws.ts";
import { exp } from "../math/elementary.ts";
import { logInterval } from "../math/interval.ts";
import { Random } from "../math/random.ts";
import { inUnits, type KnownRows } from "./knownRows.ts";
import type { SurvivalDistribution } from "./survregModel.ts";

/** Rows with their predictors and scales. */
export interface PredictedRows {
  readonly distribution: SurvivalDistribution;
  readonly known: KnownRows;
  readonly lp: Float64Array;
  readonly scales: Float64Array;
  readonly weights: Float64Array | undefined;
  readonly seed: number;
}

/** @throws RangeError for a type that there is not. */
export function survregResiduals(type: string, rows: PredictedRows): Float64Array {
  const { distribution, known, lp, scales, weights, seed } = rows;
  const { law, logs } = distribution;
  const ends = inUnits(known, logs, 1);
  const { lower, upper } = ends;
  const random = new Random(seed);
  const back = logs ? exp : (y: number) => y;
  const logOf = (ask: (z: number) => void) => (z: number) => {
    ask(z);
    return at.value;
  };
  const [logSf, logCdf, logPdf] = [logOf(law.upper), logOf(law.lower), logOf(law.density)];
  const tails = { logSf, logCdf, logPdf };
  /** Where the predictor would make what is known of the row most probable: its end, where it is open. */
  const center = (i: number): number => {
    if (lower[i] === Number.NEGATIVE_INFINITY) return upper[i]!;
    if (upper[i] === Number.POSITIVE_INFINITY || lower[i] === upper[i]) return lower[i]!;
    return lower[i]! - scales[i]! * law.densest((upper[i]! - lower[i]!) / scales[i]!);
  };
  const z = (y: number, i: number) => (y - lp[i]!) / scales[i]!;
  const logLik = (a: number, b: number) => {
    if (a === b) return logPdf(a);
    return logInterval(tails, a, b, false);
  };
  const of: Record<string, (i: number) => number> = {
    response: (i) => back(center(i)) - back(lp[i]!),
    deviance(i) {
      const [a, b] = [lower[i]!, upper[i]!];
      const width = (b - a) / scales[i]!;
      const start = law.densest(a === b ? 0 : width);
      const most = a === b ? logPdf(0) : Number.isFinite(width) ? logLik(start, start + width) : 0;
      // Whichever way the row pulls its predictor.
      const sign = b === Number.POSITIVE_INFINITY ? 1 : a === Number.NEGATIVE_INFINITY ? -1 : Math.sign(center(i) - lp[i]!);
      return sign * Math.sqrt(2 * Math.max(0, most - logLik(z(a, i), z(b, i))));
    },
    coxSnell: (i) => -logSf(z(lower[i] === Number.NEGATIVE_INFINITY ? upper[i]! : lower[i]!, i)),
    quantile(i) {
      const [after, until] = [ends.after ? z(ends.after[i]!, i) : -Infinity, ends.until ? z(ends.until[i]!, i) : Infinity];
      return quantileResidual(truncatedTails(tails, after, until, false), z(lower[i]!, i), z(upper[i]!, i), () => random.uniform());
    },
  };
  const found = Object.hasOwn(of, type) ? of[type] : undefined;
  if (!found) throw new RangeError(`type is ${describe(type)}; "response", "deviance", "coxSnell" or "quantile" is needed.`);
  return Float64Array.from({ length: lp.length }, (_, i) => (weights?.[i] === 0 ? Number.NaN : found(i)));
}
