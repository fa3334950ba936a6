import { exp, log } from "../math/elementary.ts";
import type { Jet } from "./pullBack.ts";
import type { StacyStart } from "./stacyStarts.ts";

/**
 * Coordinates in which the generalised gamma likelihood has no ridge, whatever is fixed. m = ls + log(shape)/power is where the data are, so
 * it goes with any other; ls is the logarithm of the scale, all in the frame of the logarithms.
 */
export interface StacyCoordinates {
  of(start: StacyStart): number[];
  /** Prentice's m, log s, Q there, and their derivatives where they are not the coordinates themselves. */
  prentice(point: readonly number[]): { readonly at: readonly [number, number, number]; readonly jet?: Jet };
  /** ls, log(shape), log(power); beyond Q = 0 the first and the last are NaN. */
  stacy(point: readonly number[]): readonly [number, number, number];
  /** Derivatives of those of the three that are free. */
  slopes(point: readonly number[]): number[][];
}

const NONE = [
  [0, 0],
  [0, 0],
];

/** For all three free or one of them fixed; undefined where one is left, or none. */
export function stacyCoordinates({ ls, shape, power }: Partial<StacyStart>): StacyCoordinates | undefined {
  if (ls === undefined && shape === undefined && power === undefined) return free;
  if (ls === undefined && power === undefined) return shapeFixed(shape!);
  if (ls === undefined && shape === undefined) return powerFixed(power!);
  return shape === undefined && power === undefined ? scaleFixed(ls!) : undefined;
}

const middle = ({ ls, shape, power }: StacyStart) => ls + log(shape) / power;

/** (m, log s, Q). */
const free: StacyCoordinates = {
  of: (start) => [middle(start), -0.5 * log(start.shape) - log(start.power), 1 / Math.sqrt(start.shape)],
  prentice: ([m, size, Q]) => ({ at: [m!, size!, Q!] }),
  stacy: ([m, size, Q]) => [m! + (2 * log(Q!) * exp(size!)) / Q!, -2 * log(Math.abs(Q!)), log(Q!) - size!],
  slopes([, size, Q]) {
    const ratio = (2 * exp(size!)) / Q!;
    return [
      [1, ratio * log(Q!), (ratio * (1 - log(Q!))) / Q!],
      [0, 0, -2 / Q!],
      [0, -1, 1 / Q!],
    ];
  },
};

/** (m, log power). */
function shapeFixed(shape: number): StacyCoordinates {
  const logShape = log(shape);
  const Q = 1 / Math.sqrt(shape);
  const slopes = [
    [1, 0],
    [0, -1],
    [0, 0],
  ];
  return {
    of: (start) => [middle(start), log(start.power)],
    prentice: ([m, lp]) => ({ at: [m!, -0.5 * logShape - lp!, Q], jet: { slopes, bends: [NONE, NONE, NONE] } }),
    stacy: ([m, lp]) => [m! - logShape * exp(-lp!), logShape, lp!],
    slopes: ([, lp]) => [
      [1, logShape * exp(-lp!)],
      [0, 1],
    ],
  };
}

/** (m, log shape). */
function powerFixed(power: number): StacyCoordinates {
  const lp = log(power);
  return {
    of: (start) => [middle(start), log(start.shape)],
    prentice([m, lk]) {
      const Q = exp(-0.5 * lk!);
      const slopes = [
        [1, 0],
        [0, -0.5],
        [0, -0.5 * Q],
      ];
      const bend = [
        [0, 0],
        [0, 0.25 * Q],
      ];
      return { at: [m!, -0.5 * lk! - lp, Q], jet: { slopes, bends: [NONE, NONE, bend] } };
    },
    stacy: ([m, lk]) => [m! - lk! / power, lk!, lp],
    slopes: () => [
      [1, -1 / power],
      [0, 1],
    ],
  };
}

/** (m, log power): log(shape) = power (m - ls). */
function scaleFixed(ls: number): StacyCoordinates {
  return {
    of: (start) => [middle(start), log(start.power)],
    prentice([m, lp]) {
      const power = exp(lp!);
      const lk = power * (m! - ls);
      const Q = exp(-0.5 * lk);
      const first = [power, lk];
      const second = [
        [0, power],
        [power, lk],
      ];
      const slopes = [[1, 0], [-0.5 * power, -0.5 * lk - 1], first.map((d) => -0.5 * Q * d)];
      const half = second.map((row) => row.map((entry) => -0.5 * entry));
      const bend = half.map((row, i) => row.map((entry, j) => Q * (0.25 * first[i]! * first[j]! + entry)));
      return { at: [m!, -0.5 * lk - lp!, Q], jet: { slopes, bends: [NONE, half, bend] } };
    },
    stacy: ([m, lp]) => [ls, exp(lp!) * (m! - ls), lp!],
    slopes: ([m, lp]) => [
      [exp(lp!), exp(lp!) * (m! - ls)],
      [0, 1],
    ],
  };
}
