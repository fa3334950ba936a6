import type { Design } from "../formula/design.ts";
import type { OrdinalLink } from "../laws/ordinalLinks.ts";
import { ordinalTerms } from "../laws/ordinalTerms.ts";
import type { Part } from "../regression/parts.ts";
import { type LevelsData, levelShares, occursInSubsample } from "./levelsData.ts";
import { partOffset } from "./vglmParts.ts";
import type { VglmProblem } from "./vglmSearch.ts";

/** A design without its column of ones: the cut-points are there instead. */
export function withoutIntercept(design: Design): Design {
  if (!design.blocks.some(({ kind }) => kind === "intercept")) return design;
  let column = 0;
  const kept: number[] = [];
  const blocks = design.blocks.filter((block) => {
    const width = block.kind === "levels" ? block.count : 1;
    for (let j = 0; j < width; j++, column++) if (block.kind !== "intercept") kept.push(column);
    return block.kind !== "intercept";
  });
  return { ...design, blocks, names: kept.map((j) => design.names[j]!), assign: kept.map((j) => design.assign[j]!) };
}

/**
 * The likelihood of ordered levels. A row's predictors are its upper and its lower cut, zeta_y - x'b and zeta_(y-1) - x'b: designs of the
 * same columns, with coefficients -b, and of the level's own cut-point. It starts at the levels' shares with b = 0.
 */
export function ordinalProblem(link: OrdinalLink, read: LevelsData): { problem: VglmProblem; design: Design } {
  const { data, levels } = read;
  const design = withoutIntercept(data.designs[0]!);
  const { rows, names, blocks } = design;
  const [width, cuts] = [names.length, levels.length - 1];
  const { y, weights, offset } = data.columns;
  const places = Int32Array.from({ length: width + cuts }, (_, k) => k);
  const absorbers = Array.from(places.subarray(width));
  const added = partOffset(design, offset)?.map((value) => -value);
  const partOf = (codes: Int32Array): Part => {
    const own = { kind: "levels" as const, codes, count: cuts };
    const zetas = absorbers.map((_, j) => `zeta${j + 1}`);
    return {
      design: { rows, names: [...names, ...zetas], blocks: [...blocks, own], assign: [], terms: [] },
      places,
      absorbers,
      offset: added,
    };
  };
  const upper = Int32Array.from(y!, (level) => (level < cuts ? level : -1));
  const lower = Int32Array.from(y!, (level) => level - 1);
  // Columns are looked at beside one of ones, of which the cut-points are parts.
  const beside: Design = { rows, names: ["(Intercept)", ...names], blocks: [{ kind: "intercept" }, ...blocks], assign: [], terms: [] };
  const identified = [{ design: beside, places: Int32Array.from({ length: width + 1 }, (_, j) => j - 1) }];
  const start = new Float64Array(width + cuts);
  const shares = levelShares(read);
  const total = shares.reduce((sum, share) => sum + share, 0);
  let below = 0;
  for (let j = 0; j < cuts; j++) {
    below += shares[j]!;
    start[width + j] = link.ends.eta(below / total);
  }
  const columns = { y: y!, ...(weights && { weights }) };
  const parts = [partOf(upper), partOf(lower)];
  const terms = ordinalTerms(link, levels.length);
  return { problem: { parts, identified, width: width + cuts, columns, terms, start, subsample: occursInSubsample(read) }, design };
}
