import type { GlmFamily } from "../laws/families.ts";
import type { Link, UnitLink } from "../laws/links.ts";
import { factor } from "../optimize/normalEquations.ts";
import type { DesignMatrix } from "../wasm/designMatrix.ts";

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
    if (Math.abs(move) <= MOVED) continue;
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
