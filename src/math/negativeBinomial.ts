import { logBetaI, logBetaIComplement } from "./incompleteBeta.ts";
import type { Tails } from "./wholeValued.ts";

/** Counts above it are taken as it: nothing of a distribution is left there, and infinity has no incomplete beta function. */
const LARGEST = 1e300;

/** log P(X <= k) and log P(X > k) of the negative binomial with mean mu and variance mu + mu²/size, k = 0, 1, … */
export function negativeBinomialTails(k: number, size: number, mu: number): Tails {
  const b = Math.min(k, LARGEST) + 1;
  const x = size / (size + mu);
  const y = mu / (size + mu);
  return { lower: logBetaI(size, b, x, y), upper: logBetaIComplement(size, b, x, y) };
}
