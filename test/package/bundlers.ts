import { join } from "node:path";
import { build as esbuild } from "esbuild";
import { rollup } from "rollup";
import { build as vite } from "vite";

/** Bundles `entry` of the folder `root` for browsers into one file, with the bundler's defaults. */
export type Bundler = (root: string, entry: string, output: string) => Promise<void>;

export const bundlers: Record<string, Bundler> = {
  async esbuild(root, entry, output) {
    await esbuild({
      absWorkingDir: root,
      entryPoints: [entry],
      outfile: output,
      bundle: true,
      format: "esm",
      target: "es2022",
      minify: true,
    });
  },

  async vite(root, entry, output) {
    const lib = { entry: join(root, entry), formats: ["es" as const], fileName: () => "vite.mjs" };
    await vite({
      root,
      configFile: false,
      logLevel: "error",
      build: { lib, outDir: join(output, ".."), emptyOutDir: false, target: "es2022", minify: true },
    });
  },

  // Plain Rollup resolves no packages: what it gets is the file that a browser would get.
  async rollup(root, entry, output) {
    const browser = join(root, "node_modules/loglik/dist/index.js");
    const bundle = await rollup({
      input: join(root, entry),
      plugins: [{ name: "loglik", resolveId: (id) => (id === "loglik" ? browser : null) }],
    });
    await bundle.write({ file: output, format: "es" });
    await bundle.close();
  },
};
