import { describe } from "../data/observations.ts";
import { givenOptions } from "../estimators/optionNames.ts";
import type { Status } from "../estimators/result.ts";
import type { NewData } from "../regression/newRows.ts";
import type { Part } from "../regression/parts.ts";
import { printed } from "../regression/printed.ts";
import type { CovarianceKind } from "../regression/regressionSandwich.ts";
import { type Entries, errorsOf, type LevelTable, placedTable, type RowAnswer, tableOf } from "./levelTable.ts";
import type { ComparedLaw } from "./vglmComparison.ts";
import type { VglmFindings } from "./vglmFindings.ts";
import { VglmFit } from "./vglmFit.ts";

/** What is asked of rows. */
export interface LevelPredictOptions {
  /** Standard errors too. */
  readonly se?: boolean;
  /** Which covariance they are from; the observed information's where not given. */
  readonly covariance?: CovarianceKind;
  /** One number per row of the new data, where the fit has an offset. */
  readonly offset?: ArrayLike<number>;
}

const OPTIONS = { type: true, se: true, covariance: true, offset: true } as const;

/** What a regression of levels found. */
export interface CategoricalFindings extends VglmFindings {
  readonly levels: readonly string[];
  /** Levels asked for that no row has. */
  readonly empty: readonly string[];
}

/** What it means that coefficients run away. */
export function separated(runs: readonly string[], _: boolean, signs: readonly number[]): { status: Status; reason: string } {
  const which = runs.map((name, k) => `${name} to ${signs[k]! > 0 ? "+" : "-"}infinity`).join(", ");
  const reason = `There is no maximum: levels are separated, and the likelihood rises to a limit as coefficients run away (${which}).`;
  return { status: "nonexistent", reason };
}

/** A fit of the probabilities of levels. */
export abstract class CategoricalFit<Type extends string, Findings extends CategoricalFindings> extends VglmFit {
  declare protected readonly findings: Findings;
  /** Levels of the response, in order. */
  readonly levels: readonly string[];
  /** Levels asked for that no row has: they are left out, and have no probability. */
  readonly emptyLevels: readonly string[];
  /** -2 times the sum of the log-probabilities, as R's polr and multinom have it. */
  readonly deviance: number;

  constructor(findings: Findings) {
    super(findings);
    this.levels = findings.levels;
    this.emptyLevels = findings.empty;
    this.deviance = -2 * (this.logLik - (findings.constant ?? 0));
  }

  /** What can be asked, by type. */
  protected abstract answers(): Readonly<Record<Type | "probs", RowAnswer>>;
  /** The linear predictors of the answers from those of the parts. */
  protected abstract predictorsOf(etas: readonly Float64Array[]): readonly Float64Array[];
  /** What the answers' linear predictors are made of. */
  protected abstract entriesOf(parts: readonly Part[]): Entries;

  /** Probabilities of all rows, those of weight 0 included, level by level. */
  get fitted(): LevelTable {
    return tableOf(this.answers().probs, this.predictorsOf(this.linear().etas));
  }

  /**
   * Of new rows, or of the fit's own: their likeliest levels (`"class"`, the default; null where a value is missing), probabilities of the
   * levels (`"probs"`), or linear predictors (`"link"`); with `se` standard errors by the delta method.
   *
   * @throws RangeError for columns that the fit does not have, or lacks.
   */
  predict(newData?: NewData, options?: LevelPredictOptions & { readonly type?: "class" }): (string | null)[];
  predict(newData: NewData | undefined, options: LevelPredictOptions & { readonly type: Type }): LevelTable;
  predict(newData?: NewData, options: LevelPredictOptions & { readonly type?: Type | "class" } = {}): LevelTable | (string | null)[] {
    const { type = "class", se = false, covariance, offset } = givenOptions(options, OPTIONS);
    const answers = this.answers();
    const asked = type === "class" ? "probs" : type;
    if (!Object.hasOwn(answers, asked)) {
      const types = ["class", ...Object.keys(answers)].map(describe);
      throw new RangeError(`type is ${describe(type)}; ${types.slice(0, -1).join(", ")} or ${types.at(-1)} is needed.`);
    }
    const answer = answers[asked];
    const { parts, etas, placed } = this.linear(newData, offset);
    const predictors = this.predictorsOf(etas);
    const table = tableOf(answer, predictors);
    if (type === "class") return likeliest(placedTable(table, placed));
    if (!se) return placedTable(table, placed);
    const errors =
      this.status === "interior"
        ? errorsOf(answer, predictors, this.entriesOf(parts), this.movedCovariance(covariance ?? this.defaultCovariance))
        : new Float64Array(table.values.length).fill(Number.NaN);
    return placedTable({ ...table, se: errors }, placed);
  }

  /** The response as comparisons ask it, whatever the order of its levels. */
  protected comparedResponse(): Float64Array {
    const sorted = [...this.levels].sort();
    const places = this.levels.map((level) => sorted.indexOf(level));
    return this.findings.data.columns.y!.map((code) => places[code]!);
  }

  /** Levels of one response: of one model whose predictors have the same columns. */
  protected comparedLaw(): ComparedLaw {
    return {
      likelihood: "masses",
      law: `${this.family} of ${this.levels.length} levels`,
      names: ["mean"],
      links: [this.link],
      responses: { response: this.comparedResponse() },
    };
  }

  protected override fitLines(): string[] {
    const left = this.emptyLevels.length > 0 ? [`levels without a row, left out: ${this.emptyLevels.join(", ")}`] : [];
    return [`Residual Deviance: ${printed(this.deviance, 7)}`, ...left];
  }
}

function likeliest({ names, rows, values }: LevelTable): (string | null)[] {
  return Array.from({ length: rows }, (_, row) => {
    let best = 0;
    for (let k = 1; k < names.length; k++) {
      if (values[row * names.length + k]! > values[row * names.length + best]!) best = k;
    }
    return Number.isNaN(values[row * names.length]) ? null : names[best]!;
  });
}
