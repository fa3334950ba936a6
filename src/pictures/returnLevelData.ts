import { chosenRanks } from "../empirical/bands.ts";
import { type Law, lawOf, questionOf } from "../estimators/law.ts";
import type { Fit } from "../estimators/result.ts";
import { exp, log } from "../math/elementary.ts";
import { normalQuantile } from "../math/normal.ts";
import { namedOf } from "./plotData.ts";
import type { PlotDataOptions, ReturnLevelData } from "./plotShapes.ts";
import { seenBy } from "./seen.ts";

/** Points of the curve. */
const POINTS = 97;
/** How many times the length of the record the curve goes on. */
const BEYOND = 10;
/** Step of the differences, in standard errors. */
const STEP = 1e-4;

/**
 * The level that is exceeded once in a period on average (Coles 2001, An Introduction to Statistical Modeling of Extreme Values, 3.3.3):
 * the quantile at 1 - 1 / (period x observations per period), with the delta method's interval.
 */
export function returnLevelData([fit]: readonly Fit[], options: PlotDataOptions): ReturnLevelData {
  const { level = 0.95, perPeriod = 1, threshold = 0 } = options;
  const { data, laws } = seenBy([fit!], "returnLevel");
  const { to, cumulative, total, size } = data;
  const points = chosenRanks(to.length).flatMap((i) => {
    const survival = 1 - ((cumulative[i]! / total) * size) / (size + 1);
    return Number.isFinite(to[i]) ? [{ period: 1 / (survival * perPeriod), value: to[i]! + threshold }] : [];
  });
  const longest = BEYOND * Math.max(10, size);
  const [low, high] = [log(1.02), log(longest)];
  const periods = Array.from({ length: POINTS }, (_, i) => exp(low + (i / (POINTS - 1)) * (high - low)));
  const around = neighbours(fit!, level);
  const curve = periods.map((period) => {
    const p = 1 - 1 / period;
    const value = laws[0]!.quantile(p) + threshold;
    const reach = around?.(p);
    return { period: period / perPeriod, value, ...(reach !== undefined && { lower: value - reach, upper: value + reach }) };
  });
  const notes = around ? [] : [`no interval: the status is ${fit!.status}`];
  return { kind: "returnLevel", level, fit: namedOf(fit!), points, curve: curve.filter(({ value }) => Number.isFinite(value)), notes };
}

/** Half the width of a quantile's interval: its gradient in the parameters through their covariance. */
function neighbours(fit: Fit, level: number): ((p: number) => number | undefined) | undefined {
  const question = questionOf(fit, "returnLevel");
  const theta = fit.parameters.map((name) => fit.estimates[name]!);
  const steps = fit.parameters.map((name) => STEP * fit.standardErrors[name]!);
  if (steps.some((step) => !(step >= 0))) return undefined;
  const at = (i: number, step: number): Law =>
    lawOf(
      fit,
      question,
      theta.map((value, j) => (j === i ? value + step : value)),
    );
  const pairs = steps.map((step, i) => (step > 0 ? ([at(i, -step), at(i, step)] as const) : undefined));
  const z = normalQuantile((1 + level) / 2);
  return (p) => {
    const gradient = pairs.map((pair, i) => (pair ? (pair[1].quantile(p) - pair[0].quantile(p)) / (2 * steps[i]!) : 0));
    const variance = gradient.reduce((sum, g, i) => sum + gradient.reduce((own, h, j) => own + g * h * fit.vcov[i]![j]!, 0), 0);
    return variance >= 0 && Number.isFinite(variance) ? z * Math.sqrt(variance) : undefined;
  };
}
