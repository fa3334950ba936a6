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

/** Kernel studentT: log q, g, r g, z r, z r g with q = 1 + z²/v, r = 1/q, g = 1 - r; v the degrees of freedom. */
export function studentTSums([logs, gap, bend, zr, zBend]: Float64Array, n: number, v: number): StandardSums {
  const tail = (v + 1) / v;
  // C(v) = lgamma((v+1)/2) - lgamma(v/2) - log(v pi) / 2, the constant of the log-density, and its derivatives.
  const half = v / 2;
  const constant = lgammaDifference(half, 0.5) - 0.5 * log(v * Math.PI);
  const first = 0.5 * digammaDifference(half, 0.5) - 0.5 / v;
  const second = 0.25 * trigammaDifference(half, 0.5) + 0.5 / (v * v);
  return {
    value: n * constant - 0.5 * (v + 1) * logs!,
    psi: tail * zr!,
    zPsi: (v + 1) * gap!,
    curvature: tail * (n - gap! - 2 * bend!),
    zCurvature: tail * (zr! - 2 * zBend!),
    zzCurvature: (v + 1) * (2 * bend! - gap!),
    shape: [
      n * first - 0.5 * logs! + 0.5 * tail * gap!,
      n * second + (0.5 * gap!) / v - (0.5 * gap!) / (v * v) - (0.5 * tail * bend!) / v,
      (tail * zBend! - zr! / v) / v,
      gap! - tail * bend!,
    ],
  };
}
