import { readFile } from "node:fs/promises";

/** The build under test: vitest.config.ts runs every test that reaches the engine twice, once on each. */
export const build: "debug" | "release" = process.env.LOGLIK_BUILD === "debug" ? "debug" : "release";

/** The bytes of the build under test. */
export function bytes(): Promise<Uint8Array<ArrayBuffer>> {
  return readFile(new URL(`../build/${build}.wasm`, import.meta.url)) as Promise<Uint8Array<ArrayBuffer>>;
}

/** The exports of a fresh instance of it, `memory` included, under the names the kernels have in assembly/. */
// biome-ignore lint/suspicious/noExplicitAny: the exports are whatever the entries in assembly/ export.
export async function wasm(): Promise<any> {
  const memory = new WebAssembly.Memory({ initial: 16, maximum: 65536 });
  const { instance } = await WebAssembly.instantiate(await bytes(), { env: { memory } });
  return { ...instance.exports, memory };
}
