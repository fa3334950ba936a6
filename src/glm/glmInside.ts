import { edgeOf, endsOf } from "../laws/edges.ts";
import type { GlmFamily } from "../laws/families.ts";
import type { Link, UnitLink } from "../laws/links.ts";
import { remainder } from "../optimize/cone.ts";
import type { GlmRows } from "./glmRows.ts";

/** Distances from the ends of a link's domain that are asked for, one after the other. */
const MARGINS = [1, 0.2, 1e-2, 1e-4, 1e-6];

/**
 * The shortest coefficients for which every row's predictor lies well within the link's domain, or, where there are none, at least on the
 * edge that its response has; undefined where there are none either: the link has no mean for some row. The least distance problem of Lawson & Hanson
 * (1974), chapter 23.
 */
export function inside(family: GlmFamily, link: Link | UnitLink, rows: GlmRows): Float64Array | undefined {
  const [from, to] = endsOf(family, link);
  const bounded = [from, to].some(Number.isFinite);
  if (!bounded || !rows.isNarrow) return undefined;
  for (const margin of MARGINS) {
    const found = leastWith(rows, [from, to], () => margin);
    if (found) return found;
  }
  const edge = edgeOf(family, link);
  // A mean that is 0 or 1 is one; an infinite one is not, unless others lead to it.
  if (!edge || ![from, to].some((end) => Number.isFinite(end) && Number.isFinite(link.mu(end)))) return undefined;
  const { y } = rows.data;
  for (const margin of MARGINS) {
    const found = leastWith(rows, [from, to], (row, end) => (edge.at(y[row]!) === end ? 0 : margin));
    if (found) return found;
  }
  return undefined;
}

/** The shortest coefficients that keep every row so far from both ends. */
function leastWith(rows: GlmRows, ends: readonly number[], margin: (row: number, end: number) => number): Float64Array | undefined {
  const n = rows.matrix.rows;
  const p = rows.used.length;
  const { offset } = rows.data;
  const sides = ends.flatMap((end, k) => (Number.isFinite(end) ? [{ end, way: k === 0 ? 1 : -1 }] : []));
  // way (x'b + offset - end) >= margin: G b >= h.
  const least = (side: number, row: number) => {
    const { end, way } = sides[side]!;
    return margin(row, end) - way * ((offset ? offset[row]! : 0) - end);
  };
  const target = new Float64Array(p + 1);
  target[p] = -1;
  const rest = remainder(target, {
    products: (vector) => {
      const moves = rows.predictors(vector.subarray(0, p), false);
      const all = new Float64Array(n * sides.length);
      sides.forEach(({ way }, side) => {
        for (let row = 0; row < n; row++) all[side * n + row] = way * moves[row]! + least(side, row) * vector[p]!;
      });
      return all;
    },
    vector: (index) => {
      const side = Math.floor(index / n);
      return Float64Array.of(...rows.row(index % n).map((x) => sides[side]!.way * x), least(side, index % n));
    },
  });
  // What rounding leaves of the last entry belongs to coefficients that are none.
  if (!(rest[p]! < -1e-9)) return undefined;
  return rows.whole(rest.subarray(0, p).map((x) => -x / rest[p]!));
}
