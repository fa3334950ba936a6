import type { GlmFamily } from "../laws/families.ts";
import type { Link, UnitLink } from "../laws/links.ts";
import { basisOf, complementOf, dot, length, remainder } from "../optimize/cone.ts";
import { factor } from "../optimize/normalEquations.ts";
import type { DesignMatrix } from "../wasm/designMatrix.ts";
import type { GlmRows } from "./glmRows.ts";

/** A direction along which the likelihood never falls: it has a supremum and no maximum. Albert & Anderson (1984), Biometrika 71, 1. */
export interface Separation {
  /** The direction, in the coefficients of the columns as they were moved. */
  readonly direction: Float64Array;
  /** Rows on which the linear predictor tends to infinity, each with its mean to its response. */
  readonly strict: Uint8Array;
  /** How many rows are left. */
  readonly left: number;
}

/** A row counts as moved by a direction that moves the farthest row by 1 if it is moved by more; what Newton's steps leave falls faster. */
const MOVED = 1e-3;

/** The same once the direction is known to leave the others where they are. */
const EXACTLY = 1e-9;

/**
 * Whether a direction along which a search runs away separates: no row's mean is led away from its response, and those that are not led
 * to it do not move at all. The direction is first projected on those that leave these rows alone, so that what is left is exact.
 */
export function findSeparation(
  family: GlmFamily,
  link: Link | UnitLink,
  matrix: DesignMatrix,
  step: Float64Array,
  without: readonly boolean[],
  least = MOVED,
): Separation | undefined {
  const side = sideOf(family, link);
  if (!side) return undefined;
  const { arena } = matrix.engine;
  const y = arena.view(matrix.vectors.y!, matrix.rows);
  const eta = moves(matrix, step);
  const size = largest(eta);
  if (!(size > 0)) return undefined;
  const strict = new Uint8Array(matrix.rows);
  for (let i = 0; i < eta.length; i++) {
    const move = eta[i]! / size;
    if (Math.abs(move) <= least) continue;
    if (!(side(y[i]!) * move > 0)) return undefined;
    strict[i] = 1;
  }
  const { products, score } = matrix.pointwise(undefined, (first, part, u, w) => {
    for (let i = 0; i < part.length; i++) {
      w[i] = 1 - strict[first + i]!;
      u[i] = w[i]! * eta[first + i]!;
    }
    return 0;
  });
  const factored = factor(products, without, 1e-11);
  if (!factored) return undefined;
  const remainder = factored.solve(score);
  const direction = step.map((value, j) => (without[j] ? 0 : (value - remainder[j]!) / size));
  const exact = moves(matrix, direction);
  const reach = largest(exact);
  if (!(reach > EXACTLY)) return undefined;
  let left = 0;
  for (let i = 0; i < exact.length; i++) {
    const move = exact[i]! / reach;
    if (strict[i] === 0) left++;
    if (strict[i] === 0 ? Math.abs(move) > EXACTLY : !(side(y[i]!) * move > EXACTLY)) return undefined;
  }
  return { direction, strict, left };
}

/** What of a sum of vectors is none. */
const NONE = 1e-9;

/**
 * A direction that separates, if there is one. Among those that leave all rows alone whose responses no infinite predictor fits, the sum of
 * the others' moves towards their responses has a part that leads none away, or none of these directions does (Stiemke's lemma).
 */
export function separationOf(family: GlmFamily, link: Link | UnitLink, rows: GlmRows, without: readonly boolean[]): Separation | undefined {
  const side = sideOf(family, link);
  const p = rows.used.length;
  if (!side || p === 0 || !rows.isNarrow) return undefined;
  const { y } = rows.data;
  const sides = Int8Array.from(y, side);
  const free = complementOf(basisOf(still(rows, sides)).basis, p);
  if (free.length === 0 || !sides.some((way) => way !== 0)) return undefined;
  const of = (vector: Float64Array) => Float64Array.from(free, (unit) => dot(unit, vector));
  const back = (part: Float64Array) =>
    Float64Array.from({ length: p }, (_, j) => free.reduce((sum, unit, k) => sum + part[k]! * unit[j]!, 0));
  const sum = new Float64Array(free.length);
  let size = 0;
  for (let i = 0; i < y.length; i++) {
    if (sides[i] === 0) continue;
    const move = of(rows.row(i));
    size += length(move);
    for (let k = 0; k < sum.length; k++) sum[k]! += sides[i]! * move[k]!;
  }
  const direction = remainder(sum, {
    products: (vector) => rows.predictors(back(vector), false).map((move, i) => sides[i]! * move),
    vector: (index) => of(rows.row(index)).map((x) => sides[index]! * x),
  });
  if (!(length(direction) > NONE * size)) return undefined;
  return findSeparation(family, link, rows.matrix, rows.whole(back(direction)), without, EXACTLY);
}

/** The rows that a separating direction leaves alone. */
function* still(rows: GlmRows, sides: Int8Array): Generator<Float64Array> {
  for (let i = 0; i < sides.length; i++) if (sides[i] === 0) yield rows.row(i);
}

/** Where eta leads a row's likelihood to its supremum: 1 at infinity, -1 at minus infinity, 0 nowhere. */
function sideOf(family: GlmFamily, link: Link | UnitLink): ((y: number) => number) | undefined {
  // Means from 0 to 1 at infinite predictors; a logarithm's mean has 0 alone there.
  if (family.discrete && link.name === "log") return (y) => (y === 0 ? -1 : 0);
  return family.proportions && link.name !== "identity" ? (y) => (y === 1 ? 1 : y === 0 ? -1 : 0) : undefined;
}

/** X d. */
function moves(matrix: DesignMatrix, direction: Float64Array): Float64Array {
  const eta = new Float64Array(matrix.rows);
  matrix.predict(direction, (first, part) => eta.set(part, first), false);
  return eta;
}

function largest(values: Float64Array): number {
  let size = 0;
  for (const value of values) size = Math.max(size, Math.abs(value));
  return size;
}
