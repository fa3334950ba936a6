import type { Fit } from "../estimators/result.ts";
import { checkOptions } from "../estimators/settings.ts";
import { type Condensed, condense, condensedAd, condensedKs } from "../inference/condensed.ts";
import { exactDistances, type Ordered, ordered } from "./distances.ts";
import { distancesOf } from "./goodnessOfFit.ts";
import { checkCensoring, checkConstants, checkWeightType, type GoodnessTest } from "./goodnessOptions.ts";
import { type ExactRows, type Question, questionOf, type Rows, rowsOf, supportOf } from "./question.ts";

export type Distance = Exclude<GoodnessTest, "chisq">;

export interface GofstatOptions {
  /** All three by default. Without `cvm` a long column costs little more than a short one. */
  readonly tests?: readonly Distance[];
}

export type Gofstat = Readonly<Partial<Record<Distance, number>>>;

const DISTANCES: readonly Distance[] = ["ks", "cvm", "ad"];
/** Rows above which the sums go over nodes. */
const LONG = 20_000;

/** The data of one or more fits in order. */
interface Column {
  readonly x: unknown;
  readonly options: Question["options"];
  readonly rows: Rows;
  sample?: Omit<Ordered, "at">;
  condensed?: Condensed;
}

/**
 * The statistics D, W² and A² alone, without p-values: of one fit, or of several, whose data are sorted once where they are the same. As
 * `gofstat` of R's fitdistrplus. Of a long column Anderson-Darling and Kolmogorov-Smirnov look at some thousands of places.
 *
 * @throws TypeError for what is no fit of numbers; of a single fit RangeError for bins, importance weights, censored counts and a fit without
 * estimates, for which a list has an empty object.
 * @example
 * const { ranking } = await fitBest(x);
 * gofstat(ranking, { tests: ["ks", "ad"] });
 */
export function gofstat(fit: Fit, options?: GofstatOptions): Gofstat;
export function gofstat(fits: readonly Fit[], options?: GofstatOptions): Gofstat[];
export function gofstat(fits: Fit | readonly Fit[], options: GofstatOptions = {}): Gofstat | Gofstat[] {
  checkOptions(options, ["tests"]);
  const { tests = DISTANCES } = options;
  const wrong = tests.find((test) => !DISTANCES.includes(test));
  if (wrong !== undefined) throw new RangeError(`tests has ${JSON.stringify(wrong)}; "ks", "cvm", "ad" are known.`);
  if (!Array.isArray(fits)) return distancesOfOne(fits as Fit, undefined, tests).distances;
  let column: Column | undefined;
  return (fits as readonly Fit[]).map((fit) => {
    try {
      const found = distancesOfOne(fit, column, tests);
      column = found.column;
      return found.distances;
    } catch (error) {
      if (error instanceof RangeError) return {};
      throw error;
    }
  });
}

/** Distances of one fit, and its column for the next. */
function distancesOfOne(fit: Fit, last: Column | undefined, tests: readonly Distance[]): { distances: Gofstat; column: Column } {
  const question = questionOf(fit, "gofstat");
  checkWeightType(question, "gofstat");
  checkConstants(question, "gofstat");
  const { x, options } = question;
  const same = last !== undefined && last.x === x && sameData(last.options, options);
  const column = same ? last : { x, options, rows: rowsOf(question) };
  checkCensoring(question, column.rows, "gofstat");
  const found = statistics(question, column, tests);
  return { distances: Object.fromEntries(DISTANCES.filter((test) => tests.includes(test)).map((test) => [test, found[test]!])), column };
}

function statistics(question: Question, column: Column, tests: readonly Distance[]): Gofstat {
  const { family, theta } = question;
  const { rows } = column;
  if (rows.kind === "bins") {
    throw new RangeError("gofstat: bins have no empirical distribution function; goodnessOfFit has the chi-squared test.");
  }
  const alike = rows.kind === "exact" && typeof rows.after === "number" && typeof rows.until === "number";
  // On a circle the order depends on the fit.
  if (!alike || family.support.period !== undefined) return distancesOf(question, rows);
  column.sample ??= ordered(family, theta, rows);
  const sample = column.sample;
  const { at } = ordered(family, theta, { ...(rows as ExactRows), x: new Float64Array(), weights: undefined });
  if (family.support.whole || sample.x.length <= LONG || tests.includes("cvm")) {
    return exactDistances(family, { ...sample, at }, supportOf(question));
  }
  column.condensed ??= condense(sample.x, sample.weights);
  return {
    ...(tests.includes("ks") && { ks: condensedKs(column.condensed, at) }),
    ...(tests.includes("ad") && { ad: condensedAd(column.condensed, at) }),
  };
}

function sameData(a: Question["options"], b: Question["options"]): boolean {
  const data = ["weights", "censored", "truncated", "bins"] as const;
  return data.every((name) => a[name] === b[name]);
}
