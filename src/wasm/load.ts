import { instantiate, instantiateSync } from "@assemblyscript/loader";
import { readBytes } from "#platform";
import { LAYOUT_VERSION } from "../../assembly/layout.ts";
import { kernels as inlined } from "./kernels.generated.ts";

/** The kernels: numbers in, numbers out; addresses are byte offsets into `memory`. */
export type Kernels = { readonly memory: WebAssembly.Memory } & Readonly<Record<string, (...numbers: number[]) => number>>;

/** Where the compiled kernels come from, instead of the copy inlined in the package. */
export type KernelSource = { module: WebAssembly.Module } | { url: string | URL } | { bytes: BufferSource };

const PAGE = 65536;
const LIMIT = 2 ** 32;

let module: WebAssembly.Module | undefined;

/** Counts what `init` has loaded: an engine of an earlier module is not used again. */
export let generation = 0;

/**
 * Loads the kernels from elsewhere than the inlined copy: a compiled module (Cloudflare Workers), a URL of `loglik/loglik.wasm`
 * (compiled while it streams, cacheable) or its bytes. Without an argument the inlined copy is compiled now rather than at the first fit.
 *
 * @throws Error if the module was built from another layout than this package; WebAssembly.CompileError if it is not wasm.
 */
export async function init(source?: KernelSource): Promise<void> {
  if (!source) {
    module ??= await WebAssembly.compile(decode(inlined));
    return;
  }
  const origin = "module" in source ? source.module : "bytes" in source ? source.bytes : await readBytes(source.url);
  const loaded = await instantiate<Kernels>(origin, { env: { memory: memoryOf(0) } });
  handshake(loaded.exports as unknown as Kernels);
  module = loaded.module;
  generation++;
}

/**
 * A fresh instance with a memory of its own of that many bytes above its static data. Synchronous: the module is small (under 8 MB, the
 * limit of browsers' main threads).
 *
 * @throws RangeError past 4 GiB, or where the system does not give the memory.
 */
export function instance(bytes: number): Kernels {
  module ??= new WebAssembly.Module(decode(inlined));
  const memory = memoryOf(bytes);
  const kernels = instantiateSync<Kernels>(module, { env: { memory } }).exports as unknown as Kernels;
  handshake(kernels);
  return kernels;
}

/** Bytes for the module's static data: tables, and blocks in L1. */
export const STATIC = 2 * PAGE;

/**
 * Memory is made in its full size and imported, not grown: growing detaches a buffer, and from then on V8 checks every typed-array loop of
 * the whole program for that (a sum of 10^6 doubles 0.8 to 1.6 ms on Node 20, to 4.3 on Node 26).
 */
function memoryOf(bytes: number): WebAssembly.Memory {
  if (bytes + STATIC > LIMIT)
    throw new RangeError(`${gibibytes(bytes)} are needed; a WebAssembly memory holds 4 GiB (536,870,912 doubles).`);
  try {
    return new WebAssembly.Memory({ initial: Math.ceil((bytes + STATIC) / PAGE), maximum: LIMIT / PAGE });
  } catch {
    throw new RangeError(`${gibibytes(bytes)} are needed; the system does not give that much.`);
  }
}

function gibibytes(bytes: number): string {
  return `${(bytes / 2 ** 30).toFixed(2)} GiB`;
}

function handshake(kernels: Kernels): void {
  const found = kernels.layoutVersion?.();
  if (found !== LAYOUT_VERSION) {
    throw new Error(`The wasm module has layout v${found} where v${LAYOUT_VERSION} is expected; run "npm run build".`);
  }
}

function decode(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}
