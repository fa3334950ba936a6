import { gumbelSums } from "./loops.ts";
import type { Passes } from "./passes.ts";

// The same passes with the typed array's own `reduce`: one call for all sums of a pass, into an accumulator that is written in place.

export const reductions: Passes = {
  scan(x) {
    return x.reduce(
      (total, value) => {
        total.sum += value;
        total.min = Math.min(total.min, value);
        total.max = Math.max(total.max, value);
        return total;
      },
      { sum: 0, min: x[0]!, max: x[0]! },
    );
  },

  squares(x, center) {
    return x.reduce(
      (total, value) => {
        const d = value - center;
        total.first += d;
        total.second += d * d;
        return total;
      },
      { first: 0, second: 0 },
    );
  },

  scanLogs(x) {
    return x.reduce(
      (total, value) => {
        total.sum += value;
        total.logs += Math.log(value);
        total.min = Math.min(total.min, value);
        total.max = Math.max(total.max, value);
        return total;
      },
      { sum: 0, logs: 0, min: x[0]!, max: x[0]! },
    );
  },

  logSquares(x, center) {
    return x.reduce(
      (total, value) => {
        const d = Math.log(value) - center;
        total.first += d;
        total.second += d * d;
        return total;
      },
      { first: 0, second: 0 },
    );
  },

  gumbel(x, location, scale) {
    const { z, u, zu, zzu } = x.reduce((total, value) => addGumbel(total, (value - location) / scale), { z: 0, u: 0, zu: 0, zzu: 0 });
    return gumbelSums(x.length, z, u, zu, zzu);
  },

  weibull(x, location, scale) {
    const { z, u, zu, zzu } = x.reduce((total, value) => addGumbel(total, (-Math.log(value) - location) / scale), {
      z: 0,
      u: 0,
      zu: 0,
      zzu: 0,
    });
    return gumbelSums(x.length, z, u, zu, zzu);
  },

  logistic(x, location, scale) {
    return x.reduce(
      (total, value) => {
        const z = (value - location) / scale;
        const u = Math.exp(-Math.abs(z));
        const psi = (Math.sign(z) * (1 - u)) / (1 + u);
        const curvature = 0.5 - 0.5 * psi * psi;
        total.value -= Math.abs(z) + 2 * Math.log(1 + u);
        total.psi += psi;
        total.zPsi += z * psi;
        total.curvature += curvature;
        total.zCurvature += z * curvature;
        total.zzCurvature += z * z * curvature;
        return total;
      },
      { value: 0, psi: 0, zPsi: 0, curvature: 0, zCurvature: 0, zzCurvature: 0 },
    );
  },

  studentT(x, location, scale, df) {
    return x.reduce(
      (total, value) => {
        const z = (value - location) / scale;
        const q = 1 + (z * z) / df;
        const r = 1 / q;
        total.logs += Math.log(q);
        total.r += r;
        total.rr += r * r;
        total.zr += z * r;
        total.zrr += z * r * r;
        return total;
      },
      { logs: 0, r: 0, rr: 0, zr: 0, zrr: 0 },
    );
  },
};

function addGumbel(total: { z: number; u: number; zu: number; zzu: number }, z: number) {
  const u = Math.exp(-z);
  total.z += z;
  total.u += u;
  total.zu += z * u;
  total.zzu += z * z * u;
  return total;
}
