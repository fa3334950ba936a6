// Gauss-Legendre points on [0, 1] to 30 digits: Newton's iteration on the Legendre polynomial (DLMF 3.5(v)).

import { add, type DoubleDouble, divide, multiply, pair, scale } from "./arithmetic.ts";

export function gaussLegendre(points: number): { nodes: DoubleDouble[]; weights: DoubleDouble[] } {
  const nodes: DoubleDouble[] = [];
  const weights: DoubleDouble[] = [];
  for (let k = 1; k <= points; k++) {
    let z = pair(Math.cos((Math.PI * (4 * k - 1)) / (4 * points + 2)));
    let slope = pair(0);
    for (let i = 0; i < 6; i++) {
      let before = pair(1);
      let p = z;
      for (let n = 2; n <= points; n++) {
        const next = add(scale2(multiply(z, p), 2 * n - 1), scale2(before, 1 - n));
        before = p;
        p = divide(next, pair(n));
      }
      slope = divide(scale2(add(multiply(z, p), scale(before, -1)), points), add(multiply(z, z), pair(-1)));
      z = add(z, scale(divide(p, slope), -1));
    }
    nodes.push(scale(add(z, pair(1)), 0.5));
    weights.push(divide(pair(1), multiply(add(pair(1), scale(multiply(z, z), -1)), multiply(slope, slope))));
  }
  return { nodes, weights };
}

const scale2 = (a: DoubleDouble, by: number): DoubleDouble => multiply(a, pair(by));
