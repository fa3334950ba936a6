import { present } from "../estimators/optionNames.ts";
import { lawTerms } from "../laws/rowLaw.ts";
import { charts } from "../math/charts.ts";
import { Accumulator } from "../math/sum.ts";
import type { PartsData } from "../regression/partsData.ts";
import { distregData } from "./distregData.ts";
import { DistregFit } from "./distregFit.ts";
import { type DistregOptions, distregRequest } from "./distregOptions.ts";
import { type DistregModel, rowsConclusion } from "./distregRows.ts";
import { distregSearch } from "./distregSearch.ts";
import { marginalOf, predictorOf, startOf } from "./distregStart.ts";
import { inUnits, type KnownRows } from "./knownRows.ts";
import { asItIs, type Reported } from "./vglmFindings.ts";
import { inUnit, partsOf } from "./vglmParts.ts";
import type { VglmProblem } from "./vglmSearch.ts";

/**
 * Fits a distribution whose parameters depend on columns, each by a linear predictor of its own (Rigby & Stasinopoulos 2005, Appl. Statist. 54,
 * 507), of rows that may be censored or truncated. Coefficients are `parameter:name`. gamma may be asked for by `mean` and `dispersion`, too.
 *
 * @throws RangeError or TypeError for data or options that cannot be used, naming place, value and need.
 * @example
 * const r = await distreg({ weibull: { scale: "~ age + sex", shape: "~ sex" }, response: "Surv(time, status)", data: lung });
 * r.estimates; // { "scale:(Intercept)": 6.21, "scale:age": -0.011, "scale:sex": 0.37, "shape:(Intercept)": -0.005, "shape:sex": 0.22 }
 */
export async function distreg(asked: DistregOptions): Promise<DistregFit> {
  const request = distregRequest(asked);
  const options = present(asked);
  const { family, law, fixed, free } = request;
  const { given, data, known, constants } = distregData(options, request);
  const { lower, upper, after, until, offset, ...beside } = data.columns;
  const ends: KnownRows = { lower: lower!, upper: upper!, ...(after && { after }), ...(until && { until }) };
  const marginal = await marginalOf(family, ends, data, options, law.parameters === family.parameters ? fixed : new Map());
  const predicted = free.map((name) => predictorOf(law, name, options.links?.[name], marginal));
  const parts = partsOf(data.designs, 0, [offset]).map((part, a) => inUnit(part, predicted[a]!.coordinate.unit));
  const width = parts.reduce((sum, { places }) => sum + places.length, 0);
  const inLaw = inUnits(ends, law.logs, 1);
  const count = law.parameters.length;
  const theta = law.own(marginal.theta);
  const at = law.parameters.map(({ name, domain }, k) => charts[domain].toEta(fixed.get(name) ?? theta[k]!));
  const perRow = (family.constants ?? []).flatMap(({ name }, k) => (name in constants.columns ? [{ name, place: count + k }] : []));
  const problem: VglmProblem = {
    parts,
    width,
    columns: { ...beside, ...inLaw },
    terms: lawTerms({
      law: law.law(marginal.spreads),
      coordinates: predicted.map(({ coordinate }) => coordinate),
      fixed: Float64Array.of(...at, ...constants.values.map((value) => value ?? Number.NaN)),
      constants: perRow,
    }),
    start: await startOf(
      parts,
      width,
      predicted.map(({ start }) => start),
      beside.weights,
    ),
    within: predicted.map(({ within }, a) => (parts[a]!.offset ? undefined : within)),
  };
  const model: DistregModel = {
    law,
    distribution: family,
    free,
    fixed,
    predicted: predicted.map(({ coordinate, link }) => ({ unit: coordinate.unit, link, usual: coordinate.through === undefined })),
    constants,
  };
  const found = await distregSearch(problem);
  const conclusion = rowsConclusion(model, data, problem, found);
  return new DistregFit({
    ...model,
    known,
    link: predicted.map(({ link }) => link.name).join("/"),
    names: data.designs.flatMap((design, a) => design.names.map((name) => `${free[a]}:${name}`)),
    reported: data.designs.flatMap((design, a) => design.names.map(() => reportedIn(predicted[a]!.coordinate.unit))),
    given,
    data,
    problem,
    found,
    ...(conclusion && { conclusion }),
    constant: law.logs ? jacobian(data, inLaw) : 0,
  });
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
