import { describe } from "../data/observations.ts";
import { catalogue } from "../distributions/catalogue.generated.ts";
import type { Constants, Family } from "../distributions/family.ts";
import { isRowFamily } from "../distributions/rowFamily.ts";
import { nearest } from "../estimators/nearest.ts";
import { checkNames, type OptionNames, present } from "../estimators/optionNames.ts";
import { type FamilyName, familyOf } from "../estimators/settings.ts";
import type { Design } from "../formula/design.ts";
import { charts } from "../math/charts.ts";
import type { DesignColumns } from "../regression/designGiven.ts";
import { PARTS_OPTIONS, type PartsOptions } from "../regression/partsData.ts";
import { type DistributionLaw, distributionLaw } from "./distregLaws.ts";
import { KNOWN_OPTIONS, type KnownOptions } from "./knownRows.ts";

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

/** Their names, the constants of families aside. */
const { formula: _, ...ROWWISE } = PARTS_OPTIONS;
const OPTIONS = {
  ...ROWWISE,
  ...KNOWN_OPTIONS,
  family: true,
  parameters: true,
  response: true,
  links: true,
} as const satisfies OptionNames<Omit<DistregChoices, keyof Constants>>;

const CONSTANTS = { size: true, location: true } as const satisfies OptionNames<Constants>;

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

function asked(all: DistregOptions): { family: Family; models: Readonly<Record<string, ParameterModel>> } {
  const options = present(all);
  const others = Object.keys({ ...OPTIONS, ...CONSTANTS });
  const known = familyNames();
  const foreign = options.family === undefined ? Object.keys(options).filter((name) => !others.includes(name)) : [];
  const [key = foreign[0], second] = foreign.filter((name) => known.includes(name));
  // What is nearer to a family than to an option was meant to be one.
  const isMeant = (name: string) => known.includes(nearest(name, [...others, ...known]));
  const named = key === undefined ? options.family : isMeant(key) ? key : undefined;
  const family = named === undefined ? undefined : familyOf(named);
  const constants = family ? (family.constants ?? []).map(({ name }) => name) : Object.keys(CONSTANTS);
  checkNames(all, [...Object.keys(OPTIONS), ...constants, ...(key === undefined ? [] : known)]);
  if (!family) throw new TypeError('No family is given; { weibull: { scale: "~ age" } } gives one.');
  if (key === undefined) return { family, models: options.parameters ?? {} };
  if (second !== undefined) throw new RangeError(`${key} and ${second} are given; one family is needed.`);
  if (options.parameters !== undefined) throw new RangeError(`parameters and ${key} are given; one of them is needed.`);
  const models = options[key as FamilyName];
  if (typeof models !== "object") throw new TypeError(`${key} is ${describe(models)}; { parameter: "~ terms" } is needed.`);
  return { family, models };
}

/** Names of the families of numbers. */
const familyNames = (): string[] => Object.values(catalogue).flatMap((one) => (isRowFamily(one) ? [] : [one.name]));
