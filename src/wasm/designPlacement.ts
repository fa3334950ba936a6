import { BLOCK_ROWS, TILE_ROWS } from "../../assembly/layout.ts";
import type { Design } from "../formula/design.ts";
import { highWord, powerOfTwo } from "../math/doubleDouble.ts";
import { DesignMatrix } from "./designMatrix.ts";
import { bytesOf, copyingEngine, type Engine, trim } from "./engine.ts";
import type { Column, Factor } from "./placedColumns.ts";
import { Sample } from "./sample.ts";
import { scratchOf } from "./tileSums.ts";

/** Deviations from the mean, relative to it, below which a column is constant. */
const CONSTANT = 2 ** -44;

/** What goes with a design into an engine's memory. */
export interface Placed {
  readonly design: Design;
  /** Columns of rows beside it, as they are. */
  readonly vectors: Readonly<Record<string, Float64Array>>;
  /** A column that is moved as the design's are. */
  readonly response?: Float64Array;
  /** Whether rows are looked at as a subsample first. */
  readonly thinned: boolean;
  /** For each block, whether something makes up for a center; where there is an intercept, if not given. */
  readonly centred?: readonly boolean[];
  /** Doubles of scratch beyond what one linear predictor needs. */
  readonly scratch?: number;
}

/**
 * Runs `work` on a design in an engine's memory. Columns are copied, then moved by a center and a power of two so that no digit is lost:
 * by the mean where all values lie within a factor of two of it and there is an intercept to take it up, and to a size of 1. Where the
 * values spread further than that, a center would change little. The memory is taken back when the work ends.
 *
 * @throws RangeError for values that are not finite, naming column and row.
 */
export async function withDesign<T>(given: Placed, work: (matrix: DesignMatrix) => Promise<T> | T): Promise<T> {
  const engine = copyingEngine(bytesFor(given));
  try {
    return await engine.exclusive(async () => work(place(engine, given)));
  } finally {
    trim(engine);
  }
}

function bytesFor({ design, vectors, response, thinned, scratch: more = 0 }: Placed): number {
  const { rows, blocks } = design;
  const plain = blocks.filter(({ kind }) => kind === "column").length + (response ? 1 : 0);
  const factors = blocks.filter((block) => block.kind === "levels");
  const columns = plain + Object.keys(vectors).length + factors.filter(({ by }) => by).length;
  const d = plain + blocks.filter(({ kind }) => kind === "intercept").length;
  const counts = factors.map(({ count }) => count);
  const thin = thinned ? 16 * TILE_ROWS * (columns + factors.length) : 0;
  const scratch = 16 * scratchOf(d, counts) + 8 * more + 64 * (columns + factors.length + 16);
  return columns * (bytesOf(rows) + 64) + factors.length * (bytesOf(rows / 2) + 64) + thin + scratch + 8 * BLOCK_ROWS;
}

function place(engine: Engine, { design, vectors, response, centred: centredBlocks }: Placed): DesignMatrix {
  const { arena } = engine;
  const { rows, blocks, names } = design;
  const centred = blocks.some(({ kind }) => kind === "intercept");
  const ones = arena.reserve(BLOCK_ROWS);
  arena.view(ones, BLOCK_ROWS).fill(1);
  const columns: Column[] = [];
  const factors: Factor[] = [];
  let index = 0;
  blocks.forEach((block, b) => {
    if (block.kind === "intercept") columns.push({ index: index++, address: ones, center: 0, scale: 1, size: 1, constant: true });
    else if (block.kind === "column") {
      columns.push(moved(engine, block.values, `column ${JSON.stringify(names[index])}`, index, centredBlocks?.[b] ?? centred));
      index++;
    } else {
      factors.push({
        first: index,
        count: block.count,
        codes: putCodes(engine, block.codes),
        values: block.by ? put(engine, block.by) : 0,
        size: block.by ? block.by.reduce((most, x) => Math.max(most, Math.abs(x)), 0) : 1,
      });
      if (block.by) checkFinite(block.by, `the numbers by which ${JSON.stringify(names[index])} is multiplied`);
      index += block.count;
    }
  });
  const placed = Object.fromEntries(Object.entries(vectors).map(([name, vector]) => [name, put(engine, vector)]));
  const last = response && moved(engine, response, "y", index, centred);
  return new DesignMatrix(engine, rows, columns, factors, placed, last);
}

/** A column with zeros up to the next multiple of 64 bytes, and one more group. */
function put({ arena }: Engine, values: Float64Array): number {
  const padded = 8 * Math.ceil((values.length + 1) / 8);
  const address = arena.reserve(padded);
  const view = arena.view(address, padded);
  view.set(values);
  view.fill(0, values.length);
  return address;
}

function putCodes({ arena }: Engine, codes: Int32Array): number {
  const address = arena.reserve(Math.ceil(codes.length / 2));
  new Int32Array(arena.buffer, address, codes.length).set(codes);
  return address;
}

function moved(engine: Engine, values: Float64Array, name: string, index: number, centred: boolean): Column {
  const address = put(engine, values);
  const rows = values.length;
  const sample = new Sample(engine, address, undefined, rows);
  if (!sample.finite) checkFinite(values, name);
  const { min, max, sum } = sample.extent;
  const mean = sum / rows;
  const near = min > 0 ? max <= 2 * mean && min >= mean / 2 : max < 0 && min >= 2 * mean && max <= mean / 2;
  const center = centred && near ? mean : 0;
  const size = Math.max(Math.abs(min - center), Math.abs(max - center));
  // What is left of a constant column are the roundings of how it was computed.
  if (size < CONSTANT * Math.abs(center)) {
    engine.arena.view(address, rows).fill(0);
    return { index, address, center, scale: 1, size: 0, constant: false };
  }
  const exponent = size > 0 ? Math.max(-1021, Math.min(1021, ((highWord(size) >> 20) & 0x7ff) - 1022)) : 0;
  // Sizes within a thousand of 1 are left alone.
  const scale = Math.abs(exponent) > 10 ? powerOfTwo(-exponent) : 1;
  if (center !== 0 || scale !== 1) engine.kernels.shiftScale!(address, rows, center, scale);
  return { index, address, center, scale, size: size * scale, constant: false };
}

function checkFinite(values: Float64Array, name: string): void {
  const row = values.findIndex((value) => !Number.isFinite(value));
  if (row >= 0) throw new RangeError(`${name}[${row}] is ${values[row]}; finite values are needed.`);
}
