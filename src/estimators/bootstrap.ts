import { checkGiven, describe } from "../data/observations.ts";
import { BOOTSTRAP_METHODS, type BootstrapMethod, bootstrapInterval, momentsOf, type Replicated } from "../inference/bootstrap.ts";
import { type Accelerations, accelerationsOf, type Statistics } from "./acceleration.ts";
import { askedOf } from "./asked.ts";
import { nearest } from "./nearest.ts";
import { Pace } from "./pace.ts";
import { type Replicates, resampled, simulated } from "./replicates.ts";
import { sourceOf } from "./resampling.ts";
import type { Fit } from "./result.ts";

/** A number of parameters by name. */
export type Statistic = (parameters: Record<string, number>) => number;

export interface BootstrapOptions {
  /** Number of replicates, 1000 by default; at least 2. */
  readonly B?: number;
  /** Any finite number, 1 by default: one seed gives the same replicates on every machine. */
  readonly seed?: number;
  /** Rows drawn from the data, by default; or simulated from the fitted distribution. */
  readonly kind?: "nonparametric" | "parametric";
  /** What else is wanted of each replicate beside its parameters: a function, called "of", or several by name. */
  readonly of?: Statistic | Readonly<Record<string, Statistic>>;
  readonly signal?: AbortSignal;
  /** Called several times a second, and once at the end. */
  readonly onProgress?: (progress: BootstrapProgress) => void;
}

export interface BootstrapProgress {
  /** Replicates done, or as many as the work done is worth where all are made together. */
  readonly done: number;
  readonly B: number;
}

export interface BootstrapIntervalOptions {
  /** Confidence level, 0.95 by default. */
  readonly level?: number;
  /** "bca" by default. */
  readonly method?: BootstrapMethod;
}

/** Replicates without a maximum. */
export interface FailedReplicates {
  readonly count: number;
  /** How many for each reason. */
  readonly reasons: Readonly<Record<string, number>>;
}

/** Replicates of an estimate, with what they say of its error. */
export interface Bootstrap {
  readonly distribution: string;
  readonly kind: "nonparametric" | "parametric";
  readonly B: number;
  readonly seed: number;
  /** Order of every vector and matrix here: the parameters, then the functions asked for. */
  readonly statistics: readonly string[];
  /** The fit's. */
  readonly estimates: Readonly<Record<string, number>>;
  /** B numbers each, by replicate; NaN where there was no maximum. */
  readonly replicates: Readonly<Record<string, Float64Array>>;
  /** Standard deviations of the replicates that have a maximum. */
  readonly standardErrors: Readonly<Record<string, number>>;
  /** Their mean less the estimate. */
  readonly bias: Readonly<Record<string, number>>;
  readonly vcov: readonly (readonly number[])[];
  readonly failed: FailedReplicates;
  /**
   * Largest distance between a replicate and its maximum, in standard errors of the fit, among those whose weighted fit was made to compare,
   * the farthest from the estimate: below 1e-6. 0 where every replicate is a fit.
   */
  readonly error: number;
  /**
   * Confidence intervals by statistic, from the replicates that have a maximum.
   *
   * @throws RangeError for a level or a method there is not, for "bca" where the estimate lies outside of all replicates or there is no
   * acceleration.
   */
  confint(options?: BootstrapIntervalOptions): Record<string, [number, number]>;
  /** The numbers above without the methods, replicates as arrays. */
  toJSON(): Record<string, unknown>;
}

const KNOWN = ["B", "seed", "kind", "of", "signal", "onProgress"];
const KINDS = ["nonparametric", "parametric"];

/**
 * The bootstrap of a fit (Efron 1979): the same fit of B samples, drawn from its rows with replacement or simulated from the fitted
 * distribution. Of 2^15 rows and more each is drawn a Poisson number of times (Hanley & MacGibbon 2006), and the replicates of a smooth
 * likelihood are made together, from a few weighted sums.
 *
 * @param fit of `fit`, with its data, weights, censoring, constants, fixed parameters and bounds; what was passed to it must be unchanged.
 * @throws RangeError or TypeError for options that cannot be used, for a fit without a maximum, of rows or labels, or of `maximize`;
 * AbortError on `signal`.
 * @example
 * const b = await bootstrap(r, { B: 1000, seed: 1, of: { mean: ({ shape, rate }) => shape / rate } });
 * b.standardErrors.mean;
 * b.confint({ method: "bca" }); // { shape: [2.1, 2.7], rate: …, mean: … }
 */
export async function bootstrap(fit: Fit, options: BootstrapOptions = {}): Promise<Bootstrap> {
  check(options);
  const { B = 1000, seed = 1, kind = "nonparametric", of = {}, signal, onProgress } = options;
  signal?.throwIfAborted();
  const asked = askedOf(fit);
  if (!asked) {
    throw new TypeError(`The fit is ${describe(fit)}; one that \`fit\` made of numbers is needed.`);
  }
  const { parameters, estimates, status, reason } = fit;
  if (!parameters.every((name) => Number.isFinite(estimates[name]!))) {
    throw new RangeError(`The fit has status "${status}": ${reason} Finite estimates are needed.`);
  }
  const functions = typeof of === "function" ? { of } : of;
  const statistics: Statistics = (theta) => {
    const named = Object.fromEntries(parameters.map((name, i) => [name, theta[i]!]));
    return [...theta, ...Object.values(functions).map((statistic) => statistic({ ...named }))];
  };
  const names = [...parameters, ...Object.keys(functions)];
  const values = statistics(parameters.map((name) => estimates[name]!));
  checkValues(names, values);
  const pace = new Pace(signal, onProgress && ((done) => onProgress({ done, B })));
  const source = await sourceOf(asked, pace);
  const accelerations = await accelerationsOf(source, fit, statistics, pace);
  const made = await (kind === "parametric" ? simulated : resampled)({ source, fit, B, seed, pace, signal });
  pace.tell(B);
  return summarised({ distribution: fit.distribution, kind, B, seed }, names, values, tabled(made, names, statistics), accelerations);
}

/** Replicates as columns, with what became of those without numbers. */
interface Tabled {
  readonly columns: readonly Float64Array[];
  readonly counted: readonly number[];
  readonly reasons: Readonly<Record<string, number>>;
  readonly error: number;
}

function tabled({ found, error }: Replicates, names: readonly string[], statistics: Statistics): Tabled {
  const columns = names.map(() => new Float64Array(found.length).fill(Number.NaN));
  const counted: number[] = [];
  const reasons: Record<string, number> = {};
  found.forEach((replicate, b) => {
    const values = typeof replicate === "string" ? [] : statistics(replicate);
    const lost = values.findIndex((value) => !Number.isFinite(value));
    const reason = typeof replicate === "string" ? replicate : lost < 0 ? undefined : `${names[lost]} is ${values[lost]}.`;
    if (reason === undefined) {
      counted.push(b);
      values.forEach((value, s) => {
        columns[s]![b] = value;
      });
    } else reasons[reason] = (reasons[reason] ?? 0) + 1;
  });
  return { columns, counted, reasons, error };
}

function summarised(
  about: Pick<Bootstrap, "distribution" | "kind" | "B" | "seed">,
  names: readonly string[],
  values: readonly number[],
  { columns, counted, reasons, error }: Tabled,
  accelerations: Accelerations,
): Bootstrap {
  const named = <T>(all: readonly T[]) => Object.fromEntries(names.map((name, s) => [name, all[s]!])) as Record<string, T>;
  const failed = { count: about.B - counted.length, reasons };
  if (counted.length < 2) {
    throw new RangeError(`${failed.count} of ${about.B} replicates have no maximum (${Object.keys(reasons)[0]}); two with one are needed.`);
  }
  const { means, vcov } = momentsOf(columns, counted);
  const numbers = {
    ...about,
    statistics: names,
    estimates: named(values),
    replicates: named(columns),
    standardErrors: named(vcov.map((row, s) => Math.sqrt(row[s]!))),
    bias: named(means.map((mean, s) => mean - values[s]!)),
    vcov,
    failed,
    error,
  };
  const sorted = columns.map((column) => Float64Array.from(counted, (b) => column[b]!).sort());
  const interval = (s: number, level: number, method: BootstrapMethod): [number, number] => {
    if (method === "bca" && typeof accelerations === "string") {
      throw new RangeError(`method is "bca" and there is no acceleration: ${accelerations}; "percentile" or "basic" is needed.`);
    }
    const acceleration = typeof accelerations === "string" ? 0 : accelerations[s]!;
    const of: Replicated = { estimate: values[s]!, sorted: sorted[s]!, acceleration };
    const found = bootstrapInterval(of, level, method);
    if (found) return found;
    throw new RangeError(
      `method is "bca" and all replicates of ${names[s]} lie on one side of the estimate, ${values[s]}; "percentile" or "basic" is needed.`,
    );
  };
  return {
    ...numbers,
    confint({ level = 0.95, method = "bca" }: BootstrapIntervalOptions = {}) {
      if (!(level > 0 && level < 1)) throw new RangeError(`level is ${describe(level)}; a number between 0 and 1 is needed.`);
      if (!BOOTSTRAP_METHODS.includes(method)) {
        throw new RangeError(`method is ${describe(method)}; ${BOOTSTRAP_METHODS.map((name) => `"${name}"`).join(", ")} is needed.`);
      }
      return named(names.map((_, s) => interval(s, level, method)));
    },
    toJSON: () => ({ ...numbers, replicates: named(columns.map((column) => [...column])) }),
  };
}

function check(options: BootstrapOptions): void {
  checkGiven(options);
  for (const name of Object.keys(options)) {
    if (KNOWN.includes(name)) continue;
    throw new RangeError(`Unknown option "${name}"; did you mean "${nearest(name, KNOWN)}"? Known: ${KNOWN.join(", ")}.`);
  }
  const { B = 1000, seed = 1, kind = "nonparametric", of = {} } = options;
  if (!(Number.isInteger(B) && B >= 2 && B <= 1e7)) throw new RangeError(`B is ${describe(B)}; a whole number from 2 to 1e7 is needed.`);
  if (!Number.isFinite(seed)) throw new RangeError(`seed is ${describe(seed)}; a finite number is needed.`);
  if (!KINDS.includes(kind)) throw new RangeError(`kind is ${describe(kind)}; "nonparametric" or "parametric" is needed.`);
  if (typeof of === "function") return;
  if (typeof of !== "object" || of === null) throw new TypeError(`of is ${describe(of)}; a function, or functions by name, are needed.`);
  for (const [name, statistic] of Object.entries(of as Record<string, unknown>)) {
    if (typeof statistic !== "function") throw new TypeError(`of.${name} is ${describe(statistic)}; a function is needed.`);
  }
}

function checkValues(names: readonly string[], values: readonly number[]): void {
  const twice = names.find((name, i) => names.indexOf(name) < i);
  if (twice !== undefined) throw new RangeError(`of.${twice} has the name of a parameter; another is needed.`);
  values.forEach((value, s) => {
    if (typeof value !== "number" || !Number.isFinite(value)) {
      throw new RangeError(`of.${names[s]} is ${describe(value)} at the estimates; a finite number is needed.`);
    }
  });
}
