import type { Design } from "../formula/design.ts";
import type { Coordinates } from "./coordinates.ts";

// What a design says of its rows, one after the other, at the columns as they were given.

/** What a design's rows are seen through: columns moved, and the response's way back. */
export type Seen = Pick<Coordinates, "value" | "response">;

/** X beta + offset for every row, beta the coefficients of the columns as they were moved: so an offset of 1e9 costs no digits. */
export function predictor(design: Design, gamma: ArrayLike<number>, through: Seen, offset?: Float64Array): Float64Array {
  const eta = new Float64Array(design.rows);
  let column = 0;
  for (const block of design.blocks) {
    if (block.kind === "levels") {
      const first = column;
      for (let i = 0; i < eta.length; i++) {
        const code = block.codes[i]!;
        if (code < 0) continue;
        const b = gamma[first + code]!;
        eta[i]! += block.by ? b * through.value(first + code, block.by[i]!) : b;
      }
      column += block.count;
      continue;
    }
    const own = column++;
    const b = gamma[own]!;
    if (b === 0) continue;
    if (block.kind === "intercept") for (let i = 0; i < eta.length; i++) eta[i]! += b;
    else for (let i = 0; i < eta.length; i++) eta[i]! += b * through.value(own, block.values[i]!);
  }
  const { center, scale } = through.response;
  if (scale !== 1 || center !== 0) for (let i = 0; i < eta.length; i++) eta[i] = eta[i]! / scale + center;
  if (offset) for (let i = 0; i < eta.length; i++) eta[i]! += offset[i]!;
  return eta;
}

/** The columns of a row that are not 0 whatever the data: calls with place and value. */
export function eachEntry(design: Design, row: number, call: (column: number, value: number) => void): void {
  let column = 0;
  for (const block of design.blocks) {
    if (block.kind === "intercept") call(column++, 1);
    else if (block.kind === "column") call(column++, block.values[row]!);
    else {
      const code = block.codes[row]!;
      if (code >= 0) call(column + code, block.by ? block.by[row]! : 1);
      column += block.count;
    }
  }
}

/** x' V x for every row: `covariance` gives V's elements, and `left` the columns that do not count. */
export function quadratics(design: Design, covariance: (i: number, j: number) => number, left: (column: number) => boolean): Float64Array {
  const places: number[] = [];
  const values: number[] = [];
  return new Float64Array(design.rows).map((_, row) => {
    places.length = 0;
    values.length = 0;
    eachEntry(design, row, (column, value) => {
      if (value === 0 || left(column)) return;
      places.push(column);
      values.push(value);
    });
    let sum = 0;
    for (let a = 0; a < places.length; a++) {
      let inner = 0.5 * values[a]! * covariance(places[a]!, places[a]!);
      for (let b = 0; b < a; b++) inner += values[b]! * covariance(places[a]!, places[b]!);
      sum += 2 * values[a]! * inner;
    }
    return Math.max(0, sum);
  });
}

/** Factors written out as columns of zeros and ones (or values): for designs of few columns. Such columns may be scaled, but have no center. */
export function expanded(design: Design): Design {
  const blocks = design.blocks.flatMap((block) => {
    if (block.kind !== "levels") return [block];
    return Array.from({ length: block.count }, (_, level) => ({
      kind: "column" as const,
      values: Float64Array.from(block.codes, (code, i) => (code !== level ? 0 : block.by ? block.by[i]! : 1)),
    }));
  });
  return { ...design, blocks };
}

/** The design with its columns moved: their values near 1, whatever the data's. */
export function moved(design: Design, coordinates: Coordinates): Design {
  let column = 0;
  const blocks = design.blocks.map((block) => {
    const own = column;
    column += block.kind === "levels" ? block.count : 1;
    if (block.kind === "intercept" || (block.kind === "levels" && !block.by)) return block;
    if (block.kind === "column") return { kind: "column" as const, values: block.values.map((x) => coordinates.value(own, x)) };
    const { by, codes } = block;
    return { ...block, by: by!.map((x, i) => (codes[i]! < 0 ? 0 : coordinates.value(own + codes[i]!, x))) };
  });
  return { ...design, blocks };
}
