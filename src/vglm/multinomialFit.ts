import { countOf } from "../laws/multinomialTerms.ts";
import { exp } from "../math/elementary.ts";
import { lgamma } from "../math/gamma.ts";
import { DesignPart } from "../regression/comparedPart.ts";
import type { Part } from "../regression/parts.ts";
import { eachEntry } from "../regression/predictor.ts";
import { type CategoricalFindings, CategoricalFit } from "./categoricalFit.ts";
import type { Entries, LevelTable, RowAnswer } from "./levelTable.ts";
import type { ComparedLaw } from "./vglmComparison.ts";

export type MultinomialPrediction = "probs" | "link";
export type MultinomialResiduals = "response" | "pearson";

/** What a multinomial regression found. */
export interface MultinomialFindings extends CategoricalFindings {
  /** Whether rows are counts of all levels. */
  readonly cells: boolean;
}

/** A fit of levels without order, log P(level)/P(base) = x'b. */
export class MultinomialFit extends CategoricalFit<MultinomialPrediction, MultinomialFindings> {
  protected override partsFor(designs: readonly Part["design"][], offsets: readonly (Float64Array | undefined)[]): readonly Part[] {
    return this.findings.problem.parts.map(({ places }) => ({ design: designs[0]!, places, offset: offsets[0] }));
  }

  /** All levels have the same columns. */
  protected override comparedParts({ names, links }: ComparedLaw): readonly DesignPart[] {
    const { data, problem } = this.findings;
    return [new DesignPart(names[0]!, links[0]!, data.designs[0]!, problem.parts[0]!.offset)];
  }

  protected override comparedLaw(): ComparedLaw {
    const { cells, data } = this.findings;
    if (!cells) return super.comparedLaw();
    const counts = this.levels.map((level, k) => [`the count of ${level}`, data.columns[countOf(k)]!] as const);
    const all = counts.map(([, column]) => column);
    const chosen = (row: number) => {
      const size = all.reduce((sum, column) => sum + column[row]!, 0);
      return all.reduce((sum, column) => sum - lgamma(column[row]! + 1), lgamma(size + 1));
    };
    return {
      likelihood: "masses",
      law: `${this.family} of counts of ${this.levels.length} levels`,
      names: ["mean"],
      links: [this.link],
      responses: Object.fromEntries(counts),
      left: chosen,
    };
  }

  protected predictorsOf(etas: readonly Float64Array[]): readonly Float64Array[] {
    return etas;
  }

  protected entriesOf(parts: readonly Part[]): Entries {
    const { moves } = this.findings.found.coordinates;
    return (row, a, call) => {
      const { design, places } = parts[a]!;
      eachEntry(design, row, (column, value) => {
        const move = moves[a]![column];
        call(places[column]!, move ? (value - move.center) * move.scale : value);
      });
    };
  }

  protected answers(): Readonly<Record<MultinomialPrediction, RowAnswer>> {
    const { levels } = this;
    const count = levels.length - 1;
    const p = new Float64Array(levels.length);
    return {
      probs: {
        names: levels,
        values: softmax,
        slopes: (eta, out) => {
          softmax(eta, p);
          for (let k = 0; k <= count; k++) {
            for (let a = 0; a < count; a++) out[k * count + a] = p[k]! * ((k === a + 1 ? 1 : 0) - p[a + 1]!);
          }
        },
      },
      link: {
        names: levels.slice(1),
        values: (eta, out) => out.set(eta),
        slopes: (_, out) => {
          for (let k = 0; k < count; k++) for (let a = 0; a < count; a++) out[k * count + a] = k === a ? 1 : 0;
        },
      },
    };
  }

  /**
   * Residuals of all rows, level by level. `response`, the default: 1 or 0, or the level's share of a row's counts, less its probability; `pearson`: over
   * the root of its variance, weights included.
   */
  residuals(type: MultinomialResiduals = "response"): LevelTable {
    if (type !== "response" && type !== "pearson") {
      throw new RangeError(`The type of residuals is ${JSON.stringify(type)}; "response" or "pearson" is needed.`);
    }
    const { names, rows, values } = this.fitted;
    const { given, cells } = this.findings;
    const { y, weights } = given.columns;
    const width = names.length;
    const counts = cells ? names.map((_, k) => given.columns[countOf(k)]!) : [];
    for (let row = 0; row < rows; row++) {
      const total = cells ? counts.reduce((sum, column) => sum + column[row]!, 0) : 1;
      const size = total * (weights ? weights[row]! : 1);
      for (let k = 0; k < width; k++) {
        const p = values[row * width + k]!;
        const share = cells ? counts[k]![row]! / total : Number.isNaN(y![row]!) ? Number.NaN : y![row] === k ? 1 : 0;
        const gap = share - p;
        values[row * width + k] = type === "response" ? gap : gap === 0 ? 0 : gap * Math.sqrt(size / (p * (1 - p)));
      }
    }
    return { names, rows, values };
  }
}

/** Probabilities from the predictors, the base's first. */
function softmax(eta: Float64Array, out: Float64Array): void {
  let top = 0;
  for (let a = 0; a < eta.length; a++) top = Math.max(top, eta[a]!);
  out[0] = exp(-top);
  let sum = out[0];
  for (let a = 0; a < eta.length; a++) {
    out[a + 1] = exp(eta[a]! - top);
    sum += out[a + 1]!;
  }
  for (let k = 0; k < out.length; k++) out[k]! /= sum;
}
