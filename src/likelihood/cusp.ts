import { exp, log } from "../math/elementary.ts";
import { lgamma1p } from "../math/gamma.ts";
import { digamma } from "../math/polygamma.ts";
import { findRoot } from "../math/roots.ts";
import type { Sample } from "../wasm/sample.ts";
import { boundary, type Fixed, nonexistent, type Verdict } from "./model.ts";

// The generalised normal where its likelihood has a cusp at every observation (shape <= 1), and its limits. Given location m and shape b,
// scale^b = b mean |x - m|^b, so that the profile is n (-log 2 - lgamma(1 + 1/b) - (log(b mean |x - m|^b) + 1) / b): between observations
// it has no local maximum in m for b <= 1. As b → 0 at an observation it grows without bound, whatever the data.

/** Rows up to which every observation is tried as the location. */
export const FEW = 1000;

/** Shapes beyond it cannot be told from the uniform. */
export const SHAPE_LIMIT = 1e4;

/** Shapes between which a profile's local maximum is bracketed: 2^-4 to 2; above 1 the cusp is blunt, and Newton's method may miss it. */
const SHAPES = Array.from({ length: 11 }, (_, i) => 2 ** (i / 2 - 4));

interface Point {
  readonly location: number;
  readonly scale: number;
  readonly shape: number;
  readonly logLik: number;
  /** Of the profile in the shape. */
  readonly slope: number;
}

/** shape = ∞, the uniform, which every shape is less likely than where it is the answer. */
export function uniformLimit(sample: Sample, fixed: Fixed): Verdict | undefined {
  if (fixed[2] !== undefined) return undefined;
  const { min, max } = sample.extent;
  const location = fixed[0] ?? min / 2 + max / 2;
  // Not from the middle, which is rounded far from 0.
  const reach = fixed[0] === undefined ? max / 2 - min / 2 : Math.max(max - location, location - min);
  const scale = fixed[1] ?? reach;
  if (reach > scale) return undefined;
  return boundary(
    "The likelihood increases with shape: the limit is uniform(location - scale, location + scale).",
    [location, scale, Number.POSITIVE_INFINITY],
    -sample.weight * (log(2) + log(scale)),
  );
}

/** The highest local maximum at an observation. */
export function atObservation(sample: Sample, fixed: Fixed, around: number): Verdict {
  // On a short column the same from wherever it is asked.
  return sample.keep(`cusp ${fixed} ${sample.rows > FEW ? around : ""}`, () => highest(sample, fixed, around));
}

/** One that is higher than a maximum elsewhere, or a limit, of log-likelihood `value`: a climb may have passed it by. */
export function higherCusp(sample: Sample, fixed: Fixed, around: number, value: number): Verdict | undefined {
  if (fixed[0] !== undefined) return undefined;
  const cusp = atObservation(sample, fixed, around);
  return cusp.status === "boundary" && cusp.logLik! > value + 1e-12 * (sample.weight + Math.abs(value)) ? cusp : undefined;
}

function highest(sample: Sample, fixed: Fixed, around: number): Verdict {
  const best = promising(sample, fixed, around)
    .map((location) => profile(sample, location, fixed))
    .reduce<Point | undefined>((a, b) => (b && (!a || b.logLik > a.logLik) ? b : a), undefined);
  if (!best) return nonexistent("The likelihood grows without bound as shape → 0 at an observation; there is no local maximum elsewhere.");
  const of = sample.rows > FEW ? `, the best of ${COUNT} near the middle` : "";
  return boundary(
    `The likelihood has a cusp at every observation; the maximum lies at one${of}: standard errors from curvature do not exist.`,
    [best.location, best.scale, best.shape],
    best.logLik,
  );
}

/** Observations of a long column that are tried. */
const COUNT = 33;

/** Observations of a short column whose profile is followed. */
const FOLLOWED = 8;

/** Observations in order of their likelihood at the shape that the middle one has. */
function promising(sample: Sample, fixed: Fixed, around: number): number[] {
  const { rows, sketch } = sample;
  const first = sketch.findIndex((x) => x >= around);
  const middle = first < 0 ? sketch.length - 1 : first;
  const from = Math.max(0, Math.min(sketch.length - COUNT, middle - (COUNT >> 1)));
  const shape = fixed[2] ?? profile(sample.thin(), sketch[middle]!, fixed)?.shape ?? 0.5;
  const tried = new Set(rows > FEW ? sketch.subarray(from, from + COUNT) : sketch);
  const heights = [...tried].map((location) => pointAt(sample, location, shape, fixed[1]));
  const best = heights.sort((a, b) => b.logLik - a.logLik).slice(0, rows > FEW ? 2 : FOLLOWED);
  return best.map(({ location }) => location);
}

/** The local maximum in scale and shape at a location, or undefined where the likelihood only rises towards shape = 0. */
function profile(sample: Sample, location: number, fixed: Fixed): Point | undefined {
  const at = (shape: number) => pointAt(sample, location, shape, fixed[1]);
  if (fixed[2] !== undefined) return at(fixed[2]);
  const slopes = SHAPES.map((shape) => at(shape).slope);
  // From above: the largest shape that is a local maximum.
  const peak = slopes.findLastIndex((slope, i) => slope > 0 && slopes[i + 1]! <= 0);
  if (peak < 0) return undefined;
  const root = findRoot((logShape) => at(exp(logShape)).slope, log(SHAPES[peak]!), log(SHAPES[peak + 1]!));
  return at(exp(root));
}

/** The profile and its slope in the shape, from the sums of |z|^shape and |z|^shape log |z| with z in units of the data's width. */
function pointAt(sample: Sample, location: number, shape: number, given: number | undefined): Point {
  const { min, max } = sample.extent;
  const unit = Math.max(max - location, location - min) || 1;
  const totals = sample.totals("generalizedNormal", { center: location, scale: unit, shape });
  const [power, first] = [totals[1]! / sample.weight, totals[2]! / sample.weight];
  const a = 1 / shape;
  const relative = given === undefined ? a * log(shape * power) : log(given / unit);
  const ratio = exp(-shape * relative);
  const terms = power === 0 ? 0 : power * ratio;
  const logLik = -sample.weight * (log(2) + lgamma1p(a) + log(unit) + relative + terms);
  const slope = a * a * digamma(1 + a) - ratio * (first - power * relative);
  return { location, scale: given ?? unit * exp(relative), shape, logLik, slope };
}
