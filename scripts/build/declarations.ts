// src/index.ts → dist/index.d.ts, one file with what the index exports and no more; likewise for the pictures.
// rollup-plugin-dts because it is that and nothing else: tsup wraps it in a second bundler, tsdown brings Babel, dts-bundle-generator
// takes 4.4 s for 0.9 s and exports every type it meets, and api-extractor wants one tsc run more and a config of its own.

import { rollup } from "rollup";
import { dts } from "rollup-plugin-dts";

export async function bundleTypes(): Promise<void> {
  const types = dts({ tsconfig: "tsconfig.json" });
  const entries = { "src/index.ts": "index", "src/plot/index.ts": "plot", "src/plot/node.ts": "plot.node" };
  for (const [input, output] of Object.entries(entries)) {
    // Pictures name the fits of the package's own entry.
    const bundle = await rollup({ input, plugins: [types], ...(output !== "index" && { external: ["loglik"] }) });
    await bundle.write({ file: `dist/${output}.d.ts` });
    await bundle.close();
  }
}
