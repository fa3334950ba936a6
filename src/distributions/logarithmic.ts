import { collapse } from "../likelihood/collapse.ts";
import { boundary } from "../likelihood/model.ts";
import { log, log1p } from "../math/elementary.ts";
import { log1pmx } from "../math/logarithms.ts";
import { logSeriesComplement, logSeriesHead, logSeriesTail, logSeriesVariate } from "../math/logSeries.ts";
import { fromLower, fromUpper, LOG_HALF, wholeValued } from "../math/wholeValued.ts";
import { type Family, holds, positiveCounts } from "./family.ts";

/**
 * Logarithmic (log-series) with mass -p^x / (x log(1 - p)), x = 1, 2, …: the maximum makes the mean, -p / ((1 - p) log(1 - p)), that of
 * the data. All ones put it on the boundary, p = 0. The model works in q = 1 - p, which has the digits where the counts are large.
 * Fisher, Corbet & Williams (1943), J. Animal Ecology 12, 42; random numbers by Kemp (1981), Applied Statistics 30, 249.
 */
export const logarithmic: Family = {
  name: "logarithmic",
  parameters: [{ name: "p", domain: "unit" }],
  support: positiveCounts,
  density: "-p^x / (x log(1 - p)), x = 1, 2, …",
  source: "Fisher, Corbet & Williams (1943), J. Animal Ecology 12, 42; Johnson, Kemp & Kotz (2005), ch. 7",
  existence: "on the boundary p = 0 if every value is 1",
  model(sample, fixed) {
    const { n, mean, max, logLik } = collapse(sample);
    if (max === 1 && fixed[0] === undefined) return boundary("All values are 1: p = 0, where the mass of 1 is 1.", [0], 0);
    const logs = logLik(log);
    const value = (q: number) => n * (mean * log1p(-q) - log(-log(q))) - logs;
    const start = fixed[0] === undefined ? logSeriesComplement(mean) : 1 - fixed[0];
    if (start === 1) return boundary("p is nearer to 0 than doubles tell: the weight of counts above 1 is too small.", [0], -logs);
    if (1 - start === 1) return boundary("p is nearer to 1 than doubles tell: the counts are too large.", [1], value(start));
    return {
      origin: [1],
      unit: [-1],
      start: [start],
      evaluate([q]) {
        const u = -log(q!);
        const p = 1 - q!;
        return {
          value: value(q!),
          score: [n * (1 / (q! * u) - mean / p)],
          information: [[n * (mean / (p * p) + (u - 1) / (q! * u) / (q! * u))]],
        };
      },
    };
  },
  logPdf: (x, [p]) => (holds(positiveCounts, x) ? (x - 1) * log(p!) - log(x) + log(p! / -log1p(-p!)) : -Infinity),
  score(x, [p]) {
    const l = log1p(-p!);
    return [(x - 1) / p! + (log1pmx(-p!) - p! * l) / (p! * (1 - p!) * l)];
  },
  ...wholeValued(1, (k, [p]) => {
    const rate = -log(p!);
    const total = -log1p(-p!);
    const upper = log(logSeriesTail(k + 1, rate) / total) - rate * (k + 1);
    return upper < LOG_HALF || k >= FEW ? fromUpper(upper) : fromLower(log(logSeriesHead(k, p!) / total));
  }),
  mean: ([p]) => mean(p!),
  variance: ([p]) => ((mean(p!) / (1 - p!)) * log1pmx(-p!)) / log1p(-p!),
  random: ([p], random) => logSeriesVariate(p!, -log1p(-p!), random),
};

/** Values up to which masses are summed where most of the distribution lies beyond. */
const FEW = 16;

function mean(p: number): number {
  return p / (1 - p) / -log1p(-p);
}
