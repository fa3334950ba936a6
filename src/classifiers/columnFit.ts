import { catalogue } from "../distributions/catalogue.generated.ts";
import { categorical } from "../distributions/categorical.ts";
import { type Family, isPositive } from "../distributions/family.ts";
import { isRowFamily, type RowFamily } from "../distributions/rowFamily.ts";
import { fitSample } from "../estimators/fitSample.ts";
import type { Found } from "../estimators/result.ts";
import { concludedRows, type RowFit } from "../estimators/rowResult.ts";
import type { Matrix } from "../wasm/matrix.ts";
import { Sample } from "../wasm/sample.ts";
import type { LabelledRows } from "./rows.ts";

/** A fit of a column within a class: of numbers, or of levels. */
export type ColumnFit = Found | RowFit;

/** A fit of a column within a class and, of numbers, the law that new values are judged by. */
export interface FittedColumn {
  readonly fit: ColumnFit;
  readonly law?: Law;
}

/** A family at parameters and constants. */
export interface Law {
  readonly family: Family;
  readonly theta: readonly number[];
}

/** What a column of numbers is fitted with. */
export interface ColumnSettings {
  readonly family: Family;
  readonly constants: readonly number[];
  readonly fixed: readonly (number | undefined)[];
}

/** Log-likelihoods that differ by less, relative to their size, are one. */
const SAME = 1e-9;

/** Fits a column of numbers in a class's rows. */
export function fitColumn(
  { engine, x, stride, w, rows }: Matrix,
  place: number,
  settings: ColumnSettings,
  signal: AbortSignal | undefined,
): Promise<FittedColumn> {
  // What a sample keeps in the engine's memory goes with its fit.
  return engine.arena.scope(async () => {
    const look = isPositive(settings.family.support) ? "scanLogs" : "scan";
    const sample = new Sample(engine, x + place * stride, w, rows, look);
    const fit = await fitted(settings, sample, signal);
    return { fit, law: (await limitOf(settings, fit, sample, signal)) ?? lawAt(settings, fit) };
  });
}

function fitted({ family, constants, fixed }: ColumnSettings, sample: Sample, signal: AbortSignal | undefined): Promise<Found> {
  return fitSample(family, sample, { constants, fixed, start: family.parameters.map(() => undefined), ...(signal && { signal }) });
}

function lawAt({ family, constants }: ColumnSettings, { estimates }: Found): Law {
  return { family, theta: [...family.parameters.map(({ name }) => estimates[name]!), ...constants] };
}

/**
 * Where a maximum lies at a limit, a parameter infinite, the family has no density to work out there: that of the narrower family which is the
 * limit, by the descriptor, and has the same likelihood. Undefined where there is none.
 */
async function limitOf(settings: ColumnSettings, fit: Found, sample: Sample, signal: AbortSignal | undefined): Promise<Law | undefined> {
  const { family, constants } = settings;
  const lost = family.parameters.map(({ name }) => name).filter((name) => !Number.isFinite(fit.estimates[name]!));
  if (fit.status !== "boundary" || lost.length === 0) return undefined;
  for (const [name, { held }] of Object.entries(family.contains ?? {})) {
    if (!lost.some((parameter) => held[parameter] === fit.estimates[parameter])) continue;
    const narrower: Family | RowFamily | undefined = catalogue[name as keyof typeof catalogue];
    if (!narrower || isRowFamily(narrower)) continue;
    const own = (narrower.constants ?? []).map(
      (constant) => constants[family.constants?.findIndex((other) => other.name === constant.name) ?? -1],
    );
    const limit = { family: narrower, constants: own as number[], fixed: narrower.parameters.map(() => undefined) };
    const found = await fitted(limit, sample, signal);
    if (!(Math.abs(found.logLik - fit.logLik) <= SAME * (sample.weight + Math.abs(fit.logLik)))) continue;
    return (await limitOf(limit, found, sample, signal)) ?? lawAt(limit, found);
  }
  return undefined;
}

/** Fits the levels of a column within class `k`. */
export function fitLevels(
  { codes, levels }: { readonly codes: Int32Array; readonly levels: readonly string[] },
  rows: LabelledRows,
  k: number,
): FittedColumn {
  const weights = levels.map(() => 0);
  const squares = levels.map(() => 0);
  for (let row = 0; row < codes.length; row++) {
    if (rows.codes[row] !== k) continue;
    const weight = rows.weights ? rows.weights[row]! : 1;
    weights[codes[row]!]! += weight;
    squares[codes[row]!]! += weight * weight;
  }
  const peak = categorical.maximum({ levels, weights, squares }, false);
  const nobs = weights.reduce((sum, weight) => sum + weight, 0);
  return { fit: concludedRows({ family: categorical, names: levels, fixed: {}, nobs, passes: 1 }, peak, peak.covariance) };
}
