import { entry, triangular } from "../math/triangle.ts";
import { at, type Link } from "./links.ts";
import type { PartTerms, TileColumns } from "./partTerms.ts";

/**
 * The log-likelihood of a row in the coordinates of a distribution's parameters: logarithms of positive ones, logits of probabilities. The
 * answer to a question is left in `value`, with its gradient in `first` and its negative Hessian in `second`, by `entry(a, b)`.
 */
export interface RowLaw {
  readonly coordinates: number;
  readonly value: number;
  readonly first: Float64Array;
  readonly second: Float64Array;
  /** Takes coordinates, and behind them the constants of the family's rows. */
  at(c: Float64Array): void;
  /** The logarithm of the density, or of the mass, at x. */
  exact(x: number): void;
  /** log P(a < X <= b); one of the ends may be infinite. */
  between(a: number, b: number): void;
}

/** How a linear predictor becomes a coordinate of the law. */
export interface Coordinate {
  /** Which one. */
  readonly place: number;
  /** What a predictor is multiplied by: the spread of what it predicts, so that 1 is much. */
  readonly unit: number;
  /** The parameter's link where it is not the coordinate itself, and the coordinate with its derivatives in the parameter. */
  readonly through?: { readonly link: Link; coordinate(theta: number): readonly [value: number, first: number, second: number] };
}

export interface LawPredictors {
  readonly law: RowLaw;
  /** One for each linear predictor. */
  readonly coordinates: readonly Coordinate[];
  /** Those of the others, and room for the constants. */
  readonly fixed: Float64Array;
  /** Columns of constants that come one per row, and their places behind the coordinates. */
  readonly constants?: readonly { readonly name: string; readonly place: number }[];
}

/**
 * The likelihood of rows of which lower and upper ends are known (equal: the value), in the columns `lower` and `upper`, seen only where
 * they lie above `after` and up to `until`, where these are given.
 */
export function lawTerms({ law, coordinates, fixed, constants = [] }: LawPredictors): PartTerms {
  const count = coordinates.length;
  const c = fixed.slice();
  const slopes = new Float64Array(count);
  const bends = new Float64Array(count);
  const valid = (a: number, eta: number): boolean => {
    const { place, unit, through } = coordinates[a]!;
    const x = unit * eta;
    slopes[a] = unit;
    if (!through) {
      c[place] = x;
      return true;
    }
    if (!through.link.valid(x)) return false;
    through.link.derivatives(x);
    const [first, second] = [at.first * unit, at.second * unit * unit];
    const [value, slope, bend] = through.coordinate(at.mu);
    c[place] = value;
    slopes[a] = slope * first;
    bends[a] = bend * first * first + slope * second;
    return Number.isFinite(value);
  };
  const add = (i: number, sign: number, l: Float64Array, u: readonly Float64Array[], w: readonly Float64Array[]): void => {
    l[i]! += sign * law.value;
    for (let a = 0; a < count; a++) {
      const place = coordinates[a]!.place;
      u[a]![i]! += sign * law.first[place]! * slopes[a]!;
      for (let b = 0; b <= a; b++) {
        const product = law.second[entry(place, coordinates[b]!.place)]! * slopes[a]! * slopes[b]!;
        w[triangular(a) + b]![i]! += sign * (a === b ? product - law.first[place]! * bends[a]! : product);
      }
    }
  };
  return (columns: TileColumns, eta, l, u, w) => {
    const { lower, upper, after, until } = columns as Readonly<Record<"lower" | "upper" | "after" | "until", Float64Array>>;
    for (const column of [l, ...u, ...w]) column.fill(0);
    for (let i = 0; i < l.length; i++) {
      for (const { name, place } of constants) c[place] = columns[name]![i]!;
      let inside = true;
      for (let a = 0; a < count && inside; a++) inside = valid(a, eta[a]![i]!);
      if (!inside) {
        l[i] = Number.NEGATIVE_INFINITY;
        continue;
      }
      law.at(c);
      if (lower![i] === upper![i]) law.exact(lower![i]!);
      else law.between(lower![i]!, upper![i]!);
      add(i, 1, l, u, w);
      const from = after ? after[i]! : Number.NEGATIVE_INFINITY;
      const to = until ? until[i]! : Number.POSITIVE_INFINITY;
      if (from === Number.NEGATIVE_INFINITY && to === Number.POSITIVE_INFINITY) continue;
      law.between(from, to);
      add(i, -1, l, u, w);
    }
  };
}
