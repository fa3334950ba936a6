// Makes a clone ready: installs what package-lock.json names if it is not there, and builds if an output is older than a source.
// Plain JavaScript without imports from node_modules, since it runs before they exist. Costs 30 ms when there is nothing to do.

import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";

const SOURCES = [
  "assembly",
  "src",
  "test/data/lanes.json",
  "scripts/build",
  "scripts/build.ts",
  "package.json",
  "package-lock.json",
  "asconfig.json",
  "tsconfig.json",
];
const OUTPUTS = [
  ["build", "debug.wasm", "release.wasm", "lanes.debug.wasm", "lanes.release.wasm"],
  ["src/wasm", "kernels.generated.ts"],
  ["src/distributions", "catalogue.generated.ts"],
  [
    "dist",
    "index.js",
    "node.js",
    "plot.js",
    "plot.node.js",
    "cli.js",
    "loglik.wasm",
    "licenses.txt",
    "DejaVuSans.ttf",
    "DejaVuSans-Bold.ttf",
  ],
  ["dist", "index.d.ts", "plot.d.ts", "plot.node.d.ts", "loglik.wasm.d.ts"],
].flatMap(([folder, ...files]) => files.map((file) => `${folder}/${file}`));

process.chdir(dirname(dirname(fileURLToPath(import.meta.url))));
const missing = notInstalled();
if (missing) run(`node_modules lacks ${missing}`, "npm", "ci", "--include=dev", "--no-audit", "--no-fund");
const stale = notBuilt();
if (stale) run(stale, "npm", "run", "--silent", "build");

/** The first package of package-lock.json that node_modules does not hold in that version. npm records there what it has installed. */
function notInstalled() {
  const record = "node_modules/.package-lock.json";
  if (!existsSync(record)) return "everything";
  const installed = JSON.parse(readFileSync(record, "utf8")).packages;
  const wanted = Object.entries(JSON.parse(readFileSync("package-lock.json", "utf8")).packages);
  // Optional packages are mostly the binaries of other platforms.
  const absent = wanted.find(([path, { version, optional, devOptional, peer }]) => {
    return path !== "" && !optional && !devOptional && !peer && installed[path]?.version !== version;
  });
  return absent && `${absent[0].slice("node_modules/".length)} ${absent[1].version}`;
}

/** Why the build has to run, or undefined. */
function notBuilt() {
  const absent = OUTPUTS.find((file) => !existsSync(file));
  if (absent) return `${absent} is missing`;
  const oldest = Math.min(...OUTPUTS.map(modified));
  const newer = SOURCES.flatMap(filesUnder).find((file) => !file.includes(".generated.") && modified(file) > oldest);
  return newer && `${newer} is newer than the build`;
}

function filesUnder(path) {
  if (!statSync(path).isDirectory()) return [path];
  const names = readdirSync(path, { withFileTypes: true });
  return names.flatMap((entry) => (entry.isDirectory() ? filesUnder(`${path}/${entry.name}`) : [`${path}/${entry.name}`]));
}

function modified(file) {
  return statSync(file).mtimeMs;
}

function run(reason, command, ...args) {
  console.log(`${reason}: ${command} ${args.join(" ")}`);
  const { status } = spawnSync(command, args, { stdio: "inherit", shell: process.platform === "win32" });
  if (status !== 0) process.exit(status ?? 1);
}
