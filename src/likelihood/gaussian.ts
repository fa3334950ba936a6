import { log } from "../math/elementary.ts";
import { logit } from "../math/logit.ts";
import { HALF_LOG_2PI } from "../math/stirling.ts";
import type { Sample } from "../wasm/sample.ts";
import { type Fixed, type Model, nonexistent, type Verdict } from "./model.ts";
import { logMoments, mean, type SecondMoments, secondLogMoments, secondMoments } from "./statistics.ts";

const LOCATE = { x: locateValues, "log x": locateLogs, "logit x": locateLogits };

/**
 * Mean and standard deviation of x, of log x, or of logit x = log(x / (1 - x)). With m, v the mean and (1/n) variance, the log-likelihood is
 * -n (log(sd sqrt(2 pi)) + (v + (m - mean)^2) / (2 sd^2)): its maximum is mean = m, sd = sqrt(v).
 */
export function gaussian(
  variate: keyof typeof LOCATE,
  names: readonly [string, string],
): (sample: Sample, fixed: Fixed) => Model | Verdict {
  const locate = LOCATE[variate];
  return (sample, fixed) => {
    const n = sample.weight;
    const { center, moments, jacobian } = locate(sample, fixed[0]);
    const { unit, first, second } = moments;
    const free = fixed[0] === undefined;
    const spread = free ? Math.max(0, second - first * first) : second;
    if (fixed[1] === undefined && spread === 0) {
      return nonexistent(`All values are equal: the likelihood grows without bound as ${names[1]} → 0.`);
    }
    const scale = fixed[1] ?? unit * Math.sqrt(spread);
    const ratio = unit / scale;
    const shift = free ? 0 : first * ratio;
    const square = spread * ratio * ratio;
    return {
      origin: [free ? center + unit * first : center, 0],
      unit: [scale, scale],
      start: [0, 1],
      evaluate([m, s]) {
        const gap = shift - m!;
        const v = square - 2 * shift * m! + m! * m!;
        const precision = n / (s! * s!);
        return {
          value: -n * (HALF_LOG_2PI + log(scale) + log(s!)) - 0.5 * precision * v - jacobian,
          score: [precision * gap, (precision * v - n) / s!],
          information: [
            [precision, (2 * precision * gap) / s!],
            [(2 * precision * gap) / s!, (3 * precision * v - n) / (s! * s!)],
          ],
        };
      },
    };
  };
}

interface Located {
  readonly center: number;
  readonly moments: SecondMoments;
  /** Sum of log |dx/dy| over the rows. */
  readonly jacobian: number;
}

function locateValues(sample: Sample, fixed: number | undefined): Located {
  const center = fixed ?? mean(sample);
  return { center, moments: secondMoments(sample, center), jacobian: 0 };
}

function locateLogs(sample: Sample, fixed: number | undefined): Located {
  const logs = logMoments(sample);
  const shift = logs.mean - logs.center;
  const center = fixed === undefined ? logs.center : fixed - shift;
  return { center: fixed ?? logs.mean, moments: secondLogMoments(sample, logs.unit, center), jacobian: sample.weight * logs.mean };
}

function locateLogits(sample: Sample, fixed: number | undefined): Located {
  const { sketch, weight, extent } = sample;
  const center = fixed ?? logit(sketch[Math.floor(sketch.length / 2)]!);
  const moments = sample.keep(`squares of logits about ${center}`, () => {
    if (extent.min === extent.max && logit(extent.min) === center) return { unit: 1, first: 0, second: 0 };
    const totals = sample.totals("squaresOfLogit", { center });
    return { unit: 1, first: totals[1]! / weight, second: totals[2]! / weight };
  });
  // log x + log(1 - x) = 2 log x - logit x.
  return { center, moments, jacobian: weight * (2 * logMoments(sample).mean - (center + moments.first)) };
}
