import { once } from "node:events";
import { Worker } from "node:worker_threads";
import type { AllFound, Samples, Side } from "./contenders.ts";

/** What the plain side is asked: to time so many calls, or, with no call, what it finds. */
export interface Question {
  readonly name: string;
  readonly n: number;
  readonly calls: number;
  readonly warmup: number;
}

/** The plain contenders in an isolate of their own, reached by messages. One question at a time. */
export class Isolate implements Side {
  readonly #worker: Worker;

  constructor(quick: boolean) {
    this.#worker = new Worker(new URL("./plainSide.js", import.meta.url), { workerData: { quick } });
  }

  find(name: string, n: number): Promise<AllFound> {
    return this.#ask({ name, n, calls: 0, warmup: 0 });
  }

  time(name: string, n: number, calls: number, warmup: number): Promise<Samples> {
    return this.#ask({ name, n, calls, warmup });
  }

  async close(): Promise<void> {
    await this.#worker.terminate();
  }

  async #ask<T>(question: Question): Promise<T> {
    this.#worker.postMessage(question);
    const [{ answer, error }] = await once(this.#worker, "message");
    if (error) throw error;
    return answer;
  }
}
