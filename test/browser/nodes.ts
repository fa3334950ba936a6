// npm run test:bits: the same fits have the same bits on Node 20, 22, 24 and 26, and on the debug build. The binaries come from npm, once,
// into build/nodes.

import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { runNode, tell } from "./compare.ts";

const VERSIONS = [20, 22, 24, 26];

const own = await runNode(process.execPath);
console.log(`${`Node ${own.version}`.padEnd(24)} ${own.seconds.toFixed(1).padStart(6)} s   (this one)`);
const debug = await runNode(process.execPath, "build/debug.wasm");
tell("debug build", debug.seconds, own.report, debug.report);
for (const version of VERSIONS) {
  const { version: full, seconds, report } = await runNode(install(version));
  tell(`Node ${full}`, seconds, own.report, report);
}

/** The path of a Node binary of a major version. */
function install(version: number): string {
  const folder = `build/nodes/${version}`;
  const name = `node-${process.platform === "win32" ? "win" : process.platform}-${process.arch}`;
  const binary = `${folder}/node_modules/${name}/bin/node${process.platform === "win32" ? ".exe" : ""}`;
  if (!existsSync(binary)) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(`${folder}/package.json`, "{}");
    execFileSync("npm", ["install", "--no-audit", "--no-fund", `${name}@${version}`], {
      cwd: folder,
      stdio: ["ignore", "ignore", "inherit"],
    });
  }
  return binary;
}
