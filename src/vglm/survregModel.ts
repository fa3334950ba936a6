import { describe } from "../data/observations.ts";
import { studentT } from "../distributions/studentT.ts";
import { nearest } from "../estimators/nearest.ts";
import type { Block, Design } from "../formula/design.ts";
import { extremeValue, logistic, normal, type StandardLaw } from "../laws/standardLaws.ts";
import { studentStandard } from "../laws/studentLaw.ts";
import type { Part } from "../regression/parts.ts";

/** A distribution of y = x'b + scale W, y the time or its logarithm. */
export interface SurvivalDistribution {
  readonly name: string;
  /** With the scale as a parameter: the distribution that it is one of. */
  readonly within?: string;
  /** As R writes it. */
  readonly title: string;
  readonly law: StandardLaw;
  readonly logs: boolean;
  /** Where it is not a parameter. */
  readonly scale?: number;
}

const distributions = {
  weibull: { title: "Weibull", law: extremeValue, logs: true },
  exponential: { title: "Exponential", law: extremeValue, logs: true, scale: 1, within: "weibull" },
  rayleigh: { title: "Rayleigh", law: extremeValue, logs: true, scale: 0.5, within: "weibull" },
  lognormal: { title: "Log Normal", law: normal, logs: true },
  loglogistic: { title: "Log logistic", law: logistic, logs: true },
  gaussian: { title: "Gaussian", law: normal, logs: false },
  logistic: { title: "Logistic", law: logistic, logs: false },
  extreme: { title: "Extreme value", law: extremeValue, logs: false },
} as const;

export type SurvivalDistributionName = keyof typeof distributions | "t";

/** @throws RangeError for a name, degrees of freedom or a scale that cannot be used. */
export function survivalDistribution(name: string, df: number | undefined, scale: number | undefined): SurvivalDistribution {
  const known = [...Object.keys(distributions), "t"];
  if (!known.includes(name)) throw new RangeError(`distribution is ${describe(name)}; did you mean "${nearest(String(name), known)}"?`);
  if (name !== "t" && df !== undefined) throw new RangeError(`df is given for ${name}; distribution: "t" has degrees of freedom.`);
  if (scale !== undefined && !(scale > 0 && scale < Number.POSITIVE_INFINITY)) {
    throw new RangeError(`scale is ${describe(scale)}; a number > 0 is needed to fix it.`);
  }
  const fixed = scale === undefined ? {} : { scale };
  if (name === "t") {
    const degrees = df ?? 4;
    if (!(degrees > 0 && degrees < Number.POSITIVE_INFINITY)) throw new RangeError(`df is ${describe(df)}; a number > 0 is needed.`);
    const theta = [0, 1, degrees];
    const law = studentStandard(
      degrees,
      (z) => studentT.logSf(z, theta),
      (p) => studentT.quantile(p, theta),
    );
    return { name, within: `t of ${degrees} df`, title: "Student-t", law, logs: false, ...fixed };
  }
  const found: Omit<SurvivalDistribution, "name"> = distributions[name as keyof typeof distributions];
  if (found.scale !== undefined && scale !== undefined && scale !== found.scale) {
    throw new RangeError(`scale is ${scale}; that of ${name} is ${found.scale}, and weibull has others.`);
  }
  return { name, ...found, ...fixed };
}

/** The predictor of log(scale): a constant, or one for each stratum, whose coefficients follow those of the design. */
export function scalePart({ rows, strata }: Design, first: number): Part {
  const names = strata ? strata.levels : ["(Intercept)"];
  const block: Block = strata ? { kind: "levels", codes: strata.codes, count: names.length } : { kind: "intercept" };
  const design = { rows, names, blocks: [block], assign: names.map(() => 0), terms: [] };
  return { design, places: Int32Array.from(names, (_, k) => first + k), absorbers: [] };
}
