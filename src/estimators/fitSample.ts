import type { Clusters } from "../data/clusters.ts";
import { firstFailing, type Observations } from "../data/observations.ts";

import { type Family, holds, type Support } from "../distributions/family.ts";
import type { ScoredRow } from "../inference/meat.ts";

import { coordinates } from "../likelihood/coordinates.ts";
import { isVerdict } from "../likelihood/model.ts";
import { charts } from "../math/charts.ts";
import type { Evaluated } from "../optimize/objective.ts";
import type { Sample } from "../wasm/sample.ts";
import { concluded, type Fitted, ruled } from "./conclusion.ts";
import type { Priors } from "./prior.ts";
import type { Found, RunnerUp } from "./result.ts";
import { robustly } from "./robust.ts";
import { FEW_ROWS, height, type Run, search } from "./search.ts";
import type { FitOptions } from "./settings.ts";

/** Options by index instead of by name. */
export interface Settings extends Omit<FitOptions, "fixed" | "start"> {
  readonly constants: readonly (number | undefined)[];
  readonly fixed: readonly (number | undefined)[];
  readonly start: readonly (number | undefined)[];
  readonly clusters?: Clusters | undefined;
  readonly priors?: Priors | undefined;
}

/** A peak of a thousand rows that is lower by less may be the highest of all rows: a log-likelihood ratio of e^10. */
const AMBIGUOUS = 10;

/** Rows above which the caller's event loop gets a turn between evaluations. */
const YIELD_ROWS = 1 << 18;

/** @throws RangeError naming the first value outside the family's support. */
export function checkSupport(family: Family, sample: Sample, given: Observations, constants: readonly (number | undefined)[]): void {
  if (constants.includes(undefined)) {
    checkRows(family, given, constants);
    return;
  }
  const support = family.supportAt?.(constants as readonly number[]) ?? family.support;
  const { min, max } = sample.extent;
  const inside = holds({ ...support, whole: false }, min) && holds({ ...support, whole: false }, max);
  if (inside && !(support.whole && typeof sample.counts === "number")) return;
  const where = firstFailing(given, (value) => holds(support, value));
  throw new RangeError(`${where}${onBounds(support, given)}; ${family.name} needs ${support.text}.`);
}

/** Of data that should lie strictly between two bounds: how many lie on them, if the first that does not fit is one of those. */
function onBounds(support: Support, { x, weights }: Observations): string {
  const { lower, upper, open } = support;
  if (!open || !Number.isFinite(upper)) return "";
  const onBound = (value: number) => value === lower || value === upper;
  let count = 0;
  for (let i = 0; i < x.length; i++) {
    if (weights?.[i] === 0 || holds(support, x[i]!)) continue;
    if (count === 0 && !onBound(x[i]!)) return "";
    if (onBound(x[i]!)) count++;
  }
  return count === 1 ? ` (the only value at ${lower} or ${upper})` : ` (the first of ${count} values at ${lower} or ${upper})`;
}

/** The same where the support differs from row to row. */
function checkRows(family: Family, { x, weights, columns }: Observations, constants: readonly (number | undefined)[]): void {
  for (let i = 0; i < x.length; i++) {
    if (weights?.[i] === 0) continue;
    const support =
      family.supportAt?.(constants.map((value, k) => value ?? columns.get(family.constants![k]!.name)![i]!)) ?? family.support;
    if (!holds(support, x[i]!)) throw new RangeError(`x[${i}] is ${x[i]}; ${family.name} needs ${support.text}.`);
  }
}

/** Model, search, conclusion: a fit of one family to a sample that lies in its support. */
export async function fitSample(family: Family, sample: Sample, settings: Settings): Promise<Found> {
  settings.signal?.throwIfAborted();
  const before = sample.passes;
  const passes = () => sample.passes - before + 1;
  const found = family.model(sample, [...settings.fixed, ...settings.constants]);
  const importance = settings.weightType === "importance";
  const meat = robustly(settings, (theta) => scoredRows(family, sample, settings.constants, theta));
  const fitted: Fitted = {
    family,
    fixed: settings.fixed,
    nobs: importance ? sample.rows : sample.weight,
    ...(meat && { meat }),
  };
  if (isVerdict(found)) return ruled(fitted, found, passes());
  const { parameters } = family;
  const own = parameters.map(({ domain }) => charts[domain]);
  const at = coordinates(found, own, settings.fixed);
  const near = parameters.some((parameter) => parameter.near)
    ? coordinates(
        found,
        parameters.map((parameter, i) => parameter.near ?? own[i]!),
        settings.fixed,
      )
    : undefined;
  const few = found.others && sample.rows > FEW_ROWS ? await fitFew(family, sample, settings) : undefined;
  const byName = (estimates: Found["estimates"]) => parameters.map(({ name }) => estimates[name]!);
  const given = found.closed ? [] : [settings.start, ...peaksOf(few).map(byName)].map(at.start).filter((start) => start !== undefined);
  const report = (logLik: number) => settings.onProgress?.({ distribution: family.name, passes: passes(), logLik });
  const walk: Run = (iteration, which, scale) =>
    run(iteration, sample.rows, settings, which === "evaluate" ? (value) => report(value / scale) : undefined);
  // Where a thousand rows have no peak, all of them are asked everywhere, as long as that is no more than twenty thousand.
  const everywhere = sample.rows <= FEW_ROWS || (sample.rows <= 20 * FEW_ROWS && few !== undefined && few.status !== "interior");
  const { verdict, runnerUp, ...end } = await search(found, { at, near }, sample, given, walk, everywhere);
  if (verdict) return ruled(fitted, verdict, passes());
  const named = (theta: readonly number[]) => Object.fromEntries(parameters.map(({ name }, i) => [name, theta[i]!]));
  const second = runnerUp && {
    estimates: named(at.natural(runnerUp.optimum.point)),
    deficit: end.optimum.evaluated.value - height(runnerUp),
  };
  return concluded(fitted, found, at, end, passes(), second ?? scaled(few?.certificate.runnerUp, sample.rows / FEW_ROWS));
}

/** The peaks worth climbing: the highest of some of the rows, and one that is lower by no more than other rows may change. */
function peaksOf(few: Found | undefined): readonly Found["estimates"][] {
  if (few?.status !== "interior") return [];
  const { runnerUp } = few.certificate;
  return runnerUp && runnerUp.deficit < AMBIGUOUS ? [few.estimates, runnerUp.estimates] : [few.estimates];
}

/** Looks for the highest of several peaks on some of the rows. */
async function fitFew(family: Family, sample: Sample, settings: Settings): Promise<Found> {
  const quiet: Settings = { ...settings, covariance: "observed", clusters: undefined, onProgress: () => undefined };
  return sample.engine.arena.scope(() => fitSample(family, sample.few(FEW_ROWS), quiet));
}

/** As many times the deficit as there are more rows. */
function scaled(runnerUp: RunnerUp | undefined, times: number): RunnerUp | undefined {
  return runnerUp && { ...runnerUp, deficit: times * runnerUp.deficit };
}

/** The rows with their scores at natural parameters. */
function* scoredRows(
  family: Family,
  sample: Sample,
  constants: readonly (number | undefined)[],
  theta: readonly number[],
): Generator<ScoredRow> {
  const { values, weights } = sample;
  const perRow = (row: number) => constants.map((value, k) => value ?? sample.columns.get(family.constants![k]!.name)![row]!);
  for (let row = 0; row < values.length; row++) {
    yield { row, weight: weights?.[row] ?? 1, score: family.score(values[row]!, [...theta, ...perRow(row)]) };
  }
}

/** Runs an iteration to its end, with turns for the caller's event loop. */
export async function run<T>(
  iteration: Generator<Evaluated, T>,
  rows: number,
  settings: Pick<Settings, "signal" | "onProgress">,
  progress?: (logLik: number) => void,
): Promise<T> {
  for (;;) {
    settings.signal?.throwIfAborted();
    const { done, value } = iteration.next();
    if (done) return value;
    progress?.(value.value);
    if (rows > YIELD_ROWS && (settings.signal || settings.onProgress)) await new Promise((resolve) => setTimeout(resolve));
  }
}
