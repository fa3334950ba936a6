import { mass } from "../likelihood/mass.ts";
import { boundary, nonexistent } from "../likelihood/model.ts";
import { logBetaI, logBetaIComplement } from "../math/incompleteBeta.ts";
import { binomialLogMass } from "../math/saddlePoint.ts";
import { wholeValued } from "../math/wholeValued.ts";
import { type Family, holds, trials, upToSize } from "./family.ts";

/**
 * Binomial with a known number of trials, mass C(size, x) prob^x (1 - prob)^(size-x): the maximum is prob = Σ x / Σ size, on the boundary
 * if all trials failed or all succeeded. Log-mass in Loader's saddle-point form (2000). Johnson, Kemp & Kotz (2005), ch. 3.
 */
export const binomial: Family = {
  name: "binomial",
  parameters: [{ name: "prob", domain: "unit" }],
  constants: [trials],
  supportAt: upToSize,
  support: upToSize([Number.POSITIVE_INFINITY]),
  density: "C(size, x) prob^x (1 - prob)^(size-x), x = 0, …, size",
  source: "Johnson, Kemp & Kotz (2005), Univariate Discrete Distributions, ch. 3; Loader (2000)",
  existence: "on the boundary prob = 0 or 1 if all trials failed or all succeeded",
  model: mass(
    (x, [prob, size]) => ({
      value: binomialLogMass(x, size!, prob!),
      score: score(x, prob!, size!),
      information: [[x / prob! / prob! + (size! - x) / (1 - prob!) / (1 - prob!)]],
    }),
    ({ n, mean, logLik }, [prob, size]) => {
      const all = logLik((_, own) => size ?? own);
      if (all === 0 && prob === undefined) return nonexistent("All sizes are 0: every prob is as likely as another.", [Number.NaN], 0);
      const share = prob ?? (n * mean) / all;
      if (share === 0) return boundary("All trials failed: prob = 0.", [0], 0);
      if (share === 1) return boundary("All trials succeeded: prob = 1.", [1], 0);
      return { unit: [1], start: [share] };
    },
  ),
  logPdf: (x, theta) => (holds(upToSize(theta.slice(1)), x) ? binomialLogMass(x, theta[1]!, theta[0]!) : -Infinity),
  score: (x, [prob, size]) => score(x, prob!, size!),
  slide: (x, [prob, size]) => [(size! - x) / (1 - prob!)],
  ...wholeValued(
    0,
    (k, [prob, size]) => ({
      lower: logBetaI(size! - k, k + 1, 1 - prob!, prob!),
      upper: logBetaIComplement(size! - k, k + 1, 1 - prob!, prob!),
    }),
    ([, size]) => size!,
  ),
  mean: ([prob, size]) => size! * prob!,
  variance: ([prob, size]) => size! * prob! * (1 - prob!),
  random: ([prob, size], random) => random.binomial(size!, prob!),
};

function score(x: number, prob: number, size: number): number[] {
  return [x / prob - (size - x) / (1 - prob)];
}
