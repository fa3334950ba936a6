import { log } from "../math/elementary.ts";
import { lgammaDifference } from "../math/gamma.ts";
import { digammaDifference, trigammaDifference } from "../math/polygamma.ts";
import type { StandardSums } from "./locationScale.ts";

// From a kernel's totals (the sum of log factor, then s0, s1, … as the kernel's file names them) to the sums that a location-scale
// likelihood is made of.

/** Kernel logistic: log(1 + u), |z|, psi, z psi, psi', z psi', z² psi'. */
export function logisticSums([logs, size, psi, zPsi, curvature, zCurvature, zzCurvature]: Float64Array): StandardSums {
  return {
    value: -size! - 2 * logs!,
    psi: psi!,
    zPsi: zPsi!,
    curvature: curvature!,
    zCurvature: zCurvature!,
    zzCurvature: zzCurvature!,
  };
}

/** Kernel gumbel: –, z, u, z u, z² u with u = e^(-z); psi = 1 - u, psi' = u. */
export function gumbelSums([, z, u, zu, zzu]: Float64Array, n: number): StandardSums {
  return { z: z!, value: -z! - u!, psi: n - u!, zPsi: z! - zu!, curvature: u!, zCurvature: zu!, zzCurvature: zzu! };
}

/** Kernel studentT: log q, r, r², z r, z r² with q = 1 + z²/v, r = 1/q; v the degrees of freedom. */
export function studentTSums([logs, r, rr, zr, zrr]: Float64Array, n: number, v: number): StandardSums {
  const tail = (v + 1) / v;
  // With B(v) = lgamma((v+1)/2) - lgamma(v/2) - log(v pi) / 2, the constant of the log-density.
  const half = v / 2;
  const constant = lgammaDifference(half, 0.5) - 0.5 * log(v * Math.PI);
  const first = 0.5 * digammaDifference(half, 0.5) - 0.5 / v;
  const second = 0.25 * trigammaDifference(half, 0.5) + 0.5 / (v * v);
  const gap = n - r!;
  const bend = r! - rr!;
  return {
    value: n * constant - 0.5 * (v + 1) * logs!,
    psi: tail * zr!,
    zPsi: (v + 1) * gap,
    curvature: tail * (2 * rr! - r!),
    zCurvature: tail * (2 * zrr! - zr!),
    zzCurvature: (v + 1) * (3 * r! - 2 * rr! - n),
    shape: [
      n * first - 0.5 * logs! + 0.5 * tail * gap,
      n * second + (0.5 * gap) / v - (0.5 * gap) / (v * v) - (0.5 * tail * bend) / v,
      (zr! - tail * zrr!) / v,
      gap - tail * bend,
    ],
  };
}
