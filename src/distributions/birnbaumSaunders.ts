import { type Fixed, type Model, nonexistent, type Verdict } from "../likelihood/model.ts";
import { logMoments, mean } from "../likelihood/statistics.ts";
import { exp, log, log1p } from "../math/elementary.ts";
import { logRatio } from "../math/logarithms.ts";
import { logNormalCdf, logNormalUpper, normalCdf, normalQuantile } from "../math/normal.ts";
import { HALF_LOG_2PI } from "../math/stirling.ts";
import type { Sample } from "../wasm/sample.ts";
import { type Family, positive } from "./family.ts";

const LOG_2 = 0.6931471805599453;

/**
 * Birnbaum–Saunders (fatigue life): xi(x)/shape is standard normal, xi = sqrt(x/scale) - sqrt(scale/x), x > 0. Given the scale,
 * shape² = mean(x)/scale + scale mean(1/x) - 2; the scale is the one root of its score (Balakrishnan & Zhu 2014, Statistics 48, 1). No maximum
 * where all x are equal (shape → 0). With a shape fixed above 2 there may be two maxima. Birnbaum & Saunders (1969), J. Appl. Prob. 6, 328.
 */
export const birnbaumSaunders: Family = {
  name: "birnbaumSaunders",
  parameters: [
    { name: "shape", domain: "positive" },
    { name: "scale", domain: "positive" },
  ],
  support: positive,
  density: "(sqrt(x/scale) + sqrt(scale/x)) / (2 shape x) phi((sqrt(x/scale) - sqrt(scale/x)) / shape), x > 0",
  source: "Birnbaum & Saunders (1969), J. Appl. Prob. 6, 328; Balakrishnan & Zhu (2014), Statistics 48, 1",
  existence: "not if all values are equal",
  model,
  logPdf(x, [shape, scale]) {
    if (!(x > 0) || x === Infinity) return -Infinity;
    const z = deviate(x, scale!) / shape!;
    const distance = Math.abs(logRatio(x, scale!));
    // log(sqrt(x/scale) + sqrt(scale/x)).
    const sum = 0.5 * distance + log1p(exp(-distance));
    return z * z === Infinity ? -Infinity : sum - LOG_2 - log(shape!) - log(x) - HALF_LOG_2PI - 0.5 * z * z;
  },
  score(x, [shape, scale]) {
    const z = deviate(x, scale!) / shape!;
    // d xi / d scale = -(sqrt(x/scale) + sqrt(scale/x)) / (2 scale).
    const sum = Math.sqrt(x / scale!) + Math.sqrt(scale! / x);
    return [(z * z - 1) / shape!, (((z / shape!) * sum) / 2 - (x - scale!) / (2 * (x + scale!))) / scale!];
  },
  slide: (x, [shape, scale]) => [(((2 * x) / shape!) * (x - scale!)) / (x + scale!), x / scale!],
  cdf: (x, [shape, scale]) => (x <= 0 ? 0 : normalCdf(deviate(x, scale!) / shape!)),
  logCdf: (x, [shape, scale]) => (x <= 0 ? -Infinity : logNormalCdf(deviate(x, scale!) / shape!)),
  logSf: (x, [shape, scale]) => (x <= 0 ? 0 : logNormalUpper(deviate(x, scale!) / shape!)),
  quantile(p, [shape, scale]) {
    if (p === 0 || p === 1) return p === 0 ? 0 : Infinity;
    return fromDeviate(shape! * normalQuantile(p), scale!);
  },
  mean: ([shape, scale]) => scale! * (1 + (shape! * shape!) / 2),
  variance: ([shape, scale]) => scale! * scale! * shape! * shape! * (1 + 1.25 * shape! * shape!),
  random: ([shape, scale], random) => fromDeviate(shape! * random.normal(), scale!),
};

/** sqrt(x/scale) - sqrt(scale/x), to its last digits beside x = scale. */
function deviate(x: number, scale: number): number {
  const ratio = x / scale;
  return ratio > 1e-300 && ratio < 1e300 ? (x - scale) / scale / Math.sqrt(ratio) : Math.sqrt(ratio) - Math.sqrt(scale / x);
}

/** The x with that deviate: its root over scale is h + sqrt(1 + h²), h half the deviate, or the reciprocal of its mirror image. */
function fromDeviate(xi: number, scale: number): number {
  const h = Math.abs(xi) / 2;
  const root = h + Math.sqrt(1 + h * h);
  return xi < 0 ? scale / root / root : scale * root * root;
}

function model(sample: Sample, fixed: Fixed): Model | Verdict {
  const n = sample.weight;
  const average = mean(sample);
  // mean(x) mean(1/x) - 1, a mean of (x - mean)²/(x mean).
  const excess = sample.keep("excess of reciprocals", () => {
    if (sample.extent.min === sample.extent.max) return 0;
    return sample.totals("birnbaumSaunders", { center: average, scale: average })[1]! / n;
  });
  if (excess === 0 && fixed[0] === undefined && (fixed[1] === undefined || fixed[1] === average)) {
    return nonexistent("All values are equal: the likelihood grows without bound as shape → 0.");
  }
  if (!Number.isFinite(excess))
    throw new RangeError(`x spans from ${sample.extent.min} to ${sample.extent.max}; a factor of 1e300 is the most.`);
  // sqrt(mean(x) / mean(1/x)), where the quadratic term is least, and that term: ratio (b + 1/b) - 2, b = scale/center.
  const ratio = Math.sqrt(1 + excess);
  const center = average / ratio;
  const spread = (b: number) => (ratio * (b - 1) * (b - 1)) / b + (2 * excess) / (1 + ratio);
  const constant = HALF_LOG_2PI + LOG_2 + 1.5 * logMoments(sample).mean - 0.5 * log(center);
  const b0 = fixed[1] === undefined ? 1 : fixed[1] / center;
  const unit = fixed[0] ?? Math.sqrt(spread(b0));
  const evaluateOn = (rows: Sample) => (t: readonly number[]) => {
    const [a, b] = [t[0]!, t[1]!];
    const [logs, g, gg] = rows.totals("lomax", { scale: center * b }).map((total) => (total * n) / rows.weight);
    const precision = 1 / (unit * a * unit * a);
    const v = spread(b);
    const slope = ratio * (1 - 1 / (b * b));
    const cross = (-n * slope * precision) / a;
    return {
      value: logs! - n * (constant + log(unit * a) + 0.5 * (v * precision - log(b))),
      score: [(n * (v * precision - 1)) / a, (0.5 * n - g!) / b - 0.5 * n * slope * precision],
      information: [
        [(n * (3 * v * precision - 1)) / (a * a), cross],
        [cross, (0.5 * n - 2 * g! + gg!) / (b * b) + (n * ratio * precision) / (b * b * b)],
      ],
    };
  };
  const thin = sample.thin();
  const coarse = evaluateOn(thin);
  // The two maxima that a large fixed shape may have lie on either side of the center, within a factor of shape².
  const wide = fixed[0] !== undefined && fixed[0] > 2 && fixed[1] === undefined;
  const starts = wide ? [1, 2, 0.5, fixed[0]!, 1 / fixed[0]!].map((b) => [1, b]) : [[1, b0]];
  const sorted = wide
    ? starts
        .map((start) => ({ start, value: coarse(start).value }))
        .sort((p, q) => q.value - p.value)
        .map(({ start }) => start)
    : starts;
  return {
    origin: [0, 0],
    unit: [unit, center],
    start: sorted[0]!,
    others: sorted.slice(1),
    evaluate: evaluateOn(sample),
    ...(thin !== sample && { coarse }),
  };
}
