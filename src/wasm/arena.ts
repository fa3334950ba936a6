const ALIGNMENT = 64;

/**
 * Memory above an instance's static data, handed out upwards and taken back by scope. It never grows: growing would detach the views that
 * callers hold.
 */
export class Arena {
  readonly #memory: WebAssembly.Memory;
  #top: number;

  constructor(memory: WebAssembly.Memory, base: number) {
    this.#memory = memory;
    this.#top = align(base);
  }

  /** Bytes of the memory. */
  get size(): number {
    return this.#memory.buffer.byteLength;
  }

  /** The buffer in which addresses lie. */
  get buffer(): ArrayBuffer {
    return this.#memory.buffer;
  }

  /** Address of `count` doubles, not cleared. */
  reserve(count: number): number {
    const address = this.#top;
    const end = align(address + 8 * count);
    if (end > this.size) throw new RangeError(`${end} bytes are needed in a memory of ${this.size}.`);
    this.#top = end;
    return address;
  }

  /** Copies values in; returns their address. */
  put(values: ArrayLike<number>): number {
    const address = this.reserve(values.length);
    this.view(address, values.length).set(values);
    return address;
  }

  /** The doubles at an address. */
  view(address: number, count: number): Float64Array {
    return new Float64Array(this.#memory.buffer, address, count);
  }

  /** Runs `work` and takes back all it reserved, also when it throws. */
  scope<T>(work: () => T): T {
    const top = this.#top;
    const release = () => {
      this.#top = top;
    };
    let result: T;
    try {
      result = work();
    } catch (error) {
      release();
      throw error;
    }
    if (result instanceof Promise) return result.finally(release) as T;
    release();
    return result;
  }
}

function align(address: number): number {
  return Math.ceil(address / ALIGNMENT) * ALIGNMENT;
}
