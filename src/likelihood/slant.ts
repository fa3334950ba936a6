import { log, pow } from "../math/elementary.ts";
import { HALF_LOG_2PI } from "../math/stirling.ts";
import type { Sample } from "../wasm/sample.ts";
import { boundary, type Fixed, type Verdict } from "./model.ts";
import { fourMoments, mean, secondMoments } from "./statistics.ts";

// Where the skew-normal's likelihood starts, and the two places where it has no regular maximum: alpha = ±∞ and alpha = 0.

/** Skewnesses to start from beside the sample's: both signs, from nearly normal to nearly half-normal (whose skewness is 0.995). */
const SKEWNESSES = [-0.1, 0.1, -0.6, 0.6, -0.95, 0.95];

/**
 * Parameters with the mean and deviation of the sketch and the skewness of all rows, then others. About alpha = 0 the likelihood rises
 * towards the side of that skewness alone, and a sketch may have the other.
 */
export function slantedStarts(sample: Sample, fixed: Fixed): number[][] {
  const { sketch } = sample;
  const size = sketch.length;
  const [first, last] = [sketch[0]!, sketch[size - 1]!];
  const unit = Math.max(Math.abs(last / 2 - first / 2), Number.MIN_VALUE);
  const centre = first / 2 + last / 2;
  const average = sketch.reduce((sum, x) => sum + (x - centre) / unit, 0) / size;
  const deviation = Math.sqrt(sketch.reduce((sum, x) => sum + ((x - centre) / unit - average) * ((x - centre) / unit - average), 0) / size);
  const skewness = deviation > 0 ? fourMoments(sample, mean(sample), unit * deviation)[2] : 0;
  const own = (skewness < 0 ? -1 : 1) * Math.min(0.95, Math.max(0.05, Math.abs(skewness)));
  return [own, ...SKEWNESSES].map((gamma) => {
    const root = pow(Math.abs(gamma) / (2 - Math.PI / 2), 2 / 3);
    const shift = (gamma < 0 ? -1 : 1) * Math.sqrt(root / (1 + root));
    const delta = shift * Math.sqrt(Math.PI / 2);
    const omega = fixed[1] ?? (unit * deviation) / Math.sqrt(1 - shift * shift);
    return [fixed[0] ?? centre + unit * average - omega * shift, omega, delta / Math.sqrt(1 - delta * delta)];
  });
}

/**
 * alpha = ±∞, if that is at least as likely as where the iteration ended: the half-normal from xi on, highest with xi at the smallest
 * observation (up to xi, with xi at the largest).
 */
export function halfNormalLimit(sample: Sample, fixed: Fixed, alpha: number, value: number): Verdict | undefined {
  if (fixed[2] !== undefined) return undefined;
  const { min, max } = sample.extent;
  const limits = ([1, -1] as const).flatMap((sign) => {
    const end = sign > 0 ? min : max;
    const xi = fixed[0] ?? end;
    if (sign * (end - xi) < 0) return [];
    const { omega, logLik } = normalAbout(sample, xi, fixed[1]);
    // An observation at a fixed xi has the density of the normal, not twice that.
    const doubled = sample.weight - (fixed[0] === end ? weightAt(sample, end) : 0);
    return [{ sign, xi, omega, logLik: logLik + doubled * log(2) }];
  });
  const best = limits.reduce<(typeof limits)[number] | undefined>(
    (a, b) => (!a || b.logLik > a.logLik || (b.logLik === a.logLik && b.sign * alpha > 0) ? b : a),
    undefined,
  );
  if (!best || best.logLik < value - 1e-13 * (sample.weight + Math.abs(value))) return undefined;
  return boundary(
    `The likelihood increases with ${best.sign > 0 ? "alpha" : "-alpha"}: the limit is the half-normal ${best.sign > 0 ? "from" : "up to"} xi.`,
    [best.xi, best.omega, best.sign * Number.POSITIVE_INFINITY],
    best.logLik,
  );
}

/** alpha = 0, if nothing on the way was more likely: the normal, where the information is singular. */
export function atNormal(sample: Sample, fixed: Fixed, value: number): Verdict | undefined {
  if (fixed.some((parameter) => parameter !== undefined)) return undefined;
  const { omega, logLik } = normalAbout(sample, mean(sample), undefined);
  if (value > logLik + 1e-10 * (sample.weight + Math.abs(logLik))) return undefined;
  return boundary(
    "No alpha is more likely than 0, the normal, where the information is singular: there are no standard errors.",
    [mean(sample), omega, 0],
    logLik,
  );
}

/** The normal about xi: its deviation, that of the data or as fixed, and its log-likelihood. */
function normalAbout(sample: Sample, xi: number, fixed: number | undefined): { omega: number; logLik: number } {
  const centre = mean(sample);
  const { unit, first, second } = secondMoments(sample, centre);
  const shift = (centre - xi) / unit;
  const square = second + 2 * shift * first + shift * shift;
  const omega = fixed ?? unit * Math.sqrt(square);
  return { omega, logLik: -sample.weight * (HALF_LOG_2PI + log(omega) + 0.5 * square * (unit / omega) * (unit / omega)) };
}

function weightAt({ values, weights }: Sample, value: number): number {
  return values.reduce((sum, x, i) => sum + (x === value ? (weights ? weights[i]! : 1) : 0), 0);
}
