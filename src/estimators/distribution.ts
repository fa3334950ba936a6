import { describe } from "../data/observations.ts";
import { catalogue } from "../distributions/catalogue.generated.ts";
import type { Constant, Family, Parameter } from "../distributions/family.ts";
import {
  isRowFamily,
  type LevelFamily,
  type RowFamily,
  type ShapedParameter,
  type ShapedValues,
  type VectorFamily,
} from "../distributions/rowFamily.ts";
import { charts } from "../math/charts.ts";
import { exp } from "../math/elementary.ts";
import { Random } from "../math/random.ts";
import { type LevelDistribution, type LevelValues, rowDistribution, type VectorDistribution } from "./rowDistribution.ts";
import type { ShapedNumbers } from "./rowResult.ts";
import { byIndex, type FamilyName, familyOf, type RowFamilyName, rowFamilyOf } from "./settings.ts";

/** Parameter values by name. */
export type ParameterValues = Readonly<Record<string, number>>;

/** Options of a random sample. */
export interface RandomOptions {
  /** The same seed gives the same numbers on every machine; 1 by default. */
  readonly seed?: number;
}

/** A distribution with its parameters left open: every function takes them last. */
export interface Distribution {
  readonly name: string;
  readonly parameters: readonly string[];
  logPdf(x: number, parameters: ParameterValues): number;
  /** Density, or mass of a discrete family. */
  pdf(x: number, parameters: ParameterValues): number;
  /** P(X <= x). */
  cdf(x: number, parameters: ParameterValues): number;
  /** P(X > x), with the digits that 1 - cdf has lost in the upper tail. */
  sf(x: number, parameters: ParameterValues): number;
  /** log P(X <= x), finite far beyond where cdf underflows to 0, and with its digits where cdf rounds to 1. */
  logCdf(x: number, parameters: ParameterValues): number;
  /** log P(X > x), likewise. */
  logSf(x: number, parameters: ParameterValues): number;
  /** Smallest x with cdf(x) >= p. */
  quantile(p: number, parameters: ParameterValues): number;
  random(n: number, parameters: ParameterValues, options?: RandomOptions): Float64Array;
  mean(parameters: ParameterValues): number;
  variance(parameters: ParameterValues): number;
}

/** A distribution at given parameters. */
export interface FixedDistribution {
  readonly name: string;
  readonly parameters: ParameterValues;
  logPdf(x: number): number;
  pdf(x: number): number;
  cdf(x: number): number;
  sf(x: number): number;
  logCdf(x: number): number;
  logSf(x: number): number;
  quantile(p: number): number;
  random(n: number, options?: RandomOptions): Float64Array;
  mean(): number;
  variance(): number;
}

/**
 * The functions of a distribution: `distribution("gamma").cdf(2, { shape: 3, rate: 1 })`, or bound to parameters once,
 * `distribution("gamma", { shape: 3, rate: 1 }).cdf(2)`.
 *
 * @throws RangeError for an unknown name, a missing parameter or one outside its domain, or a probability outside [0, 1].
 */
export function distribution(name: "categorical" | LevelFamily, parameters: LevelValues | ShapedNumbers): LevelDistribution;
export function distribution(name: RowFamilyName | VectorFamily, parameters: ShapedValues | ShapedNumbers): VectorDistribution;
export function distribution(name: FamilyName | Family | (string & {})): Distribution;
export function distribution(name: FamilyName | Family | (string & {}), parameters: ParameterValues): FixedDistribution;
export function distribution(
  name: string | Family | RowFamily,
  given?: ParameterValues | LevelValues | ShapedValues | ShapedNumbers,
): Distribution | FixedDistribution | VectorDistribution | LevelDistribution {
  const ofRows = rowFamilyOf(name);
  if (ofRows) return rowDistribution(ofRows, given);
  const family = familyOf(name as string | Family);
  const parameters = given as ParameterValues | undefined;
  const theta = (given: ParameterValues) => valuesOf(family, given);
  const of = (values: readonly number[]) => ({
    logPdf: (x: number) => family.logPdf(checked(x), values),
    pdf: (x: number) => exp(family.logPdf(checked(x), values)),
    cdf: (x: number) => family.cdf(checked(x), values),
    sf: (x: number) => exp(family.logSf(checked(x), values)),
    logCdf: (x: number) => family.logCdf(checked(x), values),
    logSf: (x: number) => family.logSf(checked(x), values),
    quantile: (p: number) => family.quantile(probability(p), values),
    random: (n: number, { seed = 1 }: RandomOptions = {}) => {
      const source = new Random(seed);
      return new Float64Array(size(n)).map(() => family.random(values, source));
    },
    mean: () => family.mean(values),
    variance: () => family.variance(values),
  });
  if (parameters) return { name: family.name, parameters, ...of(theta(parameters)) };
  const open: Distribution = {
    name: family.name,
    parameters: family.parameters.map((parameter) => parameter.name),
    logPdf: (x, values) => of(theta(values)).logPdf(x),
    pdf: (x, values) => of(theta(values)).pdf(x),
    cdf: (x, values) => of(theta(values)).cdf(x),
    sf: (x, values) => of(theta(values)).sf(x),
    logCdf: (x, values) => of(theta(values)).logCdf(x),
    logSf: (x, values) => of(theta(values)).logSf(x),
    quantile: (p, values) => of(theta(values)).quantile(p),
    random: (n, values, options) => of(theta(values)).random(n, options),
    mean: (values) => of(theta(values)).mean(),
    variance: (values) => of(theta(values)).variance(),
  };
  return open;
}

/** The catalogue as data. */
export interface CatalogueEntry {
  readonly name: string;
  /** What it is a distribution of: numbers, rows of numbers, or labels. */
  readonly variate: "number" | "vector" | "level";
  readonly parameters: readonly { readonly name: string; readonly domain: string }[];
  /** Numbers that belong to the data: options of `fit` under these names. */
  readonly constants: readonly { readonly name: string; readonly domain: string; readonly default?: number }[];
  readonly support: string;
  readonly discrete: boolean;
  readonly density: string;
  readonly source: string;
  /** When there is no maximum inside the parameter space. */
  readonly existence: string;
}

/** All families: names, parameters with their domains, support, density as text, source. */
export const distributions: readonly CatalogueEntry[] = Object.values(catalogue).map((family: Family | RowFamily) => ({
  name: family.name,
  variate: isRowFamily(family) ? family.variate : "number",
  parameters: isRowFamily(family) ? family.parameters.map(shapedEntry) : family.parameters.map(entry),
  constants: isRowFamily(family) ? [] : (family.constants ?? []).map(constantEntry),
  support: family.support.text,
  discrete: family.support.whole,
  density: family.density,
  source: family.source,
  existence: family.existence,
}));

function entry({ name, domain, above }: Parameter): CatalogueEntry["parameters"][number] {
  return { name, domain: above ? `${charts[domain].text} > ${above}` : charts[domain].text };
}

function constantEntry({ name, text, default: usual }: Constant): CatalogueEntry["constants"][number] {
  return { name, domain: text, ...(usual !== undefined && { default: usual }) };
}

function shapedEntry({ name, shape, domain }: ShapedParameter): CatalogueEntry["parameters"][number] {
  if (shape === "matrix") return { name, domain: "a symmetric, positive definite matrix" };
  return { name, domain: shape === "vector" ? `${charts[domain].text} each` : charts[domain].text };
}

/**
 * Values of all parameters, then of the constants; `role` is what messages call them.
 *
 * @throws RangeError for one that is missing, unknown or outside its domain.
 */
export function valuesOf(family: Family, given: ParameterValues, role = "parameters"): number[] {
  const constants = family.constants ?? [];
  const isConstant = (name: string) => constants.some((constant) => constant.name === name);
  const own = Object.fromEntries(Object.entries(given ?? {}).filter(([name]) => !isConstant(name)));
  const theta = byIndex(family, own, role).map((value, i) => {
    if (value !== undefined) return value;
    throw new RangeError(`${role}.${family.parameters[i]!.name} is missing; ${family.name} needs it.`);
  });
  return [...theta, ...constants.map((constant) => constantOf(family, constant, given[constant.name], role))];
}

function constantOf(family: Family, { name, default: usual, holds, text }: Constant, given: number | undefined, role: string): number {
  const value = given ?? usual;
  if (value === undefined) throw new RangeError(`${role}.${name} is missing; ${family.name} needs it.`);
  if (typeof value !== "number" || !holds(value)) throw new RangeError(`${role}.${name} is ${describe(value)}; ${text} is needed.`);
  return value;
}

function checked(x: number): number {
  if (typeof x !== "number") throw new TypeError(`x is ${describe(x)}; a number is needed.`);
  return x;
}

function probability(p: number): number {
  if (!(p >= 0 && p <= 1)) throw new RangeError(`p is ${describe(p)}; a number from 0 to 1 is needed.`);
  return p;
}

function size(n: number): number {
  if (!Number.isInteger(n) || n < 0) throw new RangeError(`n is ${describe(n)}; a whole number >= 0 is needed.`);
  return n;
}
