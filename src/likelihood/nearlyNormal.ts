import { log } from "../math/elementary.ts";
import { HALF_LOG_2PI } from "../math/stirling.ts";
import type { Sample } from "../wasm/sample.ts";
import type { Evaluation, Model } from "./model.ts";
import { secondMoments } from "./statistics.ts";

/**
 * Student's t with its df fixed beyond `limit`, where (df + 1)/2 log(1 + z²/df) loses its digits: between the t at the limit and the normal,
 * in 1/df. The log-likelihood is smooth in 1/df, so this is off by n / limit² at most. `base` is the model with df fixed at the limit.
 */
export function nearlyNormal(sample: Sample, { origin, unit, start, evaluate }: Model, df: number, limit: number): Model {
  const share = limit / df;
  const { unit: u, first, second } = secondMoments(sample, origin[0]!);
  const [y, yy] = [(u / unit[0]!) * first, (u / unit[0]!) * (u / unit[0]!) * second];
  const n = sample.weight;
  const normal = ([m, s]: readonly number[]): Evaluation => {
    const square = (yy - 2 * m! * y + m! * m!) / (s! * s!);
    const cross = (2 * n * (y - m!)) / (s! * s! * s!);
    return {
      value: -n * (log(unit[1]!) + log(s!) + HALF_LOG_2PI + 0.5 * square),
      score: [(n * (y - m!)) / (s! * s!), (n * (square - 1)) / s!, 0],
      information: [
        [n / (s! * s!), cross, 0],
        [cross, (n * (3 * square - 1)) / (s! * s!), 0],
        [0, 0, 1],
      ],
    };
  };
  const between = (a: number, b: number) => share * a + (1 - share) * b;
  return {
    origin,
    unit,
    start: start.with(2, df),
    evaluate(t) {
      const [near, far] = [evaluate(t.with(2, limit)), normal(t)];
      return {
        value: between(near.value, far.value),
        score: near.score.map((entry, i) => between(entry, far.score[i]!)),
        information: near.information.map((row, i) => row.map((entry, j) => between(entry, far.information[i]![j]!))),
      };
    },
  };
}
