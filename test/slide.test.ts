import { expect, test } from "vitest";
import { gradient } from "../src/math/differences.ts";
import { near } from "./closeness.ts";
import { room, thetaOf, trials } from "./trialFamilies.ts";

// How values move with the parameters, where a family says so: against differences of both tails, and of the quantile.

const PROBABILITIES = [1e-4, 0.02, 0.2, 0.5, 0.8, 0.97, 0.999, 0.9999];
const sliding = trials.filter(({ family }) => family.slide);

test.each(sliding)("$name: the derivative of the cdf", ({ family, at, parameters }) => {
  const theta = thetaOf(family, parameters);
  const p = family.parameters.length;
  const spread = at.quantile(0.75) - at.quantile(0.25);
  const steps = family.parameters.map(({ domain }, i) => 5e-4 * Math.min(1, spread, room[domain](theta[i]!)));
  const constants = theta.slice(p);
  for (const probability of PROBABILITIES) {
    const x = at.quantile(probability);
    const slides = family.slide!(x, theta);
    expect(slides).toHaveLength(p);
    const tails = [family.logCdf(x, theta), family.logSf(x, theta)];
    // A value at an end of the support says nothing.
    if (!tails.every(Number.isFinite)) continue;
    const upper = tails[1]! < tails[0]!;
    const logTail = (values: readonly number[]) => family[upper ? "logSf" : "logCdf"](x, [...values, ...constants]);
    const hazard = Math.exp(family.logPdf(x, theta) - tails[upper ? 1 : 0]!);
    const slopes = gradient(logTail, theta.slice(0, p), steps);
    slides.forEach((slide, i) => {
      // A kink or the end of the support may lie within the steps, or the cut of a circle, where half of the tail is gone over them.
      if (slide === undefined || family.parameters[i]!.rough || !Number.isFinite(slopes[i]!)) return;
      if (4 * steps[i]! * Math.abs(slide) * hazard > 0.5) return;
      const size = 1 + Math.abs(tails[upper ? 1 : 0]!);
      const expected = (upper ? 1 : -1) * slide * hazard * steps[i]!;
      near(slopes[i]! * steps[i]!, expected, 2e-14 * size + 1e-9 * Math.abs(expected), `${family.parameters[i]!.name} at ${x}`);
    });
    if (family.support.whole) continue;
    const moved = gradient((values) => family.quantile(probability, [...values, ...constants]), theta.slice(0, p), steps);
    slides.forEach((slide, i) => {
      if (slide === undefined || probability < 0.02 || probability > 0.97) return;
      const size = Math.abs(x) + Math.abs(slide * steps[i]!);
      near(moved[i]! * steps[i]!, slide * steps[i]!, 1e-12 * size, `${family.parameters[i]!.name}'s quantile ${probability}`);
    });
  }
});
