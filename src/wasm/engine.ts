import { TILE_ROWS } from "../../assembly/layout.ts";
import { Arena } from "./arena.ts";
import { BINS } from "./counts.ts";
import { generation, instance, type Kernels } from "./load.ts";
import { CHUNK_TILES, TILE_BYTES } from "./tiles.ts";

/**
 * What a fit needs beside its columns, whatever their length: subsamples of a tile and of a thousand rows, a histogram,
 * tiles' rows, constants. With the static
 * data of load.ts it is under 1 MiB.
 */
const SCRATCH = 8 * TILE_ROWS + 8 * BINS + CHUNK_TILES * TILE_BYTES + 5 * 2 ** 12;

const ALIGNMENT = 64;

/** Bytes of a column of n doubles. */
export function bytesOf(n: number): number {
  return ALIGNMENT * Math.ceil((8 * n) / ALIGNMENT);
}

/** A memory above this is let go after a fit, since wasm memories never shrink. */
const KEEP = 2 ** 28;

/** Columns shorter than this share an instance: every memory reserves gigabytes of address space, so there cannot be thousands. */
const SHARED = 2 ** 24;

/** An instance of the kernels with its memory. One job at a time. */
export class Engine {
  readonly kernels: Kernels;
  readonly generation = generation;
  /** What jobs reserve and give back. */
  readonly arena: Arena;
  /** First byte of the columns. */
  readonly base: number;
  #last: Promise<unknown> = Promise.resolve();

  /** A memory for jobs whose columns take `bytes`; with `kept`, these lie below the arena and belong to callers. */
  constructor(
    readonly bytes: number,
    kept: boolean,
  ) {
    this.kernels = instance(bytes + SCRATCH);
    this.base = ALIGNMENT * Math.ceil(this.kernels.heapBase!() / ALIGNMENT);
    this.arena = new Arena(this.kernels.memory, kept ? this.base + bytes : this.base);
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

/** The engine into which columns of so many bytes in all are copied. */
export function copyingEngine(bytes: number): Engine {
  if (copies?.generation !== generation || copies.bytes < bytes) {
    let capacity = 2 ** 22;
    while (capacity < bytes && capacity < KEEP) capacity *= 2;
    copies = new Engine(Math.max(capacity, bytes), false);
  }
  return copies;
}

/** Lets go of a copying engine that has grown large, once its job is done. */
export function trim(engine: Engine): void {
  if (engine === copies && engine.bytes > KEEP) copies = undefined;
}

/**
 * A column of `n` doubles in the engine's own memory, to be filled in place: fits of it copy nothing. The view stays valid as long as
 * it is referenced, whatever is fitted meanwhile.
 *
 * @throws RangeError if `n` is not a whole number of at least 1, or past 4 GiB.
 */
export function allocate(n: number): Float64Array {
  if (!Number.isInteger(n) || n < 1) throw new RangeError(`allocate(${n}): a whole number of at least 1 is needed.`);
  const bytes = bytesOf(n);
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
  const engine = new Engine(bytes, true);
  owners.set(engine.arena.buffer, engine);
  return { engine, next: engine.base, end: engine.base + bytes };
}
