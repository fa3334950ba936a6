import { describe } from "../data/observations.ts";
import type { Family } from "../distributions/family.ts";
import type { Evaluation } from "../likelihood/model.ts";
import { charts } from "../math/charts.ts";
import { derivatives } from "../math/differences.ts";
import { Accumulator } from "../math/sum.ts";
import { valuesOf } from "./distribution.ts";
import { checkParameters, type FamilyName, type FitOptions, familyOf } from "./settings.ts";

/** A distribution of the catalogue, or a family, with its parameters: `{ distribution: "gamma", shape: 2, rate: 1 }`. */
export interface Prior {
  readonly distribution: FamilyName | Family | (string & {});
  readonly [parameter: string]: number | string | Family;
}

/**
 * Step of differences of order 8, as a part of a prior's interquartile range (far out, of the distance from its median) and of a parameter's own size: truncation is some 1e-14 of a
 * derivative, rounding 1e-14 of the first and 1e-12 of the second.
 */
const STEP = 0.02;

/** Independent priors of some of a family's parameters. */
export interface Priors {
  /** Sum of the log-densities at natural parameters. */
  logPdf(theta: readonly number[]): number;
  /** The same with its derivatives. */
  evaluate(theta: readonly number[]): Evaluation;
  /** The priors' medians by index; undefined for parameters without one. */
  readonly medians: readonly (number | undefined)[];
}

/**
 * The priors of an option, each a density of the natural parameter, smooth and positive on the whole of its domain.
 *
 * @throws RangeError or TypeError for a parameter or a distribution that does not exist or does not fit.
 */
export function priorsOf(family: Family, { prior, fixed, lower, upper }: FitOptions): Priors | undefined {
  if (prior === undefined) return undefined;
  if (typeof prior !== "object" || prior === null) {
    throw new TypeError(`prior is ${describe(prior)}; an object is needed: { ${family.parameters[0]!.name}: { distribution, … } }.`);
  }
  checkParameters(family, prior, "prior");
  if (lower || upper) throw new RangeError(`prior and ${lower ? "lower" : "upper"} are both given; a fit takes priors or bounds.`);
  const parts = family.parameters.map((parameter) => {
    const given = prior[parameter.name];
    if (given === undefined) return undefined;
    if (fixed?.[parameter.name] !== undefined) {
      throw new RangeError(`prior.${parameter.name} is given and the parameter is fixed; a fixed parameter has no prior.`);
    }
    return priorOf(parameter, given);
  });
  const quantileAt = (p: number) => parts.map((part) => part?.family.quantile(p, part.theta));
  const medians = quantileAt(0.5);
  const [low, high] = [quantileAt(0.25), quantileAt(0.75)];
  const at = (i: number) => (x: number) => parts[i]!.family.logPdf(x, parts[i]!.theta);
  const sum = (values: readonly number[]) => values.reduce((total, value) => total.add(value), new Accumulator()).sum;
  const logPdf = (theta: readonly number[]) => sum(parts.map((part, i) => (part ? at(i)(theta[i]!) : 0)));
  return {
    medians,
    logPdf,
    evaluate(theta) {
      const own = parts.map((part, i) => {
        if (!part) return { first: 0, second: 0 };
        const chart = charts[family.parameters[i]!.domain];
        const length = family.parameters[i]!.domain === "real" ? Number.POSITIVE_INFINITY : Math.abs(chart.at(chart.toEta(theta[i]!))[1]);
        const away = Math.max(high[i]! - low[i]!, Math.abs(theta[i]! - medians[i]!));
        return derivatives(at(i), theta[i]!, STEP * Math.min(length, away));
      });
      return {
        value: logPdf(theta),
        score: own.map(({ first }) => first),
        information: own.map(({ second }, i) => own.map((_, j) => (i === j ? -second : 0))),
      };
    },
  };
}

function priorOf({ name, domain }: Family["parameters"][number], given: Prior): { family: Family; theta: readonly number[] } {
  const role = `prior.${name}`;
  if (typeof given !== "object" || given === null) {
    throw new TypeError(`${role} is ${describe(given)}; an object is needed: { distribution: "gamma", shape: 2, rate: 1 }.`);
  }
  const { distribution, ...parameters } = given;
  if (distribution === undefined) throw new RangeError(`${role}.distribution is missing; the name of a distribution is needed.`);
  const family = familyOf(distribution as string | Family);
  const theta = valuesOf(family, parameters as Record<string, number>, role);
  const { text, ends } = charts[domain];
  if (family.support.whole || family.parameters.some(({ rough }) => rough !== undefined)) {
    throw new RangeError(`${role} is ${family.name}; a distribution with a smooth density is needed.`);
  }
  const [lower, upper] = [family.quantile(0, theta), family.quantile(1, theta)];
  if (lower > ends[0] || upper < ends[1]) {
    throw new RangeError(
      `${role} is ${family.name}, of values from ${lower} to ${upper}; a distribution of every value that ${name} may take, ${text}, is needed (bounds are options of their own).`,
    );
  }
  return { family, theta };
}
