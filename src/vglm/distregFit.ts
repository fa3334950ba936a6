import { boundOf } from "../data/censoring.ts";
import { describe } from "../data/observations.ts";
import type { Family } from "../distributions/family.ts";
import { givenOptions, type OptionNames } from "../estimators/optionNames.ts";
import { tailsOf } from "../estimators/problem.ts";
import type { Status } from "../estimators/result.ts";
import type { Design } from "../formula/design.ts";
import { quantileResidual, truncatedTails } from "../inference/quantileResidual.ts";
import { at } from "../laws/links.ts";
import { charts } from "../math/charts.ts";
import { exp, log } from "../math/elementary.ts";
import { Random } from "../math/random.ts";
import type { Pictured } from "../regression/effects.ts";
import type { NewData } from "../regression/newRows.ts";
import type { Part } from "../regression/parts.ts";
import type { PartsData } from "../regression/partsData.ts";
import type { Prediction } from "../regression/regressionFit.ts";
import { type Seeded, seedOf } from "../regression/seeded.ts";
import { type DistregModel, parametersOf } from "./distregRows.ts";
import { comparedEnds, type KnownRows } from "./knownRows.ts";
import type { ComparedLaw } from "./vglmComparison.ts";
import type { Reported } from "./vglmFindings.ts";
import { VglmFit } from "./vglmFit.ts";
import type { VglmFound, VglmProblem } from "./vglmSearch.ts";

/** A regression, and what its search found. */
export interface DistregFindings extends DistregModel {
  /** All rows, as they were given. */
  readonly known: KnownRows;
  readonly link: string;
  readonly names: readonly string[];
  readonly reported: readonly Reported[];
  readonly given: PartsData;
  readonly data: PartsData;
  readonly problem: VglmProblem;
  readonly found: VglmFound;
  readonly constant: number;
  readonly conclusion?: { readonly status: Status; readonly reason: string };
}

interface LimitFound {
  readonly status: Status;
  readonly reason: string;
}

export interface DistregPredictOptions {
  /**
   * `"response"`, the default: the mean; `"parameter"`: a parameter; `"lp"`: its linear predictor; `"quantile"`: the value that a share `p`
   * lies at or below; `"survival"`: the probability to lie above `at`.
   */
  readonly type?: "response" | "parameter" | "lp" | "quantile" | "survival";
  /** The first where it is not given. */
  readonly parameter?: string;
  /** Between 0 and 1; 1/2 by default. */
  readonly p?: number;
  /** One value for all rows, or one per row. */
  readonly at?: number | ArrayLike<number>;
  /** Standard errors too, of a parameter or its predictor. */
  readonly se?: boolean;
  /** One number per row of the new data, where the fit has an offset. */
  readonly offset?: ArrayLike<number>;
}

const OPTIONS = {
  type: true,
  parameter: true,
  p: true,
  at: true,
  se: true,
  offset: true,
} as const satisfies OptionNames<DistregPredictOptions>;

/** A fit of `distreg`. */
export class DistregFit extends VglmFit {
  private readonly regression!: DistregFindings;

  constructor(of: DistregFindings) {
    super({
      ...of,
      model: "distreg",
      family: of.distribution.name,
      own: [],
      limit: (runs, bounded) => limitOf(of.distribution, runs, bounded),
    });
    Object.defineProperty(this, "regression", { value: of, enumerable: false });
  }

  /** Means of all rows. */
  get fitted(): Float64Array {
    return this.predict();
  }

  /**
   * What the model says of new rows, or of its own.
   *
   * @throws RangeError for columns that the fit does not have, or lacks, and for options that do not fit the type.
   */
  predict(newData: NewData | undefined, options: DistregPredictOptions & { readonly se: true }): Prediction;
  predict(newData?: NewData, options?: DistregPredictOptions & { readonly se?: false }): Float64Array;
  predict(newData?: NewData, asked: DistregPredictOptions = {}): Float64Array | Prediction {
    const options = givenOptions(asked, OPTIONS);
    const { type = "response", p = 0.5, parameter = this.regression.free[0]!, se = false } = options;
    const { distribution, free, predicted } = this.regression;
    const { parts, etas, placed } = this.linear(newData, options.offset);
    const rows = etas[0]!.length;
    if (type === "lp" || type === "parameter") {
      const place = free.indexOf(parameter);
      if (place < 0) throw new RangeError(`parameter is ${describe(parameter)}; one of ${free.join(", ")} is needed.`);
      const { unit, link } = predicted[place]!;
      const lp = etas[place]!.map((eta) => unit * eta);
      const fit = placed(type === "lp" ? lp : lp.map((eta) => link.mu(eta)));
      if (!se) return fit;
      const slope = (eta: number) => {
        link.derivatives(eta);
        return Math.abs(at.first);
      };
      const errors = this.linearErrors(parts[place]!).map((error, i) => unit * error * (type === "lp" ? 1 : slope(lp[i]!)));
      return { fit, se: placed(errors) };
    }
    if (se) throw new RangeError("Standard errors are there for parameters and their predictors.");
    const theta = this.theta(etas, newData === undefined);
    if (type === "response") return placed(each(rows, (i) => distribution.mean(theta(i))));
    if (type === "quantile") {
      if (!(p > 0 && p < 1)) throw new RangeError(`p is ${describe(p)}; a number between 0 and 1 is needed.`);
      return placed(each(rows, (i) => distribution.quantile(p, theta(i))));
    }
    if (type !== "survival") {
      throw new RangeError(`type is ${describe(type)}; "response", "parameter", "lp", "quantile" or "survival" is needed.`);
    }
    const { at: value } = options;
    if (value === undefined) throw new RangeError('at is missing; type "survival" needs a value, one for all rows or one per row.');
    if (typeof value !== "number" && value.length !== rows) {
      throw new RangeError(`at has ${value.length} entries and there are ${rows} rows; one per row is needed.`);
    }
    return placed(each(rows, (i) => exp(distribution.logSf(boundOf(value, i), theta(i)))));
  }

  /**
   * Residuals of the rows, NaN for those of weight 0. `"quantile"`: standard normal where the model holds, with a random share of what is not
   * known (Dunn & Smyth 1996); `"response"`: the value less the mean, NaN where it is not known.
   */
  residuals(type: "quantile" | "response" = "quantile", options: Seeded = {}): Float64Array {
    const seed = seedOf(options);
    if (type !== "quantile" && type !== "response") throw new RangeError(`type is ${describe(type)}; "quantile" or "response" is needed.`);
    const { distribution, known, given } = this.regression;
    const { lower, upper } = known;
    const theta = this.theta(this.linear().etas, true);
    const random = new Random(seed);
    const { whole } = distribution.support;
    return each(lower.length, (i) => {
      if (given.columns.weights?.[i] === 0) return Number.NaN;
      const own = theta(i);
      const [a, b] = [lower[i]!, upper[i]!];
      if (type === "response") return a === b ? a - distribution.mean(own) : Number.NaN;
      const from = a === b && whole ? a - 1 : a;
      const [after, until] = [known.after ? known.after[i]! : -Infinity, known.until ? known.until[i]! : Infinity];
      return quantileResidual(truncatedTails(tailsOf(distribution, own), after, until, whole), from, b, () => random.uniform());
    });
  }

  /** @internal What pictures need; effects are on the mean, or where that is no number on the median, without intervals. */
  pictured(): Pictured {
    const rows = this.picturedRows();
    const { free, predicted, known } = this.regression;
    const type = () => (Number.isFinite(this.fitted[rows.kept?.[0] ?? 0]) ? ("response" as const) : ("quantile" as const));
    return {
      ...rows,
      predictor: { of: free[0]!, link: predicted[0]!.link.name, values: () => this.predict(undefined, { type: "lp" }) },
      residuals: { quantile: () => this.residuals("quantile") },
      censored: (row) => known.lower[row] !== known.upper[row],
      effect: {
        get on() {
          return `${type() === "response" ? "mean" : "median"} of ${rows.response}`;
        },
        at: (newRows, offset) => {
          const y = this.predict(newRows, { type: type(), ...(offset && { offset }) });
          return { y, lower: y.map(() => Number.NaN), upper: y.map(() => Number.NaN) };
        },
      },
    };
  }

  protected comparedLaw(): ComparedLaw {
    const { law, distribution, free, fixed, predicted, constants, known, given, data } = this.regression;
    const responses = comparedEnds(known, given.kept);
    const { response } = responses;
    const { lower, upper } = data.columns;
    const perRow = Object.keys(constants.columns).map((name) => [name, data.columns[name]]);
    const own = [...law.parameters.map(({ name }) => name), ...constants.values.filter((value) => value !== undefined)];
    return {
      likelihood: distribution.support.whole ? "masses" : "densities",
      law: `${distribution.name}(${own.join(", ")})`,
      names: free,
      links: predicted.map(({ link }) => link.name),
      held: Object.fromEntries(fixed),
      responses: { ...responses, ...Object.fromEntries(perRow) },
      left: (row) => (law.logs && lower![row] === upper![row] ? -log(response![row]!) : 0),
    };
  }

  protected override partsFor(designs: readonly Design[], offsets: readonly (Float64Array | undefined)[]): readonly Part[] {
    const { predicted } = this.regression;
    const scaled = offsets.map((offset, a) => offset?.map((value) => value / predicted[a]!.unit));
    return super.partsFor(designs, scaled);
  }

  /** The family's parameters of a row. */
  private theta(etas: readonly Float64Array[], isFit: boolean): (row: number) => readonly number[] {
    const { constants, distribution, given } = this.regression;
    if (!isFit && constants.values.includes(undefined)) {
      const names = (distribution.constants ?? []).map(({ name }) => name);
      throw new RangeError(`${names.join(", ")} is one per row of the fit; parameters are predicted for other rows, by type: "parameter".`);
    }
    return parametersOf(this.regression, etas, given);
  }
}

function each(rows: number, call: (row: number) => number): Float64Array {
  const found = new Float64Array(rows);
  for (let i = 0; i < rows; i++) found[i] = call(i);
  return found;
}

/** Where constants run away together to a narrower family that is a limit of this one, the maximum lies on the boundary. */
function limitOf({ name, contains = {}, parameters }: Family, runs: readonly string[], bounded: boolean): LimitFound | undefined {
  if (!bounded || !runs.every((run) => run.endsWith(":(Intercept)"))) return undefined;
  const gone = runs.map((run) => run.slice(0, -":(Intercept)".length));
  for (const [narrower, { held }] of Object.entries(contains)) {
    const edges = Object.keys(held).filter((key) => !charts[parameters.find((one) => one.name === key)!.domain].holds(held[key]!));
    if (!gone.some((parameter) => edges.includes(parameter))) continue;
    return {
      status: "boundary",
      reason: `The likelihood rises to that of ${narrower}, the limit of ${name} as ${gone.join(" and ")} ${gone.length > 1 ? "run" : "runs"} away.`,
    };
  }
  return undefined;
}
