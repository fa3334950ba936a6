const PAGE = 65536;
const LIMIT = 65536 * PAGE;
const ALIGNMENT = 64;

/**
 * Memory above an instance's static data, handed out upwards and taken back by scope. Addresses stay valid when the memory grows,
 * views do not: keep addresses, take a view after the last call that may grow, use it at once.
 */
export class Arena {
  readonly #memory: WebAssembly.Memory;
  readonly #fixed: boolean;
  #top: number;

  /** With `fixed`, the memory never grows again, so that views handed to a caller stay alive. */
  constructor(memory: WebAssembly.Memory, base: number, fixed = false) {
    this.#memory = memory;
    this.#top = align(base);
    this.#fixed = fixed;
  }

  /** Bytes of the memory. */
  get size(): number {
    return this.#memory.buffer.byteLength;
  }

  /** Bytes that can still be reserved without growing. */
  get room(): number {
    return this.size - this.#top;
  }

  /** The buffer in which addresses lie, until the memory grows. */
  get buffer(): ArrayBuffer {
    return this.#memory.buffer;
  }

  /** Address of `count` doubles, not cleared. Throws a RangeError past 4 GiB, the most a wasm memory holds. */
  reserve(count: number): number {
    const address = this.#top;
    const end = align(address + 8 * count);
    if (end > this.size) this.#grow(end);
    this.#top = end;
    return address;
  }

  /** Copies values in; returns their address. */
  put(values: ArrayLike<number>): number {
    const address = this.reserve(values.length);
    this.view(address, values.length).set(values);
    return address;
  }

  /** The doubles at an address, valid until the memory grows. */
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

  #grow(end: number): void {
    const need = `${(end / 2 ** 30).toFixed(2)} GiB are needed`;
    if (this.#fixed) throw new RangeError(`${need} in a memory of fixed size; pass a plain array to have it copied.`);
    if (end > LIMIT) throw new RangeError(`${need}; a WebAssembly memory holds 4 GiB (536,870,912 doubles, weights included).`);
    // Twice the size when that is little, else just what is asked: pages that are never touched cost nothing on most systems.
    const wanted = Math.min(LIMIT, Math.max(end, Math.min(2 * this.size, this.size + 2 ** 26)));
    try {
      this.#memory.grow(Math.ceil((wanted - this.size) / PAGE));
    } catch {
      throw new RangeError(`${need}; the system gives no more than ${(this.size / 2 ** 30).toFixed(2)} GiB.`);
    }
  }
}

function align(address: number): number {
  return Math.ceil(address / ALIGNMENT) * ALIGNMENT;
}
