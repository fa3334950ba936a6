import type { StandardSums } from "./locationScale.ts";

// For kernels that two families share: from a kernel's totals (the sum of log factor, then s0, s1, … as the kernel's file names them) to the sums that a location-scale
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
