// Second derivatives, and the first that are missing, of a function that gives some first derivatives itself: by central differences
// (Fornberg 1988, Math. Comp. 51, 699), of order 4 of the exact ones with a short step, of order 8 of values where there is nothing else.

import type { Differences } from "./differences.ts";

/** A function's value and its score as far as it has derivatives; `rest` is that part of the value which still lacks some. */
export interface Sketch {
  readonly value: number;
  readonly rest: number;
  readonly score: readonly number[];
}

/** What the function is and how its steps are chosen. */
export interface Incomplete {
  at(point: readonly number[]): Sketch;
  /** Whether `rest` has a derivative in a coordinate that the score does not count. */
  readonly missing: readonly boolean[];
  /** Over which lengths a single one of its terms is smooth, at most. */
  lengths(point: readonly number[]): readonly number[];
  /** How many terms of equal size it is the sum of. */
  readonly terms: number;
}

/**
 * Of values, in lengths of one term: truncation is some 64 step^8 of a term's curvature, rounding 2^-53/step of its size: both 1e-14. In
 * standard errors of all terms together a step would be the shorter the more there are, and rounding the larger.
 */
const STEP = 0.01;
/** Of exact derivatives: truncation 24 step^4, rounding 2^-53/step, both below 1e-11. */
const SHORT = 2e-4;

const FIRST = { long: [4 / 5, -1 / 5, 4 / 105, -1 / 280], short: [2 / 3, -1 / 12] };
const SECOND = [8 / 5, -1 / 5, 8 / 315, -1 / 560];
const SECOND_AT_0 = -205 / 72;

/** Part of the longest step that the search for the right one starts from at least. */
const LEAST = 1e-8;

/** How often a step that leaves the function's domain is made smaller. */
const ROUNDS = 14;

/** Derivatives along a line, with respect to the multiple of the step. */
interface Line {
  readonly score: readonly number[];
  readonly first: number;
  readonly second: number;
}

/** The function with all first and second derivatives; `also` is the information of what will be added to it, for the size of the steps. */
export function completed({ at, missing, lengths, terms }: Incomplete) {
  const steps: number[] = [];
  const along = (point: readonly number[], here: Sketch, step: readonly number[], long: boolean): Line => {
    const factors = long ? FIRST.long : FIRST.short;
    const score = point.map(() => 0);
    let [first, second] = [0, SECOND_AT_0 * here.rest];
    factors.forEach((factor, k) => {
      const ahead = at(point.map((x, i) => x + (k + 1) * step[i]!));
      const behind = at(point.map((x, i) => x - (k + 1) * step[i]!));
      for (let i = 0; i < score.length; i++) score[i]! += factor * (ahead.score[i]! - behind.score[i]!);
      first += factor * (ahead.rest - behind.rest);
      second += SECOND[k]! * (ahead.rest + behind.rest);
    });
    return { score, first, second };
  };
  return (point: readonly number[], also: readonly (readonly number[])[]): Differences => {
    const here = at(point);
    if (!Number.isFinite(here.value)) return { value: here.value, score: [...here.score], information: also };
    const longest = lengths(point);
    const onAxis = (i: number, size: number) => point.map((_, j) => (j === i ? size : 0));
    const lines = point.map((_, i): Line => {
      const long = missing[i]!;
      const part = long ? STEP : SHORT;
      // A trial far out may have left a step that is nothing here.
      let size = part * longest[i]! * Math.min(1, Math.max(LEAST, (steps[i] ?? Number.POSITIVE_INFINITY) / (part * longest[i]!)));
      for (let round = 0; ; round++) {
        const line = along(point, here, onAxis(i, size), long);
        const finite = line.score.every(Number.isFinite) && Number.isFinite(line.first);
        // A term's length by the curvature of all.
        const own = -line.score[i]! / size - (long ? line.second / (size * size) : 0);
        const curvature = Math.abs(own + also[i]![i]!) / terms;
        const wanted = Math.min(part * longest[i]!, finite ? part / Math.sqrt(curvature) : size);
        const change = Math.min(100, Math.max(0.01, wanted / size));
        const near = long ? change > 0.5 && change < 2 : change > 0.2 && change < 10;
        if (round === ROUNDS || (finite && near)) {
          if (finite) steps[i] = size;
          return { score: line.score.map((value) => value / size), first: line.first / size, second: line.second / (size * size) };
        }
        size *= finite ? change : 0.25;
      }
    });
    const score = point.map((_, i) => here.score[i]! + (missing[i] ? lines[i]!.first : 0));
    const information = point.map((_, i) =>
      point.map((__, j) => {
        const [ofI, ofJ] = [lines[j]!.score[i]!, lines[i]!.score[j]!];
        // The score of a coordinate that lacks something is no whole row of the Hessian.
        if (missing[i] !== missing[j]) return missing[i] ? -ofJ : -ofI;
        return -0.5 * (ofI + ofJ);
      }),
    );
    const mixed = (i: number, j: number): number => {
      if (i === j) return lines[i]!.second;
      for (let part = 1, round = 0; ; part *= 0.5, round++) {
        const [a, b] = [part * (steps[i] ?? longest[i]!), part * (steps[j] ?? longest[j]!)];
        const [both, across] = [b, -b].map((own) =>
          along(
            point,
            here,
            point.map((_, k) => (k === i ? a : k === j ? own : 0)),
            true,
          ),
        );
        const found = (both!.second - across!.second) / (4 * a * b);
        if (Number.isFinite(found) || round === ROUNDS) return found;
      }
    };
    for (let i = 0; i < point.length; i++) {
      for (let j = 0; j <= i; j++) {
        if (!(missing[i] && missing[j])) continue;
        information[i]![j]! -= mixed(i, j);
        if (i !== j) information[j]![i] = information[i]![j]!;
      }
    }
    return { value: here.value, score, information };
  };
}
