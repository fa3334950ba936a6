import { coordinates } from "../likelihood/coordinates.ts";
import type { Evaluation } from "../likelihood/model.ts";
import { charts } from "../math/charts.ts";
import { type Asked, settingsOf } from "./asked.ts";
import { begin } from "./beginning.ts";
import { likelihood, withExact } from "./partialLikelihood.ts";
import { problemOf } from "./problem.ts";

/**
 * Log-likelihood, score and information of what a fit was asked at natural parameters `theta`, in the coordinates of its free parameters that
 * intervals are made in: logarithms of positive ones.
 */
export async function evaluationAt(asked: Asked, theta: readonly number[]): Promise<Evaluation> {
  const settings = settingsOf(asked);
  const { problem, support } = problemOf(asked.family, asked.x, settings);
  const { fixed } = settings;
  const to = (values: readonly (number | undefined)[]) =>
    values.map((value, i) => (value !== undefined && asked.family.parameters[i]!.shifts ? value - problem.shift : value));
  const [held, at] = [to(fixed), to(theta) as number[]];
  return withExact(
    problem,
    held,
    async (exact) => {
      const { frame } = exact ? { frame: exact } : await begin(problem, support, held, at);
      const { model } = likelihood(problem, held, { theta: at, frame }, exact, { fineness: 0, far: false });
      const own = asked.family.parameters.map(({ domain }) => charts[domain]);
      const on = coordinates(model, own, held);
      const eta = on.eta(model.start);
      return on.pull(model.evaluate(on.standardised(eta)), eta);
    },
    1,
  );
}
