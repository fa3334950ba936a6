import { type Chart, charts, type Domain } from "../math/charts.ts";
import { fromValues } from "../math/differences.ts";
import type { Evaluation, Model } from "./model.ts";

// The likelihood of rows of which some are known exactly and some not: the former by the family's own model with its derivatives, the rest
// by values, with differences of order 8 in place of derivatives. What is left of n are nodes, so values are cheap.

/** Steps no longer than this part of a parameter's own size. */
const LONGEST = 0.02;

/** Steps no shorter than this part of a standard error: with few rows that is what the likelihood is smooth over. */
const SHORTEST = 0.1;

/** Where the standardised parameters lie: natural ones are origin + unit t. */
export interface Frame {
  readonly origin: readonly number[];
  readonly unit: readonly number[];
}

export interface Partial extends Frame {
  /** The exactly known rows' model, in the same frame. */
  readonly exact: Model | undefined;
  /** Natural parameters to start from. */
  readonly start: readonly number[];
  /** Values of the parameters that are fixed. */
  readonly fixed: readonly (number | undefined)[];
  readonly domains: readonly Domain[];
  /** Sum of the rows' weights. */
  readonly weight: number;
  /** The rest of the log-likelihood at natural parameters, or undefined where there is none. */
  readonly rest: ((theta: readonly number[]) => number) | undefined;
}

/** The sum of both as a model. */
export function partialModel({ exact, origin, unit, start, fixed, domains, weight, rest }: Partial): Model {
  const p = domains.length;
  const free = [...domains.keys()].filter((i) => fixed[i] === undefined);
  const natural = (t: readonly number[]) => t.map((value, i) => fixed[i] ?? origin[i]! + unit[i]! * value);
  const within = (t: readonly number[], values: readonly number[]) => {
    const moved = [...t];
    free.forEach((i, k) => {
      moved[i] = values[k]!;
    });
    return moved;
  };
  let base: readonly number[] = [];
  const differentiate = fromValues(
    (values) => {
      const theta = natural(within(base, values));
      return theta.every((value, i) => charts[domains[i]!].holds(value)) ? rest!(theta) : Number.NaN;
    },
    (values) => values.map((t, k) => longestStep(charts[domains[free[k]!]!], domains[free[k]!]!, t)),
    Math.max(SHORTEST, LONGEST * Math.sqrt(weight)),
  );
  return {
    origin,
    unit,
    start: start.map((value, i) => (value - origin[i]!) / unit[i]!),
    evaluate(t) {
      const own = exact?.evaluate(t) ?? nothing(p);
      if (!rest) return own;
      base = t;
      const also = free.map((i) => free.map((j) => own.information[i]![j]!));
      const added = differentiate(
        free.map((i) => t[i]!),
        also,
      );
      return plus(own, added, free);
    },
  };
}

function longestStep(chart: Chart, domain: Domain, t: number): number {
  return domain === "real" ? LONGEST * Math.max(1, Math.abs(t)) : LONGEST * chart.at(chart.toEta(t))[1];
}

function nothing(p: number): Evaluation {
  const zeros = () => new Array<number>(p).fill(0);
  return { value: 0, score: zeros(), information: zeros().map(zeros) };
}

/** A sum; the second is in the free parameters only. */
function plus(own: Evaluation, added: Evaluation, free: readonly number[]): Evaluation {
  const score = [...own.score];
  const information = own.information.map((row) => [...row]);
  free.forEach((i, k) => {
    score[i]! += added.score[k]!;
    free.forEach((j, l) => {
      information[i]![j]! += added.information[k]![l]!;
    });
  });
  return { value: own.value + added.value, score, information };
}
