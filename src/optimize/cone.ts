/** Vectors of one length, many perhaps, known by their products with others. */
export interface Vectors {
  /** The product of each with a vector. */
  products(vector: Float64Array): Float64Array;
  vector(index: number): Float64Array;
}

/** A product below it, of vectors of length 1, is rounding. */
const ROUNDING = 1e-11;

/** What the vectors before it leave of a vector that is a combination of them. */
const DEPENDENT = 1e-9;

/**
 * The shortest r = g + Σ λ_i a_i with all λ_i >= 0: what is left of g once the a_i have taken of it what they can. r is 0 if and only if
 * -g lies in the cone of the a_i; otherwise a_i'r >= 0 for all i and g'r = r'r > 0: of all directions that lead away from no a_i, r is the
 * one along which g grows fastest. Lawson & Hanson (1974), Solving Least Squares Problems, chapter 23.
 */
export function remainder(g: Float64Array, vectors: Vectors): Float64Array {
  const size = length(g);
  const none = new Float64Array(g.length);
  if (!(size > 0)) return none;
  let taken: { index: number; times: number }[] = [];
  let rest = g;
  for (let iteration = 0; iteration < 20 * (g.length + 5); iteration++) {
    const products = vectors.products(rest);
    let [least, next] = [0, -1];
    for (let i = 0; i < products.length; i++) {
      if (products[i]! < least && !taken.some(({ index }) => index === i)) [least, next] = [products[i]!, i];
    }
    if (next < 0 || !(-least > ROUNDING * length(rest) * length(vectors.vector(next)))) break;
    const added = [...taken, { index: next, times: 0 }];
    const found = solved(g, vectors, added);
    // By rounding alone: what seemed to lead away does not.
    if (!found || !(found.at(-1)! > 0)) break;
    taken = advanced(g, vectors, added, found);
    rest = leftBy(
      g,
      basisOf(
        taken.map(({ index }) => vectors.vector(index)),
        DEPENDENT,
      ).basis,
    );
    if (length(rest) <= ROUNDING * size) return none;
  }
  return rest;
}

/** Moves the multiples to their solution, without those that would turn negative on the way. */
function advanced(
  g: Float64Array,
  vectors: Vectors,
  from: readonly { index: number; times: number }[],
  solution: readonly number[],
): { index: number; times: number }[] {
  let [here, wanted] = [from, solution];
  for (;;) {
    let share = 1;
    here.forEach(({ times }, k) => {
      if (!(wanted[k]! > 0)) share = Math.min(share, times / (times - wanted[k]!));
    });
    const moved = here.map(({ index, times }, k) => ({ index, times: times + share * (wanted[k]! - times), stays: wanted[k]! > 0 }));
    if (share === 1 && moved.every(({ stays }) => stays)) return moved;
    const least = Math.min(...moved.filter(({ stays }) => !stays).map(({ times }) => times));
    here = moved.filter(({ times, stays }) => stays || times > least);
    const next = solved(g, vectors, here);
    if (!next) return [...here];
    wanted = next;
  }
}

/** The multiples without a sign; undefined where the vectors depend on one another. */
function solved(g: Float64Array, vectors: Vectors, taken: readonly { index: number }[]): number[] | undefined {
  const all = taken.map(({ index }) => vectors.vector(index));
  const { basis, shares, kept } = basisOf(all, DEPENDENT);
  if (kept.length < all.length) return undefined;
  const times = new Array<number>(all.length).fill(0);
  for (let k = all.length - 1; k >= 0; k--) {
    let sum = -dot(basis[k]!, g);
    for (let l = k + 1; l < all.length; l++) sum -= shares[l]![k]! * times[l]!;
    times[k] = sum / shares[k]![k]!;
  }
  return times;
}

/** An orthonormal basis of what vectors span, by Gram and Schmidt, twice; each vector's shares in it, and which made the basis grow. */
export function basisOf(
  all: Iterable<Float64Array>,
  dependent = DEPENDENT,
): { basis: Float64Array[]; shares: Float64Array[]; kept: number[] } {
  const basis: Float64Array[] = [];
  const shares: Float64Array[] = [];
  const kept: number[] = [];
  let k = 0;
  for (const vector of all) {
    const rest = vector.slice();
    const own = new Float64Array(basis.length + 1);
    for (let pass = 0; pass < 2; pass++) {
      basis.forEach((unit, b) => {
        const share = dot(unit, rest);
        own[b]! += share;
        for (let j = 0; j < rest.length; j++) rest[j]! -= share * unit[j]!;
      });
    }
    const left = length(rest);
    if (left > dependent * length(vector)) {
      own[basis.length] = left;
      basis.push(rest.map((x) => x / left));
      shares.push(own);
      kept.push(k);
    }
    k++;
    if (basis.length === vector.length) break;
  }
  return { basis, shares, kept };
}

/** An orthonormal basis of what is orthogonal to a basis. */
export function complementOf(basis: readonly Float64Array[], dimension: number): Float64Array[] {
  const units: Float64Array[] = [];
  // The axis of which most is left comes next: its remainder is far from rounding.
  while (units.length < dimension - basis.length) {
    let best: Float64Array | undefined;
    for (let j = 0; j < dimension; j++) {
      const axis = new Float64Array(dimension);
      axis[j] = 1;
      const rest = leftBy(leftBy(axis, [...basis, ...units]), [...basis, ...units]);
      if (!best || length(rest) > length(best)) best = rest;
    }
    const size = length(best!);
    units.push(best!.map((x) => x / size));
  }
  return units;
}

/** A vector less its part in the span of a basis. */
function leftBy(vector: Float64Array, basis: readonly Float64Array[]): Float64Array {
  const rest = vector.slice();
  for (const unit of basis) {
    const share = dot(unit, rest);
    for (let j = 0; j < rest.length; j++) rest[j]! -= share * unit[j]!;
  }
  return rest;
}

export function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

export function length(vector: Float64Array): number {
  return Math.sqrt(dot(vector, vector));
}
