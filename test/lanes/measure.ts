// The largest error of a lane in a range, and whether it keeps its order.

import type { Scaled } from "../precise/arithmetic.ts";
import type { Columns } from "./module.ts";
import { ROWS } from "./module.ts";
import { neighboursIn, pointsIn, random } from "./points.ts";
import { errorOf, type LaneRow, type Range } from "./table.ts";

/** An error and where it is. */
export interface Worst {
  readonly ulp: number;
  readonly x: readonly number[];
}

type Precise = (...x: number[]) => Scaled;

/**
 * The largest error over n seeded points of a range.
 *
 * @throws Error if the builds disagree in a bit.
 */
export function worstIn(lane: LaneRow, range: Range, exact: Precise, builds: readonly Columns[], n: number, seed: number): Worst {
  const next = random(seed);
  const error = errorOf(lane);
  let worst: Worst = { ulp: 0, x: [] };
  for (let done = 0; done < n; done += ROWS) {
    const columns = pointsIn(range, Math.min(ROWS, n - done), next);
    const [found, ...others] = builds.map((run) => run(lane.function, ...columns));
    found!.forEach((value, row) => {
      const x = columns.map((column) => column[row]!);
      for (const other of others) {
        if (!Object.is(other[row], value)) throw new Error(`${lane.function}(${x}) is ${value} in one build, ${other[row]} in another.`);
      }
      const ulp = error(value, exact(...x));
      if (!(ulp <= worst.ulp)) worst = { ulp, x };
    });
  }
  return worst;
}

/** The first point of n where a lane goes the wrong way. */
export function disorderIn(lane: LaneRow, range: Range, run: Columns, n: number, seed: number): string | undefined {
  const next = random(seed);
  for (let done = 0; done < n; done += ROWS) {
    const columns = neighboursIn(range, Math.min(ROWS, n - done), next);
    const found = run(lane.function, ...columns);
    const step = columns.length === 1 ? 1 : 2;
    for (let row = 1; row < found.length; row += step) {
      const fall = (found[row - 1]! - found[row]!) * range.monotone!;
      if (fall > 0) {
        const of = (at: number) => `${lane.function}(${columns.map((column) => column[at])}) = ${found[at]}`;
        return `${of(row - 1)}, ${of(row)}`;
      }
    }
  }
  return undefined;
}
