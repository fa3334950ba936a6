import { boxCoxExp, boxCoxLog } from "../math/boxCox.ts";
import { exp, expm1, log } from "../math/elementary.ts";
import { lgamma } from "../math/gamma.ts";
import type { Extent, Sample } from "../wasm/sample.ts";
import { endpointPeaks, type Ordered, ordered } from "./endpoint.ts";
import type { Fixed } from "./model.ts";

// Where the generalised extreme value likelihood starts, and points of its support.

/** Least 1 + shape z of the extremes where parameters had to be moved. */
const MARGIN = 0.003;

type Triple = readonly [location: number, scale: number, shape: number];

/** Shapes to start from beside the sample's own. */
const SHAPES = [-0.3, -0.1, 0.1, 0.3];

/** The distribution's quantile at p. */
const standard = (p: number, shape: number) => boxCoxExp(-log(-log(p)), shape);

/**
 * Parameters with the sketch's median, quartiles and 5 to 95 % ratio, which no tail however heavy moves; those with the first three
 * L-moments (Hosking, Wallis & Wood 1985, Technometrics 27, 251); and those with the first two, for a few shapes.
 */
export function extremeValueStarts(sample: Sample, fixed: Fixed): Triple[] {
  const data = ordered(sample);
  const { l1, l2, t3, q } = lMoments(data);
  const c = 2 / (3 + t3) - 0.6309297535714574;
  const own = -c * (7.859 + 2.9554 * c);
  const [q1, q2, q3] = [q(0.25), q(0.5), q(0.75)];
  const byQuartiles = (shape: number): Triple => {
    const scale = fixed[1] ?? ((q3 > q1 ? q3 - q1 : l2) / (standard(0.75, shape) - standard(0.25, shape)) || 1);
    return [fixed[0] ?? q2 - scale * standard(0.5, shape), scale, shape];
  };
  const byMoments = (given: number): Triple => {
    // Past 0.9 there is hardly a mean to match.
    const shape = Math.abs(given) < 1e-4 ? 1e-4 : Math.min(0.9, given);
    const g = exp(lgamma(1 - shape));
    const scale = fixed[1] ?? ((l2 * shape) / (g * expm1(shape * 0.6931471805599453)) || 1);
    return [fixed[0] ?? l1 - (scale * (g - 1)) / shape, scale, given];
  };
  const peaks = data.values[0]! < data.values[data.values.length - 1]! ? byProfile(data, fixed[2]) : [];
  if (fixed[2] !== undefined) return [...peaks, byQuartiles(fixed[2]), byMoments(fixed[2])];
  const ratio = (q(0.95) - q2) / (q2 - q(0.05));
  let robust = -0.8;
  while (robust < 4 && standard(0.95, robust) - standard(0.5, robust) < ratio * (standard(0.5, robust) - standard(0.05, robust)))
    robust += 0.05;
  const moments = Number.isFinite(own) ? Math.max(-0.6, Math.min(0.8, own)) : 0;
  const first = byQuartiles(robust < 4 ? robust : moments);
  // With a tail that heavy the extremes beside a sketch draw the profile away.
  const leading = data.complete || robust < -0.2 ? [...peaks, first] : [first, ...peaks];
  return [...leading, ...[moments, ...SHAPES].map(byMoments)];
}

/** L-moments as integrals of the quantile function, and that function itself: those of a repeated column are its own. */
function lMoments({ values, weights, total }: Ordered) {
  const [first, last] = [values[0]!, values[values.length - 1]!];
  const unit = last / 2 - first / 2 || 1;
  const centre = first / 2 + last / 2;
  let [b0, b1, b2, below] = [0, 0, 0, 0];
  const levels = values.map((x, i) => {
    const [from, to] = [below / total, (below + weights[i]!) / total];
    const y = (x - centre) / unit;
    b0 += y * (to - from);
    b1 += (y * (to - from) * (to + from)) / 2;
    b2 += (y * (to - from) * (to * to + to * from + from * from)) / 3;
    below += weights[i]!;
    return to;
  });
  const l2 = 2 * b1 - b0;
  const q = (p: number) =>
    values[
      Math.max(
        0,
        levels.findIndex((level) => level >= p),
      )
    ]!;
  return { l1: centre + unit * b0, l2: unit * l2, t3: (6 * b2 - 6 * b1 + b0) / l2, q };
}

/**
 * The local maxima, highest first, of the profile over the end of the support: for shapes below 0 the distance from the upper end is Weibull with shape
 * -1/shape (above 1 where that is above -1), for shapes above 0 that from the lower end is Fréchet.
 */
function byProfile(data: Ordered, shape: number | undefined): Triple[] {
  const [first, last] = [data.values[0]!, data.values[data.values.length - 1]!];
  const given = shape === undefined ? undefined : 1 / Math.abs(shape);
  const below = shape === undefined || shape < 0 ? endpointPeaks(data, -1, 1, given).peaks : [];
  const above = shape === undefined || shape > 0 ? endpointPeaks(data, 1, -1, given).peaks : [];
  const peaks = [
    ...below.map(({ distance, shape: k, scale, value }) => ({ value, theta: [last + (distance - scale), scale / k, -1 / k] as Triple })),
    ...above.map(({ distance, shape: k, scale, value }) => ({ value, theta: [first - (distance - scale), scale / k, 1 / k] as Triple })),
  ];
  const regular = peaks.filter(({ theta }) => theta[2] > -1);
  return regular.sort((a, b) => b.value - a.value).map(({ theta }) => theta);
}

/**
 * The parameters, or others near them whose support holds all of the data, none so far down the double exponential that its term dwarfs all
 * others: with a wider scale, or where that is fixed a shape nearer to 0 or another location.
 */
export function supported(given: readonly number[], { min, max }: Extent, rows: number, fixed: Fixed): Triple {
  let [location, scale, shape] = given as unknown as Triple;
  const lowest = () => Math.min(1 + shape * ((min - location) / scale), 1 + shape * ((max - location) / scale));
  const steep = () => boxCoxLog((min - location) / scale, shape) < -3 - log(rows);
  if (lowest() > 0 && !steep()) return [location, scale, shape];
  // The scale for which the outer observation has the margin, where it is free: that moves least.
  if (fixed[1] === undefined)
    scale = Math.max(scale, (-shape * (min - location)) / (1 - MARGIN), (-shape * (max - location)) / (1 - MARGIN));
  for (let i = 0; i < 200 && fixed[2] === undefined && !(lowest() >= 0.99 * MARGIN); i++) shape *= 0.9;
  for (let i = 0; i < 500; i++) {
    if (lowest() >= 0.99 * MARGIN && !steep()) break;
    if (fixed[1] === undefined) scale *= 1.25;
    else if (fixed[0] === undefined) location += (shape < 0 && 1 + shape * ((max - location) / scale) < MARGIN ? 0.25 : -0.25) * scale;
    else break;
  }
  return [location, scale, shape];
}
