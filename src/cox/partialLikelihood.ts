import { log } from "../math/elementary.ts";
import { Accumulator } from "../math/sum.ts";
import { type ConditionalEvaluation, type ConditionalLikelihood, type Covariates, predictors } from "./conditionalLikelihood.ts";
import type { EventTimes } from "./eventTimes.ts";
import { RiskSets, type RiskSums, type Risks, riskOver, risksOf } from "./riskSets.ts";
import { addSquares } from "./rowSquares.ts";

/** How events at one time are treated. */
export type Ties = "efron" | "breslow";

/** Sums at coefficients, and what they make of each event time; all but `tops` and `logLik` as if linear predictors were less by `tops`. */
export interface Moments {
  readonly eta: Float64Array;
  readonly risks: Risks;
  readonly risk: RiskSums;
  /** Sums over the events of w e^eta and w e^eta z, as in `risk`, of times with several. */
  readonly tied: Float64Array;
  /** Efron's denominators are risk - f tied, f = 0, 1/d …: mean weight times the sums of 1/denominator, f/denominator. */
  readonly hazard: Float64Array;
  readonly spared: Float64Array;
  /** Mean weight times the sums of 1, f and f² over the squared denominator. */
  readonly squares: readonly [Float64Array, Float64Array, Float64Array];
  /** Sum of the events' weights. */
  readonly weight: Float64Array;
  readonly logLik: number;
}

/**
 * Cox's partial likelihood (1972, J. R. Statist. Soc. B 34, 187; 1975, Biometrika 62, 269), its score and information. Tied events by
 * Breslow (1974, Biometrics 30, 89) or Efron (1977, JASA 72, 557). A row's share in the information is its expected number of events, so that
 * one pass makes X'WX of the rows, and the sets' means are taken away once per event time.
 */
export class PartialLikelihood implements ConditionalLikelihood {
  readonly columns: number;
  readonly sets: RiskSets;

  /** @param rows - In the order of `at.rows`. */
  constructor(
    readonly at: EventTimes,
    readonly rows: Covariates,
    readonly ties: Ties,
  ) {
    this.columns = rows.columns;
    this.sets = new RiskSets(at);
  }

  get plain(): PartialLikelihood {
    const { at, rows, ties } = this;
    return rows.offset ? new PartialLikelihood(at, { ...rows, offset: undefined }, ties) : this;
  }

  moments(beta: Float64Array): Moments {
    const { at, rows, columns, sets } = this;
    const eta = predictors(rows, beta);
    const risks = risksOf(eta);
    const risk = sets.sums(risks, rows.weights, rows.z, columns);
    const tied = this.tiedSums(risks, risk);
    const [hazard, spared, weight] = Array.from({ length: 3 }, () => new Float64Array(sets.count)) as Triple;
    const squares = Array.from({ length: 3 }, () => new Float64Array(sets.count)) as Triple;
    const logLik = new Accumulator();
    for (let k = 0; k < sets.count; k++) {
      let deaths = 0;
      for (let i = at.bucket[k]!; i < at.bucket[k + 1]! && at.event[i] === 1; i++) {
        const w = rows.weights ? rows.weights[i]! : 1;
        weight[k]! += w;
        deaths++;
        logLik.add(w * (eta[i]! - risk.tops[k]!));
      }
      const terms = this.ties === "efron" ? deaths : 1;
      const mean = weight[k]! / terms;
      const [all, own] = [risk.sums[k * risk.width]!, tied[k * risk.width]!];
      for (let l = 0; l < terms; l++) {
        const f = l / terms;
        const share = 1 / (all - f * own);
        logLik.add(mean * log(share));
        hazard[k]! += mean * share;
        spared[k]! += mean * f * share;
        squares[0][k]! += mean * share * share;
        squares[1][k]! += mean * f * share * share;
        squares[2][k]! += mean * f * f * share * share;
      }
    }
    return { eta, risks, risk, tied, hazard, spared, squares, weight, logLik: logLik.sum };
  }

  /** Sums over the events of each time, as those over its risk set; 0 where there is but one. */
  private tiedSums(risks: Risks, { tops, width }: RiskSums): Float64Array {
    const { at, rows, columns, sets } = this;
    const tied = new Float64Array(sets.count * width);
    for (let k = 0; k < sets.count; k++) {
      // Of a single event nothing is spared: its sums are not asked for.
      const second = at.bucket[k]! + 1;
      if (second >= at.bucket[k + 1]! || at.event[second] !== 1) continue;
      for (let i = at.bucket[k]!; i < at.bucket[k + 1]! && at.event[i] === 1; i++) {
        const e = (rows.weights ? rows.weights[i]! : 1) * riskOver(risks, i, tops[k]!);
        tied[k * width]! += e;
        for (let j = 0; j < columns; j++) tied[k * width + 1 + j]! += e * rows.z[i * columns + j]!;
      }
    }
    return tied;
  }

  /** The expected number of events of each row: its cumulative hazard while it was seen. */
  expected({ risks, risk, hazard, spared }: Moments): Float64Array {
    const { at } = this;
    const counts = this.sets.gathered(risks, hazard, risk.tops);
    for (let i = 0; i < counts.length; i++) {
      if (at.event[i] !== 1) continue;
      // Events at one time leave the risk set one after the other.
      const k = at.end[i]! - 1;
      if (spared[k]! > 0) counts[i]! -= spared[k]! * riskOver(risks, i, risk.tops[k]!);
    }
    return counts;
  }

  evaluate(beta: Float64Array): ConditionalEvaluation {
    const { at, rows, columns: p, sets } = this;
    const moments = this.moments(beta);
    const expected = this.expected(moments);
    const score = new Float64Array(p);
    const gram = new Float64Array(p * p);
    const information = new Float64Array(expected.length);
    for (let i = 0, row = 0; i < expected.length; i++, row += p) {
      const w = rows.weights ? rows.weights[i]! : 1;
      const residual = w * (at.event[i]! - expected[i]!);
      information[i] = w * expected[i]!;
      for (let j = 0; j < p; j++) score[j]! += residual * rows.z[row + j]!;
    }
    addSquares(gram, p, information, rows.z, p, 0);
    const sizes = Float64Array.from({ length: p }, (_, j) => gram[j * (p + 1)]!);
    const { risk, tied, squares } = moments;
    const alone = squares[0].map((one, k) => (squares[1][k] === 0 ? -one : 0));
    addSquares(gram, p, alone, risk.sums, risk.width, 1);
    for (let k = 0; k < sets.count; k++) {
      const [one, f, ff] = [squares[0][k]!, squares[1][k]!, squares[2][k]!];
      if (f === 0) continue;
      const from = k * risk.width + 1;
      for (let j = 0; j < p; j++) {
        const a = one * risk.sums[from + j]! - f * tied[from + j]!;
        const b = f * risk.sums[from + j]! - ff * tied[from + j]!;
        for (let l = 0; l <= j; l++) gram[j * p + l]! -= a * risk.sums[from + l]! - b * tied[from + l]!;
      }
    }
    const dense = Int32Array.from({ length: p }, (_, j) => j);
    return { value: moments.logLik, score, products: { columns: p, dense, gram }, dispersion: 1, sizes };
  }

  /**
   * Where every event has the highest predictor of its risk set the likelihood never falls (Bryson & Johnson 1981, Technometrics 23, 381), and
   * what is left in the end are the rows as high as the events.
   */
  along(direction: Float64Array, tolerance: number): PartialLikelihood | undefined {
    const { at, rows, sets, columns } = this;
    const moves = predictors({ ...rows, offset: undefined }, direction);
    const tops = sets.tops(moves);
    const bound = tolerance * moves.reduce((most, move) => Math.max(most, Math.abs(move)), 0);
    const left: Interval[] = [];
    let lost = 0;
    for (let i = 0; i < moves.length; i++) {
      const k = at.end[i]! - 1;
      if (at.event[i] === 1 && tops[k]! - moves[i]! > bound) return undefined;
      lost += at.end[i]! - at.first[i]!;
    }
    sets.eachHighest(moves, tops, bound, (row, first, end) => {
      left.push({ row, first, end });
      lost -= end - first;
    });
    if (lost === 0) return undefined;
    return new PartialLikelihood(...restricted(at, rows, columns, left), this.ties);
  }
}

type Triple = [Float64Array, Float64Array, Float64Array];

interface Interval {
  readonly row: number;
  readonly first: number;
  readonly end: number;
}

/** Rows at risk in some intervals only. */
function restricted(at: EventTimes, rows: Covariates, p: number, left: readonly Interval[]): [EventTimes, Covariates] {
  const isEvent = ({ row, end }: Interval) => (at.event[row] === 1 && end === at.end[row] ? 1 : 0);
  const sorted = [...left].sort((a, b) => a.end - b.end || isEvent(b) - isEvent(a));
  const bucket = new Int32Array(at.times.length + 1);
  for (const { end } of sorted) bucket[end]!++;
  for (let k = 0; k < at.times.length; k++) bucket[k + 1]! += bucket[k]!;
  const pick = (column: Float64Array | undefined) => column && Float64Array.from(sorted, ({ row }) => column[row]!);
  const z = new Float64Array(sorted.length * p);
  sorted.forEach(({ row }, i) => {
    z.set(rows.z.subarray(row * p, (row + 1) * p), i * p);
  });
  return [
    {
      ...at,
      rows: Int32Array.from(sorted, ({ row }) => at.rows[row]!),
      first: Int32Array.from(sorted, ({ first }) => first),
      end: Int32Array.from(sorted, ({ end }) => end),
      event: Uint8Array.from(sorted, isEvent),
      bucket,
    },
    { columns: p, z, weights: pick(rows.weights), offset: pick(rows.offset) },
  ];
}
