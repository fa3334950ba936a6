import type { Family } from "../distributions/family.ts";
import { eigenvalues, inverse, rescale, sandwich } from "../inference/covariance.ts";
import { criteria } from "../inference/criteria.ts";
import { checkInterval, waldInterval } from "../inference/wald.ts";
import type { Coordinates } from "../likelihood/coordinates.ts";
import type { Model, Verdict } from "../likelihood/model.ts";
import { charts } from "../math/charts.ts";
import { converged, type Optimum, type Stop } from "../optimize/objective.ts";
import type { Certificate, Found, IntervalOptions, RunnerUp, Status } from "./result.ts";
import type { Climb } from "./search.ts";

/** What was fitted to what. */
export interface Fitted {
  readonly family: Family;
  readonly fixed: readonly (number | undefined)[];
  /** Number of rows; the sum of frequency weights. */
  readonly nobs: number;
  /** The priors' log-density at natural parameters: what is concluded on is the posterior then. */
  readonly logPrior?: (theta: readonly number[]) => number;
  /** For robust standard errors: the middle of the sandwich at natural parameters, each row's score turned into `p` numbers by `map`. */
  readonly meat?: (theta: readonly number[], p: number, map: (score: readonly number[]) => number[]) => number[][];
}

const REASONS: Record<Exclude<Stop, "decrement">, string> = {
  step: "No step increases the likelihood further, and the score is not 0.",
  iterations: "The iteration did not end.",
  "not-finite": "The likelihood or a derivative is not finite at the start.",
  diverged: "The likelihood keeps increasing as a parameter runs to the edge of its domain: there is no maximum inside.",
};

/** The result of a verdict: a limit or none. */
export function ruled(fitted: Fitted, verdict: Verdict, passes: number): Found {
  const { family } = fitted;
  return assemble(fitted, {
    status: verdict.status,
    reason: verdict.reason,
    theta: family.parameters.map((_, i) => fitted.fixed[i] ?? verdict.estimates?.[i] ?? Number.NaN),
    height: verdict.logLik ?? (verdict.status === "nonexistent" ? Number.POSITIVE_INFINITY : Number.NaN),
    passes,
    certificate: {
      scoreNorm: Number.NaN,
      decrement: Number.NaN,
      eigenvalues: [],
      iterations: 0,
      evaluations: 0,
      subsampleEvaluations: 0,
      stop: "closed form",
    },
  });
}

/** The result of an iteration that ended. */
export function concluded(
  fitted: Fitted,
  model: Model,
  at: Coordinates,
  { optimum, subsampleEvaluations, covariance: exact }: Omit<Climb, "verdict">,
  passes: number,
  runnerUp?: RunnerUp,
): Found {
  const { evaluated, point, stop } = optimum;
  const theta = at.natural(point);
  const ended = converged(optimum);
  const status: Status = ended ? "interior" : stop === "diverged" ? "nonexistent" : "failed";
  const found = ended ? covariance(fitted, model, at, optimum, exact) : undefined;
  const certificate: Certificate = {
    scoreNorm: Math.max(0, ...evaluated.score.map(Math.abs)),
    decrement: optimum.decrement,
    eigenvalues: eigenvalues(evaluated.information),
    iterations: optimum.iterations,
    evaluations: optimum.evaluations,
    subsampleEvaluations,
    stop,
    ...(runnerUp && { runnerUp }),
  };
  const flat = ended && !found;
  const beyond = fitted.family.parameters.some(({ domain }, i) => !charts[domain].holds(theta[i]!));
  return assemble(fitted, {
    status: flat || beyond ? "failed" : status,
    reason: beyond
      ? "An estimate lies beyond the range of doubles: the data need another scale."
      : flat
        ? "The information is singular: the likelihood is flat in some direction."
        : ended
          ? `A maximum${fitted.logPrior ? " of the posterior" : ""} with zero score and positive definite information.`
          : REASONS[stop as keyof typeof REASONS],
    theta,
    height: evaluated.value,
    passes,
    certificate,
    ...(found && !beyond && { found, at, point }),
  });
}

/** Covariance of the free parameters, in eta. */
function covariance(
  fitted: Fitted,
  model: Model,
  at: Coordinates,
  { point, evaluated }: Optimum,
  known: number[][] | undefined,
): number[][] | undefined {
  const slopes = at.slopes(point);
  const exact = at.free.length === model.unit.length && model.covariance?.(at.standardised(point));
  const bread =
    known ??
    (exact
      ? rescale(
          exact,
          slopes.map((slope, i) => model.unit[i]! / slope),
        )
      : inverse(evaluated.information));
  if (!bread || !fitted.meat) return bread;
  const meat = fitted.meat(at.natural(point), slopes.length, (score) => at.free.map((i, k) => score[i]! * slopes[k]!));
  return sandwich(bread, meat);
}

interface Findings {
  readonly status: Status;
  readonly reason: string;
  readonly theta: readonly number[];
  /** Of the log-likelihood, or of the log-posterior. */
  readonly height: number;
  readonly passes: number;
  readonly certificate: Certificate;
  readonly found?: number[][];
  readonly at?: Coordinates;
  readonly point?: readonly number[];
}

function assemble({ family, fixed, nobs, logPrior: priorAt }: Fitted, findings: Findings): Found {
  const { status, reason, theta, height, passes, certificate, found, at, point } = findings;
  const names = family.parameters.map(({ name }) => name);
  const named = <T>(values: readonly T[]) => Object.fromEntries(names.map((name, i) => [name, values[i]!])) as Record<string, T>;
  // From eta to natural units; a fixed parameter has no error.
  const slopes = at?.slopes(point!) ?? [];
  const place = (i: number) => at?.free.indexOf(i) ?? -1;
  const vcov = names.map((_, i) =>
    names.map((_, j) => {
      if (!found) return Number.NaN;
      if (fixed[i] !== undefined || fixed[j] !== undefined) return 0;
      return found[place(i)]![place(j)]! * slopes[place(i)]! * slopes[place(j)]!;
    }),
  );
  const standardErrors = names.map((_, i) => {
    if (!found) return Number.NaN;
    // Not the root of vcov: a variance of 1e-310 has lost digits that its root need not lose.
    return fixed[i] === undefined ? Math.sqrt(found[place(i)]![place(i)]!) * Math.abs(slopes[place(i)]!) : 0;
  });
  const free = fixed.filter((value) => value === undefined).length;
  // Where there is no maximum, point and height are of no one place.
  const logPrior = priorAt && (status === "interior" || status === "boundary" ? priorAt(theta) : Number.NaN);
  const logLik = height - (logPrior ?? 0);
  const numbers = {
    distribution: family.name,
    discrete: family.support.whole,
    parameters: names,
    estimates: named(theta),
    standardErrors: named(standardErrors),
    vcov,
    logLik,
    ...(logPrior !== undefined && { logPrior, logPosterior: height }),
    ...criteria(logLik, free, nobs),
    nobs,
    status,
    reason,
    passes,
    certificate,
  };
  return {
    ...numbers,
    confint({ level = 0.95, method = "wald" }: IntervalOptions = {}) {
      checkInterval(level, method);
      return named(
        names.map((_, i): [number, number] => {
          if (fixed[i] !== undefined) return [theta[i]!, theta[i]!];
          if (!found) return [Number.NaN, Number.NaN];
          const k = place(i);
          return waldInterval(point![k]!, Math.sqrt(found[k]![k]!), level, (eta) => at!.naturalOf(i, eta));
        }),
      );
    },
    toJSON: () => numbers,
  };
}
