import type { Sketch } from "../math/completed.ts";
import { logInterval } from "../math/interval.ts";
import { Accumulator } from "../math/sum.ts";
import { type Cells, isResolvedOn, lumpIntervals, MANY_INTERVALS } from "./cells.ts";
import type { WeightedIntervals } from "./distinct.ts";
import { addIntervalScore, type Scored } from "./intervalScore.ts";
import { isResolved, lump, MANY, type Panels, type Weighted } from "./nodes.ts";
import type { Parts } from "./partialRows.ts";

/** log f, log P(X <= x) and log P(X > x) of a distribution at given parameters, with derivatives. */
export interface Tails extends Scored {
  logCdf(x: number): number;
  logSf(x: number): number;
  logBetween?(a: number, b: number): number;
}

/** The log-likelihood of parts, with the weights of many points and intervals at nodes as long as that is exact. */
export class PartsValue {
  readonly #parts: Parts;
  readonly #above: Weighted;
  readonly #below: Weighted;
  readonly #between: readonly WeightedIntervals[];
  readonly #panels: readonly { readonly side: "logSf" | "logCdf"; readonly panels: Panels }[];
  readonly #cells: Cells | undefined;

  /**
   * Positive values have nodes in their logarithm. `fineness`: of the nodes' panels, 0 for none at all; `exact`: whether exact rows count
   * here.
   */
  constructor(parts: Parts, positive: boolean, fineness: number, exact: boolean) {
    const lumped = fineness > 0 && !parts.whole;
    const nodesOf = (points: Weighted) => (lumped && points.at.length > MANY ? lump(points, positive, fineness) : undefined);
    const [above, below] = [nodesOf(parts.above), nodesOf(parts.below)];
    const cells = lumped && parts.between.at.length > MANY_INTERVALS ? lumpIntervals(parts.between, positive, fineness) : undefined;
    this.#parts = exact ? parts : { ...parts, exact: { at: new Float64Array(), weight: new Float64Array() } };
    this.#above = above ?? parts.above;
    this.#below = below ?? parts.below;
    this.#between = cells ? [cells.nodes, cells.others] : [parts.between];
    this.#panels = [
      ...(above ? [{ side: "logSf" as const, panels: above }] : []),
      ...(below ? [{ side: "logCdf" as const, panels: below }] : []),
    ];
    this.#cells = cells;
  }

  /** Whether every row counts at its own place. */
  get raw(): boolean {
    return this.#panels.length === 0 && this.#cells === undefined;
  }

  /** Whether nothing is left to add. */
  get empty(): boolean {
    const { exact, between } = this.#parts;
    return exact.at.length + between.at.length + this.#above.at.length + this.#below.at.length === 0;
  }

  at(tails: Tails, parameters: number): Sketch {
    const { exact, whole } = this.#parts;
    const known = new Accumulator();
    const rest = new Accumulator();
    const sums = Array.from({ length: parameters }, () => new Accumulator());
    const own = new Float64Array(parameters);
    for (let i = 0; i < exact.at.length; i++) {
      const [x, weight] = [exact.at[i]!, exact.weight[i]!];
      known.add(weight * tails.logPdf(x));
      tails.score(x).forEach((slope, k) => {
        sums[k]!.add(weight * slope);
      });
    }
    const add = (from: number, to: number, weight: number, logP: number) => {
      rest.add(weight * logP);
      own.fill(0);
      addIntervalScore(tails, from, to, whole, logP, weight, own);
      for (let k = 0; k < parameters; k++) sums[k]!.add(own[k]!);
    };
    for (const [points, above] of [
      [this.#above, true],
      [this.#below, false],
    ] as const) {
      for (let i = 0; i < points.at.length; i++) {
        const x = points.at[i]!;
        if (above) add(x, Number.POSITIVE_INFINITY, points.weight[i]!, tails.logSf(x));
        else add(Number.NEGATIVE_INFINITY, x, points.weight[i]!, tails.logCdf(x));
      }
    }
    for (const { at, to, weight } of this.#between) {
      for (let i = 0; i < at.length; i++) add(at[i]!, to[i]!, weight[i]!, logInterval(tails, at[i]!, to[i]!, whole));
    }
    if (this.#cells) rest.add(this.#cells.constant);
    return { value: known.sum + rest.sum, rest: rest.sum, score: sums.map(({ sum }) => sum) };
  }

  /** Whether the nodes give what the points would, to rounding. */
  isResolved(tails: Tails): boolean {
    const points = this.#panels.every(({ side, panels }) => isResolved(panels, panels.at.map(tails[side])));
    if (!points || !this.#cells) return points;
    const { at, to } = this.#cells.nodes;
    return isResolvedOn(
      this.#cells,
      at.map((from, i) => logInterval(tails, from, to[i]!, false)),
    );
  }
}
