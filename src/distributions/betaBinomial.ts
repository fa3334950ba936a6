import { betaBinomialStart } from "../likelihood/betaBinomial.ts";
import { mass } from "../likelihood/mass.ts";
import { betaBinomialLogMass, betaBinomialTails } from "../math/betaBinomial.ts";
import { digammaDifference, trigammaDifference } from "../math/polygamma.ts";
import { wholeValued } from "../math/wholeValued.ts";
import { type Family, holds, trials, upToSize } from "./family.ts";

/**
 * Beta-binomial with a known number of trials: binomial whose prob is beta(alpha, beta), mass C(size, x) B(x + alpha, size - x + beta) /
 * B(alpha, beta). Newton on the collapsed pairs (x, size). The limit alpha, beta → ∞, the binomial, is the answer where the values vary no
 * more than binomial ones. Griffiths (1973), Biometrics 29, 637; Tarone (1979), Biometrika 66, 585.
 */
export const betaBinomial: Family = {
  name: "betaBinomial",
  parameters: [
    { name: "alpha", domain: "positive" },
    { name: "beta", domain: "positive" },
  ],
  constants: [trials],
  supportAt: upToSize,
  support: upToSize([Number.POSITIVE_INFINITY]),
  density: "C(size, x) B(x + alpha, size - x + beta) / B(alpha, beta), x = 0, …, size",
  source: "Griffiths (1973), Biometrics 29, 637; Johnson, Kemp & Kotz (2005), ch. 6.2.2",
  existence: "on the boundary alpha = beta = ∞ (binomial) if the values vary too little, alpha = 0 or beta = 0 if all lie at 0 or size",
  contains: {
    binomial: { held: { alpha: Number.POSITIVE_INFINITY }, at: ([prob], { alpha }) => [alpha!, (alpha! * (1 - prob!)) / prob!] },
  },
  model: mass(
    (x, [alpha, beta, size]) => {
      const cross = trigammaDifference(alpha! + beta!, size!);
      return {
        value: betaBinomialLogMass(x, size!, alpha!, beta!),
        score: score(x, alpha!, beta!, size!),
        information: [
          [cross - trigammaDifference(alpha!, x), cross],
          [cross, cross - trigammaDifference(beta!, size! - x)],
        ],
      };
    },
    (data, [alpha, beta, size]) => betaBinomialStart(data, alpha, beta, size),
  ),
  logPdf: (x, theta) => (holds(upToSize(theta.slice(2)), x) ? betaBinomialLogMass(x, theta[2]!, theta[0]!, theta[1]!) : -Infinity),
  score: (x, [alpha, beta, size]) => score(x, alpha!, beta!, size!),
  ...wholeValued(
    0,
    (k, [alpha, beta, size]) => betaBinomialTails(k, size!, alpha!, beta!),
    ([, , size]) => size!,
  ),
  mean: ([alpha, beta, size]) => (size! * alpha!) / (alpha! + beta!),
  variance([alpha, beta, size]) {
    const total = alpha! + beta!;
    return size! * (alpha! / total) * (beta! / total) * ((total + size!) / (total + 1));
  },
  random: ([alpha, beta, size], random) => random.binomial(size!, random.beta(alpha!, beta!)),
};

function score(x: number, alpha: number, beta: number, size: number): number[] {
  const all = digammaDifference(alpha + beta, size);
  return [digammaDifference(alpha, x) - all, digammaDifference(beta, size - x) - all];
}
