/**
 * X'WX of a design of which one factor's columns may be many: those have products only with themselves and with the other columns, so they
 * are eliminated first, one level after the other. Memory and time are then proportional to rows and levels, not to the square of levels.
 */
export interface Products {
  /** Columns of the design. */
  readonly columns: number;
  /** The columns that are not the large factor's, in the design's order. */
  readonly dense: Int32Array;
  /** Their products, dense.length squared, row-major; the lower triangle is read. */
  readonly gram: Float64Array;
  /** The large factor: its first column in the design, its levels' own products, and theirs with the dense columns, level by level. */
  readonly large?: { readonly first: number; readonly own: Float64Array; readonly cross: Float64Array };
}

/** A factored matrix. */
export interface Factored {
  /** Columns that are linear combinations of columns before them, or without any row. */
  readonly aliased: readonly boolean[];
  /** The smallest part of a column's own product that the columns before it leave; aliased columns do not count. */
  readonly smallest: number;
  /** x with A x = b; 0 for aliased columns. */
  solve(b: ArrayLike<number>): Float64Array;
  /** Element (i, j) of the inverse; 0 for aliased columns. */
  inverse(i: number, j: number): number;
}

/** A x. */
export function times({ columns, dense, gram, large }: Products, x: ArrayLike<number>): Float64Array {
  const m = dense.length;
  const product = new Float64Array(columns);
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < m; j++) product[dense[i]!]! += gram[i < j ? j * m + i : i * m + j]! * x[dense[j]!]!;
  }
  large?.own.forEach((own, l) => {
    const place = large.first + l;
    product[place]! += own * x[place]!;
    for (let j = 0; j < m; j++) {
      product[place]! += large.cross[l * m + j]! * x[dense[j]!]!;
      product[dense[j]!]! += large.cross[l * m + j]! * x[place]!;
    }
  });
  return product;
}

/** Each column's product with itself. */
export function diagonal({ columns, dense, gram, large }: Products): Float64Array {
  const squares = new Float64Array(columns);
  dense.forEach((column, j) => {
    squares[column] = gram[j * (dense.length + 1)]!;
  });
  if (large) squares.set(large.own, large.first);
  return squares;
}

/** What of a column's own product must be left by the columns before it, so that it counts as a column of its own. */
export const ALIASED = 1e-14;

/** A negative pivot that may be rounding: sums of many rows have lost digits. */
const ROUNDING = 1e-11;

/**
 * Cholesky's factors in the design's order, without columns that are aliased or left out by `without`.
 * Returns undefined where the matrix is not positive semidefinite: a pivot is below 0 by more than rounding.
 */
export function factor(products: Products, without?: readonly boolean[], tolerance = ALIASED): Factored | undefined {
  const { columns, dense, gram, large } = products;
  const m = dense.length;
  const aliased = new Array<boolean>(columns).fill(false);
  const s = gram.slice();
  const own = large?.own;
  const levels = own?.length ?? 0;
  const inverseOwn = new Float64Array(levels);
  const cross = large?.cross ?? new Float64Array(0);
  for (let l = 0; l < levels; l++) {
    if (without?.[large!.first + l] || !(own![l]! > 0)) {
      if (own![l]! < 0) return undefined;
      aliased[large!.first + l] = true;
      continue;
    }
    inverseOwn[l] = 1 / own![l]!;
    for (let i = 0; i < m; i++) {
      const share = cross[l * m + i]! * inverseOwn[l]!;
      if (share !== 0) for (let j = 0; j <= i; j++) s[i * m + j]! -= share * cross[l * m + j]!;
    }
  }
  let smallest = 1;
  for (let j = 0; j < m; j++) {
    let pivot = s[j * m + j]!;
    for (let k = 0; k < j; k++) pivot -= s[j * m + k]! * s[j * m + k]!;
    const left = pivot / gram[j * m + j]!;
    const out = without?.[dense[j]!] === true;
    if (!out && (Number.isNaN(pivot) || left < -Math.max(tolerance, ROUNDING) || gram[j * m + j]! < 0)) return undefined;
    if (out || !(left > tolerance)) {
      aliased[dense[j]!] = true;
      for (let i = j; i < m; i++) s[i * m + j] = 0;
      continue;
    }
    smallest = Math.min(smallest, left);
    const root = Math.sqrt(pivot);
    s[j * m + j] = root;
    for (let i = j + 1; i < m; i++) {
      if (without?.[dense[i]!]) continue;
      let rest = s[i * m + j]!;
      for (let k = 0; k < j; k++) rest -= s[i * m + k]! * s[j * m + k]!;
      s[i * m + j] = rest / root;
    }
  }

  /** Forward and back through the dense columns' factor, in place. */
  const solveDense = (x: Float64Array) => {
    for (let i = 0; i < m; i++) {
      if (aliased[dense[i]!]) {
        x[i] = 0;
        continue;
      }
      let sum = x[i]!;
      for (let k = 0; k < i; k++) sum -= s[i * m + k]! * x[k]!;
      x[i] = sum / s[i * m + i]!;
    }
    for (let i = m - 1; i >= 0; i--) {
      if (aliased[dense[i]!]) continue;
      let sum = x[i]!;
      for (let k = i + 1; k < m; k++) sum -= s[k * m + i]! * x[k]!;
      x[i] = sum / s[i * m + i]!;
    }
    return x;
  };
  const solve = (b: ArrayLike<number>) => {
    const x = new Float64Array(columns);
    const part = Float64Array.from(dense, (column) => b[column]!);
    for (let l = 0; l < levels; l++) {
      const share = b[large!.first + l]! * inverseOwn[l]!;
      if (share !== 0) for (let j = 0; j < m; j++) part[j]! -= share * cross[l * m + j]!;
    }
    solveDense(part);
    dense.forEach((column, j) => {
      x[column] = part[j]!;
    });
    for (let l = 0; l < levels; l++) {
      let rest = b[large!.first + l]!;
      for (let j = 0; j < m; j++) rest -= cross[l * m + j]! * part[j]!;
      x[large!.first + l] = rest * inverseOwn[l]!;
    }
    return x;
  };

  let denseInverse: Float64Array | undefined;
  const inverted = () => {
    if (denseInverse) return denseInverse;
    denseInverse = new Float64Array(m * m);
    for (let j = 0; j < m; j++) {
      if (aliased[dense[j]!]) continue;
      const unit = new Float64Array(m);
      unit[j] = 1;
      denseInverse.set(solveDense(unit), j * m);
    }
    for (let i = 0; i < m; i++) for (let j = 0; j < i; j++) denseInverse[j * m + i] = denseInverse[i * m + j]!;
    return denseInverse;
  };
  const place = new Int32Array(columns).fill(-1);
  dense.forEach((column, j) => {
    place[column] = j;
  });
  /** -(B S^-1)_lj / own_l for dense j. */
  const mixed = (l: number, j: number) => {
    const v = inverted();
    let sum = 0;
    for (let k = 0; k < m; k++) sum += cross[l * m + k]! * v[k * m + j]!;
    return -sum * inverseOwn[l]!;
  };
  const inverse = (i: number, j: number): number => {
    if (aliased[i] || aliased[j]) return 0;
    const [a, b] = [place[i]!, place[j]!];
    if (a >= 0 && b >= 0) return inverted()[a * m + b]!;
    if (a >= 0) return mixed(j - large!.first, a);
    if (b >= 0) return mixed(i - large!.first, b);
    const [l, k] = [i - large!.first, j - large!.first];
    let sum = l === k ? inverseOwn[l]! : 0;
    for (let c = 0; c < m; c++) sum -= mixed(l, c) * cross[k * m + c]! * inverseOwn[k]!;
    return sum;
  };
  return { aliased, smallest, solve, inverse };
}
