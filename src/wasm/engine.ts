import { TILE_ROWS, TOTALS } from "../../assembly/layout.ts";
import { Arena } from "./arena.ts";
import { generation, instance, type Kernels } from "./load.ts";

/** What a fit needs beside its columns: constants, a subsample of one tile with its weights, tile rows, a histogram. */
const SCRATCH = 2 * 8 * TILE_ROWS + (2 ** 29 / TILE_ROWS) * TOTALS * 16 + 2 ** 17;

/** A memory's size, less a page for static data. */
const LIMIT = 2 ** 32 - 2 ** 16;

/** A memory above this is let go after a fit, since wasm memories never shrink. */
const KEEP = 2 ** 28;

/** Columns shorter than this share an instance: every memory reserves gigabytes of address space, so there cannot be thousands. */
const SHARED = 2 ** 24;

/** An instance of the kernels with its memory. One job at a time. */
export class Engine {
  readonly kernels: Kernels = instance();
  readonly generation = generation;
  /** What jobs reserve and give back. */
  readonly arena: Arena;
  #last: Promise<unknown> = Promise.resolve();

  /** With `columns` bytes, the memory holds that much for callers' columns below the arena and never grows. */
  constructor(columns = 0) {
    const { memory, heapBase } = this.kernels;
    const base = heapBase!();
    if (columns > 0) memory.grow(Math.max(0, Math.ceil((base + columns + SCRATCH - memory.buffer.byteLength) / 65536)));
    this.arena = new Arena(memory, base + columns, columns > 0);
  }

  /** Runs `work` when all that was asked before has ended; what it reserves is taken back. */
  exclusive<T>(work: () => Promise<T>): Promise<T> {
    const job = this.#last.then(() => this.arena.scope(work));
    this.#last = job.catch(() => undefined);
    return job;
  }
}

/** Callers' columns in the lower part of an engine's memory: handed out upwards, given back when the views are collected. */
interface Slab {
  readonly engine: Engine;
  next: number;
  readonly end: number;
}

let copies: Engine | undefined;
let shared: Slab | undefined;
const owners = new WeakMap<ArrayBuffer, Engine>();

/** The engine whose memory holds an array obtained from `allocate`. */
export function ownerOf(values: ArrayLike<number>): Engine | undefined {
  return values instanceof Float64Array ? owners.get(values.buffer as ArrayBuffer) : undefined;
}

/** The engine into which arrays from elsewhere are copied. */
export function copyingEngine(): Engine {
  if (copies?.generation !== generation) copies = new Engine();
  return copies;
}

/** Lets go of a copying engine that has grown large, once its job is done. */
export function trim(engine: Engine): void {
  if (engine === copies && engine.arena.size > KEEP) copies = undefined;
}

/**
 * A column of `n` doubles in the engine's own memory, to be filled in place: fits of it copy nothing. The view stays valid as long as
 * it is referenced, whatever is fitted meanwhile.
 *
 * @throws RangeError if `n` is not a whole number of at least 1, or past 4 GiB.
 */
export function allocate(n: number): Float64Array {
  if (!Number.isInteger(n) || n < 1) throw new RangeError(`allocate(${n}): a whole number of at least 1 is needed.`);
  const bytes = 64 * Math.ceil(n / 8);
  if (bytes + SCRATCH > LIMIT) {
    throw new RangeError(`allocate(${n}): ${(bytes / 2 ** 30).toFixed(2)} GiB are needed; a WebAssembly memory holds 4 GiB.`);
  }
  let slab: Slab;
  if (bytes > SHARED / 4) slab = slabOf(bytes);
  else {
    if (shared?.engine.generation !== generation || shared.end - shared.next < bytes) shared = slabOf(SHARED);
    slab = shared;
  }
  const column = slab.engine.arena.view(slab.next, n);
  slab.next += bytes;
  return column;
}

function slabOf(bytes: number): Slab {
  const engine = new Engine(bytes);
  owners.set(engine.arena.buffer, engine);
  const base = engine.kernels.heapBase!();
  const next = 64 * Math.ceil(base / 64);
  return { engine, next, end: base + bytes };
}
