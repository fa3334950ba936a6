import { locationScale } from "../likelihood/locationScale.ts";
import { tiedCenter } from "../likelihood/ties.ts";
import { log, log1p } from "../math/elementary.ts";
import { logRatio } from "../math/logarithms.ts";
import { atan, tanpi } from "../math/trig.ts";
import { type Family, real } from "./family.ts";

const LOG_PI = 1.1447298858494002;

/**
 * Cauchy with density 1 / (pi scale (1 + z²)), z = (x - location) / scale. With both parameters free the likelihood has one maximum unless half of the observations or more are equal (Copas 1975, Biometrika 62);
 * with two distinct points of equal weight every (location, scale) on a semicircle is one.
 */
export const cauchy: Family = {
  name: "cauchy",
  parameters: [
    { name: "location", domain: "real", shifts: true },
    { name: "scale", domain: "positive" },
  ],
  support: real,
  density: "1 / (pi scale (1 + z²)), z = (x - location) / scale",
  source: "Copas (1975), Biometrika 62, 701; Johnson, Kotz & Balakrishnan (1994), ch. 16",
  existence: "not if half of the values or more are equal; not unique for two points",
  model: locationScale({
    kernel: "cauchy",
    quartiles: [-1, 0, 1],
    // Totals: log q, r, r², z r, z r² with q = 1 + z², r = 1/q.
    sums: ([logs, r, rr, zr, zrr], n) => ({
      value: -n * LOG_PI - logs!,
      psi: 2 * zr!,
      zPsi: 2 * (n - r!),
      curvature: 2 * (2 * rr! - r!),
      zCurvature: 2 * (2 * zrr! - zr!),
      zzCurvature: 2 * (3 * r! - 2 * rr! - n),
    }),
    manyPeaks: true,
    exists: tiedCenter,
  }),
  logPdf(x, [location, scale]) {
    const z = Math.abs(x - location!) / scale!;
    // log(1 + z²) without overflow of z².
    return -log(Math.PI * scale!) - (z > 1e8 ? 2 * log(z) : log(1 + z * z));
  },
  score(x, [location, scale]) {
    const z = (x - location!) / scale!;
    const weight = 2 / (1 + z * z);
    return [(weight * z) / scale!, (1 - weight) / scale!];
  },
  slide: (x, [location, scale]) => [1, (x - location!) / scale!],
  cdf(x, [location, scale]) {
    const z = (x - location!) / scale!;
    // The tail by atan(1/z): 1/2 + atan(z)/pi has no digits there.
    if (z < -1) return atan(-1 / z) / Math.PI;
    return z > 1 ? 1 - atan(1 / z) / Math.PI : 0.5 + atan(z) / Math.PI;
  },
  logCdf: (x, [location, scale]) => logUpper(location! - x, scale!),
  logSf: (x, [location, scale]) => logUpper(x - location!, scale!),
  quantile: (p, [location, scale]) => {
    if (p === 0 || p === 1) return p === 0 ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
    return location! + scale! * (p < 0.25 ? -1 / tanpi(p) : p > 0.75 ? 1 / tanpi(1 - p) : tanpi(p - 0.5));
  },
  mean: () => Number.NaN,
  variance: () => Number.NaN,
  random: ([location, scale], random) => location! + scale! * random.cauchy(),
};

/** log P(X - location > distance). */
function logUpper(distance: number, scale: number): number {
  const z = distance / scale;
  // atan(1/z) is 1/z to the last digit there; 1/z itself may underflow.
  if (z > 1e9) return -LOG_PI - logRatio(distance, scale);
  if (z > 1) return log(atan(1 / z) / Math.PI);
  return z < -1 ? log1p(-atan(-1 / z) / Math.PI) : log(0.5 - atan(z) / Math.PI);
}
