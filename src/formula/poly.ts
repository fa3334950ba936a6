// Polynomials of a column that are orthonormal over its rows: R's poly(), by the recurrence of G. E. Forsythe, "Generation and use
// of orthogonal polynomials for data-fitting with a digital computer", J. SIAM 5, 1957:
// p(k+1)(x) = (x - alpha(k)) p(k)(x) - norm(k)/norm(k-1) p(k-1)(x), alpha(k) = Σ x p(k)²/norm(k), norm(k) = Σ p(k)².

import { Accumulator } from "../math/sum.ts";

/** What makes the same polynomials of other rows. */
export interface Recurrence {
  readonly center: number;
  /** Of x - center. */
  readonly alpha: readonly number[];
  /** norm(-1) = 1, norm(0), …, norm(degree), as in R's attribute norm2. */
  readonly norms: readonly number[];
}

/** The recurrence over those of x that are not missing; undefined if they have no more distinct values than the degree. */
export function learnPolynomials(x: Float64Array, degree: number): Recurrence | undefined {
  const known = x.filter((value) => value === value);
  const distinct = new Set<number>();
  for (const value of known) if (distinct.add(value).size > degree) break;
  if (distinct.size <= degree) return undefined;
  const total = new Accumulator();
  for (let i = 0; i < known.length; i++) total.add(known[i]!);
  const center = total.sum / known.length;
  const alpha: number[] = [];
  const norms = [1, known.length];
  let before = new Float64Array(known.length);
  let current = new Float64Array(known.length).fill(1);
  for (let k = 0; k < degree; k++) {
    const weighted = new Accumulator();
    for (let i = 0; i < known.length; i++) weighted.add((known[i]! - center) * current[i]! * current[i]!);
    const shift = weighted.sum / norms[k + 1]!;
    alpha.push(shift);
    const ratio = norms[k + 1]! / norms[k]!;
    const norm = new Accumulator();
    for (let i = 0; i < known.length; i++) {
      const next = (known[i]! - center - shift) * current[i]! - (k > 0 ? ratio * before[i]! : 0);
      before[i] = next;
      norm.add(next * next);
    }
    [before, current] = [current, before];
    norms.push(norm.sum);
  }
  return { center, alpha, norms };
}

/** The polynomials of degree 1, 2, … at x, each over the square root of its norm. */
export function polynomials(x: Float64Array, { center, alpha, norms }: Recurrence): Float64Array[] {
  const raw: Float64Array[] = [];
  alpha.forEach((shift, k) => {
    const [before, current] = [raw[k - 2], raw[k - 1]];
    const ratio = norms[k + 1]! / norms[k]!;
    raw.push(x.map((value, i) => (value - center - shift) * (current ? current[i]! : 1) - (k > 0 ? ratio * (before ? before[i]! : 1) : 0)));
  });
  return raw.map((column, k) => {
    const size = Math.sqrt(norms[k + 2]!);
    return column.map((value) => value / size);
  });
}

/** x, x², …, x^degree. */
export function powers(x: Float64Array, degree: number): Float64Array[] {
  const columns = [x];
  for (let k = 1; k < degree; k++) columns.push(columns[k - 1]!.map((value, i) => value * x[i]!));
  return columns;
}

/**
 * Products of several columns' polynomials up to a total degree, with R's names for them: "1.0", "2.0", "0.1", "1.1", "0.2".
 *
 * @param columns - For each variable its polynomials of degree 1, 2, …
 */
export function products(columns: readonly (readonly Float64Array[])[], degree: number): { columns: Float64Array[]; ends: string[] } {
  const made: { columns: Float64Array[]; ends: string[] } = { columns: [], ends: [] };
  const degrees = columns.map(() => 0);
  const advance = (): boolean => {
    // The first variable's degree changes fastest.
    for (let v = 0; v < degrees.length; v++) {
      if (degrees[v]! < degree) {
        degrees[v]!++;
        return true;
      }
      degrees[v] = 0;
    }
    return false;
  };
  while (advance()) {
    if (degrees.reduce((total, one) => total + one, 0) > degree) continue;
    const factors = degrees.flatMap((one, v) => (one > 0 ? [columns[v]![one - 1]!] : []));
    made.columns.push(factors.reduce((product, factor) => product.map((value, i) => value * factor[i]!)));
    made.ends.push(degrees.join("."));
  }
  return made;
}
