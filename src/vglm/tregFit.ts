import { describe } from "../data/observations.ts";
import { studentT } from "../distributions/studentT.ts";
import { givenOptions } from "../estimators/optionNames.ts";
import type { Design } from "../formula/design.ts";
import { quantileResidual } from "../inference/quantileResidual.ts";
import { exp, log } from "../math/elementary.ts";
import { onItsScale, type Pictured } from "../regression/effects.ts";
import type { NewData } from "../regression/newRows.ts";
import type { Part } from "../regression/parts.ts";
import type { PartsData } from "../regression/partsData.ts";
import { pick } from "../regression/regressionData.ts";
import type { Prediction } from "../regression/regressionFit.ts";
import { digits } from "../regression/regressionTable.ts";
import type { ComparedLaw } from "./vglmComparison.ts";
import { VglmFit } from "./vglmFit.ts";
import type { VglmFound, VglmProblem } from "./vglmSearch.ts";

export interface TregFindings {
  /** Where they were given. */
  readonly df: number | undefined;
  /** The power of two that responses were divided by. */
  readonly unit: number;
  readonly y: Float64Array;
  readonly given: PartsData;
  readonly data: PartsData;
  readonly problem: VglmProblem;
  readonly found: VglmFound;
  readonly constant: number;
}

export interface TregPredictOptions {
  /** Standard errors too. */
  readonly se?: boolean;
  /** One number per row of the new data, where the fit has an offset. */
  readonly offset?: ArrayLike<number>;
}

/** A fit of `treg`. */
export class TregFit extends VglmFit {
  private readonly student!: TregFindings;

  constructor(of: TregFindings) {
    const { unit, df, data } = of;
    const sigma = (x: number) => unit * exp(x);
    const own = [{ name: "sigma", value: sigma, slope: sigma, positive: true }];
    if (df === undefined) own.push({ name: "df", value: exp, slope: exp, positive: true });
    super({
      ...of,
      model: "treg",
      family: "t",
      link: "identity",
      names: data.designs[0]!.names,
      own,
      reported: { value: (x) => unit * x, slope: () => unit, positive: false },
      limit(runs, bounded, signs) {
        const rises = (name: string, sign: number) => runs.some((run, k) => run === name && signs[k] === sign);
        if (rises("df", 1) && bounded) {
          const reason = "The likelihood rises to that of the normal as df grows: tails are no heavier than the normal's.";
          return { status: "boundary", reason };
        }
        if (!rises("sigma", -1)) return undefined;
        const reason = "There is no maximum: the likelihood grows as sigma goes to 0, where predictors pass through rows exactly.";
        return { status: "nonexistent", reason };
      },
    });
    Object.defineProperty(this, "student", { value: of, enumerable: false });
  }

  /** Locations of all rows. */
  get fitted(): Float64Array {
    return this.predict();
  }

  /**
   * The location of new rows, or of the fit's own; with `se`, standard errors too.
   *
   * @throws RangeError for columns that the fit does not have, or lacks.
   */
  predict(newData: NewData | undefined, options: TregPredictOptions & { readonly se: true }): Prediction;
  predict(newData?: NewData, options?: TregPredictOptions & { readonly se?: false }): Float64Array;
  predict(newData?: NewData, options: TregPredictOptions = {}): Float64Array | Prediction {
    const { se = false, offset } = givenOptions(options, { se: true, offset: true });
    const { unit } = this.student;
    const { parts, etas, placed } = this.linear(newData, offset);
    const fit = placed(etas[0]!.map((eta) => unit * eta));
    return se ? { fit, se: placed(this.linearErrors(parts[0]!).map((error) => unit * error)) } : fit;
  }

  /** Residuals of the rows, NaN for those of weight 0: `"response"`; `"scaled"`, over sigma; `"quantile"`, standard normal where the model holds. */
  residuals(type: "response" | "scaled" | "quantile" = "response"): Float64Array {
    if (type !== "response" && type !== "scaled" && type !== "quantile") {
      throw new RangeError(`type is ${describe(type)}; "response", "scaled" or "quantile" is needed.`);
    }
    const { y, given } = this.student;
    const lp = this.fitted;
    const { sigma } = this.estimates;
    const theta = [0, 1, Math.min(1e300, this.estimates.df ?? this.student.df!)];
    return y.map((value, i) => {
      if (given.columns.weights?.[i] === 0) return Number.NaN;
      const gap = value - lp[i]!;
      if (type === "response") return gap;
      const z = gap / sigma!;
      if (type === "scaled") return z;
      if (theta[2]! > 1e15) return z;
      return quantileResidual({ logCdf: (x) => studentT.logCdf(x, theta), logSf: (x) => studentT.logSf(x, theta) }, z, z, () => 0.5);
    });
  }

  /** @internal What pictures need. */
  pictured(): Pictured {
    const rows = this.picturedRows();
    return {
      ...rows,
      predictor: { link: "identity", values: () => this.fitted },
      residuals: { quantile: () => this.residuals("quantile") },
      effect: {
        on: `location of ${rows.response}`,
        at: (newRows, offset, reach) => onItsScale(this.predict(newRows, { se: true, ...(offset && { offset }) }), reach),
      },
    };
  }

  protected comparedLaw(): ComparedLaw {
    const { y, df, unit, given } = this.student;
    return {
      likelihood: "densities",
      law: "t",
      names: ["mean", "sigma", "df"],
      links: ["identity", "log"],
      held: df === undefined ? {} : { df },
      contains: df === undefined ? { gaussian: { text: "df = ∞", without: ["df"], onBoundary: ["df"] } } : {},
      responses: { response: given.kept ? pick(y, given.kept) : y },
      left: () => -log(unit),
    };
  }

  protected override fitLines(): string[] {
    return this.student.df === undefined ? [] : [`df ${digits(this.student.df)}, fixed`];
  }

  protected override partsFor(designs: readonly Design[], offsets: readonly (Float64Array | undefined)[]): readonly Part[] {
    const { unit } = this.student;
    return super.partsFor(
      designs,
      offsets.map((offset) => offset?.map((value) => value / unit)),
    );
  }
}
