import type { Design } from "../formula/design.ts";
import { leastSquares } from "../regression/leastSquares.ts";
import { type Part, widthOf } from "../regression/parts.ts";
import { predictor } from "../regression/predictor.ts";
import type { VglmFound } from "./vglmSearch.ts";

/** The formula's offset and the option's. */
export function partOffset({ offset: own }: Part["design"], given: Float64Array | undefined): Float64Array | undefined {
  return given && own ? given.map((value, i) => value + own[i]!) : (given ?? own);
}

/** A part whose predictor is counted in some unit. */
export function inUnit(part: Part, unit: number): Part {
  return part.offset && unit !== 1 ? { ...part, offset: part.offset.map((value) => value / unit) } : part;
}

/** A linear predictor at the coefficients found, for rows as they were given. */
export function partPredictor({ design, places, offset }: Part, part: number, { peak, coordinates }: VglmFound): Float64Array {
  const moves = coordinates.moves[part]!;
  const through = {
    value: (column: number, x: number) => {
      const move = moves[column];
      return move ? (x - move.center) * move.scale : x;
    },
    response: { center: 0, scale: 1 },
  };
  return predictor(
    design,
    Float64Array.from(places, (place) => peak.beta[place]!),
    through,
    offset,
  );
}

/** Designs side by side, each with coefficients of its own, and own parameters as constants behind them. */
export function partsOf(designs: readonly Part["design"][], own: number, offsets: readonly (Float64Array | undefined)[] = []): Part[] {
  let next = 0;
  const parts = designs.map((design, a): Part => {
    const width = design.blocks.reduce((sum, block) => sum + widthOf(block), 0);
    const places = Int32Array.from({ length: width }, (_, j) => next + j);
    next += width;
    return { design, places, offset: partOffset(design, offsets[a]) };
  });
  const { rows } = designs[0]!;
  const constant = { rows, names: ["(Intercept)"], blocks: [{ kind: "intercept" as const }], assign: [0], terms: [] };
  return [...parts, ...Array.from({ length: own }, (_, k): Part => ({ design: constant, places: Int32Array.of(next + k) }))];
}

/** Place of a design's intercept among its columns, or -1. */
export function interceptOf({ blocks }: Part["design"]): number {
  let column = 0;
  for (const block of blocks) {
    if (block.kind === "intercept") return column;
    column += widthOf(block);
  }
  return -1;
}

/** Coefficients whose predictor is as near a constant as the design allows. */
export async function levelled(design: Design, value: number): Promise<Float64Array> {
  const beta = new Float64Array(design.names.length);
  let column = 0;
  for (const block of design.blocks) {
    if (block.kind === "intercept") {
      beta[column] = value;
      return beta;
    }
    column += block.kind === "levels" ? block.count : 1;
  }
  if (value === 0) return beta;
  const y = new Float64Array(design.rows).fill(value);
  return (await leastSquares({ design, y, weights: undefined, offset: undefined, kept: undefined })).beta;
}
