/** Who computes a case, and over which memory. */
export const CONTENDERS = {
  reduce: "Float64Array.prototype.reduce: the same passes and sums as the loop",
  reduceArray: "Array.prototype.reduce on a number[]: the sum alone, unchecked",
  bare: "plain loop: the sum alone, unchecked",
  cold: "plain loop, iterating from quartiles without a subsample",
  loop: "plain loop: the engine's algorithm and passes",
  copied: "loglik on a Float64Array, copied into its memory",
  resident: "loglik on data already in its memory",
} as const;

export type Contender = keyof typeof CONTENDERS;

/** What a contender found. */
export interface Found {
  readonly estimates: readonly number[];
  readonly logLik: number;
  /** NaN where a contender does not say. */
  readonly passes: number;
}

export interface Entry {
  readonly contender: Contender;
  readonly async: boolean;
  /** What is timed. */
  run(): unknown;
  /** What it found, for comparing. */
  find(): Promise<Found>;
}

/** What each contender of a list found. */
export type AllFound = Partial<Record<Contender, Found>>;

/** Milliseconds of each call, by contender. */
export type Samples = Partial<Record<Contender, readonly number[]>>;

/** Those who compute a case on the first n of its rows. */
export interface Side {
  find(name: string, n: number): Promise<AllFound>;
  time(name: string, n: number, calls: number, warmup: number): Promise<Samples>;
}
