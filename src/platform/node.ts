import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { readBytes as fetchBytes } from "./browser.ts";

/** The wasm at `url`: a file for `file:` URLs and plain paths, fetched otherwise. */
export async function readBytes(url: string | URL): Promise<BufferSource | Response> {
  const text = String(url);
  if (text.startsWith("file:")) return await readFile(fileURLToPath(text));
  // A scheme has two letters or more: "c:\kernels.wasm" is a path.
  return /^[a-z][a-z0-9+.-]+:/i.test(text) ? fetchBytes(text) : await readFile(text);
}
