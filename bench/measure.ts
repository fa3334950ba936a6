import { Bench } from "tinybench";
import type { AllFound, Contender, Entry, Samples, Side } from "./contenders.ts";

/** Median nanoseconds of one run, and how many runs it is the median of. */
export interface Timing {
  readonly nanoseconds: number;
  readonly samples: number;
}

export type Timings = Partial<Record<Contender, Timing>>;

/** How long to look at a case: contenders take turns, `rounds` times, each for so many calls. */
export interface Effort {
  readonly rounds: number;
  readonly calls: number;
  /** Calls before the clock starts: V8 compiles what is called often better, wasm included. */
  readonly warmup: number;
}

/**
 * Efforts by size, chosen so that a full run ends in ten minutes on two cores. More than one call a turn: the first finds the column
 * out of the caches, where the contender before it left its own.
 */
export function effort(n: number): Effort {
  if (n >= 1e8) return { rounds: 2, calls: 1, warmup: 0 };
  if (n >= 1e7) return { rounds: 3, calls: 1, warmup: 1 };
  if (n >= 1e6) return { rounds: 7, calls: 3, warmup: 1 };
  if (n >= 1e5) return { rounds: 9, calls: 3, warmup: 5 };
  return n >= 1e4 ? { rounds: 9, calls: 20, warmup: 30 } : { rounds: 9, calls: 150, warmup: 500 };
}

/** Times the contenders of all sides in turn, so that what else the machine does meets all of them. */
export async function timed(sides: readonly Side[], name: string, n: number, { rounds, calls, warmup }: Effort): Promise<Timings> {
  const samples = new Map<Contender, number[]>();
  for (let round = 0; round < rounds; round++) {
    for (const side of sides) {
      const measured = await side.time(name, n, calls, round === 0 ? warmup : 0);
      for (const [contender, values] of Object.entries(measured)) {
        samples.set(contender as Contender, [...(samples.get(contender as Contender) ?? []), ...values]);
      }
    }
  }
  return Object.fromEntries(
    [...samples].map(([contender, values]) => [contender, { nanoseconds: 1e6 * median(values), samples: values.length }]),
  );
}

/** A side of the comparison: lists its entries for a case and a size, keeps the last list, lets them find or times them. */
export class Contest implements Side {
  #entries: readonly Entry[] = [];
  #of = "";
  readonly #list: (name: string, n: number) => readonly Entry[];

  constructor(list: (name: string, n: number) => readonly Entry[]) {
    this.#list = list;
  }

  async find(name: string, n: number): Promise<AllFound> {
    const found: AllFound = {};
    for (const entry of this.#entriesFor(name, n)) found[entry.contender] = await entry.find();
    return found;
  }

  async time(name: string, n: number, calls: number, warmup: number): Promise<Samples> {
    const bench = new Bench({
      time: 0,
      iterations: calls,
      warmup: warmup > 0,
      warmupTime: 0,
      warmupIterations: warmup,
      retainSamples: true,
      throws: true,
    });
    for (const { contender, run, async } of this.#entriesFor(name, n)) bench.add(contender, run, { async });
    await bench.run();
    return Object.fromEntries(
      bench.tasks.map(({ name: contender, result }) => {
        if (result.state !== "completed") throw new Error(`${name}, ${contender}: ${result.state}`);
        return [contender, result.latency.samples!];
      }),
    );
  }

  #entriesFor(name: string, n: number): readonly Entry[] {
    const of = `${name} ${n}`;
    if (of !== this.#of) this.#entries = this.#list(name, n);
    this.#of = of;
    return this.#entries;
  }
}

export function median(values: readonly number[]): number {
  const sorted = Float64Array.from(values).sort();
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
}
