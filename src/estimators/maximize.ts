import { describe } from "../data/observations.ts";
import { eigenvalues, inverse, multiply } from "../inference/covariance.ts";
import { criteria } from "../inference/criteria.ts";
import { checkInterval, waldInterval } from "../inference/wald.ts";
import { type Chart, charts } from "../math/charts.ts";
import { fromScores, fromValues } from "../math/differences.ts";
import { finish, newton } from "../optimize/newton.ts";
import { EXACT } from "../optimize/objective.ts";
import { withQuestions } from "./answers.ts";
import type { Slope } from "./ground.ts";
import { ownGround } from "./ownGround.ts";
import type { Fit, Found, IntervalOptions, Status } from "./result.ts";
import { checkOptions } from "./settings.ts";

/** A parameter of your own likelihood: where to start, and the open interval it lies in. */
export interface FreeParameter {
  readonly start: number;
  /** Strict lower bound. */
  readonly lower?: number;
  /** Strict upper bound. */
  readonly upper?: number;
  /** Name of an earlier parameter that this one stays above (ordered cut points). */
  readonly above?: string;
}

export interface OwnLikelihood {
  /** By name, in order. */
  readonly parameters: Readonly<Record<string, FreeParameter>>;
  /** The log-likelihood of parameters by name; -Infinity or NaN where it is not defined. */
  readonly logLik: (theta: Record<string, number>) => number;
  /** Its gradient in the parameters' order, if you have it. */
  readonly score?: (theta: Record<string, number>) => readonly number[];
  /** Number of observations, for AICc and BIC (NaN without). */
  readonly nobs?: number;
}

/** e^-14: that much closer to its bound than the start, a parameter counts as on it. */
const EDGE = 14;

/** Parameters from unconstrained coordinates. */
interface Map {
  readonly names: readonly string[];
  readonly start: readonly number[];
  theta(eta: readonly number[]): number[];
  /** Whether no parameter has run away. */
  within(eta: readonly number[]): boolean;
  /** d theta / d eta, row by row. */
  jacobian(eta: readonly number[]): number[][];
  /** A natural parameter when only its own coordinate moves. */
  along(i: number, eta: readonly number[], value: number): number;
  /** Whether parameters lie within their bounds. */
  holds(theta: readonly number[]): boolean;
  /** Whether no other coordinate moves the parameter. */
  isAlone(i: number): boolean;
  /** The coordinate of a parameter that moves alone. */
  etaOf(i: number, value: number): number;
}

/**
 * Maximises your own log-likelihood. Derivatives that you do not give are computed to about 1e-10 of a standard error by differences
 * of order 8, so the result is as exact as a built-in family's as long as `logLik` is.
 *
 * @throws RangeError for a start outside its bounds or a log-likelihood that is not finite there.
 * @example
 * const r = await maximize({
 *   parameters: { mu: { start: 0 }, sigma: { start: 1, lower: 0 } },
 *   logLik: ({ mu, sigma }) => x.reduce((sum, xi) => sum - Math.log(sigma) - (xi - mu) ** 2 / (2 * sigma ** 2), 0),
 * });
 */
export async function maximize(likelihood: OwnLikelihood): Promise<Fit> {
  checkOptions(likelihood, ["parameters", "logLik", "score", "nobs"]);
  const map = mapOf(likelihood.parameters);
  const { names } = map;
  const byName = (theta: readonly number[]) => Object.fromEntries(names.map((name, i) => [name, theta[i]!]));
  const value = (eta: readonly number[]) => {
    const logLik = likelihood.logLik(byName(map.theta(eta)));
    if (typeof logLik !== "number") throw new TypeError(`logLik returned ${describe(logLik)}; a number is needed.`);
    return logLik;
  };
  const start = value(map.start);
  if (!Number.isFinite(start)) {
    throw new RangeError(
      `logLik is ${start} at the start (${names.map((name, i) => `${name} = ${map.theta(map.start)[i]}`).join(", ")}); a finite value is needed.`,
    );
  }
  let calls = 0;
  const counted = (eta: readonly number[]) => {
    calls++;
    return value(eta);
  };
  const longest = names.map((name) => (isReal(likelihood.parameters[name]!) ? Number.POSITIVE_INFINITY : 0.1));
  const evaluate = likelihood.score
    ? fromScores(counted, (eta) => multiply([scoreOf(likelihood, byName(map.theta(eta)), names)], map.jacobian(eta))[0]!, longest)
    : fromValues(counted, longest);
  const optimum = finish(newton({ dimension: names.length, evaluate }, map.start, { ...EXACT, within: map.within }));
  const { evaluated, point, stop } = optimum;
  const covariance = inverse(evaluated.information);
  // Differences leave about 1e-10 of |logLik| in the score: a decrement of 1e-6 is a maximum still.
  const converged = (stop === "decrement" || (stop === "step" && optimum.decrement < 1e-5)) && covariance !== undefined;
  const theta = map.theta(point);
  const edge = names.findIndex((_, i) => Math.abs(point[i]! - map.start[i]!) > EDGE && Number.isFinite(longest[i]));
  const status: Status = converged && edge < 0 ? "interior" : edge >= 0 ? "boundary" : stop === "diverged" ? "nonexistent" : "failed";
  const jacobian = map.jacobian(point);
  const transposed = names.map((_, i) => jacobian.map((row) => row[i]!));
  const vcov = status === "interior" ? multiply(multiply(jacobian, covariance!), transposed) : names.map(() => names.map(() => Number.NaN));
  const named = <T>(values: readonly T[]) => Object.fromEntries(names.map((name, i) => [name, values[i]!])) as Record<string, T>;
  const nobs = likelihood.nobs ?? Number.NaN;
  const numbers = {
    distribution: "maximize",
    discrete: false,
    parameters: names,
    estimates: named(theta),
    standardErrors: named(vcov.map((row, i) => Math.sqrt(row[i]!))),
    vcov,
    logLik: evaluated.value,
    ...criteria(evaluated.value, names.length, nobs),
    nobs,
    status,
    reason: reasonOf(status, names[edge]),
    passes: calls,
    certificate: {
      scoreNorm: Math.max(0, ...evaluated.score.map(Math.abs)),
      decrement: optimum.decrement,
      eigenvalues: eigenvalues(evaluated.information),
      iterations: optimum.iterations,
      evaluations: optimum.evaluations,
      subsampleEvaluations: 0,
      stop,
    },
  };
  const found: Found = {
    ...numbers,
    confint({ level = 0.95, method = "wald" }: IntervalOptions = {}) {
      checkInterval(level, method);
      return named(
        names.map((_, i): [number, number] => {
          if (status !== "interior") return [Number.NaN, Number.NaN];
          const own = jacobian[i]![i]!;
          return waldInterval(point[i]!, Math.sqrt(vcov[i]![i]!) / Math.abs(own), level, (eta) => map.along(i, point, eta));
        }),
      );
    },
    toJSON: () => numbers,
  };
  const slope: Slope = {
    likelihood: { evaluate, within: map.within },
    top: { point, evaluated },
    errors: point.map((_, i) => Math.sqrt(covariance?.[i]?.[i] ?? Number.NaN)),
    natural: map.theta,
    coordinateOf: (i) => (map.isAlone(i) ? i : -1),
    naturalOf: (i, eta) => map.along(i, point, eta),
    etaOf: (i, value) => map.etaOf(i, value),
  };
  return withQuestions(
    found,
    ownGround(
      found,
      status === "interior" ? slope : undefined,
      names.map((name) => isReal(likelihood.parameters[name]!)),
    ),
    map.holds,
  );
}

function reasonOf(status: Status, edge: string | undefined): string {
  if (status === "interior") return "A maximum with zero score and positive definite information.";
  if (status === "boundary") return `The likelihood increases as ${edge} approaches its bound.`;
  if (status === "nonexistent") return "The likelihood keeps increasing as a parameter runs away: there is no maximum.";
  return "No maximum was found: the likelihood is flat, not smooth, or not finite near the start.";
}

function scoreOf({ score }: OwnLikelihood, theta: Record<string, number>, names: readonly string[]): readonly number[] {
  const given = score!(theta);
  if (given?.length !== names.length) throw new TypeError(`score returned ${describe(given)}; ${names.length} numbers are needed.`);
  return given;
}

function isReal({ lower, upper, above }: FreeParameter): boolean {
  return above === undefined && !Number.isFinite(lower ?? Number.NaN) && !Number.isFinite(upper ?? Number.NaN);
}

function mapOf(parameters: Readonly<Record<string, FreeParameter>>): Map {
  const names = Object.keys(parameters);
  if (names.length === 0) throw new RangeError("parameters is empty; at least one parameter is needed.");
  const starts = names.map((name) => parameters[name]!.start);
  const frames = names.map((name, i) => frameOf(name, parameters[name]!, names.slice(0, i), starts));
  const theta = (eta: readonly number[]) => {
    const found: number[] = [];
    frames.forEach(({ chart, unit, origin, above }, i) => {
      found.push((above < 0 ? origin : found[above]!) + unit * chart.at(eta[i]!)[0]);
    });
    return found;
  };
  return {
    names,
    start: frames.map(({ chart, unit, origin, above }, i) => chart.toEta((starts[i]! - (above < 0 ? origin : starts[above]!)) / unit)),
    theta,
    within: (eta) => frames.every(({ chart }, i) => Math.abs(eta[i]!) <= chart.reach),
    jacobian(eta) {
      const rows: number[][] = [];
      frames.forEach(({ chart, unit, above }, i) => {
        const row = above < 0 ? names.map(() => 0) : [...rows[above]!];
        row[i] = unit * chart.at(eta[i]!)[1];
        rows.push(row);
      });
      return rows;
    },
    along: (i, eta, value) => theta(eta.map((own, j) => (j === i ? value : own)))[i]!,
    holds: (values) =>
      frames.every(({ chart, unit, origin, above }, i) => chart.holds((values[i]! - (above < 0 ? origin : values[above]!)) / unit)),
    isAlone: (i) => frames[i]!.above < 0,
    etaOf: (i, value) => frames[i]!.chart.toEta((value - frames[i]!.origin) / frames[i]!.unit),
  };
}

interface Frame {
  readonly chart: Chart;
  readonly origin: number;
  readonly unit: number;
  /** Index of the parameter that is the lower bound, or -1. */
  readonly above: number;
}

function frameOf(name: string, parameter: FreeParameter, earlier: readonly string[], starts: readonly number[]): Frame {
  const { start, lower = Number.NEGATIVE_INFINITY, upper = Number.POSITIVE_INFINITY, above } = parameter;
  checkOptions(parameter, ["start", "lower", "upper", "above"]);
  if (above !== undefined) {
    const index = earlier.indexOf(above);
    if (index < 0) throw new RangeError(`parameters.${name}.above is ${describe(above)}; the name of an earlier parameter is needed.`);
    if (!(start > starts[index]!))
      throw new RangeError(`parameters.${name}.start is ${start}; more than ${above} = ${starts[index]} is needed.`);
    return { chart: charts.positive, origin: 0, unit: 1, above: index };
  }
  if (!(start > lower && start < upper && Number.isFinite(start))) {
    throw new RangeError(`parameters.${name}.start is ${describe(start)}; a number between ${lower} and ${upper} is needed.`);
  }
  if (Number.isFinite(lower) && Number.isFinite(upper)) return { chart: charts.unit, origin: lower, unit: upper - lower, above: -1 };
  if (Number.isFinite(lower)) return { chart: charts.positive, origin: lower, unit: 1, above: -1 };
  if (Number.isFinite(upper)) return { chart: charts.positive, origin: upper, unit: -1, above: -1 };
  return { chart: charts.real, origin: 0, unit: 1, above: -1 };
}
