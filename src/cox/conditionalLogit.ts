import { exp, log1p } from "../math/elementary.ts";
import { Accumulator } from "../math/sum.ts";
import { type ConditionalEvaluation, type ConditionalLikelihood, type Covariates, predictors } from "./conditionalLikelihood.ts";

/** Sets of rows, one after the other, and which of their rows were chosen. */
export interface ChoiceSets {
  /** Where each set's rows begin; a last entry ends the last. */
  readonly begin: Int32Array;
  /** 1 for chosen rows, cases. */
  readonly chosen: Uint8Array;
}

/**
 * The exact conditional likelihood of which m of a set's n rows were chosen, given m: for one of each, McFadden's model of choice (1974). The
 * sum over all choices of m rows grows row by row, by those with the row and those without (Gail, Lubin & Rubinstein 1981, Biometrika 68, 703).
 * Here its logarithm, and that logarithm's derivatives, the mean and the covariance of a choice's sum: a mixture of the two, so that nothing
 * overflows and nothing is subtracted. m (n - m) p² for each set.
 */
export class ConditionalLogit implements ConditionalLikelihood {
  readonly columns: number;
  private readonly most: number;

  /** @param rows - In the order of the sets; weights are equal within a set. */
  constructor(
    readonly sets: ChoiceSets,
    readonly rows: Covariates,
  ) {
    this.columns = rows.columns;
    this.most = 0;
    for (let s = 0; s + 1 < sets.begin.length; s++) this.most = Math.max(this.most, this.fewer(s));
  }

  get plain(): ConditionalLogit {
    return this.rows.offset ? new ConditionalLogit(this.sets, { ...this.rows, offset: undefined }) : this;
  }

  private chosenIn(set: number): number {
    const { begin, chosen } = this.sets;
    let count = 0;
    for (let i = begin[set]!; i < begin[set + 1]!; i++) count += chosen[i]!;
    return count;
  }

  /** How many rows of a set were chosen, or not chosen where those are fewer. */
  private fewer(set: number): number {
    const { begin } = this.sets;
    const m = this.chosenIn(set);
    return Math.min(m, begin[set + 1]! - begin[set]! - m);
  }

  evaluate(beta: Float64Array): ConditionalEvaluation {
    const { rows, columns: p, sets } = this;
    const { begin, chosen } = sets;
    const eta = predictors(rows, beta);
    const choices = new Choices(this.most, p);
    const value = new Accumulator();
    const score = new Float64Array(p);
    const gram = new Float64Array(p * p);
    for (let s = 0; s + 1 < begin.length; s++) {
      const [from, to] = [begin[s]!, begin[s + 1]!];
      const m = this.chosenIn(s);
      if (m === 0 || m === to - from) continue;
      // A choice of the other rows is the same choice.
      const side = m <= to - from - m ? 1 : -1;
      const fewer = side === 1 ? m : to - from - m;
      choices.sum(eta, rows.z, from, to, fewer, side);
      const w = rows.weights ? rows.weights[from]! : 1;
      value.add(-w * choices.logs[fewer]!);
      for (let i = from; i < to; i++) {
        if (chosen[i] !== (side === 1 ? 1 : 0)) continue;
        value.add(side * w * eta[i]!);
        for (let j = 0; j < p; j++) score[j]! += side * w * rows.z[i * p + j]!;
      }
      for (let j = 0; j < p; j++) score[j]! -= w * choices.means[fewer * p + j]!;
      const covariances = choices.covariances.subarray(fewer * p * p, (fewer + 1) * p * p);
      for (let a = 0; a < covariances.length; a++) gram[a]! += w * covariances[a]!;
    }
    const dense = Int32Array.from({ length: p }, (_, j) => j);
    const sizes = Float64Array.from({ length: p }, (_, j) => gram[j * (p + 1)]!);
    return { value: value.sum, score, products: { columns: p, dense, gram }, dispersion: 1, sizes };
  }

  /** Where no row that was not chosen is above one that was; what is left are the rows at the border. */
  along(direction: Float64Array, tolerance: number): ConditionalLogit | undefined {
    const { rows, columns: p } = this;
    const { begin, chosen } = this.sets;
    const moves = predictors({ ...rows, offset: undefined }, direction);
    const bound = tolerance * moves.reduce((most, move) => Math.max(most, Math.abs(move)), 0);
    const left: number[] = [];
    const starts = [0];
    let lost = 0;
    for (let s = 0; s + 1 < begin.length; s++) {
      const [from, to] = [begin[s]!, begin[s + 1]!];
      let [lowest, highest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
      for (let i = from; i < to; i++) {
        if (chosen[i] === 1) lowest = Math.min(lowest, moves[i]!);
        else highest = Math.max(highest, moves[i]!);
      }
      // All or none were chosen: the set says nothing.
      if (lowest - highest === Number.POSITIVE_INFINITY) continue;
      if (lowest < highest - bound) return undefined;
      const before = left.length;
      if (lowest <= highest + bound) {
        for (let i = from; i < to; i++) if (Math.abs(moves[i]! - highest) <= bound) left.push(i);
      }
      lost += to - from - (left.length - before);
      if (left.length > before) starts.push(left.length);
    }
    if (lost === 0) return undefined;
    const z = new Float64Array(left.length * p);
    left.forEach((row, i) => {
      z.set(rows.z.subarray(row * p, (row + 1) * p), i * p);
    });
    const pick = (column: Float64Array | undefined) => column && Float64Array.from(left, (row) => column[row]!);
    return new ConditionalLogit(
      { begin: Int32Array.from(starts), chosen: Uint8Array.from(left, (row) => chosen[row]!) },
      { columns: p, z, weights: pick(rows.weights), offset: pick(rows.offset) },
    );
  }
}

/** For each number of rows chosen: the logarithm of the sum over all choices of e^(their predictors), mean and covariance of their sums. */
class Choices {
  readonly logs: Float64Array;
  readonly means: Float64Array;
  /** Lower triangles of p × p. */
  readonly covariances: Float64Array;
  private readonly gap: Float64Array;

  constructor(
    most: number,
    private readonly columns: number,
  ) {
    this.logs = new Float64Array(most + 1);
    this.means = new Float64Array((most + 1) * columns);
    this.covariances = new Float64Array((most + 1) * columns * columns);
    this.gap = new Float64Array(columns);
  }

  /** Choices of up to m of the rows from `from` to `to`, their predictors and columns times `side`. */
  sum(eta: Float64Array, z: Float64Array, from: number, to: number, m: number, side: number): void {
    this.logs.fill(Number.NEGATIVE_INFINITY, 1, m + 1);
    this.means.fill(0, 0, (m + 1) * this.columns);
    this.covariances.fill(0, 0, (m + 1) * this.columns * this.columns);
    for (let i = from; i < to; i++) {
      const most = Math.min(m, i - from + 1);
      // With fewer, the rows to come are not enough.
      const least = Math.max(1, m - (to - 1 - i));
      for (let j = most; j >= least; j--) this.add(j, side * eta[i]!, z, i, side);
    }
  }

  /** Choices of j rows with one more row: those of j without it, and those of j - 1 with it. */
  private add(j: number, eta: number, z: Float64Array, row: number, side: number): void {
    const { logs, means, covariances, gap, columns: p } = this;
    const [without, including] = [logs[j]!, logs[j - 1]! + eta];
    const ratio = exp(-Math.abs(including - without));
    logs[j] = Math.max(without, including) + log1p(ratio);
    const share = including >= without ? 1 / (1 + ratio) : ratio / (1 + ratio);
    for (let c = 0; c < p; c++) {
      gap[c] = means[(j - 1) * p + c]! + side * z[row * p + c]! - means[j * p + c]!;
      means[j * p + c]! += share * gap[c]!;
    }
    const [to, from] = [j * p * p, (j - 1) * p * p];
    for (let c = 0; c < p; c++) {
      const spread = share * (1 - share) * gap[c]!;
      for (let d = 0; d <= c; d++) {
        const at = c * p + d;
        covariances[to + at] = (1 - share) * covariances[to + at]! + share * covariances[from + at]! + spread * gap[d]!;
      }
    }
  }
}
