import { ordered } from "../likelihood/endpoint.ts";
import { extremeValueStarts, supported } from "../likelihood/extremeValue.ts";
import { irregularTail } from "../likelihood/irregular.ts";
import { locationScale } from "../likelihood/locationScale.ts";
import { boundary, nonexistent } from "../likelihood/model.ts";
import { mean } from "../likelihood/statistics.ts";
import { boxCoxExp, boxCoxLog, boxCoxLogSlope } from "../math/boxCox.ts";
import { exp, expm1, log } from "../math/elementary.ts";
import { lgamma, lgamma1p } from "../math/gamma.ts";
import { log1mexp } from "../math/logarithms.ts";
import { type Family, real } from "./family.ts";

const EULER = 0.5772156649015329;
const UNBOUNDED =
  "The likelihood grows without bound as shape → -∞ with the end of the support at the largest value; there is no maximum with shape > -1.";
/** Its square underflows nowhere, and nothing tells it from shape 0. */
const GUMBEL = 1e-100;

const base = locationScale({
  kernel: "generalizedExtremeValue",
  shapeStart: GUMBEL,
  quartiles: [-0.32663425997828094, 0.36651292058166435, 1.2458993237072384],
  sums: ([, value, psi, zPsi, curvature, zCurvature, zzCurvature, first, second, shapePsi, shapeZPsi]) => ({
    value: value!,
    psi: psi!,
    zPsi: zPsi!,
    curvature: curvature!,
    zCurvature: zCurvature!,
    zzCurvature: zzCurvature!,
    shape: [first!, second!, shapePsi!, shapeZPsi!],
  }),
  settle(_, fixed, theta, __, value, { coarse, converged }) {
    const shape = theta[2]!;
    if (coarse || fixed.every((given) => given !== undefined)) return undefined;
    if (fixed[2] === undefined && (!converged || shape <= -1)) return nonexistent(UNBOUNDED);
    const reason = converged ? irregularTail(shape) : undefined;
    return reason === undefined ? undefined : boundary(reason, theta, value);
  },
});

/**
 * Generalised extreme value (for maxima) with distribution function e^(-(1 + shape z)^(-1/shape)), z = (x - location)/scale: Gumbel at shape
 * 0, Fréchet above, Weibull of -x below. For shape < -1 the likelihood is unbounded at the end of the support, so the estimate is the local
 * maximum above; down from -1/2 it is irregular, without standard errors (Smith 1985, Biometrika 72, 67).
 * Coles (2001), An Introduction to Statistical Modeling of Extreme Values, ch. 3; starts by Hosking, Wallis & Wood (1985), Technometrics 27, 251.
 */
export const generalizedExtremeValue: Family = {
  name: "generalizedExtremeValue",
  parameters: [
    { name: "location", domain: "real" },
    { name: "scale", domain: "positive" },
    { name: "shape", domain: "real", usual: [-0.3, 0.5] },
  ],
  support: real,
  density: "e^(-u) u^(shape+1) / scale, u = (1 + shape z)^(-1/shape) (e^-z at shape 0), z = (x - location)/scale, 1 + shape z > 0",
  source: "Coles (2001), An Introduction to Statistical Modeling of Extreme Values, ch. 3; Smith (1985), Biometrika 72, 67",
  existence: "not where the likelihood has no local maximum with shape > -1; on the boundary, without standard errors, for shape <= -1/2",
  contains: {
    gumbel: { held: { shape: 0 }, at: ([location, scale], { shape }) => [location!, scale!, shape!] },
  },
  local: true,
  irregular: ([, , shape]) => irregularTail(shape!),
  unbounded: ([, , shape], fixed, converged) => (fixed[2] !== undefined || (converged && shape! > -1) ? undefined : UNBOUNDED),
  model(sample, fixed) {
    const all = fixed.every((given) => given !== undefined);
    if (!all && fixed[2] !== undefined && fixed[2] < -1)
      return nonexistent("The shape is fixed below -1: the likelihood grows without bound at the end of the support.");
    if (!all && fixed[2] === -1) return reversedExponential(sample.extent.max, mean(sample), sample.weight, fixed);
    const model = base(sample, fixed);
    if ("status" in model) return model;
    const { origin, unit } = model;
    const standard = (theta: readonly number[]) => theta.map((value, i) => (value - origin[i]!) / unit[i]!);
    const tamed = (theta: readonly number[]) => {
      const given = theta.map((value, i) => fixed[i] ?? value);
      return all ? given : supported(given, sample.extent, sample.rows, fixed);
    };
    const starts = all ? [standard(fixed as readonly number[])] : extremeValueStarts(sample, fixed).map((theta) => standard(tamed(theta)));
    const through = (evaluate: typeof model.evaluate) => (t: readonly number[]) =>
      evaluate(Math.abs(t[2]!) < GUMBEL ? t.with(2, GUMBEL) : t);
    return {
      ...model,
      start: starts[0]!,
      others: starts.slice(1),
      // The profile has shown every local maximum; a caller's start could only lead away from them.
      closed: all || ordered(sample).complete,
      evaluate: through(model.evaluate),
      ...(model.coarse && { coarse: through(model.coarse) }),
      tame: (t) => standard(tamed(t.map((value, i) => origin[i]! + unit[i]! * value))),
      nearLimit: (t) => fixed[2] === undefined && t[2]! <= -1,
    };
  },
  logPdf(x, [location, scale, shape]) {
    const l = boxCoxLog((x - location!) / scale!, shape!);
    const u = exp(-l);
    return u === Infinity || l === Infinity ? -Infinity : -log(scale!) - (1 + shape!) * l - u;
  },
  score(x, [location, scale, shape]) {
    const z = (x - location!) / scale!;
    const l = boxCoxLog(z, shape!);
    const a = 1 + shape! - exp(-l);
    const psi = a / (1 + shape! * z);
    return [psi / scale!, (z * psi - 1) / scale!, -l - a * boxCoxLogSlope(z, shape!)];
  },
  slide(x, [location, scale, shape]) {
    const z = (x - location!) / scale!;
    return [1, z, -scale! * (1 + shape! * z) * boxCoxLogSlope(z, shape!)];
  },
  cdf: (x, theta) => exp(-exp(-reduced(x, theta))),
  logCdf: (x, theta) => -exp(-reduced(x, theta)),
  logSf(x, theta) {
    const l = reduced(x, theta);
    // e^-l may underflow.
    return l > 40 ? -l : log1mexp(-exp(-l));
  },
  quantile: (p, [location, scale, shape]) => location! + scale! * boxCoxExp(-log(-log(p)), shape!),
  mean([location, scale, shape]) {
    if (shape! >= 1) return Infinity;
    if (shape === 0) return location! + EULER * scale!;
    return location! + (scale! * expm1(logGamma1m(shape!))) / shape!;
  },
  variance([, scale, shape]) {
    if (shape! >= 0.5) return Infinity;
    return scale! * scale! * exp(2 * logGamma1m(shape!)) * spread(shape!);
  },
  random: ([location, scale, shape], random) => location! + scale! * boxCoxExp(-log(random.exponential()), shape!),
};

function reduced(x: number, [location, scale, shape]: readonly number[]): number {
  return boxCoxLog((x - location!) / scale!, shape!);
}

/** log Γ(1 - shape). */
function logGamma1m(shape: number): number {
  return Math.abs(shape) < 0.5 ? lgamma1p(-shape) : lgamma(1 - shape);
}

/** (Γ(1 - 2k)/Γ(1 - k)² - 1)/k²: near 0 the exponent's series Σ ζ(j) (2^j - 2)/j k^(j-2). */
function spread(k: number): number {
  if (Math.abs(k) > 0.005) return expm1(logGamma1m(2 * k) - 2 * logGamma1m(k)) / k / k;
  const zeta = [1.6449340668482264, 1.2020569031595942, 1.082323233711138, 1.03692775514337, 1.017343061984449, 1.008349277381923];
  const exponent = zeta.reduceRight((sum, value, i) => (value * (2 ** (i + 2) - 2)) / (i + 2) + k * sum, 0);
  return k === 0 ? exponent : expm1(k * k * exponent) / k / k;
}

/** shape = -1: an exponential downwards from location + scale, whose maximum lies where that is the largest value. */
function reversedExponential(max: number, average: number, n: number, [location, given]: readonly (number | undefined)[]) {
  const scale = given ?? (location === undefined ? max - average : Math.max(max - location, location - average));
  if (!(scale > 0)) return nonexistent("All values are equal: the likelihood grows without bound as the scale → 0.");
  const start = location ?? max - scale;
  if (start + scale < max) return nonexistent(`With shape = -1 the support ends at ${start + scale}, below the largest value.`);
  const logLik = -n * (log(scale) + (start + scale - average) / scale);
  return boundary("With shape = -1 the support ends at the largest value: the likelihood is irregular there.", [start, scale, -1], logLik);
}
