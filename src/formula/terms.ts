import type { Design } from "./design.ts";

/** The design of the first so many terms. Its columns stay in their order. */
export function upTo(design: Design, term: number): Design {
  const { names, blocks, assign, terms } = design;
  let column = 0;
  const kept = blocks.filter((block) => {
    const first = column;
    column += block.kind === "levels" ? block.count : 1;
    return assign[first]! <= term;
  });
  const places = names.map((_, j) => j).filter((j) => assign[j]! <= term);
  return {
    ...design,
    names: places.map((j) => names[j]!),
    assign: places.map((j) => assign[j]!),
    blocks: kept,
    terms: terms.slice(0, term),
  };
}

/** The design without terms: its intercept or, where there is none, a column of zeros. */
export function withoutTerms(design: Design): Design {
  if (design.blocks.some(({ kind }) => kind === "intercept")) return upTo(design, 0);
  return { ...design, names: ["0"], assign: [0], blocks: [{ kind: "column", values: new Float64Array(design.rows) }], terms: [] };
}
