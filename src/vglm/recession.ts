import type { Objective, Peak } from "../optimize/climb.ts";
import { diagonal, factor, type Products, times } from "../optimize/normalEquations.ts";
import type { PartMatrix } from "../wasm/partMatrix.ts";

// Along a direction of recession some rows come to count for nothing (Geyer 2009, Electronic Journal of Statistics 3, 259). What they alone told is then
// open, and the other coefficients have their maximum in the rows that are left.

/** A direction in the coefficients of the columns as they were moved. */
export interface Running {
  readonly direction: Float64Array;
  /** Coefficients that it moves. */
  readonly runs: readonly boolean[];
  /** The most that it moves a row's predictor by. */
  readonly largest: number;
}

/** What a search that ran away found, in the coefficients of the columns as they were moved. */
export interface Away {
  readonly along: Running;
  readonly bounded: boolean;
  /** Combinations of coefficients that change nothing at the limit. */
  readonly open: readonly Running[];
}

/** Where a direction ends. */
export interface FarOut {
  /** So far out that what runs away tells nothing any more. */
  readonly beta: Float64Array;
  readonly along: Running;
  /** Combinations that change nothing there. */
  readonly open: readonly Running[];
  /** Coefficients that may stand still: the rows that are left determine the others beside them. */
  readonly without: readonly boolean[];
}

/** A coefficient's share of a direction, in what it moves a predictor by, above which it runs away. */
export const SHARE = 1e-4;

/** What of a column's squares the information keeps where rows have come to count for nothing: with gains of 1e-5 their weights are below 1e-9. */
const SPENT = 1e-8;

/** How far out the end of a direction is looked for, in units of the predictor that moves most, and how often four times as far. */
const OUT = 16;
const TIMES = 12;

/** What rounding leaves of a value, relative. */
const NOISE = 1e-12;

/** The end of a search that runs away by such steps; undefined where the information still tells all coefficients. */
export function farOut(
  matrix: PartMatrix,
  { evaluate, without }: Objective,
  { beta, evaluation }: Peak,
  step: Float64Array,
): FarOut | undefined {
  const still = openIn(matrix, evaluation.products, without);
  if (!still) return undefined;
  const direction = beta.map((_, k) => still.combinations.reduce((sum, { place, of }) => sum + step[place]! * of[k]!, 0));
  const along = running(matrix, direction);
  if (!(along.largest > 0)) return undefined;
  let [at, last] = [beta, evaluation.value];
  for (let k = 0, size = OUT / along.largest; k < TIMES; k++, size *= 4) {
    const next = beta.map((b, j) => b + size * direction[j]!);
    const { value } = evaluate(next, 0, false);
    const noise = NOISE * (1 + Math.abs(last));
    const gain = value - last;
    if (!(gain >= -noise)) break;
    [at, last] = [next, value];
    if (k > 0 && gain <= 1e-3 * noise) break;
  }
  return { beta: at, along, open: still.combinations.map(({ of }) => running(matrix, of)), without: still.without };
}

/** What the information leaves open, each with the combination of columns that tells nothing. */
function openIn(matrix: PartMatrix, products: Products, without: readonly boolean[]) {
  const [own, squares] = [diagonal(products), squaresOf(matrix)];
  const empty = without.map((is, k) => is || !(own[k]! > SPENT * squares[k]!));
  const factored = factor(products, empty, SPENT);
  const open = factored ? [...without.keys()].filter((k) => factored.aliased[k] && !without[k]) : [];
  if (!factored || open.length === 0) return undefined;
  const combinations = open.map((place) => {
    const alone = Float64Array.from(without, (_, k) => (k === place ? 1 : 0));
    const rest = factored.solve(times(products, alone));
    return { place, of: alone.map((value, k) => value - rest[k]!) };
  });
  return { combinations, without: factored.aliased };
}

/** Sum of squares of each coefficient's columns. */
function squaresOf(matrix: PartMatrix): Float64Array {
  const sums = new Float64Array(matrix.width);
  matrix.grams().forEach((products, a) => {
    const own = diagonal(products);
    matrix.parts[a]!.places.forEach((place, j) => {
      sums[place]! += own[j]!;
    });
  });
  return sums;
}

/** Which coefficients a direction moves. */
export function running(matrix: PartMatrix, direction: Float64Array): Running {
  const largest = furthest(matrix, direction);
  const alone = (k: number) => direction.map((value, j) => (j === k ? value : 0));
  const runs = Array.from(direction, (value, k) => value !== 0 && furthest(matrix, alone(k)) > SHARE * largest);
  return { direction, runs, largest };
}

/** The most that a direction moves a row's linear predictor. */
export function furthest(matrix: PartMatrix, direction: Float64Array): number {
  let most = 0;
  matrix.predict(
    direction,
    (_, __, etas) => {
      for (const eta of etas) for (let i = 0; i < eta.length; i++) most = Math.max(most, Math.abs(eta[i]!));
    },
    false,
  );
  return most;
}

/** Standard error, of columns of spread 1, of a coefficient that may have run away. */
const UNKNOWN = 1e3;
/** How many of these are looked at. */
const FEW = 10;

/** Directions in which the likelihood is flattest at the end of a search, both ways: of coefficients that are hardly known, or of which rows tell nothing any more. */
export function hardlyKnown(matrix: PartMatrix, peak: Peak, without: readonly boolean[], unit: number): Float64Array[] {
  const { factored, end, beta, lost, evaluation } = peak;
  if (!factored) return [];
  const ended = end === "decrement" || end === "step";
  const unknown = Array.from(beta.keys()).filter((k) => ended && !factored.aliased[k] && factored.inverse(k, k) > (UNKNOWN * unit) ** 2);
  const flat = unknown.slice(0, FEW).map((place) => factored.solve(Float64Array.from(beta, (_, k) => (k === place ? 1 : 0))));
  const untold = lost ? (openIn(matrix, evaluation.products, without)?.combinations ?? []).slice(0, FEW).map(({ of }) => of) : [];
  return [...flat, ...untold].flatMap((direction) => [direction, direction.map((d) => -d)]);
}

/** Which parts have a row whose predictor lies outside these limits. */
export function outside(matrix: PartMatrix, beta: Float64Array, within: readonly (readonly [number, number] | undefined)[]): boolean[] {
  const left = within.map(() => false);
  matrix.predict(beta, (_, __, etas) => {
    etas.forEach((eta, a) => {
      const ends = within[a];
      if (!ends) return;
      for (let i = 0; i < eta.length; i++) if (eta[i]! < ends[0] || eta[i]! > ends[1]) left[a] = true;
    });
  });
  return left;
}

/** A direction whose largest part is 1. */
export function unit(direction: Float64Array): Float64Array {
  const largest = direction.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return direction.map((value) => value / largest);
}
