// src/ → dist/: one file per platform, the command, the raw module and the types.

import { chmod, copyFile, writeFile } from "node:fs/promises";
import { build, type Metafile } from "esbuild";
import { FONT, writeLicenses } from "./licenses.ts";

const SHARED = { bundle: true, format: "esm", target: "es2022", charset: "utf8", metafile: true, logLevel: "warning" } as const;

export async function bundle(): Promise<void> {
  // The loader is bundled in and nothing is left to resolve: a plain <script type="module"> has no import map.
  const universal = await build({
    ...SHARED,
    entryPoints: ["src/index.ts"],
    outfile: "dist/index.js",
    platform: "neutral",
    conditions: ["browser"],
    mainFields: ["module", "main"],
  });
  const node = await build({ ...SHARED, entryPoints: ["src/index.ts"], outfile: "dist/node.js", platform: "node" });
  const plots = await Promise.all([plot("src/plot/index.ts", "plot.js", "index.js"), plot("src/plot/node.ts", "plot.node.js", "node.js")]);
  // Packages stay imports, `loglik` itself among them (tsconfig.json's paths would resolve it to src/): the command runs the engine that
  // everybody else imports.
  const shebang = { js: "#!/usr/bin/env node" };
  await build({
    ...SHARED,
    entryPoints: ["src/cli/main.ts"],
    outfile: "dist/cli.js",
    platform: "node",
    packages: "external",
    tsconfigRaw: {},
    banner: shebang,
  });
  await chmod("dist/cli.js", 0o755);
  await writeLicenses(universal.metafile, node.metafile, ...plots);
  // Text of a .png needs no font of the system's.
  for (const file of ["DejaVuSans.ttf", "DejaVuSans-Bold.ttf"]) await copyFile(`${FONT}/ttf/${file}`, `dist/${file}`);
  await copyFile("build/release.wasm", "dist/loglik.wasm");
  await writeFile("dist/loglik.wasm.d.ts", "declare const module: WebAssembly.Module;\nexport default module;\n");
}

/**
 * Pictures, with Observable Plot (and in Node the DOM that it draws in) inside: 103 kB gzipped, where as dependencies they are 56 packages
 * and 16 MB of everybody's node_modules. `engine` is the file beside it that `import "loglik"` finds, so that there is one engine.
 */
async function plot(entry: string, output: string, engine: string): Promise<Metafile> {
  const { metafile } = await build({
    ...SHARED,
    entryPoints: [entry],
    outfile: `dist/${output}`,
    platform: engine === "node.js" ? "node" : "neutral",
    mainFields: ["module", "main"],
    minify: true,
    tsconfigRaw: {},
    plugins: [
      { name: "engine", setup: ({ onResolve }) => onResolve({ filter: /^loglik$/ }, () => ({ path: `./${engine}`, external: true })) },
    ],
  });
  return metafile;
}
