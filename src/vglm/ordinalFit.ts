import { tails } from "../laws/links.ts";
import { between, type OrdinalLink } from "../laws/ordinalLinks.ts";
import { exp, log } from "../math/elementary.ts";
import { logaddexp } from "../math/logarithms.ts";
import { normalQuantileOfLog } from "../math/normal.ts";
import { Random } from "../math/random.ts";
import { DesignPart } from "../regression/comparedPart.ts";
import { onLogits, type Pictured } from "../regression/effects.ts";
import type { Part } from "../regression/parts.ts";
import { eachEntry } from "../regression/predictor.ts";
import { type Seeded, seedOf } from "../regression/seeded.ts";
import { type CategoricalFindings, CategoricalFit } from "./categoricalFit.ts";
import type { Entries, RowAnswer } from "./levelTable.ts";
import { withoutIntercept } from "./ordinalParts.ts";
import { type ParallelTest, parallelTest } from "./parallelTest.ts";
import type { ComparedLaw } from "./vglmComparison.ts";

export type OrdinalPrediction = "probs" | "cumprobs" | "link";
export type OrdinalResiduals = "quantile" | "probability";

/** What an ordinal regression found. */
export interface OrdinalFindings extends CategoricalFindings {
  readonly distribution: OrdinalLink;
}

/** A fit of ordered levels, P(Y <= j) = F(zeta_j - x'b). */
export class OrdinalFit extends CategoricalFit<OrdinalPrediction, OrdinalFindings> {
  protected override partsFor(designs: readonly Part["design"][], offsets: readonly (Float64Array | undefined)[]): readonly Part[] {
    const design = withoutIntercept(designs[0]!);
    const offset = offsets[0]?.map((value) => -value);
    return [{ design, places: this.findings.problem.parts[0]!.places.subarray(0, design.names.length), offset }];
  }

  /** @internal What pictures need; effects are on the probability of the highest level. */
  pictured(): Pictured {
    const rows = this.picturedRows();
    const top = this.levels.length - 1;
    return {
      ...rows,
      predictor: { link: this.link, values: () => this.linear().etas[0]!.map((eta) => -eta) },
      residuals: { quantile: () => this.residuals("quantile") },
      effect: {
        on: `probability that ${rows.response} is ${this.levels[top]}`,
        at: (newRows, offset, reach) => {
          const { values, se } = this.predict(newRows, { type: "probs", se: true, ...(offset && { offset }) });
          const last = (all: Float64Array) => all.filter((_, at) => at % (top + 1) === top);
          return onLogits({ fit: last(values), se: last(se!) }, reach);
        },
      },
    };
  }

  /** The cut-points make up for constants. */
  protected override comparedParts({ names, links }: ComparedLaw): readonly DesignPart[] {
    const { data, problem } = this.findings;
    return [new DesignPart(names[0]!, links[0]!, withoutIntercept(data.designs[0]!), problem.parts[0]!.offset, true)];
  }

  protected predictorsOf([eta]: readonly Float64Array[]): readonly Float64Array[] {
    const { own, names, found } = this.findings;
    return own.map((_, j) => eta!.map((value) => found.peak.beta[names.length + j]! + value));
  }

  protected entriesOf([part]: readonly Part[]): Entries {
    const { names, found } = this.findings;
    const moves = found.coordinates.moves[0]!;
    return (row, j, call) => {
      eachEntry(part!.design, row, (column, value) => {
        const move = moves[column];
        call(part!.places[column]!, move ? (value - move.center) * move.scale : value);
      });
      call(names.length + j, 1);
    };
  }

  protected answers(): Readonly<Record<OrdinalPrediction, RowAnswer>> {
    const { levels } = this;
    const { ends, fill } = this.findings.distribution;
    const cuts = levels.length - 1;
    const density = (eta: number) => {
      ends.tails(eta);
      return tails.logMu < tails.logRest ? tails.lower * exp(tails.logMu) : tails.upper * exp(tails.logRest);
    };
    const probs: RowAnswer = {
      names: levels,
      values: (eta, out) => {
        ends.tails(eta[0]!);
        out[0] = exp(tails.logMu);
        ends.tails(eta[cuts - 1]!);
        out[cuts] = exp(tails.logRest);
        for (let k = 1; k < cuts; k++) {
          fill(eta[k - 1]!, eta[k]!);
          out[k] = exp(between.l);
        }
      },
      slopes: (eta, out) => {
        out.fill(0);
        for (let j = 0; j < cuts; j++) {
          const f = density(eta[j]!);
          out[j * cuts + j] = f;
          out[(j + 1) * cuts + j] = -f;
        }
      },
    };
    const own = (slope: (eta: number) => number) => (eta: Float64Array, out: Float64Array) => {
      out.fill(0);
      for (let j = 0; j < cuts; j++) out[j * cuts + j] = slope(eta[j]!);
    };
    const cumulative = (eta: number) => {
      ends.tails(eta);
      return exp(tails.logMu);
    };
    return {
      probs,
      cumprobs: {
        names: levels.slice(0, -1),
        values: (eta, out) =>
          eta.forEach((value, j) => {
            out[j] = cumulative(value);
          }),
        slopes: own(density),
      },
      link: {
        names: this.findings.own.map(({ name }) => name),
        values: (eta, out) => out.set(eta),
        slopes: own(() => 1),
      },
    };
  }

  /**
   * Likelihood-ratio test of equal coefficients for all cut-points (proportional odds, for the logit) against coefficients for each.
   *
   * @throws RangeError for two levels or no columns, and where the fit has no maximum.
   */
  async parallelTest(): Promise<ParallelTest> {
    if (this.status !== "interior") throw new RangeError(`The fit is no maximum: ${this.reason}`);
    const { problem, found, names } = this.findings;
    return parallelTest(problem, found, names.length);
  }

  /**
   * Residuals of all rows, NaN of rows of weight 0 without a level of the fit's. `quantile`, the default: normal quantiles of the distribution function, drawn at
   * random within the level's interval (Dunn & Smyth 1996), the same for the same `seed`; `probability`: P(Y < y) - P(Y > y) (Li & Shepherd 2012).
   */
  residuals(type: OrdinalResiduals = "quantile", options: Seeded = {}): Float64Array {
    const seed = seedOf(options);
    if (type !== "quantile" && type !== "probability") {
      throw new RangeError(`The type of residuals is ${JSON.stringify(type)}; "quantile" or "probability" is needed.`);
    }
    const { given, distribution } = this.findings;
    const cuts = this.predictorsOf(this.linear().etas);
    const random = new Random(seed);
    return given.columns.y!.map((level, row) => {
      const draw = type === "quantile" ? random.uniform() : 0.5;
      if (Number.isNaN(level)) return Number.NaN;
      // Both sides' logarithms at both ends of the level's interval.
      let [below, notBelow, upTo, above] = [Number.NEGATIVE_INFINITY, 0, 0, Number.NEGATIVE_INFINITY];
      if (level > 0) {
        distribution.ends.tails(cuts[level - 1]![row]!);
        [below, notBelow] = [tails.logMu, tails.logRest];
      }
      if (level < cuts.length) {
        distribution.ends.tails(cuts[level]![row]!);
        [upTo, above] = [tails.logMu, tails.logRest];
      }
      if (type === "probability") return exp(below) - exp(above);
      if (upTo < notBelow) return normalQuantileOfLog(mixed(below, upTo, draw));
      return -normalQuantileOfLog(mixed(above, notBelow, 1 - draw));
    });
  }
}

/** log(e^a (1 - v) + e^b v). */
function mixed(a: number, b: number, v: number): number {
  return logaddexp(a + log(1 - v), b + log(v));
}
