import type { Block } from "../formula/design.ts";
import type { DesignPart } from "../regression/comparedPart.ts";
import { designColumns, type Pictured, typicalOffset } from "../regression/effects.ts";
import { type NewData, newRows } from "../regression/newRows.ts";
import type { Part } from "../regression/parts.ts";
import type { PartsData } from "../regression/partsData.ts";
import { quadratics } from "../regression/predictor.ts";
import { type Comparison, RegressionResult } from "../regression/regressionResult.ts";
import type { CovarianceKind } from "../regression/regressionSandwich.ts";
import { type ComparedLaw, comparisonOf, partsOfLaw } from "./vglmComparison.ts";
import { conclusionOf, directionOf } from "./vglmConclusion.ts";
import { scalesOf, type VglmFindings } from "./vglmFindings.ts";
import { partOffset, partPredictor } from "./vglmParts.ts";
import { partSandwich } from "./vglmSandwich.ts";

/** A fit of a model with several linear predictors (Yee 2015). */
export abstract class VglmFit extends RegressionResult {
  /** Where the likelihood has no maximum: the coefficients that run away, in these proportions. */
  declare readonly direction?: Readonly<Record<string, number>>;
  protected readonly defaultCovariance: CovarianceKind = "observed";
  protected readonly findings!: VglmFindings;

  constructor(findings: VglmFindings) {
    const { names, own, found, data, given } = findings;
    const scales = scalesOf(findings);
    const { peak, coordinates, beta, aliased, runaway } = found;
    const value = (k: number) => {
      if (runaway?.open?.[k]) return Number.NaN;
      if (!runaway?.runs[k]) return scales[k]!.value(beta[k]!);
      return scales[k]!.value(runaway.direction[k]! > 0 ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY);
    };
    const { status, reason } = conclusionOf(findings);
    super({
      model: findings.model,
      formula: given.recipe?.formula,
      family: findings.family,
      link: findings.link,
      names,
      coefficients: names.map((_, k) => value(k)),
      aliased: names.map((_, k) => aliased[k]!),
      own: own.map(({ name, positive }, k) => ({ name, value: value(names.length + k), positive })),
      error: (k) => Math.abs(scales[k]!.slope(beta[k]!)) * coordinates.error(k, peak.factored.inverse),
      logLik: runaway && !runaway.bounded ? Number.POSITIVE_INFINITY : peak.evaluation.value + (findings.constant ?? 0),
      nobs: findings.nobs ?? data.rows,
      omitted: given.omitted,
      status,
      reason,
      passes: found.passes,
      certificate: {
        scoreNorm: peak.evaluation.score.reduce((most, s, k) => (aliased[k] ? most : Math.max(most, Math.abs(s))), 0),
        decrement: peak.decrement,
        smallest: peak.factored ? peak.factored.smallest : 0,
        iterations: peak.iterations,
        evaluations: peak.evaluations,
        subsampleEvaluations: found.subsampleEvaluations,
        stop: peak.end,
        ...(findings.runnerUp && { runnerUp: findings.runnerUp }),
      },
    });
    Object.defineProperty(this, "findings", { value: findings, enumerable: false });
    Object.defineProperty(this, "defaultCovariance", { enumerable: false });
    if (runaway) this.direction = directionOf(findings, this.parameters);
  }

  protected abstract comparedLaw(): ComparedLaw;

  /** The linear predictors that columns are compared of. */
  protected comparedParts(law: ComparedLaw): readonly DesignPart[] {
    return partsOfLaw(law, this.findings);
  }

  protected comparison(): Comparison {
    const law = this.comparedLaw();
    return comparisonOf(law, this.comparedParts(law), this.findings);
  }

  /** What pictures ask of every model, beside what each has of its own. */
  protected picturedRows(): Pick<Pictured, "response" | "distribution" | "columns" | "offset" | "kept"> {
    const { given } = this.findings;
    const columns = given.seen ? given.seen.columns() : given.designs.flatMap(designColumns);
    return {
      response: given.seen?.label ?? "y",
      distribution: true,
      columns: columns.filter(({ name }, i) => columns.findIndex((other) => other.name === name) === i),
      offset: typicalOffset(given.columns.offset),
      kept: given.kept,
    };
  }

  /** Linear predictors of all rows, or of new ones, one array for each part. */
  protected linear(
    newData?: NewData,
    offset?: ArrayLike<number>,
  ): { parts: readonly Part[]; etas: Float64Array[]; placed: (of: Float64Array) => Float64Array } {
    const { given, problem, found } = this.findings;
    const reader = {
      names: given.designs.map(({ names }) => names),
      recipe: given.recipe,
      hasOffset: problem.parts[0]!.offset !== undefined,
    };
    const rows = newData === undefined ? undefined : newRows(newData, reader, offset);
    const designs = rows ? rows.designs : given.designs;
    const parts = this.partsFor(designs, rows ? rows.offsets : offsetsOf(given));
    return { parts, etas: parts.map((part, a) => partPredictor(part, a, found)), placed: (of) => (rows ? rows.placed(of) : of) };
  }

  /** The model's linear predictors over other rows: by default a design for each part, and constants for own parameters. */
  protected partsFor(designs: readonly Part["design"][], offsets: readonly (Float64Array | undefined)[]): readonly Part[] {
    return this.findings.problem.parts.map((part, a) => {
      const design = designs[a] ?? { ...part.design, rows: designs[0]!.rows };
      return { ...part, design, offset: offsets[a] };
    });
  }

  /** Standard errors of a part's linear predictor. */
  protected linearErrors({ design, places }: Part, kind: CovarianceKind = this.defaultCovariance): Float64Array {
    if (this.status !== "interior") return new Float64Array(design.rows).fill(Number.NaN);
    const { aliased } = this.findings.found;
    const of = this.#natural(kind);
    return quadratics(
      design,
      (i, j) => of(places[i]!, places[j]!),
      (column) => aliased[places[column]!]!,
    ).map(Math.sqrt);
  }

  /** Standard errors of a function of a row's linear predictors by the delta method, from its slopes in each; undefined where they are 0. */
  protected deltaErrors(parts: readonly Part[], slopes: readonly (Float64Array | undefined)[], kind: CovarianceKind): Float64Array {
    const { rows } = parts[0]!.design;
    if (this.status !== "interior") return new Float64Array(rows).fill(Number.NaN);
    const used = parts.filter((_, a) => slopes[a]);
    const scales = slopes.filter((slope) => slope !== undefined);
    const places = used.flatMap((part) => [...part.places]);
    const blocks = used.flatMap((part, a) => part.design.blocks.map((block) => timesRows(block, scales[a]!)));
    const { aliased } = this.findings.found;
    const of = this.#natural(kind);
    return quadratics(
      { rows, names: [], blocks, assign: [], terms: [] },
      (i, j) => of(places[i]!, places[j]!),
      (column) => aliased[places[column]!]!,
    ).map(Math.sqrt);
  }

  protected covarianceOf(kind: CovarianceKind): (i: number, j: number) => number {
    const { found } = this.findings;
    const of = this.#natural(kind);
    const slopes = scalesOf(this.findings).map(({ slope }, k) => slope(found.beta[k]!));
    return (i, j) => slopes[i]! * slopes[j]! * of(i, j);
  }

  /** Covariances of the coefficients themselves. */
  #natural(kind: CovarianceKind): (i: number, j: number) => number {
    return this.findings.found.coordinates.covariance(this.movedCovariance(kind));
  }

  /** Covariances of the coefficients of the columns as they were moved. */
  protected movedCovariance(kind: CovarianceKind): (i: number, j: number) => number {
    const { found, problem, given } = this.findings;
    return kind === "observed" ? found.peak.factored.inverse : partSandwich(kind, problem, found, given);
  }
}

/** A block with its rows multiplied. */
function timesRows(block: Block, factor: Float64Array): Block {
  if (block.kind === "intercept") return { kind: "column", values: factor };
  if (block.kind === "column") return { kind: "column", values: block.values.map((x, i) => x * factor[i]!) };
  return { ...block, by: block.by ? block.by.map((x, i) => x * factor[i]!) : factor };
}

function offsetsOf({ designs, columns }: PartsData): (Float64Array | undefined)[] {
  return designs.map((design, a) => partOffset(design, a === 0 ? columns.offset : undefined));
}
