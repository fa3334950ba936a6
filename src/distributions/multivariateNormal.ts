import { ellipse } from "../likelihood/ellipse.ts";
import { CLOSED, type Search } from "../likelihood/rowModel.ts";
import { logRoot, rowMoments, singular } from "../likelihood/rowMoments.ts";
import { HALF_LOG_2PI } from "../math/stirling.ts";
import { entries } from "../math/triangle.ts";
import type { Matrix } from "../wasm/matrix.ts";
import type { VectorFamily } from "./rowFamily.ts";

/**
 * Multivariate normal with density e^(-q/2) / sqrt((2π)^d |covariance|), q = (x - mean)' covariance⁻¹ (x - mean). The maximum is the rows'
 * mean and their covariance with divisor n; observed information gives cov(mean) = covariance / n and
 * cov(s_ij, s_kl) = (s_ik s_jl + s_il s_jk) / n. No maximum where the rows lie in a plane of fewer dimensions: n <= d, collinear columns.
 * Anderson (2003), An Introduction to Multivariate Statistical Analysis, 3.2.
 */
export const multivariateNormal: VectorFamily = {
  variate: "vector",
  name: "multivariateNormal",
  parameters: [
    { name: "mean", shape: "vector", domain: "real" },
    { name: "covariance", shape: "matrix", domain: "positive" },
  ],
  support: { text: "rows of finite values", whole: false },
  density: "e^(-q/2) / sqrt((2π)^d |covariance|), q = (x - mean)' covariance⁻¹ (x - mean)",
  source: "Anderson (2003), An Introduction to Multivariate Statistical Analysis, 3.2",
  existence: "not if the rows lie in a plane of fewer dimensions (n <= d, collinear columns)",
  search,
  at(values) {
    const found = ellipse(values.mean, values.covariance, "mean", "covariance");
    if (typeof found === "string") return found;
    const { dimension: d, location, scale, distance, logRoot: root, draw } = found;
    return {
      dimension: d,
      logPdf: (row) => -0.5 * distance(row) - root - d * HALF_LOG_2PI,
      mean: () => [...location],
      covariance: () => scale.map((row) => [...row]),
      random: (random) => draw(random, 1),
    };
  },
};

function* search(matrix: Matrix): Search {
  const found = rowMoments(matrix);
  if (typeof found === "string") return singular(found);
  const { center, unit, mean, covariance, factor } = found;
  const d = unit.length;
  const n = matrix.weight;
  const pairs = entries(d);
  const s = (i: number, j: number) => covariance[i * d + j]!;
  const p = d + pairs.length;
  const errors = Array.from({ length: p }, () => new Array<number>(p).fill(0));
  for (let i = 0; i < d; i++) for (let j = 0; j < d; j++) errors[i]![j] = s(i, j) / n;
  pairs.forEach(([i, j], a) => {
    pairs.forEach(([k, l], b) => {
      errors[d + a]![d + b] = (s(i, k) * s(j, l) + s(i, l) * s(j, k)) / n;
    });
  });
  return {
    theta: [...mean.map((m, j) => center[j]! + unit[j]! * m), ...pairs.map(([i, j]) => s(i, j) * unit[i]! * unit[j]!)],
    covariance: errors,
    unit: [...unit, ...pairs.map(([i, j]) => unit[i]! * unit[j]!)],
    free: p,
    logLik: -n * (d * (HALF_LOG_2PI + 0.5) + logRoot(factor, unit)),
    influence(row) {
      const z = row.map((x, j) => (x - center[j]!) / unit[j]! - mean[j]!);
      return [...z, ...pairs.map(([i, j]) => z[i]! * z[j]! - s(i, j))].map((share) => share / n);
    },
    // In the coordinates in which the covariance is I.
    proof: { ...CLOSED, eigenvalues: [...mean, ...pairs.filter(([i, j]) => i !== j)].map(() => n).concat(mean.map(() => n / 2)) },
  };
}
