// A peer is a program of its own: `<command> <family> <file> <n> <seconds> <warm rows> <most runs>`. It loads the first n little-endian
// doubles of the file, fits the first of them once to be warm, prints Ready, and then fits them all as its documentation says, with its
// defaults: at least once, until `seconds` are over. It prints Answer and ends. One line of JSON is one message, in whatever language.

export interface Question {
  readonly family: string;
  readonly file: string;
  readonly n: number;
  readonly seconds: number;
}

/** Fewer rows than any sample has: what is compiled or loaded at a first call is so before the clock starts. */
const WARM_ROWS = 1000;

/** More runs than this say nothing new of the median. */
const MOST_RUNS = 500;

export function argumentsOf({ family, file, n, seconds }: Question): string[] {
  return [family, file, ...[n, seconds, WARM_ROWS, MOST_RUNS].map(String)];
}

/** How a peer gets at its estimates: the first two sum over the data and are done with them, the others iterate over them. */
export type Method = "closed form" | "equation of sums" | "own iteration" | "generic optimizer";

/** The data are loaded; or the peer does not fit this family, and why. */
export interface Ready {
  readonly skip?: string;
}

export interface Answer {
  /** Milliseconds of each run. */
  readonly ms: readonly number[];
  /** Milliseconds of processor time that all runs together took, helpers' threads included: what a busy machine does not stretch. */
  readonly processorMs?: number;
  /** In the order and the parameterisation of the engine's family. */
  readonly estimates: readonly number[];
  readonly method: Method;
  /** The log-likelihood that it says it has reached. */
  readonly logLik?: number;
  /** Resident bytes before the first run, data included, and the most until its end; absent where the system does not tell. */
  readonly loadedBytes?: number;
  readonly peakBytes?: number;
}

/** What the engine says besides. */
export interface EngineAnswer extends Answer {
  readonly status: string;
  readonly logLik: number;
  readonly standardErrors: readonly number[];
  /** Absent where the engine copies what it needs of the rows. */
  readonly wasm?: WasmMemory;
}

/** A family of `fitBest`. */
export interface RankedFit {
  readonly family: string;
  readonly status: string;
  readonly logLik: number;
  /** Milliseconds with the family alone. */
  readonly ms: number;
}

/** What `fitBest` says besides. */
export interface RankingAnswer extends Answer {
  readonly fits: readonly RankedFit[];
}

/** The engine's memory without the column. */
export interface WasmMemory {
  /** Address space: what no fit has written to takes no memory. Short columns share one of 16 MiB. */
  readonly reservedBytes: number;
  /** Its pages of 4 KiB in which a fit has written. */
  readonly usedBytes: number;
}
