import { log, log1p } from "../src/math/elementary.ts";
import { Random } from "../src/math/random.ts";

/** A column, row by row. */
export const column = (rows: number, draw: (row: number) => number) => Float64Array.from({ length: rows }, (_, row) => draw(row));

/** Logistic latents of two columns, cut into so many levels, which all occur. */
export function ordinalSample(rows: number, levels: number, seed: number) {
  const random = new Random(seed);
  const x = column(rows, () => random.normal());
  const z = column(rows, () => random.normal());
  const latent = x.map((value, i) => {
    const u = random.uniform();
    return 0.8 * value - 0.5 * z[i]! + log(u) - log1p(-u);
  });
  const sorted = latent.toSorted();
  const cuts = Array.from({ length: levels - 1 }, (_, j) => sorted[Math.floor(((j + 1) * rows) / levels)]!);
  const y = latent.map((value) => 1 + cuts.filter((cut) => value >= cut).length);
  return { design: { names: ["x", "z"], columns: [x, z] }, x, z, y, latent };
}
