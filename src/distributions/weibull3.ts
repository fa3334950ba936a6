import { UNBOUNDED, weibullFrom } from "../likelihood/weibullFrom.ts";
import { exp, expm1, log, log1p, pow } from "../math/elementary.ts";
import { lgamma } from "../math/gamma.ts";
import { log1mexp, logRatio } from "../math/logarithms.ts";
import { type Family, real } from "./family.ts";

const EARLY = "the support begins at location, and with shape <= 2 its estimate is no normal one (Smith 1985)";

/**
 * Weibull from a location on: density (k/s) (w/s)^(k-1) e^(-(w/s)^k), w = x - location > 0. The likelihood is unbounded where shape < 1
 * and location → min(x), so the estimate is the local maximum with shape > 1, where there is one; for shape <= 2 its standard errors
 * are those of the observed information, but the estimates' errors are not normal (Smith 1985, Biometrika 72, 67). Its limit
 * location → -∞ is the Gumbel distribution for minima. Local maxima by the profile over the location: Cheng & Iles (1990), J. R. Stat. Soc. B 52, 135.
 */
export const weibull3: Family = {
  name: "weibull3",
  parameters: [
    { name: "location", domain: "real" },
    { name: "shape", domain: "positive", usual: [2.4, 6] },
    { name: "scale", domain: "positive" },
  ],
  support: real,
  density: "(shape/scale) (w/scale)^(shape-1) e^(-(w/scale)^shape), w = x - location > 0",
  source: "Smith (1985), Biometrika 72, 67; Cheng & Iles (1990), J. R. Stat. Soc. B 52, 135",
  existence:
    "not where the likelihood has no local maximum with shape > 1; location = -∞ (Gumbel for minima) where the data are skewed to the left",
  unbounded: ([, shape], [location, given], converged) =>
    location !== undefined || given !== undefined || (converged && shape! > 1) ? undefined : UNBOUNDED,
  contains: {
    weibull: {
      held: { location: 0 },
      at: ([shape, scale], { location }) => [location!, shape!, scale!],
      irregular: ([, shape]) => (shape! > 2 ? undefined : EARLY),
    },
    exponential: {
      held: { location: 0, shape: 1 },
      at: ([rate], { location, shape }) => [location!, shape!, 1 / rate!],
      irregular: () => EARLY,
    },
    shiftedExponential: {
      held: { shape: 1 },
      at: ([location, rate], { shape }) => [location!, shape!, 1 / rate!],
      irregular: () => EARLY,
    },
    rayleigh: {
      held: { location: 0, shape: 2 },
      at: ([sigma], { location, shape }) => [location!, shape!, Math.SQRT2 * sigma!],
      irregular: () => EARLY,
    },
  },
  local: true,
  model: weibullFrom,
  logPdf(x, [location, shape, scale]) {
    const w = x - location!;
    if (!(w > 0)) return -Infinity;
    const z = shape! * logRatio(w, scale!);
    const u = exp(z);
    return u === Infinity ? -Infinity : log(shape!) - log(w) + z - u;
  },
  score(x, [location, shape, scale]) {
    const w = x - location!;
    const distance = logRatio(w, scale!);
    const excess = expm1(shape! * distance);
    return [(1 + shape! * excess) / w, 1 / shape! - distance * excess, (shape! / scale!) * excess];
  },
  slide(x, [location, shape, scale]) {
    const w = x - location!;
    return [1, (-w * logRatio(w, scale!)) / shape!, w / scale!];
  },
  cdf: (x, theta) => -expm1(-hazard(x, theta)),
  logCdf(x, theta) {
    const [location, shape, scale] = theta;
    if (x <= location!) return -Infinity;
    const beyond = hazard(x, theta);
    // Beneath the normal doubles a power has lost its digits.
    return beyond < 1e-290 ? shape! * (log(x - location!) - log(scale!)) : log1mexp(-beyond);
  },
  logSf: (x, theta) => -hazard(x, theta),
  quantile: (p, [location, shape, scale]) => location! + scale! * pow(-log1p(-p), 1 / shape!),
  mean: ([location, shape, scale]) => location! + scale! * exp(lgamma(1 + 1 / shape!)),
  variance([, shape, scale]) {
    const first = lgamma(1 + 1 / shape!);
    return scale! * scale! * exp(2 * first) * expm1(lgamma(1 + 2 / shape!) - 2 * first);
  },
  random: ([location, shape, scale], random) => location! + scale! * pow(random.exponential(), 1 / shape!),
};

/** -log P(X > x). */
function hazard(x: number, [location, shape, scale]: readonly number[]): number {
  return x > location! ? pow((x - location!) / scale!, shape!) : 0;
}
