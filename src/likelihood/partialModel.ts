import { type Chart, charts, type Domain } from "../math/charts.ts";
import { completed, type Sketch } from "../math/completed.ts";
import type { Evaluation, Model } from "./model.ts";

// The likelihood of rows of which some are known exactly and some not: the former by the family's own model with its derivatives; of the
// rest the score as far as parameters say how they move values, and differences for what is left.

/** Beyond, and beyond its inverse, second derivatives in a positive parameter leave the doubles. */
const SQUARES = 1e-150;

/** A part of the log-likelihood at natural parameters. */
export type Rest = (theta: readonly number[]) => Sketch;

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
  /** Other natural parameters to start from. */
  readonly others?: readonly (readonly number[])[];
  /** Values of the parameters that are fixed. */
  readonly fixed: readonly (number | undefined)[];
  readonly domains: readonly Domain[];
  /** Sum of the rows' weights. */
  readonly weight: number;
  /** The rest of the log-likelihood at natural parameters, and its derivatives in all of them; undefined where there is none. */
  readonly rest: Rest | undefined;
  /** The same of some rows, to come close by, where there are no others: a model of exact rows has a subsample of its own. */
  readonly thin?: { readonly rest: Rest; readonly weight: number } | undefined;
  /** Of which parameters derivatives are missing there. */
  readonly missing: readonly boolean[];
  /** What is added to the log-likelihood at natural parameters, with its derivatives: priors. */
  readonly also?: (theta: readonly number[]) => Evaluation;
}

/** The sum of both as a model. */
export function partialModel(partial: Partial): Model {
  const { exact, origin, unit, start, others, fixed, domains, weight, rest, thin, missing } = partial;
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
  const evaluateWith = (rest: Rest, terms: number) => {
    let base: readonly number[] = [];
    const outside: Sketch = { value: Number.NaN, rest: Number.NaN, score: free.map(() => Number.NaN) };
    const differentiate = completed({
      at(values) {
        const theta = natural(within(base, values));
        if (!theta.every((value, i) => charts[domains[i]!].holds(value))) return outside;
        const found = rest(theta);
        return { ...found, score: free.map((i) => unit[i]! * found.score[i]!) };
      },
      missing: free.map((i) => missing[i]!),
      lengths: (values) => values.map((t, k) => lengthOf(charts[domains[free[k]!]!], domains[free[k]!]!, t)),
      terms,
    });
    return (t: readonly number[], own: Evaluation): Evaluation => {
      base = t;
      const also = free.map((i) => free.map((j) => own.information[i]![j]!));
      const point = free.map((i) => t[i]!);
      return plus(own, differentiate(point, also), free);
    };
  };
  const all = rest && evaluateWith(rest, weight);
  const few = thin && evaluateWith(thin.rest, thin.weight);
  const standard = (theta: readonly number[]) => theta.map((value, i) => (value - origin[i]!) / unit[i]!);
  const besides = (t: readonly number[], own: Evaluation): Evaluation => {
    const found = partial.also?.(natural(t));
    if (!found) return own;
    const score = free.map((i) => unit[i]! * found.score[i]!);
    const information = free.map((i) => free.map((j) => unit[i]! * unit[j]! * found.information[i]![j]!));
    return plus(own, { value: found.value, score, information }, free);
  };
  return {
    origin,
    unit,
    start: standard(start),
    ...(others && { others: others.map(standard) }),
    nearLimit: (t) => free.some((i) => domains[i] === "positive" && !(t[i]! > SQUARES && t[i]! < 1 / SQUARES)),
    evaluate(t) {
      const own = besides(t, exact?.evaluate(t) ?? nothing(p));
      return all ? all(t, own) : own;
    },
    ...(few && { coarse: (t: readonly number[]) => few(t, besides(t, nothing(p))) }),
  };
}

/** Over which length of a parameter one row's likelihood may be smooth. */
function lengthOf(chart: Chart, domain: Domain, t: number): number {
  return domain === "real" ? Math.max(1, Math.abs(t)) : chart.at(chart.toEta(t))[1];
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
