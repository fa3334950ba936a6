import { Basis } from "./basis.ts";

/** Polynomials of p variables and a total degree, determined by their values at as many nodes. */
export interface Interpolation {
  /** The first is the origin. */
  readonly nodes: readonly (readonly number[])[];
  /** Exponents of each monomial. */
  readonly monomials: readonly (readonly number[])[];
  /** Row m: the coefficient of monomial m as a linear combination of the values at the nodes. */
  readonly coefficients: readonly (readonly number[])[];
}

/** Points of [-1, 1] that Leja's rule chooses among. */
const GRID = 2000;

/**
 * Nodes in the cube [-1, 1]^p about the origin: a lower set of Leja's points (1957) in each variable, on which interpolation by a total
 * degree has one answer (Dyn & Floater 2014, J. Approx. Theory 177).
 */
export function interpolation(p: number, degree: number): Interpolation {
  const points = leja(degree + 1);
  const monomials = exponents(p, degree);
  const nodes = monomials.map((exponent) => exponent.map((k) => points[k]!));
  const basis = new Basis();
  for (const exponent of monomials) basis.add(Float64Array.from(nodes, (node) => monomial(node, exponent)));
  const inverse = nodes.map((_, j) => basis.coefficients(Float64Array.from(nodes, (_, i) => (i === j ? 1 : 0))));
  return { nodes, monomials, coefficients: monomials.map((_, m) => inverse.map((column) => column[m]!)) };
}

/** Value, gradient and Hessian of a polynomial. */
export function polynomialAt(monomials: Interpolation["monomials"], coefficients: readonly number[], at: readonly number[]) {
  const p = at.length;
  const degree = Math.max(...monomials.flat());
  // Powers with their first and second derivatives, by variable.
  const powers = at.map((x) => {
    const table = [[1, 0, 0]];
    for (let k = 1; k <= degree; k++) {
      const power = table[k - 1]![0]!;
      table.push([x * power, k * power, k * table[k - 1]![1]!]);
    }
    return table;
  });
  let value = 0;
  const gradient = new Array<number>(p).fill(0);
  const hessian = gradient.map(() => new Array<number>(p).fill(0));
  const product = (exponent: readonly number[], orders: (i: number) => number) =>
    exponent.reduce((all, k, i) => all * powers[i]![k]![orders(i)]!, 1);
  monomials.forEach((exponent, m) => {
    const c = coefficients[m]!;
    value += c * product(exponent, () => 0);
    for (let i = 0; i < p; i++) {
      gradient[i]! += c * product(exponent, (k) => (k === i ? 1 : 0));
      for (let j = 0; j < p; j++) hessian[i]![j]! += c * product(exponent, (k) => Number(k === i) + Number(k === j));
    }
  });
  return { value, gradient, hessian };
}

/** Exponents of the monomials of p variables up to a total degree; the constant first. */
function exponents(p: number, degree: number): number[][] {
  if (p === 0) return [[]];
  const all = Array.from({ length: degree + 1 }, (_, k) => exponents(p - 1, degree - k).map((rest) => [k, ...rest]));
  return all.flat();
}

function monomial(at: readonly number[], exponent: readonly number[]): number {
  let product = 1;
  exponent.forEach((k, i) => {
    for (let time = 0; time < k; time++) product *= at[i]!;
  });
  return product;
}

/** 0, and then each time the point whose product of distances to those before is largest. */
function leja(count: number): number[] {
  const points = [0];
  while (points.length < count) {
    let best = 0;
    let farthest = 0;
    for (let i = 0; i <= GRID; i++) {
      const x = (2 * i) / GRID - 1;
      const distance = points.reduce((product, point) => product * Math.abs(x - point), 1);
      if (distance > farthest) [best, farthest] = [x, distance];
    }
    points.push(best);
  }
  return points;
}
