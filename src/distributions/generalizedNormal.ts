import { atObservation, FEW, higherCusp, SHAPE_LIMIT, uniformLimit } from "../likelihood/cusp.ts";
import { locationScale, type StandardSums } from "../likelihood/locationScale.ts";
import { boundary, type Fixed } from "../likelihood/model.ts";
import { majority } from "../likelihood/ties.ts";
import { exp, log, log1p, pow } from "../math/elementary.ts";
import { lgamma, lgamma1p } from "../math/gamma.ts";
import { gammaQ, gammaQuantile, gammaUpperQuantile, logGammaQ } from "../math/incompleteGamma.ts";
import { digamma, trigamma } from "../math/polygamma.ts";
import { type Family, real, type Theta } from "./family.ts";

/** Up to this shape E |z|^(2 shape - 4), the second moment of the curvature in location, is infinite. */
const ROUGH = 1.5;

const LOG_2 = 0.6931471805599453;

/**
 * Generalised normal (exponential power) with density shape / (2 scale Gamma(1/shape)) e^(-|z|^shape), z = (x - location) / scale: normal at
 * shape = 2 (scale = sd √2), Laplace at 1. As shape → 0 at an observation the likelihood grows without bound, so the estimate is the highest
 * local maximum. For shape <= 1 it lies at an observation, where the likelihood has a cusp: on the boundary, without standard errors; they
 * are withheld up to 1.5, where the curvature has no finite variance. The limit shape = ∞ is the uniform. Subbotin (1923), Mat. Sb. 31, 296; Nadarajah (2005), J. Appl. Stat. 32, 685.
 */
export const generalizedNormal: Family = {
  name: "generalizedNormal",
  parameters: [
    { name: "location", domain: "real", shifts: true },
    { name: "scale", domain: "positive" },
    { name: "shape", domain: "positive", usual: [3.5, 8] },
  ],
  support: real,
  density: "shape / (2 scale Gamma(1/shape)) e^(-|z|^shape), z = (x - location) / scale",
  source: "Subbotin (1923), Mat. Sb. 31, 296; Nadarajah (2005), J. Appl. Stat. 32, 685",
  existence:
    "a local maximum; at an observation, without standard errors, for shape <= 1 (none up to 1.5); shape = ∞ (uniform) where the ends are steep",
  contains: {
    normal: { held: { shape: 2 }, at: ([mean, sd], { shape }) => [mean!, Math.SQRT2 * sd!, shape!] },
    laplace: { held: { shape: 1 }, at: ([location, scale], { shape }) => [location!, scale!, shape!] },
  },
  local: true,
  irregular,
  model: locationScale({
    kernel: "generalizedNormal",
    shapeStart: 2,
    shapeLimit: SHAPE_LIMIT,
    shapeFloor: 1,
    quartiles: [-0.4769, 0, 0.4769],
    sums,
    exists: (sample, fixed) => (fixed[2] === undefined ? majority(sample, fixed) : undefined),
    others: [
      [0, 1, 1.3],
      [0, 1.3, 4],
      [0, 1.6, 12],
    ],
    settle(sample, fixed, theta, _, value, { coarse, converged }) {
      const [location, , shape] = theta;
      if (coarse) return !converged && shape! < 1 && fixed[0] === undefined ? atObservation(sample, fixed, location!) : undefined;
      const smooth = converged && (fixed[0] !== undefined || shape! > 1);
      const limit = smooth || shape! > 1 ? uniformLimit(sample, fixed) : undefined;
      if (limit && limit.logLik! >= value)
        return higherCusp(sample, fixed, sample.sketch[sample.sketch.length >> 1]!, limit.logLik!) ?? limit;
      const higher = smooth && sample.rows <= FEW ? higherCusp(sample, fixed, location!, value) : undefined;
      if (higher) return higher;
      const reason = smooth ? irregular(theta, fixed) : undefined;
      if (reason !== undefined) return boundary(reason, theta, value);
      return smooth || fixed[0] !== undefined ? undefined : atObservation(sample, fixed, location!);
    },
  }),
  logPdf(x, [location, scale, shape]) {
    const u = powerOf(x, location!, scale!, shape!);
    return u === Infinity ? -Infinity : -LOG_2 - lgamma1p(1 / shape!) - log(scale!) - u;
  },
  score(x, [location, scale, shape]) {
    const z = (x - location!) / scale!;
    const u = powerOf(x, location!, scale!, shape!);
    const b = 1 / shape!;
    return [
      z === 0 ? 0 : (shape! * u) / z / scale!,
      (shape! * u - 1) / scale!,
      b * b * digamma(1 + b) - (u === 0 ? 0 : u * log(Math.abs(z))),
    ];
  },
  slide: (x, [location, scale]) => [1, (x - location!) / scale!, undefined],
  cdf(x, theta) {
    const tail = 0.5 * gammaQ(1 / theta[2]!, powerOf(x, theta[0]!, theta[1]!, theta[2]!));
    return x < theta[0]! ? tail : 1 - tail;
  },
  logCdf: (x, theta) => (x < theta[0]! ? logTail(x, theta) : logBody(x, theta)),
  logSf: (x, theta) => (x > theta[0]! ? logTail(x, theta) : logBody(x, theta)),
  quantile(p, [location, scale, shape]) {
    const above = p > 0.5;
    const tail = 2 * (above ? 1 - p : p);
    const b = 1 / shape!;
    // In the middle from P = 1 - tail, which is exact there; outside from Q = tail.
    const u = tail > 0.5 ? gammaQuantile(1 - tail, b) : gammaUpperQuantile(tail, b);
    const z = pow(u, b);
    return location! + (above ? scale! * z : -scale! * z);
  },
  mean: ([location]) => location!,
  variance: ([, scale, shape]) => scale! * scale! * exp(lgamma(3 / shape!) - lgamma(1 / shape!)),
  random([location, scale, shape], random) {
    const size = scale! * pow(random.gamma(1 / shape!), 1 / shape!);
    return random.uniform() < 0.5 ? location! - size : location! + size;
  },
};

function irregular([, , shape]: Theta, [location]: Fixed): string | undefined {
  if (shape! > ROUGH || location !== undefined) return undefined;
  return `shape is ${shape}, not above ${ROUGH}: the curvature in location is that of the observations next to it, of infinite variance, and gives no standard errors.`;
}

/** |z|^shape. */
function powerOf(x: number, location: number, scale: number, shape: number): number {
  return pow(Math.abs(x - location) / scale, shape);
}

/** log of the tail on the side of x. */
function logTail(x: number, [location, scale, shape]: Theta): number {
  const u = powerOf(x, location!, scale!, shape!);
  return u === Infinity ? -Infinity : logGammaQ(1 / shape!, u) - LOG_2;
}

/** log of one minus it. */
function logBody(x: number, [location, scale, shape]: Theta): number {
  return log1p(-0.5 * gammaQ(1 / shape!, powerOf(x, location!, scale!, shape!)));
}

/** From the kernel's totals: –, u, u l, u l², u/z, u/z², u l/z with u = |z|^b, l = log |z|. */
function sums([, u, ul, ull, over, overSquare, overLog]: Float64Array, n: number, b: number): StandardSums {
  const a = 1 / b;
  // Of -log Γ(1 + 1/b).
  const first = a * a * digamma(1 + a);
  const second = -a * a * a * (a * trigamma(1 + a) + 2 * digamma(1 + a));
  return {
    value: -n * (LOG_2 + lgamma1p(a)) - u!,
    psi: b * over!,
    zPsi: b * u!,
    curvature: b * (b - 1) * overSquare!,
    zCurvature: b * (b - 1) * over!,
    zzCurvature: b * (b - 1) * u!,
    shape: [n * first - ul!, n * second - ull!, over! + b * overLog!, u! + b * ul!],
  };
}
