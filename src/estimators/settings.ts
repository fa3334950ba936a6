import type { Knowledge } from "../data/censoring.ts";
import { describe } from "../data/observations.ts";
import { catalogue } from "../distributions/catalogue.generated.ts";
import type { Constants, Family } from "../distributions/family.ts";
import { isRowFamily, type RowFamily } from "../distributions/rowFamily.ts";
import { charts } from "../math/charts.ts";
import type { Bounds } from "./bounds.ts";
import { nearest } from "./nearest.ts";
import { checkNames } from "./optionNames.ts";
import type { Prior } from "./prior.ts";

/** How rows count: `frequency` repeats a row, `importance` weighs it and makes the standard errors robust. */
export type WeightType = "frequency" | "importance";

/** `observed`: the inverse of the observed information. `robust`: the sandwich of Huber (1967) and White (1982). */
export type Covariance = "observed" | "robust";

export interface FitOptions extends Constants, Knowledge {
  /** Parameters held at a value. */
  readonly fixed?: Readonly<Record<string, number>>;
  /** Lower bounds of parameters; a maximum on a bound has status "boundary". */
  readonly lower?: Bounds;
  /** Upper bounds of parameters. */
  readonly upper?: Bounds;
  /** Where to start; the result does not depend on it. */
  readonly start?: Readonly<Record<string, number>>;
  /**
   * Priors of parameters: `prior: { shape: { distribution: "gamma", shape: 2, rate: 1 } }`, densities of the natural parameters, independent
   * of one another. The estimate is then the mode of the posterior (MAP), and `vcov` the inverse of its curvature there.
   */
  readonly prior?: Readonly<Record<string, Prior>>;
  /** One per row, >= 0; a row of weight 0 is absent. */
  readonly weights?: ArrayLike<number>;
  /** `"frequency"` by default. */
  readonly weightType?: WeightType;
  /**
   * What `vcov` and the standard errors are made of: the observed information alone, or the sandwich, which holds where the model is wrong,
   * too. `"robust"` by default where weights are importance weights or `cluster` is given, else `"observed"`.
   */
  readonly covariance?: Covariance;
  /** One label or number per row; rows of one cluster may depend on one another. The sandwich sums scores by cluster, times G / (G - 1). */
  readonly cluster?: ArrayLike<string | number>;
  readonly signal?: AbortSignal;
  /** Called after each evaluation. */
  readonly onProgress?: (progress: Progress) => void;
}

export interface Progress {
  readonly distribution: string;
  /** Full passes over the data so far. */
  readonly passes: number;
  readonly logLik: number;
}

const KNOWN = [
  ...["fixed", "lower", "upper", "start", "weights", "weightType", "censored", "truncated", "bins", "prior"],
  ...["covariance", "cluster", "signal", "onProgress"],
];

type Catalogue = typeof catalogue;

/** Names of the families of rows and of labels. */
export type RowFamilyName = { [Name in keyof Catalogue]: Catalogue[Name] extends RowFamily ? Name : never }[keyof Catalogue];

/** Names of the families of numbers. */
export type FamilyName = Exclude<keyof Catalogue, RowFamilyName>;

/** The family of rows or of labels that is meant, if it is one. */
export function rowFamilyOf(given: unknown): RowFamily | undefined {
  const found = typeof given === "string" && Object.hasOwn(catalogue, given) ? catalogue[given as keyof Catalogue] : given;
  return typeof found === "object" && found !== null && isRowFamily(found) ? found : undefined;
}

/** @throws RangeError for an unknown name, with the nearest known one, and for a family of rows or of labels. */
export function familyOf(given: string | Family): Family {
  const other = rowFamilyOf(given);
  if (other) throw new RangeError(`${other.name} is a distribution of ${other.support.text}; one of numbers is needed.`);
  if (typeof given !== "string") {
    if (typeof given?.model === "function") return given;
    throw new TypeError(`The distribution is ${describe(given)}; a name or a family is needed.`);
  }
  const found = Object.hasOwn(catalogue, given) ? catalogue[given as FamilyName] : undefined;
  if (!found) throw new RangeError(`Unknown distribution "${given}"; did you mean "${nearest(given, Object.keys(catalogue))}"?`);
  return found;
}

/** Parameter values by index from values by name, checked against their domains. */
export function byIndex(family: Family, given: Readonly<Record<string, number>> | undefined, role: string): (number | undefined)[] {
  checkParameters(family, given ?? {}, role);
  return family.parameters.map(({ name, domain, above }) => {
    const value = given?.[name];
    if (value === undefined) return undefined;
    if (typeof value !== "number" || !charts[domain].holds(value)) {
      throw new RangeError(`${role}.${name} is ${describe(value)}; ${charts[domain].text} is needed.`);
    }
    const below = above === undefined ? undefined : given?.[above];
    if (below !== undefined && !(value > below)) {
      throw new RangeError(`${role}.${name} is ${value}; a number above ${above} = ${below} is needed.`);
    }
    return value;
  });
}

/** @throws RangeError for a parameter that the family does not have. */
export function checkParameters(family: Family, given: object, role: string): void {
  const names = family.parameters.map(({ name }) => name);
  for (const name of Object.keys(given)) {
    if (!names.includes(name)) {
      throw new RangeError(`${role}.${name}: ${family.name} has no such parameter; it has ${names.join(", ")}.`);
    }
  }
}

/** A family's constants: one number, or undefined where they come one per row, in the columns. */
export interface GivenConstants {
  readonly values: readonly (number | undefined)[];
  readonly columns: Readonly<Record<string, ArrayLike<number>>>;
}

/** @throws RangeError for a constant that is missing or outside its domain. */
export function constantsOf(family: Family, options: Constants): GivenConstants {
  const columns: Record<string, ArrayLike<number>> = {};
  const values = (family.constants ?? []).map((constant) => {
    const { name, text, holds } = constant;
    const given = options[name] ?? constant.default;
    if (given === undefined) throw new RangeError(`${name} is missing; ${family.name} needs it: ${text}.`);
    if (typeof given === "object") {
      for (let i = 0; i < given.length; i++) {
        if (!holds(given[i]!)) throw new RangeError(`${name}[${i}] is ${describe(given[i])}; ${text} is needed.`);
      }
      columns[name] = given;
      return undefined;
    }
    if (!holds(given)) throw new RangeError(`${name} is ${describe(given)}; ${text} is needed.`);
    return given;
  });
  return { values, columns };
}

/** The names of the options that a fit of these families may take. */
export function optionsOf(...families: readonly Family[]): string[] {
  return [...KNOWN, ...new Set(families.flatMap(({ constants }) => (constants ?? []).map(({ name }) => name)))];
}

/** @throws RangeError for an option that does not exist: a misspelt `weights` must not be ignored. */
export function checkOptions(options: object, known: readonly string[]): void {
  checkNames(options, known);
  const { weightType, covariance, cluster } = options as FitOptions;
  if (covariance !== undefined && covariance !== "observed" && covariance !== "robust") {
    throw new RangeError(`covariance is ${describe(covariance)}; "observed" or "robust" is needed.`);
  }
  if (covariance === "observed" && cluster !== undefined) {
    throw new RangeError('cluster is given and covariance is "observed"; "robust" is needed: clusters change the sandwich only.');
  }
  if (weightType !== undefined && weightType !== "frequency" && weightType !== "importance") {
    throw new RangeError(`weightType is ${describe(weightType)}; "frequency" or "importance" is needed.`);
  }
}
