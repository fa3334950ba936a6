/**
 * A growing set of linearly independent columns, with an orthonormal basis of what they span: Gram–Schmidt, each column twice (Giraud,
 * Langou & Rozložník 2005, "twice is enough").
 */
export class Basis {
  readonly #orthonormal: Float64Array[] = [];
  /** Upper triangle, by column: column = Σ r_k q_k. */
  readonly #r: number[][] = [];

  get size(): number {
    return this.#r.length;
  }

  /** Adds a column; it must not lie in the span of those before it. */
  add(column: Float64Array): void {
    const { rest, along } = this.#split(column);
    const length = norm(rest);
    this.#orthonormal.push(rest.map((value) => value / length));
    this.#r.push([...along, length]);
  }

  /** What is left of a column outside the span. */
  rest(column: Float64Array): Float64Array {
    return this.#split(column).rest;
  }

  /** What is left of a column once the part along the column added last is taken off. */
  withoutLast(column: Float64Array): Float64Array {
    const last = this.#orthonormal.at(-1)!;
    const part = dot(last, column);
    return column.map((value, i) => value - part * last[i]!);
  }

  /** Coefficients of the linear combination of the columns nearest to a column. */
  coefficients(column: Float64Array): number[] {
    const found = this.#split(column).along;
    for (let k = this.size - 1; k >= 0; k--) {
      found[k]! /= this.#r[k]![k]!;
      for (let i = 0; i < k; i++) found[i]! -= found[k]! * this.#r[k]![i]!;
    }
    return found;
  }

  #split(column: Float64Array): { rest: Float64Array; along: number[] } {
    const rest = column.slice();
    const along = new Array<number>(this.#orthonormal.length).fill(0);
    for (let time = 0; time < 2; time++) {
      this.#orthonormal.forEach((q, k) => {
        const part = dot(q, rest);
        along[k]! += part;
        for (let i = 0; i < rest.length; i++) rest[i]! -= part * q[i]!;
      });
    }
    return { rest, along };
  }
}

/**
 * Indices of few columns of whose combinations all are to within `tolerance` in the root mean square, beside those already in the
 * basis, to which they are added: the largest rest first. An interpolative decomposition (Cheng, Gimbutas, Martinsson & Rokhlin 2005,
 * SIAM J. Sci. Comput. 26). Undefined where more than `most` would be needed.
 */
export function skeleton(basis: Basis, columns: readonly Float64Array[], tolerance: number, most: number): number[] | undefined {
  const picked: number[] = [];
  let rests = columns.map((column) => basis.rest(column));
  for (;;) {
    const sizes = rests.map((rest) => norm(rest) / Math.sqrt(rest.length));
    const largest = Math.max(...sizes);
    if (!(largest > tolerance)) return Number.isNaN(largest) ? undefined : picked;
    if (picked.length === most) return undefined;
    const next = sizes.indexOf(largest);
    picked.push(next);
    basis.add(columns[next]!);
    rests = rests.map((rest) => basis.withoutLast(rest));
  }
}

function norm(column: Float64Array): number {
  return Math.sqrt(dot(column, column));
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}
