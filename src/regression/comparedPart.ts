import type { ComparedPart } from "../estimators/comparedRegression.ts";
import type { Block, Design } from "../formula/design.ts";
import { aliasedColumns } from "./leastSquares.ts";
import { widthOf } from "./parts.ts";

/** Columns above which nobody asks whether they are combinations of others. */
const WIDEST = 400;

const INTERCEPT: Block = { kind: "intercept" };

/** A design as a comparison sees it. */
export class DesignPart implements ComparedPart {
  readonly columns: readonly string[];

  /** @param absorbs - Whether the model has constants beside the design: cut-points, baseline hazards. */
  constructor(
    readonly name: string,
    readonly link: string,
    readonly design: Design,
    readonly offset: Float64Array | undefined,
    readonly absorbs = false,
  ) {
    this.columns = design.names;
  }

  /** By the columns left after those that are the same numbers: whether least squares call all of them combinations of these. */
  async covers(other: ComparedPart | "constant"): Promise<boolean | undefined> {
    const asked = other === "constant" ? [INTERCEPT] : other instanceof DesignPart ? other.design.blocks : undefined;
    if (!asked) return undefined;
    const own = this.absorbs ? [INTERCEPT, ...this.design.blocks.filter(({ kind }) => kind !== "intercept")] : this.design.blocks;
    const rest = asked.filter((block) => !own.some((mine) => isSame(mine, block)));
    const widths = (blocks: readonly Block[]) => blocks.reduce((sum, block) => sum + widthOf(block), 0);
    const [first, more] = [widths(own), widths(rest)];
    if (more === 0) return true;
    if (first + more > WIDEST) return undefined;
    const names = Array.from({ length: first + more }, (_, j) => String(j));
    const { rows } = this.design;
    const together: Design = { rows, names, blocks: [...own, ...rest.map((block) => asColumn(block, rows))], assign: [], terms: [] };
    const aliased = await aliasedColumns({
      design: together,
      y: new Float64Array(rows),
      weights: undefined,
      offset: undefined,
      kept: undefined,
    });
    return aliased.slice(first).every((is) => is);
  }
}

/** A parameter that is one number for all rows. */
export function constantPart(name: string, rows: number): DesignPart {
  return new DesignPart(name, "identity", { rows, names: ["(Intercept)"], blocks: [INTERCEPT], assign: [0], terms: [] }, undefined);
}

/** A second intercept is a column of ones like any other. */
function asColumn(block: Block, rows: number): Block {
  return block.kind === "intercept" ? { kind: "column", values: new Float64Array(rows).fill(1) } : block;
}

function isSame(one: Block, other: Block): boolean {
  if (one.kind === "intercept") return other.kind === "intercept";
  if (one.kind === "column") return other.kind === "column" && areEqual(one.values, other.values);
  if (other.kind !== "levels" || one.count !== other.count || !areEqual(one.codes, other.codes)) return false;
  return one.by && other.by ? areEqual(one.by, other.by) : one.by === other.by;
}

function areEqual(one: ArrayLike<number>, other: ArrayLike<number>): boolean {
  if (one === other) return true;
  if (one.length !== other.length) return false;
  for (let i = 0; i < one.length; i++) if (one[i] !== other[i]) return false;
  return true;
}
