import { instantiate, instantiateSync } from "@assemblyscript/loader";
import { readBytes } from "#platform";
import { LAYOUT_VERSION } from "../../assembly/layout.ts";
import { kernels as inlined } from "./kernels.generated.ts";

/** The kernels: numbers in, numbers out; addresses are byte offsets into `memory`. */
export type Kernels = { readonly memory: WebAssembly.Memory } & Readonly<Record<string, (...numbers: number[]) => number>>;

/** Where the compiled kernels come from, instead of the copy inlined in the package. */
export type KernelSource = { module: WebAssembly.Module } | { url: string | URL } | { bytes: BufferSource };

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
  const loaded = await instantiate<Kernels>(origin);
  handshake(loaded.exports as unknown as Kernels);
  module = loaded.module;
  generation++;
}

/** A fresh instance with a memory of its own. Synchronous: the module is small (under 8 MB, the limit of browsers' main threads). */
export function instance(): Kernels {
  module ??= new WebAssembly.Module(decode(inlined));
  const kernels = instantiateSync<Kernels>(module).exports as unknown as Kernels;
  handshake(kernels);
  return kernels;
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
