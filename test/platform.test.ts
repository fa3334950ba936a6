import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readBytes } from "../src/platform/node.ts";

// A wasm module of eight bytes: magic number and version.
const EMPTY = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0);

const server = createServer(({ url }, response) => {
  response.writeHead(url === "/empty.wasm" ? 200 : 404, { "content-type": "application/wasm" });
  response.end(url === "/empty.wasm" ? EMPTY : "");
});
let origin: string;
beforeAll(async () => {
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());

test.each(["build/release.wasm", pathToFileURL("build/release.wasm"), pathToFileURL("build/release.wasm").href])(
  "%s is read from disk",
  async (url) => {
    const bytes = (await readBytes(url)) as Uint8Array;
    expect([...bytes.subarray(0, 8)]).toEqual([...EMPTY]);
  },
);

test("an http URL comes as a response, to be compiled while it arrives", async () => {
  const response = (await readBytes(`${origin}/empty.wasm`)) as Response;
  expect(WebAssembly.Module.exports(await WebAssembly.compileStreaming(response))).toEqual([]);
});

test("a failure names the place and what was found there", async () => {
  await expect(readBytes(`${origin}/absent.wasm`)).rejects.toThrow(
    `The wasm at ${origin}/absent.wasm cannot be fetched: HTTP 404 Not Found`,
  );
  await expect(readBytes("build/absent.wasm")).rejects.toThrow("build/absent.wasm");
  await expect(readBytes("http://127.0.0.1:1/kernels.wasm")).rejects.toThrow(
    "The wasm at http://127.0.0.1:1/kernels.wasm cannot be fetched: ",
  );
});
