import { locationScale, type StandardSums } from "../likelihood/locationScale.ts";
import { atNormal, halfNormalLimit, slantedStarts } from "../likelihood/slant.ts";
import { exp, log, log1p } from "../math/elementary.ts";
import { invertTails } from "../math/inversion.ts";
import { logaddexp } from "../math/logarithms.ts";
import { erf, logNormalCdf, logNormalUpper, normalHazard, normalQuantile } from "../math/normal.ts";
import { logSlantedTail } from "../math/slantedTail.ts";
import { HALF_LOG_2PI } from "../math/stirling.ts";
import { type Family, real } from "./family.ts";

const LOG2 = log(2);

/** Beyond it the density cannot be told from the half-normal limit. */
const SLANT_LIMIT = 1e7;

const base = locationScale({
  kernel: "skewNormal",
  shapeStart: 1,
  quartiles: [-0.6744897501960817, 0, 0.6744897501960817],
  sums,
  settle: (sample, fixed, theta, _, value, end) =>
    end.coarse ? undefined : (halfNormalLimit(sample, fixed, theta[2]!, value) ?? atNormal(sample, fixed, value)),
});

/**
 * Skew-normal with density 2/omega phi(z) Phi(alpha z), z = (x - xi)/omega. At alpha = 0 the score is 0 and the information singular
 * whatever the data, so the search starts on both sides of it. The supremum lies at alpha = ±∞ with positive probability: the half-normal
 * from the smallest (up to the largest) observation on. Azzalini (1985), Scand. J. Stat. 12, 171; Azzalini & Arellano-Valle (2013), J. Stat. Plan. Inf. 143, 419.
 */
export const skewNormal: Family = {
  name: "skewNormal",
  parameters: [
    { name: "xi", domain: "real" },
    { name: "omega", domain: "positive" },
    { name: "alpha", domain: "real" },
  ],
  support: real,
  density: "2/omega phi(z) Phi(alpha z), z = (x - xi)/omega",
  source: "Azzalini (1985), Scand. J. Stat. 12, 171; Azzalini & Arellano-Valle (2013), J. Stat. Plan. Inf. 143, 419",
  existence: "not if all values are equal; alpha = ±∞ (half-normal) where no finite alpha is more likely",
  contains: {
    normal: {
      held: { alpha: 0 },
      at: ([mean, sd], { alpha }) => [mean!, sd!, alpha!],
      irregular: () => "at alpha = 0 the scores of xi and alpha are proportional and the information is singular (Azzalini 1985)",
    },
  },
  model(sample, fixed) {
    const model = base(sample, fixed);
    if ("status" in model || fixed[2] !== undefined) return model;
    const starts = slantedStarts(sample, fixed).map((theta) => theta.map((value, i) => (value - model.origin[i]!) / model.unit[i]!));
    return { ...model, start: starts[0]!, others: starts.slice(1), nearLimit: (t) => Math.abs(t[2]!) > SLANT_LIMIT };
  },
  logPdf(x, [xi, omega, alpha]) {
    const z = (x - xi!) / omega!;
    return Number.isFinite(z) ? LOG2 - log(omega!) - HALF_LOG_2PI - 0.5 * z * z + logNormalCdf(alpha! * z) : -Infinity;
  },
  score(x, [xi, omega, alpha]) {
    const z = (x - xi!) / omega!;
    const hazard = normalHazard(alpha! * z);
    const psi = z - alpha! * hazard;
    return [psi / omega!, (z * psi - 1) / omega!, z * hazard];
  },
  slide(x, [xi, omega, alpha]) {
    const z = (x - xi!) / omega!;
    // T(z, alpha) of Owen (1956) has the derivative e^(-z² (1 + alpha²)/2) / (2 pi (1 + alpha²)).
    return [1, z, (omega! * normalHazard(alpha! * z)) / (1 + alpha! * alpha!)];
  },
  cdf: (x, theta) => exp(logTail(x, theta, 1)),
  logCdf: (x, theta) => logTail(x, theta, 1),
  logSf: (x, theta) => logTail(x, theta, -1),
  quantile(p, [xi, omega, alpha]) {
    const standard = [0, 1, alpha!];
    const { mean, variance } = moments(alpha!);
    const tails = {
      logCdf: (z: number) => logTail(z, standard, 1),
      logSf: (z: number) => logTail(z, standard, -1),
      logPdf: (z: number) => LOG2 - HALF_LOG_2PI - 0.5 * z * z + logNormalCdf(alpha! * z),
    };
    const start = mean + Math.sqrt(variance) * normalQuantile(Math.min(1 - 1e-16, Math.max(p, 1e-300)));
    return xi! + omega! * invertTails(tails, p, start, -Infinity, Infinity);
  },
  mean: ([xi, omega, alpha]) => xi! + omega! * moments(alpha!).mean,
  variance: ([, omega, alpha]) => omega! * omega! * moments(alpha!).variance,
  random([xi, omega, alpha], random) {
    const slant = Math.sqrt(1 + alpha! * alpha!);
    return xi! + omega! * ((alpha! / slant) * Math.abs(random.normal()) + random.normal() / slant);
  },
};

/** Of the standard skew-normal. */
function moments(alpha: number): { mean: number; variance: number } {
  const mean = (alpha / Math.sqrt(1 + alpha * alpha)) * Math.sqrt(2 / Math.PI);
  // 1 - mean², where alpha² may overflow.
  return { mean, variance: 1 - mean * mean };
}

/** log P(X <= x) for sign 1, log P(X > x) for sign -1: the one of alpha is the other of -alpha, mirrored. */
function logTail(x: number, [xi, omega, alpha]: readonly number[], sign: 1 | -1): number {
  const z = ((x - xi!) / omega!) * (alpha! < 0 ? -1 : 1);
  const slant = Math.abs(alpha!);
  if (Math.abs(z) === Infinity) return z > 0 === (alpha! < 0 ? -sign : sign) > 0 ? 0 : -Infinity;
  const away = LOG2 + logSlantedTail(Math.abs(z), slant);
  const lower = (alpha! < 0 ? -sign : sign) > 0;
  if (z <= 0) return lower ? away : log1p(-exp(away));
  if (lower && z < 1) return logaddexp(log(erf(z * Math.SQRT1_2)), away);
  const normal = LOG2 + logNormalUpper(z);
  const upper = normal === -Infinity ? normal : normal + log1p(-exp(away - normal));
  return lower ? log1p(-exp(upper)) : upper;
}

/** From the kernel's totals: –, z, z², log Φ(az), h, z h, h', z h', z² h' with h = φ/Φ at az. */
function sums([, z, zz, logs, h, zh, slope, zSlope, zzSlope]: Float64Array, n: number, a: number): StandardSums {
  return {
    value: n * (LOG2 - HALF_LOG_2PI) - 0.5 * zz! + logs!,
    psi: z! - a * h!,
    zPsi: zz! - a * zh!,
    curvature: n - a * a * slope!,
    zCurvature: z! - a * a * zSlope!,
    zzCurvature: zz! - a * a * zzSlope!,
    shape: [zh!, zzSlope!, -h! - a * zSlope!, -zh! - a * zzSlope!],
  };
}
