/** Milliseconds of work after which the caller's event loop gets a turn: an abort is heard soon, and turns cost little. */
const STRETCH = 15;

/** Turns for the caller's event loop in a long computation, where anybody waits for them: each takes a millisecond. */
export class Pace {
  #last = performance.now();
  #told = -1;

  constructor(
    private readonly signal: AbortSignal | undefined,
    private readonly report: ((done: number) => void) | undefined,
  ) {}

  /** Says how much is done and yields, if it is time. @throws AbortError on the signal. */
  async turn(done: number): Promise<void> {
    if (!(this.signal || this.report) || performance.now() - this.#last < STRETCH) return;
    this.tell(done);
    await new Promise((resolve) => setTimeout(resolve));
    this.signal?.throwIfAborted();
    this.#last = performance.now();
  }

  /** Says how much is done, unless that was said before. */
  tell(done: number): void {
    if (done > this.#told) this.report?.(done);
    this.#told = Math.max(this.#told, done);
  }
}
