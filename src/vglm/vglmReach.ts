import type { PartMatrix } from "../wasm/partMatrix.ts";

// How far coefficients reach in what the rows' predictors are.

/** Of each part, where given, the least and the most that a predictor may be. */
export type Within = readonly (readonly [least: number, most: number] | undefined)[];

/** A coefficient's share of a direction, in what it moves a predictor by, above which it runs away. */
export const SHARE = 1e-4;

/** Coefficients whose own share of what a direction moves predictors by counts. */
export function runsOf(matrix: PartMatrix, direction: Float64Array, largest: number): boolean[] {
  const alone = (k: number) => direction.map((value, j) => (j === k ? value : 0));
  return Array.from(direction, (value, k) => value !== 0 && furthest(matrix, alone(k)) > SHARE * largest);
}

/** Which parts have a row whose predictor lies outside these limits. */
export function outside(matrix: PartMatrix, beta: Float64Array, within: Within): boolean[] {
  const left = within.map(() => false);
  matrix.predict(beta, (_, __, etas) => {
    etas.forEach((eta, a) => {
      const ends = within[a];
      if (!ends) return;
      for (let i = 0; i < eta.length; i++) if (eta[i]! < ends[0] || eta[i]! > ends[1]) left[a] = true;
    });
  });
  return left;
}

/** The most that a direction moves a row's linear predictor. */
export function furthest(matrix: PartMatrix, direction: Float64Array): number {
  let most = 0;
  matrix.predict(
    direction,
    (_, __, etas) => {
      for (const eta of etas) for (let i = 0; i < eta.length; i++) most = Math.max(most, Math.abs(eta[i]!));
    },
    false,
  );
  return most;
}
