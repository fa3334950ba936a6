import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { ROOT } from "../results.ts";

/** A peer that this machine has: its version, and the program that answers for it. */
export interface Installed {
  readonly version: string;
  readonly command: readonly string[];
}

export interface Peer {
  readonly name: string;
  /** Least ratio of its time to the engine's, at a million rows, where it iterates; and where it uses a generic optimizer. */
  readonly goal?: { readonly iterating: number; readonly generic: number };
  /** How to install what is not there. */
  readonly install: string;
  find(): Promise<Installed | undefined>;
}

const run = promisify(execFile);
const source = (file: string) => fileURLToPath(new URL(`bench/peers/${file}`, ROOT));
/** A program of this folder in JavaScript; it collects garbage before its memory is read. */
export const javascript = (name: string) => [process.execPath, "--expose-gc", fileURLToPath(new URL(`build/bench/${name}.js`, ROOT))];

export const peers: readonly Peer[] = [
  { name: "reduce", install: "", find: async () => ({ version: process.versions.node, command: javascript("reduce") }) },
  { name: "ranjs", goal: { iterating: 100, generic: 100 }, install: 'npm install --no-save "ranjs@>=1.25" (1.24 cannot fit)', find: ranjs },
  { name: "MASS::fitdistr", goal: { iterating: 50, generic: 50 }, install: "apt install r-cran-mass", find: () => r("MASS") },
  {
    name: "fitdistrplus::fitdist",
    goal: { iterating: 50, generic: 50 },
    install: "apt install r-cran-fitdistrplus",
    find: () => r("fitdistrplus"),
  },
  { name: "SciPy rv.fit", goal: { iterating: 10, generic: 50 }, install: "apt install python3-scipy", find: scipy },
];

/** R's functions for censored and truncated rows. */
export const partialPeers: readonly Peer[] = [
  { name: "survival::survreg", install: "apt install r-cran-survival", find: () => r("survival", "partial.R") },
  { name: "fitdistrplus::fitdistcens", install: "apt install r-cran-fitdistrplus", find: () => r("fitdistrplus", "partial.R") },
  { name: "fitdistrplus::fitdist", install: "apt install r-cran-fitdistrplus", find: () => r("fitdistrplus", "partial.R") },
];

/** Fits since 1.25; before, it computes likelihoods only. */
async function ranjs(): Promise<Installed | undefined> {
  try {
    const { version } = JSON.parse(await readFile(new URL("node_modules/ranjs/package.json", ROOT), "utf8"));
    const [major, minor] = version.split(".").map(Number);
    return major > 1 || minor >= 25 ? { version, command: javascript("ranjs") } : undefined;
  } catch {
    return undefined;
  }
}

async function r(name: string, script = "r.R"): Promise<Installed | undefined> {
  const print = `cat(as.character(packageVersion("${name}")), as.character(getRversion()))`;
  const found = await output("Rscript", "-e", print);
  if (!found) return undefined;
  const [version, language] = found.split(" ");
  return { version: `${version} on R ${language}`, command: ["Rscript", source(script), name] };
}

/** The first Python with SciPy: the system's, whose packages go with the system's R, before what a version manager puts in front. */
async function scipy(): Promise<Installed | undefined> {
  for (const python of ["/usr/bin/python3", "python3", "python"]) {
    const print = "import sys, scipy, numpy; print(scipy.__version__, numpy.__version__, sys.version.split()[0])";
    const found = await output(python, "-c", print);
    if (!found) continue;
    const [version, numpy, language] = found.split(" ");
    return { version: `${version} on NumPy ${numpy}, Python ${language}`, command: [python, source("rvFit.py")] };
  }
  return undefined;
}

async function output(command: string, ...args: string[]): Promise<string | undefined> {
  try {
    return (await run(command, args)).stdout.trim();
  } catch {
    return undefined;
  }
}
