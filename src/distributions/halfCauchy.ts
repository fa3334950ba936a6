import { boundary, nonexistent } from "../likelihood/model.ts";
import { typicalOf } from "../likelihood/paretoTail.ts";
import { log, log1p } from "../math/elementary.ts";
import { logRatio } from "../math/logarithms.ts";
import { atan, tanpi } from "../math/trig.ts";
import type { Sample } from "../wasm/sample.ts";
import { type Family, nonNegative } from "./family.ts";

const LOG_2_OVER_PI = -0.4515827052894549;

/**
 * Half-Cauchy: the absolute value of a Cauchy variable about 0, density 2 / (pi scale (1 + (x/scale)²)), x >= 0. The score is
 * (2/scale) (sum of z²/(1 + z²) - n/2), z = x/scale, and falls from n/2 less the number of zeros: one maximum unless half of the values or
 * more are 0. Johnson, Kotz & Balakrishnan (1994), ch. 16.
 */
export const halfCauchy: Family = {
  name: "halfCauchy",
  parameters: [{ name: "scale", domain: "positive" }],
  support: nonNegative,
  density: "2 / (pi scale (1 + (x/scale)²)), x >= 0",
  source: "Johnson, Kotz & Balakrishnan (1994), Continuous Univariate Distributions 1, ch. 16",
  existence: "not if more than half of the values are 0; scale = 0 if just half of them are",
  model(sample, fixed) {
    // A median of 0 asks for a zero in the column.
    const [lower, upper] = sample.extent.min === 0 && fixed[0] === undefined ? sample.median : [1, 1];
    if (upper === 0) return nonexistent("More than half of the values are 0: the likelihood grows without bound as scale → 0.");
    const unit = fixed[0] ?? typicalOf(sample);
    const evaluateOn = (rows: Sample) => (t: readonly number[]) => {
      const scale = t[0]!;
      // Totals of the Cauchy kernel: log(1 + z²), r = 1/(1 + z²), r².
      const [logs, r, rr] = rows.totals("cauchy", { scale: unit * scale });
      const total = rows.weight;
      const gap = total - 2 * r!;
      return {
        value: total * (LOG_2_OVER_PI - log(unit) - log(scale)) - logs!,
        score: [gap / scale],
        information: [[(gap + 4 * (r! - rr!)) / (scale * scale)]],
      };
    };
    if (lower === 0) {
      // So far down that every value above 0 lies in the tail: the likelihood no longer changes.
      const { value } = evaluateOn(sample)([1e-140]);
      return boundary("Half of the values are 0: the likelihood increases as scale → 0, to a limit.", [0], value);
    }
    const thin = sample.thin();
    return {
      origin: [0],
      unit: [unit],
      start: [1],
      evaluate: evaluateOn(sample),
      ...(thin !== sample && { coarse: evaluateOn(thin) }),
    };
  },
  logPdf(x, [scale]) {
    if (!(x >= 0)) return -Infinity;
    const z = x / scale!;
    return LOG_2_OVER_PI - log(scale!) - (z > 1e8 ? 2 * logRatio(x, scale!) : log1p(z * z));
  },
  score(x, [scale]) {
    const z = x / scale!;
    return [(z > 1 ? 1 - 2 / (1 + z * z) : (z * z - 1) / (1 + z * z)) / scale!];
  },
  slide: (x, [scale]) => [x / scale!],
  cdf(x, [scale]) {
    if (x <= 0) return 0;
    return x > scale! ? 1 - upper(x / scale!) : (2 * atan(x / scale!)) / Math.PI;
  },
  logCdf: (x, [scale]) => (x <= 0 ? -Infinity : x > scale! ? log1p(-upper(x / scale!)) : LOG_2_OVER_PI + logAtan(x, scale!)),
  logSf(x, [scale]) {
    if (x <= 0) return 0;
    if (x > scale!) return x === Infinity ? -Infinity : LOG_2_OVER_PI + logAtan(scale!, x);
    return log1p((-2 * atan(x / scale!)) / Math.PI);
  },
  quantile(p, [scale]) {
    if (p === 1) return Number.POSITIVE_INFINITY;
    return p < 0.5 ? scale! * tanpi(p / 2) : scale! / tanpi((1 - p) / 2);
  },
  mean: () => Number.POSITIVE_INFINITY,
  variance: () => Number.POSITIVE_INFINITY,
  random: ([scale], random) => scale! * Math.abs(tanpi(random.uniform() - 0.5)),
};

/** P(X > z) for scale 1: by the reciprocal, as 1 - 2 atan(z)/pi has no digits in the tail. */
function upper(z: number): number {
  return (2 * atan(1 / z)) / Math.PI;
}

/** log(atan(a/b)), also where the quotient underflows. */
function logAtan(a: number, b: number): number {
  const ratio = a / b;
  return ratio < 1e-300 ? logRatio(a, b) : log(atan(ratio));
}
