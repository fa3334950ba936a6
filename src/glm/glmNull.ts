import { families, type GlmFamily } from "../laws/families.ts";
import { at } from "../laws/links.ts";
import { Accumulator } from "../math/sum.ts";
import type { RegressionData } from "../regression/regressionData.ts";
import type { GlmModel } from "./glmModel.ts";

/** Deviance of the intercept alone, with the offset; of the offset alone where there is no intercept. An infinite theta is the Poisson's. */
export function nullDeviance(model: GlmModel, data: RegressionData, own: number): number {
  const total = new Accumulator();
  const family = own === Number.POSITIVE_INFINITY ? families.poisson : model.family;
  nullMeans(model, data, family, own).forEach((mu, i) => {
    total.add((data.weights ? data.weights[i]! : 1) * family.deviance(data.y[i]!, mu, own));
  });
  return total.sum;
}

/**
 * Means of the rows by the intercept and the offset alone; by the offset alone where the design has no intercept. With an offset the
 * intercept is found by Fisher's scoring, from the mean of the responses.
 */
function nullMeans({ link }: GlmModel, { design, y, weights, offset }: RegressionData, family: GlmFamily, own: number): Float64Array {
  const constant = design.blocks.some(({ kind }) => kind === "intercept");
  const shifted = (by: number) => Float64Array.from(y, (_, i) => link.mu(by + (offset ? offset[i]! : 0)));
  if (!constant) return shifted(0);
  const [total, weight] = [new Accumulator(), new Accumulator()];
  for (let i = 0; i < y.length; i++) {
    const w = weights ? weights[i]! : 1;
    total.add(w * y[i]!);
    weight.add(w);
  }
  const mean = total.sum / weight.sum;
  if (!offset) return new Float64Array(y.length).fill(mean);
  let intercept = link.eta(mean) - offset.reduce((sum, o, i) => sum + (weights ? weights[i]! : 1) * o, 0) / weight.sum;
  for (let iteration = 0; iteration < 100; iteration++) {
    const [score, information] = [new Accumulator(), new Accumulator()];
    for (let i = 0; i < y.length; i++) {
      link.derivatives(intercept + offset[i]!);
      const variance = family.variance(at.mu, own);
      const w = weights ? weights[i]! : 1;
      score.add((w * (y[i]! - at.mu) * at.first) / variance);
      information.add((w * at.first * at.first) / variance);
    }
    const step = score.sum / information.sum;
    if (!Number.isFinite(step)) break;
    intercept += Math.max(-2, Math.min(2, step));
    if (Math.abs(step) < 1e-12 * (1 + Math.abs(intercept))) break;
  }
  return shifted(intercept);
}
