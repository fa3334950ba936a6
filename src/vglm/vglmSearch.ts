import { climb, type Objective, type Peak, toEnd } from "../optimize/climb.ts";
import { factor } from "../optimize/normalEquations.ts";
import { aliasedColumns } from "../regression/leastSquares.ts";
import { PartCoordinates } from "../regression/partCoordinates.ts";
import { type Part, unionOf } from "../regression/parts.ts";
import { SUBSAMPLE } from "../wasm/designMatrix.ts";
import type { PartMatrix, PartTerms } from "../wasm/partMatrix.ts";
import { withParts } from "../wasm/partPlacement.ts";
import { furthest, outside, runsOf, SHARE, type Within } from "./vglmReach.ts";

/** A likelihood whose rows have several linear predictors. */
export interface VglmProblem {
  readonly parts: readonly Part[];
  /** The designs that say which coefficients are combinations of others, the parts' own where not given, none where they are known; places of -1 are no coefficients. */
  readonly identified?: readonly Part[] | undefined;
  /** Number of coefficients. */
  readonly width: number;
  /** Columns beside the designs, one number per row: responses, and `weights` where there are any. */
  readonly columns: Readonly<Record<string, Float64Array>>;
  readonly terms: PartTerms;
  /** Coefficients to start from. */
  readonly start: ArrayLike<number>;
  /** Whether a subsample of many rows has what every coefficient rests on; true where not given. */
  readonly subsample?: boolean;
  /** Iterations after which a search that only leads to another ends; 200 of one that is to end at the maximum. */
  readonly limit?: number;
  /** Of each part, where given: predictors outside which its parameter is no longer told from a limit, so that no search ends there. */
  readonly within?: Within;
}

/** A direction along which the likelihood rises for ever. */
export interface Runaway {
  /** In the coefficients, the largest 1 in size in those as given. */
  readonly direction: Float64Array;
  /** Coefficients that run away, by place: their size times that of their columns counts. */
  readonly runs: readonly boolean[];
  /** Whether the likelihood has a limit there, the peak's value. */
  readonly bounded: boolean;
}

/** The same in the coefficients of the columns as they were moved, with the most that it moves a predictor by. */
interface Running extends Runaway {
  readonly largest: number;
}

/** What a search ended with. */
export interface VglmFound {
  readonly peak: Peak;
  readonly coordinates: PartCoordinates;
  /** The coefficients of the columns as given. */
  readonly beta: Float64Array;
  /** Coefficients that are combinations of those before them in their part. */
  readonly aliased: readonly boolean[];
  readonly runaway: Runaway | undefined;
  readonly passes: number;
  readonly subsampleEvaluations: number;
}

/** Decrement at which a search ends: a hundredfold below what is promised. */
const EXACT = 1e-10;

/** Rows above which a subsample goes ahead. */
const MANY = 4 * SUBSAMPLE;

/** Coefficients up to which a subsample says something of each. */
const NARROW = SUBSAMPLE / 50;

/** A design whose columns leave less of one another is looked at with more digits before anything is called aliased. */
const DELICATE = 1e-6;

/** Coefficients whose products are held in a matrix. */
const WIDEST = 3000;

/** Looks for the maximum. @throws RangeError for more coefficients than fit. */
export async function vglmSearch(problem: VglmProblem): Promise<VglmFound> {
  const { parts, width, columns, start } = problem;
  const { rows } = parts[0]!.design;
  const union = unionOf(parts);
  const aliased = await aliasedIn(problem.identified ?? parts, width);
  const thinned = rows > MANY && width <= NARROW && problem.subsample !== false;
  return withParts({ parts, union, width, columns, thinned }, (matrix) => {
    if (matrix.dense > WIDEST) {
      throw new RangeError(`The model has ${width} coefficients; at most ${WIDEST} beside one factor of many levels are fitted.`);
    }
    const coordinates = new PartCoordinates(width, parts, matrix.moves());
    const first: Float64Array = coordinates.moved(start).map((value, k) => (aliased[k] ? 0 : value));
    let gamma = first;
    let subsampleEvaluations = 0;
    if (thinned) {
      const { peak } = searchFrom(matrix.thin(), problem, first, aliased, 0.1, 30);
      subsampleEvaluations = peak.evaluations;
      if (Number.isFinite(peak.evaluation.value) && peak.beta.every(Number.isFinite)) gamma = peak.beta;
    }
    const from = (at: Float64Array) => searchFrom(matrix, problem, at, aliased, EXACT, problem.limit ?? FULL);
    const found = from(gamma);
    // What is likely of a subsample may be impossible for all rows.
    const { peak, runaway } = gamma === first || Number.isFinite(found.peak.evaluation.value) ? found : from(first);
    const beta = coordinates.natural(peak.beta);
    const away = runaway && naturally(runaway, coordinates);
    // One pass told which columns are combinations of others.
    return { peak, coordinates, beta, aliased, runaway: away, passes: matrix.passes + 1, subsampleEvaluations };
  });
}

/** A direction in the coefficients as given: an intercept that stands still among moved columns may run away among these, and the other way round. */
function naturally({ direction, runs, bounded, largest }: Running, coordinates: PartCoordinates): Runaway {
  const natural = coordinates.natural(direction);
  const summands = coordinates.summands(direction);
  return {
    direction: unit(natural),
    bounded,
    runs: runs.map((is, k) => {
      const size = summands[k];
      return size === undefined ? is : size > SHARE * largest && Math.abs(natural[k]!) > SHARE * size;
    }),
  };
}

/** Columns that are combinations of those before them, part by part; a design that stands in several parts is looked at once. */
async function aliasedIn(parts: readonly Part[], width: number): Promise<boolean[]> {
  const aliased = new Array<boolean>(width).fill(false);
  if (parts.length === 0) return aliased;
  const distinct = parts.filter(({ design }, a) => parts.findIndex((other) => other.design === design) === a);
  const placed = { parts: distinct, union: unionOf(distinct), width, columns: {}, thinned: false };
  const grams = await withParts(placed, (matrix) => matrix.grams());
  for (const [a, products] of grams.entries()) {
    const { design } = distinct[a]!;
    const found = factor(products);
    const delicate = !found || found.smallest < DELICATE || found.aliased.includes(true);
    const without = delicate ? await aliasedColumns(unresponsive(design)) : found.aliased;
    for (const { places } of parts.filter((part) => part.design === design)) {
      without.forEach((is, j) => {
        if (is && places[j]! >= 0) aliased[places[j]!] = true;
      });
    }
  }
  return aliased;
}

function unresponsive(design: Part["design"]) {
  return { design, y: new Float64Array(design.rows), weights: undefined, offset: undefined, kept: undefined };
}

/** Predictors that a step moves by less are not on their way to infinity: a probit's steps are one over the predictor. */
const MOVED = 0.05;
/** How far along a direction the likelihood is asked whether it still rises, in units of the predictor that moves most. */
const FAR = [2, 4, 8, 16, 32];
/** What rounding leaves of a value, relative. */
const NOISE = 1e-12;
/** Decrement of steps whose gains die out. */
const FADING = 0.5;
/** The same of steps that are no sign of a likelihood without a bound. */
const SLIGHT = 1;
/** Standard error, of columns of spread 1, of a coefficient that may have run away. */
const UNKNOWN = 1e3;
/** The same, where predictors have left what their parameter is told within. */
const VAGUE = 2;
/** How many of these are looked at. */
const FEW = 10;
/** Iterations of a search that is to end at the maximum, rather than near it. */
const FULL = 200;
/** Times a search is asked before it is thought to have left what can be told. */
const SLOW = 4;
/** Times a search is asked before steady gains count as unbounded ones. */
const STEADY = 8;

function searchFrom(
  matrix: PartMatrix,
  { terms, parts, within }: VglmProblem,
  gamma: Float64Array,
  without: readonly boolean[],
  tolerance: number,
  limit: number,
): { peak: Peak; runaway: Running | undefined } {
  const objective: Objective = {
    canonical: false,
    fisher: false,
    without,
    evaluate: (beta, _, expected) => ({ ...matrix.evaluate(beta, terms, expected), dispersion: 1 }),
  };
  let asked = 0;
  let bounded = true;
  let along: Float64Array | undefined;
  let beyond: Float64Array | undefined;
  /** Where predictors have left what a parameter is told within: the way there. */
  const isBeyond = (beta: Float64Array, factored?: Peak["factored"]) => {
    const isVague = ({ places }: VglmProblem["parts"][number]) =>
      !factored || places.some((place) => place >= 0 && !factored.aliased[place] && factored.inverse(place, place) > VAGUE * VAGUE);
    const left = within && outside(matrix, beta, within).map((is, a) => is && isVague(parts[a]!));
    if (!left?.includes(true)) return false;
    beyond = new Float64Array(beta.length);
    parts.forEach(({ places }, a) => {
      for (const place of places) if (left[a] && place >= 0) beyond![place] = beta[place]! - gamma[place]!;
    });
    return true;
  };
  const rises = (beta: Float64Array, step: Float64Array, reach: number) => {
    let last = objective.evaluate(beta, 0, false).value;
    for (const far of FAR) {
      const { value } = objective.evaluate(
        beta.map((b, k) => b + (far / reach) * step[k]!),
        0,
        false,
      );
      if (!(value >= last - NOISE * (1 + Math.abs(last)))) return false;
      last = value;
    }
    return true;
  };
  const runaway = (beta: Float64Array, step: Float64Array, decrement: number) => {
    asked++;
    bounded = decrement < FADING;
    if (decrement < SLIGHT && asked >= SLOW && isBeyond(beta)) return true;
    if (!bounded && asked < STEADY) return false;
    const reach = furthest(matrix, step);
    if (!(reach > MOVED) || !rises(beta, step, reach)) return false;
    along = step;
    return true;
  };
  const peak = toEnd(climb({ ...objective, runaway }, gamma, 0, tolerance, limit));
  // Small gains that do not shrink as Newton's do: near the maximum rounding is all there is, far out there is none.
  if (peak.end === "step" && peak.decrement > tolerance) runaway(peak.beta, peak.factored.solve(peak.evaluation.score), peak.decrement);
  // Where probabilities tend to 1 as fast as exp(-e^x) does, the search is at its end before it is asked.
  const isRest = !along && flattest(peak, limit).some((direction) => runaway(peak.beta, direction, 0));
  if (!along && peak.decrement < SLIGHT) isBeyond(peak.beta, peak.end === "decrement" ? peak.factored : undefined);
  // A score of 0 is a maximum's, unless the likelihood still rises beyond.
  if (beyond && (peak.end !== "decrement" || rises(peak.beta, beyond, furthest(matrix, beyond)))) {
    const direction = beyond;
    const largest = furthest(matrix, direction);
    return { peak, runaway: { direction, runs: runsOf(matrix, direction, largest), bounded: true, largest } };
  }
  if (!along) return { peak, runaway: undefined };
  // What does not run away comes to its limit with a few steps more.
  const end = bounded && !isRest ? toEnd(climb(objective, peak.beta, 0, 1e-8, 24)) : peak;
  const settled = end.beta.every(Number.isFinite) && Number.isFinite(end.evaluation.value) ? end : peak;
  const direction = bounded && !isRest ? settled.beta.map((b, k) => b - peak.beta[k]!) : along;
  const largest = furthest(matrix, direction);
  return { peak: settled, runaway: { direction, runs: runsOf(matrix, direction, largest), bounded, largest } };
}

/** Where coefficients are hardly known, the directions in which the likelihood is flattest, both ways. */
function flattest({ factored, end, beta }: Peak, limit: number): Float64Array[] {
  if (!factored || limit < FULL || (end !== "decrement" && end !== "step")) return [];
  const unknown = Array.from(beta.keys()).filter((k) => !factored.aliased[k] && factored.inverse(k, k) > UNKNOWN * UNKNOWN);
  return unknown.slice(0, FEW).flatMap((place) => {
    const up = factored.solve(Float64Array.from(beta, (_, k) => (k === place ? 1 : 0)));
    return [up, up.map((d) => -d)];
  });
}

function unit(direction: Float64Array): Float64Array {
  const largest = direction.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return direction.map((value) => value / largest);
}
