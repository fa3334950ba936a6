import { describe, numbers } from "../data/observations.ts";
import { checkOptions } from "../estimators/settings.ts";
import type { CellPlan } from "./distances.ts";
import type { Question, Rows } from "./question.ts";
import type { SimulationOptions } from "./simulation.ts";

export type GoodnessTest = "ks" | "cvm" | "ad" | "chisq";

export interface GoodnessOptions extends SimulationOptions {
  /** All that the data allow by default. */
  readonly tests?: readonly GoodnessTest[];
  /** Number of cells of equal probability for the chi-squared test, or their inner edges; 2 n^(2/5) cells by default. */
  readonly bins?: number | ArrayLike<number>;
  /**
   * `"auto"`, the default, takes the exact laws where no parameter was estimated and the published tables where they hold; `"bootstrap"`
   * simulates there, too.
   */
  readonly method?: "auto" | "bootstrap";
}

const ALL: readonly GoodnessTest[] = ["ks", "cvm", "ad", "chisq"];
const OPTIONS = ["tests", "bins", "method", "B", "seed", "signal", "onProgress"];
export function planOf(bins: GoodnessOptions["bins"], rows: number, { estimated }: Question): CellPlan {
  if (bins === undefined) return { rows, estimated };
  if (typeof bins === "number") {
    if (!(Number.isInteger(bins) && bins >= 2))
      throw new RangeError(`bins is ${bins}; a whole number >= 2 or an array of edges is needed.`);
    return { rows, estimated, count: bins };
  }
  const edges = Array.from(numbers(bins, "bins"));
  const wrong = edges.findIndex((edge, i) => Number.isNaN(edge) || (i > 0 && !(edge > edges[i - 1]!)));
  if (wrong >= 0) throw new RangeError(`bins[${wrong}] is ${edges[wrong]}; numbers in increasing order are needed.`);
  if (!edges.some(Number.isFinite)) throw new RangeError("bins has no finite edge; at least one is needed.");
  return { rows, estimated, edges };
}

/** The tests wanted, or all that the data allow. */
export function testsFor(wanted: readonly GoodnessTest[] | undefined, question: Question, rows: Rows): readonly GoodnessTest[] {
  const { name, support } = question.family;
  const perRow = rows.kind === "exact" && (typeof rows.after !== "number" || typeof rows.until !== "number");
  const possible: Record<GoodnessTest, string | undefined> = { ks: undefined, cvm: undefined, ad: undefined, chisq: undefined };
  if (rows.kind === "bins")
    for (const test of ["ks", "cvm", "ad"] as const) possible[test] = "bins have no empirical distribution function";
  else if (rows.kind !== "exact") {
    checkCensoring(question, rows, "goodnessOfFit");
    possible.chisq = "it needs rows known exactly, or bins";
  } else if (perRow) {
    if (support.whole)
      throw new RangeError(`goodnessOfFit: ${name} is discrete and rows have bounds of their own; the same for all are needed.`);
    possible.chisq = "rows with bounds of their own have no common cells";
  }
  if (wanted === undefined) return ALL.filter((test) => possible[test] === undefined);
  if (!Array.isArray(wanted) || wanted.length === 0)
    throw new TypeError(`tests is ${describe(wanted)}; an array of ${ALL.join(", ")} is needed.`);
  for (const test of wanted as readonly GoodnessTest[]) {
    if (!ALL.includes(test)) throw new RangeError(`tests has ${describe(test)}; ${ALL.map(describe).join(", ")} are known.`);
    if (possible[test] !== undefined) throw new RangeError(`goodnessOfFit: no test "${test}" of these data: ${possible[test]}.`);
  }
  return ALL.filter((test) => wanted.includes(test));
}

/** @throws RangeError or TypeError for options that cannot be used. */
export function checkGoodness(options: GoodnessOptions, question: Question): void {
  checkOptions(options, OPTIONS);
  checkReplicates(options);
  const { method } = options;
  if (method !== undefined && method !== "auto" && method !== "bootstrap") {
    throw new RangeError(`method is ${describe(method)}; "auto" or "bootstrap" is needed.`);
  }
  checkWeightType(question, "goodnessOfFit");
  checkConstants(question, "goodnessOfFit");
}

/** @throws RangeError unless the number of replicates and the seed are such. */
export function checkReplicates({ B = 1000, seed = 1 }: SimulationOptions): void {
  if (!(Number.isInteger(B) && B >= 0)) throw new RangeError(`B is ${describe(B)}; a whole number >= 0 is needed.`);
  if (!Number.isFinite(seed)) throw new RangeError(`seed is ${describe(seed)}; a finite number is needed.`);
}

/** @throws RangeError for a discrete family of censored rows: between two whole numbers its distribution function is not the fit's. */
export function checkCensoring({ family: { name, support } }: Question, rows: Rows, asker: string): void {
  if (support.whole && (rows.kind === "right" || rows.kind === "interval")) {
    throw new RangeError(`${asker}: ${name} is discrete and some rows are censored; counts known exactly are needed.`);
  }
}

/** @throws RangeError for importance weights. */
export function checkWeightType({ options }: Question, asker: string): void {
  if (options.weights && options.weightType === "importance") {
    throw new RangeError(`${asker}: importance weights have no empirical distribution function with a known law; frequency weights have.`);
  }
}

/** @throws RangeError for constants that come one per row. */
export function checkConstants({ columns }: Question, asker: string): void {
  for (const name of Object.keys(columns)) {
    throw new RangeError(`${asker}: ${name} is one per row, so that rows have different distributions; one number is needed.`);
  }
}
