import { describe } from "../data/observations.ts";
import type { Constants, Family } from "../distributions/family.ts";
import { type FamilyName, familyOf } from "../estimators/settings.ts";
import type { Design } from "../formula/design.ts";
import { charts } from "../math/charts.ts";
import type { DesignColumns } from "../regression/designGiven.ts";
import type { PartsOptions } from "../regression/partsData.ts";
import { type DistributionLaw, distributionLaw } from "./distregLaws.ts";
import type { KnownOptions } from "./knownRows.ts";

/** What a parameter depends on: the right side of a formula, a design, or nothing where it is known. */
export type ParameterModel = string | DesignColumns | Design | number;

/** What `distreg` takes. */
export interface DistregChoices extends Omit<PartsOptions, "formula">, KnownOptions, Constants {
  /** A name of the catalogue, or a family's descriptor; or a name is the key of the parameters, `{ weibull: { scale: "~ age" } }`. */
  readonly family?: FamilyName | Family | (string & {}) | undefined;
  /** What each parameter depends on; those not named are constants, estimated. */
  readonly parameters?: Readonly<Record<string, ParameterModel>> | undefined;
  /** The left side of a formula: `"time"`, `"Surv(time, status)"`. */
  readonly response?: string | undefined;
  /** Links of parameters, instead of log for positive ones, logit between 0 and 1, and identity. */
  readonly links?: Readonly<Record<string, string>> | undefined;
}

/** The choices, or with a family's name as the key of its parameters. */
export type DistregOptions = DistregChoices & { readonly [F in FamilyName]?: Readonly<Record<string, ParameterModel>> };

/** A family, and what its parameters depend on. */
export interface DistregRequest {
  readonly family: Family;
  readonly law: DistributionLaw;
  readonly models: Readonly<Record<string, ParameterModel>>;
  /** Parameters that are known. */
  readonly fixed: ReadonlyMap<string, number>;
  /** Those that have a predictor, first as the caller names them. */
  readonly free: readonly string[];
}

/** @throws TypeError or RangeError for a family, parameter, number or link that there is not. */
export function distregRequest(options: DistregOptions): DistregRequest {
  const { family, models } = asked(options);
  const law = distributionLaw(family, Object.keys(models));
  const fixed = new Map<string, number>();
  for (const { name, domain } of law.parameters) {
    const given = models[name];
    if (typeof given !== "number") continue;
    if (!charts[domain].holds(given)) throw new RangeError(`${name} is ${given}; ${charts[domain].text} is needed.`);
    fixed.set(name, given);
  }
  const rough = family.parameters.find(({ name, rough: is, domain }) => (is || domain === "whole") && !fixed.has(name));
  if (rough) throw new RangeError(`${family.name}: the likelihood is not smooth in ${rough.name}; a number is needed for it.`);
  const free = [...new Set([...Object.keys(models), ...law.parameters.map(({ name }) => name)])].filter((name) => !fixed.has(name));
  if (free.length === 0) throw new RangeError(`All parameters of ${family.name} are numbers; one is needed that is estimated.`);
  const astray = Object.keys(options.links ?? {}).find((name) => !free.includes(name));
  if (astray !== undefined) throw new RangeError(`links.${astray}: ${family.name} has predictors of ${free.join(", ")}.`);
  return { family, law, models, fixed, free };
}

function asked(options: DistregOptions): { family: Family; models: Readonly<Record<string, ParameterModel>> } {
  const { family, parameters } = options;
  if (family !== undefined) return { family: familyOf(family), models: parameters ?? {} };
  const others = ["parameters", "response", "links", "truncated", "data", "levels", "na", "weights", "offset", "size", "location"];
  const rows = ["y", "time", "status", "lower", "upper"];
  const key = Object.keys(options).find((name) => !others.includes(name) && !rows.includes(name));
  if (key === undefined) throw new TypeError('No family is given; { weibull: { scale: "~ age" } } gives one.');
  const models = options[key as FamilyName];
  if (typeof models !== "object" || models === null)
    throw new TypeError(`${key} is ${describe(models)}; { parameter: "~ terms" } is needed.`);
  return { family: familyOf(key), models };
}
