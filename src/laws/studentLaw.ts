import { exp, log, log1p } from "../math/elementary.ts";
import { lgammaDifference } from "../math/gamma.ts";
import { digammaDifference, trigammaDifference } from "../math/polygamma.ts";
import { ExactLaw } from "./exactLaw.ts";
import type { RowLaw } from "./rowLaw.ts";
import { at, type StandardLaw } from "./standardLaws.ts";

/** The constant of the log-density with df degrees of freedom. */
function constantOf(df: number): number {
  return lgammaDifference(df / 2, 0.5) - 0.5 * log(df * Math.PI);
}

/** Student's t with known degrees of freedom; `logSf` is log P(T > z). */
export function studentStandard(df: number, logSf: (z: number) => number, quantile: (p: number) => number): StandardLaw {
  const constant = constantOf(df);
  const density = (z: number): void => {
    const gap = (z * z) / df;
    const r = 1 / (1 + gap);
    at.value = constant - 0.5 * (df + 1) * log1p(gap);
    at.first = -((df + 1) / df) * z * r;
    at.second = -((df + 1) / df) * r * r * (1 - gap);
  };
  const upper = (z: number): void => {
    density(z);
    const value = logSf(z);
    const hazard = exp(at.value - value);
    at.second = -hazard * (hazard + at.first);
    at.first = -hazard;
    at.value = value;
  };
  const logPdf = (z: number): number => {
    density(z);
    return at.value;
  };
  return {
    density,
    upper,
    lower(z) {
      upper(-z);
      at.first = -at.first;
    },
    tails: { logPdf, logSf, logCdf: (z) => logSf(-z) },
    densest: (width) => -width / 2,
    quantile,
  };
}

/**
 * y = location + scale T in the coordinates location, log(scale) and log(df), of exact rows. Lange, Little & Taylor (1989), JASA 84, 881.
 */
export class StudentLaw extends ExactLaw {
  #location = 0;
  #logScale = 0;
  #rate = 1;
  #logDf = Number.NaN;
  #df = Number.NaN;
  /** The constant of the log-density and its derivatives in df. */
  #constant = 0;
  #slope = 0;
  #bend = 0;

  constructor(tails: RowLaw) {
    super(3, tails);
  }

  protected place(c: Float64Array): void {
    this.#location = c[0]!;
    if (c[1] !== this.#logScale) {
      this.#logScale = c[1]!;
      this.#rate = exp(-this.#logScale);
    }
    if (c[2] === this.#logDf) return;
    this.#logDf = c[2]!;
    const df = exp(this.#logDf);
    this.#df = df;
    this.#constant = constantOf(df);
    this.#slope = 0.5 * digammaDifference(df / 2, 0.5) - 0.5 / df;
    this.#bend = 0.25 * trigammaDifference(df / 2, 0.5) + 0.5 / (df * df);
  }

  exact(y: number): void {
    const [df, rate] = [this.#df, this.#rate];
    const z = (y - this.#location) * rate;
    const tail = (df + 1) / df;
    const square = (z * z) / df;
    const r = 1 / (1 + square);
    const g = square * r;
    const logs = log1p(square);
    const psi = tail * z * r;
    const bend = tail * r * r * (1 - square);
    const slope = this.#slope - 0.5 * logs + 0.5 * tail * g;
    const second = this.#bend + (0.5 * g) / df - (0.5 * g) / (df * df) - (0.5 * tail * r * g) / df;
    // psi's derivative in df, times df.
    const cross = z * r * (tail * g - 1 / df);
    this.value = this.#constant - 0.5 * (df + 1) * logs - this.#logScale;
    this.first[0] = psi * rate;
    this.first[1] = z * psi - 1;
    this.first[2] = df * slope;
    this.second[0] = bend * rate * rate;
    this.second[1] = (psi + z * bend) * rate;
    this.second[2] = z * (psi + z * bend);
    this.second[3] = -cross * rate;
    this.second[4] = -z * cross;
    this.second[5] = -df * (df * second + slope);
  }
}
