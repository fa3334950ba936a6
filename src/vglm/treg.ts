import { describe } from "../data/observations.ts";
import { givenOptions } from "../estimators/optionNames.ts";
import type { Design } from "../formula/design.ts";
import { AcceleratedLaw } from "../laws/acceleratedLaw.ts";
import { type Coordinate, lawTerms, type RowLaw } from "../laws/rowLaw.ts";
import { normal } from "../laws/standardLaws.ts";
import { StudentLaw } from "../laws/studentLaw.ts";
import { log } from "../math/elementary.ts";
import { Accumulator } from "../math/sum.ts";
import type { DesignColumns } from "../regression/designGiven.ts";
import { countingRows, PARTS_OPTIONS, type PartsData, type PartsOptions, partsData } from "../regression/partsData.ts";
import { endOf } from "../regression/searchEnd.ts";
import { inUnits, knownColumns, knownRows, refuseLevels, spreadOf } from "./knownRows.ts";
import { leastSquaresStart } from "./survregSearch.ts";
import { TregFit } from "./tregFit.ts";
import { inUnit, partsOf } from "./vglmParts.ts";
import { type VglmFound, type VglmProblem, vglmSearch } from "./vglmSearch.ts";

/** What `treg` takes. */
export interface TregOptions extends PartsOptions {
  /** The design matrix: as columns, or with factors as codes (`Design`). No intercept is added. */
  readonly design?: DesignColumns | Design | undefined;
  /** The response, one number per row. */
  readonly y?: ArrayLike<number> | undefined;
  /** Degrees of freedom; estimated where they are not given. */
  readonly df?: number | undefined;
}

const OPTIONS = { ...PARTS_OPTIONS, design: "formula", y: true, df: true } as const;

/**
 * Fits y = x'b + sigma T, T Student's t: regression that outliers do not lead astray (Lange, Little & Taylor 1989, JASA 84, 881). `sigma` is
 * the scale, not the standard deviation. With df estimated the likelihood is unbounded at fits that pass through rows exactly (Fernández &
 * Steel 1999, Biometrika 86, 153), so the estimate is the highest of the interior maxima that searches from heavy and from light tails find;
 * where tails are no heavier than the normal's, the limit df = Infinity: status "boundary".
 *
 * @throws RangeError or TypeError for data or options that cannot be used, naming place, value and need.
 */
export async function treg(asked: TregOptions): Promise<TregFit> {
  const options = givenOptions(asked, OPTIONS);
  const { df } = options;
  if (df !== undefined && !(df > 0 && df < Number.POSITIVE_INFINITY))
    throw new RangeError(`df is ${describe(df)}; a number > 0 is needed.`);
  const read = partsData(options, { design: options.design }, knownColumns({ y: options.y }));
  if (read.designs.length !== 1)
    throw new RangeError(`formula: ${JSON.stringify(options.formula)} has ${read.designs.length} parts; one is needed.`);
  refuseLevels(read, options.formula);
  const known = knownRows(read, {});
  checkExact(known.lower, known.upper);
  const unit = spreadOf(known, read.columns.weights);
  const { weights, offset } = read.columns;
  const given: PartsData = { ...read, columns: { ...inUnits(known, false, unit), ...(weights && { weights }), ...(offset && { offset }) } };
  const data = countingRows(given);
  const problems = problemsOf(data, unit);
  const found = throughRows(df === undefined ? await freely(problems) : await within(problems, df), problems.columns);
  const sum = new Accumulator();
  for (let i = 0; i < data.rows; i++) sum.add(-(data.columns.weights ? data.columns.weights[i]! : 1) * log(unit));
  return new TregFit({ ...found, df, unit, y: known.lower, given, data, constant: sum.sum });
}

function checkExact(lower: Float64Array, upper: Float64Array): void {
  const row = lower.findIndex((value, i) => value !== upper[i]);
  if (row >= 0) throw new RangeError(`Row ${row} is censored; exact rows are needed, and survreg({ distribution: "t", df }) takes others.`);
}

/** The likelihoods of some degrees of freedom, of free ones, and of the normal. */
interface Problems {
  readonly columns: number;
  readonly rows: number;
  free(start: ArrayLike<number>): VglmProblem;
  held(df: number, start: ArrayLike<number>): VglmProblem;
  normal(start: ArrayLike<number>): VglmProblem;
}

interface Searched {
  readonly problem: VglmProblem;
  readonly found: VglmFound;
}

function problemsOf(data: PartsData, unit: number): Problems {
  const [design] = data.designs;
  const columns = design!.names.length;
  const { lower, upper, weights } = data.columns as Readonly<Record<"lower" | "upper" | "weights", Float64Array | undefined>>;
  const known = { lower: lower!, upper: upper!, ...(weights && { weights }) };
  const problem = (own: number, law: RowLaw, fixed: Float64Array, start: ArrayLike<number>): VglmProblem => {
    const parts = partsOf([design!], own, [data.columns.offset]).map((part) => inUnit(part, unit));
    const coordinates: Coordinate[] = parts.map((_, place) => ({ place, unit: 1 }));
    return { parts, width: columns + own, columns: known, terms: lawTerms({ law, coordinates, fixed }), start };
  };
  const exact = new StudentLaw(new AcceleratedLaw(normal));
  return {
    columns,
    rows: data.rows,
    free: (start) => problem(2, exact, new Float64Array(3), start),
    held: (df, start) => problem(1, exact, Float64Array.of(0, 0, log(df)), start),
    normal: (start) => problem(1, new AcceleratedLaw(normal), new Float64Array(2), start),
  };
}

/** Degrees of freedom from which searches set out, one after the other from light tails to heavy ones. */
const TAILS = [20, 3, 1];
/** Rows above which a likelihood has one maximum that matters. */
const MANY = 20_000;

async function within({ columns, normal: light, held }: Problems, df: number): Promise<Searched> {
  const first = await leastSquaresStart(light([]), columns, undefined);
  const direct = await searched(held(df, first));
  let from: ArrayLike<number> = first;
  for (const tails of TAILS.filter((tail) => tail > df)) from = (await vglmSearch(held(tails, from))).beta;
  return highest([direct, await searched(held(df, from))]);
}

async function freely(problems: Problems): Promise<Searched> {
  const { columns, rows, normal: light, held, free } = problems;
  const first = await leastSquaresStart(light([]), columns, undefined);
  const found: Searched[] = [];
  let from: ArrayLike<number> = first;
  for (const df of rows > MANY ? [5] : TAILS) {
    from = (await vglmSearch(held(df, from))).beta;
    if (Array.from(from).every(Number.isFinite)) found.push(await searched(free([...Array.from(from), log(df)])));
  }
  const interior = found.filter(isMaximum);
  const best = highest(interior.length > 0 ? interior : found);
  const reaches = best.found.runaway ? best.found.runaway.direction[columns + 1]! > 0 : best.found.beta[columns + 1]! > log(1e6);
  return reaches ? normalLimit(problems, first) : best;
}

/** Without outliers the likelihood rises as the degrees of freedom do, to that of the normal. */
async function normalLimit({ columns, normal: light }: Problems, start: ArrayLike<number>): Promise<Searched> {
  const { problem, found } = await searched(light(start));
  if (found.runaway) return { problem, found };
  const runs = Array.from({ length: columns + 2 }, (_, k) => k === columns + 1);
  const direction = Float64Array.from(runs, Number);
  return {
    problem,
    found: {
      ...found,
      beta: Float64Array.of(...found.beta, 0),
      aliased: [...found.aliased, false],
      runaway: { direction, runs, bounded: true },
    },
  };
}

async function searched(problem: VglmProblem): Promise<Searched> {
  return { problem, found: await vglmSearch(problem) };
}

function isMaximum({ found: { peak, runaway } }: Searched): boolean {
  return !runaway && !peak.lost && endOf(peak.end, peak.decrement).status === "interior";
}

/** A scale to which a search falls that has no maximum to find. */
const SMALL = log(1e-3);
/** Decrement below which the likelihood rises to a limit there. */
const FLAT = 1e-3;

/** Of a search without a maximum on its way to where predictors pass through rows: the scale tends to 0, and df with it, if it is free. */
function throughRows(searched: Searched, columns: number): Searched {
  const { found } = searched;
  if (found.runaway || isMaximum(searched) || !(found.beta[columns]! < SMALL)) return searched;
  const runs = Array.from(found.beta, (_, k) => k === columns);
  const open = Array.from(found.beta, (_, k) => k > columns);
  const direction = Float64Array.from(runs, (is) => -Number(is));
  // As many rows off the predictors as times df make up for those on them.
  const bounded = !open.includes(true) && found.peak.decrement < FLAT;
  return { ...searched, found: { ...found, runaway: { direction, runs, open, bounded } } };
}

/** The scale below which a maximum is a fit through some rows. */
const SPIKE = log(1e-8);

function highest(all: readonly Searched[]): Searched {
  const valueAt = ({ found: { peak, beta }, problem: { parts } }: Searched) => {
    const scale = beta[parts[1]!.places[0]!]!;
    return scale < SPIKE || Number.isNaN(peak.evaluation.value) ? Number.NEGATIVE_INFINITY : peak.evaluation.value;
  };
  return all.reduce((best, one) => (valueAt(one) > valueAt(best) ? one : best));
}
