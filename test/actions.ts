import type { Family } from "loglik";
import { trial } from "./trials.ts";

// How a family's parameters follow when the data are scaled or shifted. Nobody says so: the density is asked.

/** Parameters of c x, or of x + c, from those of x. */
export type Action = (theta: readonly number[], c: number) => number[];

type Move = (value: number, c: number) => number;

const keep: Move = (value) => value;
const multiply: Move = (value, c) => value * c;
const divide: Move = (value, c) => value / c;
const add: Move = (value, c) => value + c;
const addLog: Move = (value, c) => value + Math.log(c);

/** What scaling does to the parameters, or undefined where c x is not of the family. */
export function scaling(family: Family): Action | undefined {
  return find(
    family,
    [keep, multiply, divide, addLog],
    (x, c) => x * c,
    (c) => Math.log(c),
  );
}

/** What a shift does to them, or undefined. */
export function shifting(family: Family): Action | undefined {
  return find(
    family,
    [keep, add],
    (x, c) => x + c,
    () => 0,
  );
}

function find(family: Family, moves: readonly Move[], map: Move, logSlope: (c: number) => number): Action | undefined {
  if (family.support.whole) return undefined;
  const p = family.parameters.length;
  const choices = Array.from({ length: moves.length ** p }, (_, k) =>
    Array.from({ length: p }, (_, i) => moves[Math.floor(k / moves.length ** i) % moves.length]!),
  );
  const actions = choices.map(
    (choice): Action =>
      (theta, c) =>
        // A constant stays.
        theta.map((value, i) => (choice[i] ?? keep)(value, c)),
  );
  return actions.find((action) =>
    [0, 1, 2, 3].every((row) => {
      const { theta, at } = trial(family, row);
      return [0.5, 4].every((c) =>
        [0.1, 0.4, 0.8].map(at.quantile).every((x) => {
          const expected = family.logPdf(x, theta) - logSlope(c);
          return Math.abs(family.logPdf(map(x, c), action(theta, c)) - expected) < 1e-9 * (1 + Math.abs(expected));
        }),
      );
    }),
  );
}
