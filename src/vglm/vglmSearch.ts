import type { Peak } from "../optimize/climb.ts";
import { factor } from "../optimize/normalEquations.ts";
import { aliasedColumns, DELICATE } from "../regression/leastSquares.ts";
import { PartCoordinates } from "../regression/partCoordinates.ts";
import { type Part, unionOf } from "../regression/parts.ts";
import { SUBSAMPLE } from "../wasm/designMatrix.ts";
import type { PartTerms } from "../wasm/partMatrix.ts";
import { withParts } from "../wasm/partPlacement.ts";
import { type Away, type Running, SHARE, unit } from "./recession.ts";
import { FULL, searchFrom } from "./vglmClimb.ts";

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
  /** What of a predictor is as much as 1 of a logit, at coefficients of moved columns: the scale of a distribution that it is the place of; 1 where not given. */
  readonly unit?: ((gamma: Float64Array) => number) | undefined;
  /** Whether a subsample of many rows has what every coefficient rests on; true where not given. */
  readonly subsample?: boolean;
  /** Iterations after which a search that only leads to another ends; 200 of one that is to end at the maximum. */
  readonly limit?: number;
  /** Of each part, where given: predictors outside which its parameter is no longer told from a limit, so that no search ends there. */
  readonly within?: readonly (readonly [least: number, most: number] | undefined)[];
}

/** A direction along which the likelihood rises for ever. */
export interface Runaway {
  /** In the coefficients, the largest 1 in size in those as given. */
  readonly direction: Float64Array;
  /** Coefficients that run away, by place: their size times that of their columns counts. */
  readonly runs: readonly boolean[];
  /** Whether the likelihood has a limit there, the peak's value. */
  readonly bounded: boolean;
  /** Coefficients that the rows left at the limit do not determine, by place; none where not given. */
  readonly open?: readonly boolean[];
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

/** In the coefficients as given: an intercept that stands still among moved columns may run away among these, and the other way round. */
function naturally({ along, bounded, open }: Away, coordinates: PartCoordinates): Runaway {
  const moving = ({ direction, runs, largest }: Running) => {
    const natural = coordinates.natural(direction);
    const summands = coordinates.summands(direction);
    return runs.map((is, k) => {
      const size = summands[k];
      return size === undefined ? is : size > SHARE * largest && Math.abs(natural[k]!) > SHARE * size;
    });
  };
  const runs = moving(along);
  const free = open.map(moving);
  return {
    direction: unit(coordinates.natural(along.direction)),
    bounded,
    runs,
    open: runs.map((is, k) => !is && free.some((moves) => moves[k]!)),
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
