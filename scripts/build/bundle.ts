// src/ → dist/: one file per platform, the command, the raw module and the types.

import { chmod, copyFile, writeFile } from "node:fs/promises";
import { build } from "esbuild";
import { writeLicenses } from "./licenses.ts";

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
  await writeLicenses(universal.metafile, node.metafile);
  await copyFile("build/release.wasm", "dist/loglik.wasm");
  await writeFile("dist/loglik.wasm.d.ts", "declare const module: WebAssembly.Module;\nexport default module;\n");
}
