// npm run size: bytes of what is shipped; fails where the kernels outgrow what a page may be asked to load.

import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const LIMITS = { raw: 150_000, gzipped: 60_000 };
const FILES = ["dist/loglik.wasm", "dist/index.js", "dist/node.js", "dist/plot.js", "dist/plot.node.js", "dist/cli.js", "dist/index.d.ts"];

for (const file of FILES) {
  const bytes = readFileSync(file);
  const gzipped = gzipSync(bytes, { level: 9 }).length;
  const over = file.endsWith(".wasm") && (bytes.length > LIMITS.raw || gzipped > LIMITS.gzipped);
  console.log(`${file}: ${bytes.length} bytes, ${gzipped} gzipped${over ? ` (at most ${LIMITS.raw} and ${LIMITS.gzipped})` : ""}`);
  if (over) process.exitCode = 1;
}
