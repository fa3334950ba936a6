import type { Block, Design } from "../formula/design.ts";

// A regression whose rows have several linear predictors, eta_a = X_a beta_a + offset_a, one for each parameter of a distribution, or for
// each level of a response: T. W. Yee, Vector Generalized Linear and Additive Models (2015). The predictors may share coefficients.

/** One linear predictor. */
export interface Part {
  readonly design: Design;
  /** Place of each of the design's columns among the coefficients. */
  readonly places: Int32Array;
  /** Coefficients of which one is added to every row, and which so make up for a column that is moved; the intercept's where not given. */
  readonly absorbers?: readonly number[];
  readonly offset?: Float64Array | undefined;
}

/** All columns of several designs, each once. */
export interface Union {
  readonly design: Design;
  /** For each part, and each of its blocks, the first column of that block here. */
  readonly firsts: readonly (readonly number[])[];
  /** For each block here, whether all parts that use it have something to make up for a move. */
  readonly centred: readonly boolean[];
}

/** The coefficients that make up for moved columns of a part. */
export function absorbersOf({ design, places, absorbers }: Part): readonly number[] {
  if (absorbers) return absorbers;
  let column = 0;
  for (const block of design.blocks) {
    if (block.kind === "intercept") return [places[column]!];
    column += widthOf(block);
  }
  return [];
}

export function widthOf(block: Block): number {
  return block.kind === "levels" ? block.count : 1;
}

export function unionOf(parts: readonly Part[]): Union {
  const blocks: Block[] = [];
  const names: string[] = [];
  const starts: number[] = [];
  const centred: boolean[] = [];
  const firsts = parts.map((part) => {
    const { design } = part;
    const movable = absorbersOf(part).length > 0;
    let column = 0;
    return design.blocks.map((block) => {
      let at = blocks.findIndex((other) => isSame(other, block));
      if (at < 0) {
        at = blocks.push(block) - 1;
        starts.push(names.length);
        centred.push(movable);
        for (let j = 0; j < widthOf(block); j++) names.push(design.names[column + j]!);
      } else if (!movable) centred[at] = false;
      column += widthOf(block);
      return starts[at]!;
    });
  });
  const { rows } = parts[0]!.design;
  return { design: { rows, names, blocks, assign: names.map(() => 0), terms: [] }, firsts, centred };
}

/** Whether two blocks are the same columns, by their arrays. */
function isSame(one: Block, other: Block): boolean {
  if (one.kind === "intercept") return other.kind === "intercept";
  if (one.kind === "column") return other.kind === "column" && one.values === other.values;
  return other.kind === "levels" && one.codes === other.codes && one.by === other.by && one.count === other.count;
}
