import type { Truncated } from "../data/censoring.ts";
import { describe } from "../data/observations.ts";
import { type Constants, type Family, holds } from "../distributions/family.ts";
import { type Chart, charts } from "../math/charts.ts";
import { powerOfTwo } from "../math/doubleDouble.ts";
import { log } from "../math/elementary.ts";
import { log2 } from "../math/logarithms.ts";
import { Accumulator } from "../math/sum.ts";
import type { Design } from "../regression/design.ts";
import { type Link, links, unitLinks } from "../regression/links.ts";
import { type Coordinate, lawTerms } from "../regression/rowLaw.ts";
import { DistregFit } from "./distregFit.ts";
import { type DistributionLaw, distributionLaw } from "./distregLaws.ts";
import { fit } from "./fit.ts";
import { inUnits, type KnownOptions, type KnownRows, knownColumns, knownRows } from "./knownRows.ts";
import { countingRows, type PartsData, type PartsOptions, partsData } from "./partsData.ts";
import { type DesignColumns, designOf } from "./regressionData.ts";
import type { Fit } from "./result.ts";
import { constantsOf, type FamilyName, familyOf } from "./settings.ts";
import { asItIs, type Reported } from "./vglmFit.ts";
import { partsOf } from "./vglmParts.ts";
import { type VglmProblem, vglmSearch } from "./vglmSearch.ts";

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
  readonly truncated?: Truncated | undefined;
}

/** The choices, or with a family's name as the key of its parameters. */
export type DistregOptions = DistregChoices & { readonly [F in FamilyName]?: Readonly<Record<string, ParameterModel>> };

/**
 * Fits a distribution whose parameters depend on columns, each by a linear predictor of its own (Rigby & Stasinopoulos 2005, Appl. Statist. 54,
 * 507), of rows that may be censored or truncated. Coefficients are `parameter:name`. gamma may be asked for by `mean` and `dispersion`, too.
 *
 * @throws RangeError or TypeError for data or options that cannot be used, naming place, value and need.
 * @example
 * const r = await distreg({ weibull: { scale: "~ age + sex", shape: "~ sex" }, response: "Surv(time, status)", data: lung });
 * r.estimates; // { "scale:(Intercept)": 6.21, "scale:age": -0.011, "scale:sex": 0.37, "shape:(Intercept)": -0.005, "shape:sex": 0.22 }
 */
export async function distreg(options: DistregOptions): Promise<DistregFit> {
  const { family, models } = asked(options);
  const law = distributionLaw(family, Object.keys(models));
  const fixed = new Map<string, number>();
  for (const { name, domain } of law.parameters) {
    const given = models[name];
    if (typeof given !== "number") continue;
    if (!charts[domain].holds(given)) throw new RangeError(`${name} is ${given}; ${charts[domain].text} is needed.`);
    fixed.set(name, given);
  }
  const rough = family.parameters.find(({ name, rough: is }) => is && !fixed.has(name));
  if (rough) throw new RangeError(`${family.name}: the likelihood is not smooth in ${rough.name}; a number is needed for it.`);
  const modelled = [...Object.keys(models), ...law.parameters.map(({ name }) => name)];
  const free = [...new Set(modelled)].filter((name) => !fixed.has(name));
  if (free.length === 0) throw new RangeError(`All parameters of ${family.name} are numbers; one is needed that is estimated.`);
  const constants = constantsOf(family, options);
  const read = readParts(options, free, models, constants.columns);
  const known = knownRows(read, options);
  const given: PartsData = { ...read, columns: columnsOf(read, known, Object.keys(constants.columns)) };
  const data = countingRows(given);
  const { after, until } = data.columns as Readonly<Record<string, Float64Array>>;
  checkSupport(family, known, read, constants.values);
  const ends = { lower: data.columns.lower!, upper: data.columns.upper!, ...(after && { after }), ...(until && { until }) };
  const marginal = await marginalOf(family, ends, data, options, law.parameters === family.parameters ? fixed : new Map());
  const theta = law.own(marginal.theta);
  const spreads = marginal.spreads;
  const predicted = free.map((name) => predictorOf(law, name, options.links?.[name], marginal));
  checkLinks(options.links, law, fixed);
  const places = law.parameters.length;
  const at = new Float64Array(places + constants.values.length);
  law.parameters.forEach(({ name, domain }, k) => {
    at[k] = charts[domain].toEta(fixed.get(name) ?? theta[k]!);
  });
  constants.values.forEach((value, k) => {
    at[places + k] = value ?? Number.NaN;
  });
  const perRow = (family.constants ?? []).flatMap(({ name }, k) => (name in constants.columns ? [{ name, place: places + k }] : []));
  const parts = partsOf(data.designs, 0, [data.columns.offset]).map((part, a) => {
    const { unit } = predicted[a]!.coordinate;
    return part.offset && unit !== 1 ? { ...part, offset: part.offset.map((value) => value / unit) } : part;
  });
  const width = parts.reduce((sum, { places: own }) => sum + own.length, 0);
  const inLaw = inUnits(ends, law.logs, 1);
  const { lower: _, upper: __, after: ___, until: ____, offset: _____, ...beside } = data.columns;
  const problem: VglmProblem = {
    parts,
    width,
    columns: { ...beside, ...inLaw },
    terms: lawTerms({ law: law.law(spreads), coordinates: predicted.map(({ coordinate }) => coordinate), fixed: at, constants: perRow }),
    start: await startOf(
      parts,
      width,
      predicted.map(({ start }) => start),
      data.columns.weights,
    ),
  };
  const found = await vglmSearch(problem);
  const names = data.designs.flatMap((design, a) => design.names.map((name) => `${free[a]}:${name}`));
  const reported = data.designs.flatMap((design, a) => design.names.map(() => reportedIn(predicted[a]!.coordinate.unit)));
  return new DistregFit({
    law,
    distribution: family,
    free,
    fixed,
    predicted: predicted.map(({ coordinate, link }) => ({ unit: coordinate.unit, link })),
    constants,
    known,
    link: predicted.map(({ link }) => link.name).join("/"),
    names,
    reported,
    given,
    data,
    problem,
    found,
    constant: law.logs ? jacobian(data, inLaw) : 0,
  });
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

/** One design for each free parameter. */
function readParts(
  options: DistregOptions,
  free: readonly string[],
  models: Readonly<Record<string, ParameterModel>>,
  constants: Readonly<Record<string, ArrayLike<number>>>,
): PartsData {
  const beside = { ...knownColumns(options), ...constants };
  const { data, levels, na, weights, offset, response } = options;
  const rowwise = { weights, offset };
  const texts = free.map((name) => models[name] ?? (data ? "~ 1" : undefined));
  const isText = texts.map((text) => typeof text === "string");
  if (data !== undefined) {
    const wrong = isText.indexOf(false);
    if (wrong >= 0)
      throw new TypeError(`${free[wrong]} is ${describe(texts[wrong])}; with data, the right side of a formula is needed: "~ age".`);
    const sides = (texts as string[]).map((text, k) => {
      if (!/^\s*~/.test(text)) throw new SyntaxError(`${free[k]}: ${JSON.stringify(text)} does not begin with "~".`);
      return text.replace(/^\s*~/, "").trim();
    });
    return partsData({ formula: `${response ?? ""} ~ ${sides.join(" | ")}`, data, levels, na, ...rowwise }, {}, beside);
  }
  const wrong = isText.indexOf(true);
  if (wrong >= 0) throw new TypeError(`${free[wrong]} is the formula ${JSON.stringify(texts[wrong])}; data is needed for it.`);
  const rows = rowsOf(texts, beside);
  const constant: Design = { rows, names: ["(Intercept)"], blocks: [{ kind: "intercept" }], assign: [0], terms: [] };
  const designs = free.map((name) => [name, (models[name] as DesignColumns | Design | undefined) ?? constant] as const);
  return partsData(rowwise, Object.fromEntries(designs), beside);
}

function rowsOf(models: readonly unknown[], beside: Readonly<Record<string, ArrayLike<number> | undefined>>): number {
  const first = models.find((model) => model !== undefined);
  if (first !== undefined) return designOf(first).rows;
  return Object.values(beside).find((column) => column !== undefined)?.length ?? 0;
}

function columnsOf({ columns }: PartsData, known: KnownRows, constants: readonly string[]): Record<string, Float64Array> {
  const kept = ["weights", "offset", ...constants].flatMap((name) => (columns[name] ? [[name, columns[name]] as const] : []));
  return { ...Object.fromEntries(kept), ...known };
}

function checkSupport(
  family: Family,
  { lower, upper }: KnownRows,
  { columns }: PartsData,
  constants: readonly (number | undefined)[],
): void {
  for (let i = 0; i < lower.length; i++) {
    if (lower[i] !== upper[i] || columns.weights?.[i] === 0) continue;
    const own = (family.constants ?? []).map(({ name }, k) => constants[k] ?? columns[name]![i]!);
    const support = family.supportAt?.(own) ?? family.support;
    if (!holds(support, lower[i]!)) throw new RangeError(`Row ${i} is ${lower[i]}; ${family.name} needs ${support.text}.`);
  }
}

interface Marginal {
  /** The family's parameters of all rows alike. */
  readonly theta: readonly number[];
  /** Spreads of one row's information about them, in the coordinates of their domains. */
  readonly spreads: readonly number[];
}

/** The family without any columns; where that has no maximum, numbers in the middle of the domains. */
async function marginalOf(
  family: Family,
  { lower, upper, after, until }: KnownRows,
  { columns, rows }: PartsData,
  options: Constants,
  fixed: ReadonlyMap<string, number>,
): Promise<Marginal> {
  const isExact = lower === upper || lower.every((value, i) => value === upper[i]);
  const constants = Object.fromEntries((family.constants ?? []).map(({ name }) => [name, columns[name] ?? options[name]]));
  const perRow = Object.values(constants).some((value) => typeof value === "object");
  const partial = !isExact || after !== undefined || until !== undefined;
  let found: Fit | undefined;
  if (!(perRow && partial)) {
    const truncated = partial && (after || until) ? { truncated: { ...(after && { lower: after }), ...(until && { upper: until }) } } : {};
    found = await fit(family, isExact ? lower : null, {
      ...constants,
      ...(columns.weights && { weights: columns.weights }),
      ...(!isExact && { censored: { lower, upper } }),
      ...truncated,
      ...(fixed.size > 0 && { fixed: Object.fromEntries(fixed) }),
    });
  }
  const middle = medianOf(lower, upper);
  const chartOf = (k: number): Chart => charts[family.parameters[k]!.domain];
  const theta = family.parameters.map(({ name, domain }, k) => {
    const value = found?.estimates[name];
    if (value !== undefined && chartOf(k).holds(value)) return value;
    return { real: middle, whole: Math.round(middle), positive: Math.abs(middle) || 1, aboveOne: 2, unit: 0.5 }[domain];
  });
  const spreads = family.parameters.map(({ name, domain }, k) => {
    const error = found?.standardErrors[name] ?? Number.NaN;
    const [, slope] = chartOf(k).at(chartOf(k).toEta(theta[k]!));
    const spread = (Math.sqrt(rows) * error) / slope;
    return spread > 0 && spread < Number.POSITIVE_INFINITY ? spread : domain === "real" ? Math.abs(theta[k]!) || 1 : 1;
  });
  return { theta, spreads };
}

function medianOf(lower: Float64Array, upper: Float64Array): number {
  const ends = lower.map((value, i) => (Number.isFinite(value) ? value : upper[i]!)).sort();
  return ends[ends.length >> 1]!;
}

/** A parameter's link, its coordinate and where its predictor starts, in units of the predictor's spread. */
function predictorOf(
  law: DistributionLaw,
  name: string,
  asks: string | undefined,
  { theta, spreads }: Marginal,
): { coordinate: Coordinate; link: Link; start: number } {
  const place = law.parameters.findIndex((one) => one.name === name);
  const { domain } = law.parameters[place]!;
  const own = law.own(theta)[place]!;
  const known: Readonly<Record<string, Link>> = domain === "unit" ? unitLinks : links;
  const usual = { real: "identity", whole: "identity", positive: "log", unit: "logit", aboveOne: "" }[domain];
  const chart = charts[domain];
  if (asks === undefined || asks === usual) {
    const spread = domain === "real" ? spreads[place]! : 1;
    const unit = spread > 1e-300 && spread < 1e300 ? powerOfTwo(Math.round(log2(spread))) : 1;
    const link =
      usual === "" ? { ...links.log, name: "log(x - 1)", eta: chart.toEta, mu: (eta: number) => chart.at(eta)[0] } : known[usual]!;
    return { coordinate: { place, unit }, link, start: chart.toEta(own) / unit };
  }
  const link = Object.hasOwn(known, asks) ? known[asks]! : undefined;
  if (!link) throw new RangeError(`links.${name} is ${describe(asks)}; one of ${Object.keys(known).join(", ")} is needed.`);
  const coordinate = (value: number): readonly [number, number, number] => {
    if (!chart.holds(value)) return [Number.NaN, 0, 0];
    const eta = chart.toEta(value);
    const [, first, second] = chart.at(eta);
    return [eta, 1 / first, -second / (first * first * first)];
  };
  return { coordinate: { place, unit: 1, through: { link, coordinate } }, link, start: link.eta(own) };
}

function checkLinks(
  given: Readonly<Record<string, string>> | undefined,
  { parameters }: DistributionLaw,
  fixed: ReadonlyMap<string, number>,
): void {
  for (const name of Object.keys(given ?? {})) {
    if (!parameters.some((one) => one.name === name)) throw new RangeError(`links.${name}: there is no such parameter.`);
    if (fixed.has(name)) throw new RangeError(`links.${name}: ${name} is ${fixed.get(name)}, and has no predictor.`);
  }
}

/** Predictors as near to these numbers as their columns come: the intercept where there is one, else least squares. */
async function startOf(
  parts: VglmProblem["parts"],
  width: number,
  targets: readonly number[],
  weights: Float64Array | undefined,
): Promise<Float64Array> {
  const start = new Float64Array(width);
  for (const [a, { design, places, offset }] of parts.entries()) {
    const target = targets[a]!;
    const intercept = interceptOf(design);
    if (intercept >= 0 && !offset) {
      start[places[intercept]!] = target;
      continue;
    }
    const y = new Float64Array(design.rows).map((_, i) => target - (offset ? offset[i]! : 0));
    const part = { design, places: Int32Array.from(places, (_, j) => j) };
    const terms: VglmProblem["terms"] = ({ y: rows }, [eta], l, [u], [w]) => {
      for (let i = 0; i < l.length; i++) {
        u![i] = rows![i]! - eta![i]!;
        l[i] = -0.5 * u![i]! * u![i]!;
        w![i] = 1;
      }
    };
    const own = { parts: [part], width: places.length, columns: { y, ...(weights && { weights }) }, terms };
    const { beta } = await vglmSearch({ ...own, start: new Float64Array(places.length) });
    places.forEach((place, j) => {
      start[place] = beta[j]!;
    });
  }
  return start;
}

function interceptOf({ blocks }: Design): number {
  let column = 0;
  for (const block of blocks) {
    if (block.kind === "intercept") return column;
    column += block.kind === "levels" ? block.count : 1;
  }
  return -1;
}

function reportedIn(unit: number): Reported {
  return unit === 1 ? asItIs : { value: (x) => unit * x, slope: () => unit, positive: false };
}

/** From densities of logarithms to those of the values. */
function jacobian({ columns: { lower, upper, weights } }: PartsData, { lower: logs }: KnownRows): number {
  const sum = new Accumulator();
  for (let i = 0; i < lower!.length; i++) if (lower![i] === upper![i]) sum.add(-(weights ? weights[i]! : 1) * logs[i]!);
  return sum.sum;
}

void log;
