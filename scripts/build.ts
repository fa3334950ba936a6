// npm run build: assembly/ → build/*.wasm → generated sources → dist/. Each step is one file of scripts/build/.

import { mkdir } from "node:fs/promises";
import { bundle } from "./build/bundle.ts";
import { bundleTypes } from "./build/declarations.ts";
import { generateCatalogues, generateKernels } from "./build/generate.ts";
import { generateLanes } from "./build/lanes.ts";
import { asc, compile, entries } from "./build/wasm.ts";

/** All tables of all lanes together are more than a page. */
const TABLES = ["--initialMemory", "8"];

try {
  await mkdir("build", { recursive: true });
  const kernels = await entries();
  const lanes = await generateLanes();
  await timed("build/*.wasm", () =>
    Promise.all([
      compile("debug", kernels),
      compile("release", kernels),
      asc("debug", [lanes], "build/lanes.debug.wasm", TABLES),
      asc("release", [lanes], "build/lanes.release.wasm", TABLES),
    ]),
  );
  await timed("src/**/*.generated.ts", () => Promise.all([generateKernels(), generateCatalogues()]));
  await timed("dist/*.js", bundle);
  await timed("dist/index.d.ts", bundleTypes);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

async function timed(what: string, step: () => Promise<unknown>): Promise<void> {
  const start = performance.now();
  await step();
  console.log(`built ${what} in ${((performance.now() - start) / 1000).toFixed(1)} s`);
}
