import type { Extent, Passes } from "./passes.ts";
import { digamma, lgamma, trigamma } from "./polygamma.ts";

/** A fit in plain JavaScript: the estimates in the family's order and the passes over the data that they took. */
export interface PlainFit {
  readonly estimates: readonly number[];
  /** NaN for a plain total. */
  readonly logLik: number;
  readonly passes: number;
}

export type PlainFitter = (passes: Passes, x: Float64Array) => PlainFit;

const HALF_LOG_2PI = 0.5 * Math.log(2 * Math.PI);

/** The first pass, and the refusal of what no likelihood can hold: a NaN shows in the sum, an infinity in the extremes. */
export function checked(passes: Passes, x: Float64Array, lowest = Number.NEGATIVE_INFINITY) {
  return within(passes.scan(x), x.length, lowest);
}

/** The same of positive values, with the mean of their logarithms. */
function checkedLogs(passes: Passes, x: Float64Array) {
  const look = passes.scanLogs(x);
  return { ...within(look, x.length, Number.MIN_VALUE), logs: look.logs, meanLog: look.logs / x.length };
}

function within({ sum, min, max }: Extent, n: number, lowest: number) {
  if (Number.isNaN(sum) || !Number.isFinite(min) || !Number.isFinite(max) || !(min >= lowest)) throw new RangeError("x is out of range.");
  return { mean: sum / n, sum, min, max };
}

export const total: PlainFitter = (passes, x) => ({ estimates: [checked(passes, x).sum], logLik: Number.NaN, passes: 1 });

export const logTotal: PlainFitter = (passes, x) => {
  return { estimates: [checkedLogs(passes, x).logs], logLik: Number.NaN, passes: 1 };
};

export const exponential: PlainFitter = (passes, x) => {
  const { mean } = checked(passes, x, 0);
  return { estimates: [1 / mean], logLik: -x.length * (Math.log(mean) + 1), passes: 1 };
};

export const normal: PlainFitter = (passes, x) => {
  const { mean } = checked(passes, x);
  const { first, second } = passes.squares(x, mean);
  return gaussian(x.length, mean, first, second, 0, 2);
};

export const lognormal: PlainFitter = (passes, x) => {
  const { meanLog } = checkedLogs(passes, x);
  const { first, second } = passes.logSquares(x, meanLog);
  return gaussian(x.length, meanLog, first, second, x.length * meanLog, 2);
};

function gaussian(n: number, center: number, first: number, second: number, jacobian: number, passes: number): PlainFit {
  const shift = first / n;
  const sd = Math.sqrt(second / n - shift * shift);
  return { estimates: [center + shift, sd], logLik: -n * (HALF_LOG_2PI + Math.log(sd) + 0.5) - jacobian, passes };
}

/** Newton for log(shape) - digamma(shape) = log(mean) - mean(log), from Minka's start; n is in one pass only. */
export const gamma: PlainFitter = (passes, x) => {
  const n = x.length;
  const { mean, meanLog } = checkedLogs(passes, x);
  const gap = Math.log(mean) - meanLog;
  let shape = (3 - gap + Math.sqrt((gap - 3) * (gap - 3) + 24 * gap)) / (12 * gap);
  for (let i = 0; i < 20; i++) {
    const step = (Math.log(shape) - digamma(shape) - gap) / (1 / shape - trigamma(shape));
    shape -= step;
    if (Math.abs(step) < 1e-12 * shape) break;
  }
  const rate = shape / mean;
  const logLik = n * (shape * Math.log(rate) - lgamma(shape) + (shape - 1) * meanLog - shape);
  return { estimates: [shape, rate], logLik, passes: 1 };
};
