import { exp, log } from "../math/elementary.ts";
import type { Sample } from "../wasm/sample.ts";
import { powerOfTwo } from "./statistics.ts";

// Families whose support ends where a parameter says so: given the end, w = |x - end| is Weibull, or 1/w is (Fréchet), with one maximum.
// The profile of the likelihood over the distance from the end to the nearest observation shows every local maximum.

/** Rows up to which the profile is that of all rows; with more, of a sketch, and only good for starts. */
export const FEW_ROWS = 1024;

/** A sample's values, or a sketch of them and the extremes, in order, with weights. */
export interface Ordered {
  readonly values: Float64Array;
  readonly weights: Float64Array;
  readonly total: number;
  /** Whether these are all rows. */
  readonly complete: boolean;
}

export function ordered(sample: Sample): Ordered {
  return sample.keep("ordered", () => {
    const { rows, values, weights, sketch } = sample;
    const complete = rows <= FEW_ROWS;
    const order = Array.from((complete ? values : sketch).keys());
    if (complete) order.sort((a, b) => values[a]! - values[b]!);
    const picked = Float64Array.from(order, (i) => (complete ? values : sketch)[i]!);
    if (!complete) picked.set([sample.extent.min]);
    if (!complete) picked.set([sample.extent.max], picked.length - 1);
    const counted = Float64Array.from(order, (i) => (complete && weights ? weights[i]! : 1));
    return { values: picked, weights: counted, total: counted.reduce((sum, w) => sum + w, 0), complete };
  });
}

/** The maximum given the end: shape, logarithm of the scale, log-likelihood of an observation. */
export interface Inner {
  readonly shape: number;
  readonly logScale: number;
  readonly value: number;
}

/** Weibull fit of e^t, without the Jacobian; shape or the logarithm of the scale may be fixed. */
export function weibullOfLog(t: Float64Array, { weights, total }: Ordered, from: number, shape?: number, logScale?: number): Inner {
  const mean = weighted(t, weights, (y) => y) / total;
  const top = t.reduce((a, b) => Math.max(a, b));
  // Far above the root e^(k d) is so steep that Newton's steps are 1/d.
  let k = shape ?? (logScale === undefined || top <= logScale ? from : Math.min(from, 5 / (top - logScale)));
  for (let i = 0; i < 60 && shape === undefined; i++) {
    let [e0, e1, e2] = [0, 0, 0];
    const about = logScale ?? top;
    for (let row = 0; row < t.length; row++) {
      const d = t[row]! - about;
      const e = weights[row]! * exp(Math.min(700, k * d));
      e0 += e;
      e1 += e * d;
      e2 += e * d * d;
    }
    const slope = logScale === undefined ? 1 / k + mean - about - e1 / e0 : 1 / k + mean - about - e1 / total;
    const bend = logScale === undefined ? 1 / (k * k) + e2 / e0 - (e1 / e0) * (e1 / e0) : 1 / (k * k) + e2 / total;
    const step = Math.max(-0.75 * k, Math.min(3 * k, slope / bend));
    k += step;
    // Convergence is quadratic: after such a step the shape is good to 1e-10, its value to far less than rounding.
    if (Math.abs(step) < 1e-5 * k) break;
  }
  const power = log(weighted(t, weights, (y) => exp(k * (y - top))) / total) / k + top;
  const b = logScale ?? power;
  return { shape: k, logScale: b, value: log(k) + k * (mean - b) - exp(k * (power - b)) };
}

/** A maximum of the profile over the distance from the end to the nearest observation. */
export interface Peak {
  readonly distance: number;
  readonly shape: number;
  readonly scale: number;
  /** Log-likelihood of an observation, in a unit of the data. */
  readonly value: number;
}

const DECADES = [-12, 5] as const;
const PER_DECADE = 4;
const LOG10 = 2.302585092994046;
const GOLDEN = 0.6180339887498949;

/**
 * Local maxima of the profile, from the end at 10^5 times the range to 10^-12 of it. `side` 1: the end lies below the data, -1: above;
 * `power` 1: w is Weibull, -1: Fréchet. `rising`: the profile increases up to the far end.
 */
export function endpointPeaks(
  data: Ordered,
  side: 1 | -1,
  power: 1 | -1,
  shape?: number,
  scale?: number,
): { peaks: Peak[]; rising: boolean } {
  const { values, weights, total } = data;
  const [first, last] = [values[0]!, values[values.length - 1]!];
  // An exact unit: the same bits whatever the data's scale.
  const unit = powerOfTwo(last - first);
  const range = (last - first) / unit;
  const near = side > 0 ? first : last;
  const gaps = values.map((x) => (side * (x - near)) / unit);
  const fixed = scale === undefined ? undefined : power * log(scale / unit);
  let from = 1e5;
  const at = (exponent: number) => {
    const logs = gaps.map((gap) => log(range * exp(LOG10 * exponent) + gap));
    const t = logs.map((y) => power * y);
    const inner = weibullOfLog(t, data, from, shape, fixed);
    from = Math.min(1e8, Math.max(1e-8, inner.shape));
    return { exponent, inner, value: inner.value - weighted(logs, weights, (y) => y) / total };
  };
  let previous: number | undefined;
  const profile = Array.from({ length: (DECADES[1] - DECADES[0]) * PER_DECADE + 1 }, (_, i) => {
    const point = at(DECADES[1] - i / PER_DECADE);
    // Far from the data the shape is proportional to the distance: the next one's is foreseen from the last two.
    const ratio = previous === undefined ? 1 : point.inner.shape / previous;
    previous = point.inner.shape;
    from = Math.min(1e8, Math.max(1e-8, from * Math.max(0.25, Math.min(4, ratio))));
    return point;
  });
  const peaks = profile.flatMap((middle, i): Peak[] => {
    const [before, after] = [profile[i - 1], profile[i + 1]];
    if (!before || !after || !(middle.value > before.value + noise(middle.inner) && middle.value >= after.value)) return [];
    // Golden section: so close that Newton's first step stays at this peak.
    let [high, low] = [before.exponent, after.exponent];
    from = middle.inner.shape;
    let [a, b] = [at(high - GOLDEN * (high - low)), at(low + GOLDEN * (high - low))];
    for (let round = 0; round < 24; round++) {
      if (a.value > b.value) {
        [high, b] = [b.exponent, a];
        a = at(high - GOLDEN * (high - low));
      } else {
        [low, a] = [a.exponent, b];
        b = at(low + GOLDEN * (high - low));
      }
    }
    const { exponent, inner, value } = at(0.5 * (low + high));
    return [{ distance: unit * range * exp(LOG10 * exponent), shape: inner.shape, scale: unit * exp(power * inner.logScale), value }];
  });
  return { peaks, rising: profile[0]!.value > profile[PER_DECADE]!.value + noise(profile[0]!.inner) };
}

/** Rounding of a value: of its term shape times logarithm. */
function noise({ shape }: Inner): number {
  return 1e-14 * (1 + shape);
}

function weighted(t: Float64Array, weights: Float64Array, f: (y: number) => number): number {
  let sum = 0;
  for (let i = 0; i < t.length; i++) sum += weights[i]! * f(t[i]!);
  return sum;
}
