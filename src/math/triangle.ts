/**
 * Lower triangles: a symmetric d x d matrix as its entries (i, j), i >= j, row by row; Cholesky factors as d x d, row-major. And what a change
 * of basis does to such entries.
 */

/** Number of entries. */
export function triangular(d: number): number {
  return (d * (d + 1)) / 2;
}

/** Place of the entry (i, j), whichever is larger. */
export function entry(i: number, j: number): number {
  return i >= j ? triangular(i) + j : triangular(j) + i;
}

/** The entries as pairs, in order. */
export function entries(d: number): [i: number, j: number][] {
  return Array.from({ length: d }, (_, i) => Array.from({ length: i + 1 }, (_, j): [number, number] => [i, j])).flat();
}

/** The full matrix from its entries. */
export function symmetric(triangle: ArrayLike<number>, d: number): Float64Array {
  const full = new Float64Array(d * d);
  for (let i = 0; i < d; i++) for (let j = 0; j < d; j++) full[i * d + j] = triangle[entry(i, j)]!;
  return full;
}

/** The entries of a full matrix. */
export function lowerOf(full: ArrayLike<number>, d: number): number[] {
  return entries(d).map(([i, j]) => full[i * d + j]!);
}

/** The unit matrix. */
export function identity(d: number): Float64Array {
  return Float64Array.from({ length: d * d }, (_, at) => (at % (d + 1) === 0 ? 1 : 0));
}

/** A B. */
export function product(a: ArrayLike<number>, b: ArrayLike<number>, d: number): Float64Array {
  const c = new Float64Array(d * d);
  for (let i = 0; i < d; i++) {
    for (let k = 0; k < d; k++) {
      const own = a[i * d + k]!;
      if (own === 0) continue;
      for (let j = 0; j < d; j++) c[i * d + j]! += own * b[k * d + j]!;
    }
  }
  return c;
}

/** A x. */
export function apply(a: ArrayLike<number>, x: ArrayLike<number>, d: number): number[] {
  return Array.from({ length: d }, (_, i) => {
    let sum = 0;
    for (let j = 0; j < d; j++) sum += a[i * d + j]! * x[j]!;
    return sum;
  });
}

/** L⁻¹. */
export function inverseLower(l: ArrayLike<number>, d: number): Float64Array {
  const inverse = new Float64Array(d * d);
  for (let j = 0; j < d; j++) {
    inverse[j * d + j] = 1 / l[j * d + j]!;
    for (let i = j + 1; i < d; i++) {
      let sum = 0;
      for (let k = j; k < i; k++) sum -= l[i * d + k]! * inverse[k * d + j]!;
      inverse[i * d + j] = sum / l[i * d + i]!;
    }
  }
  return inverse;
}

/** L S Lᵀ for a symmetric S. */
export function conjugate(l: ArrayLike<number>, s: ArrayLike<number>, d: number): Float64Array {
  const half = product(l, s, d);
  const full = new Float64Array(d * d);
  for (let i = 0; i < d; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      for (let k = 0; k < d; k++) sum += half[i * d + k]! * l[j * d + k]!;
      full[i * d + j] = sum;
      full[j * d + i] = sum;
    }
  }
  return full;
}

/** S ↦ L S Lᵀ as a matrix on the entries of S. */
export function conjugation(l: ArrayLike<number>, d: number): number[][] {
  const pairs = entries(d);
  return pairs.map(([i, j]) =>
    pairs.map(([k, m]) => {
      const straight = l[i * d + k]! * l[j * d + m]!;
      return k === m ? straight : straight + l[i * d + m]! * l[j * d + k]!;
    }),
  );
}
