import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";

/** One import, as its line states it. */
export interface Import {
  readonly file: string;
  readonly line: number;
  /** As written: "./arena.ts", "loglik", "node:fs". */
  readonly specifier: string;
  /** Where it leads: a file of this repository, or the specifier itself for a package. */
  readonly target: string;
  /** Gone when the program runs. */
  readonly typeOnly: boolean;
}

const STATEMENT = /^[ \t]*(?:import|export)\s+(type\s+)?([^"';]*?)(?:\bfrom\s+)?"([^"\n]+)"/gm;
const DYNAMIC = /\bimport\(\s*"([^"\n]+)"/g;

/** The imports of one file: static ones, re-exports and `import("...")` with a literal. */
export function importsOf(file: string): Import[] {
  const source = readFileSync(file, "utf8");
  const at = (index: number) => source.slice(0, index).split("\n").length;
  const found: Import[] = [];
  for (const { 0: all, 1: type, 2: names = "", 3: specifier = "", index } of source.matchAll(STATEMENT)) {
    // "export const x = "y"" is no import: what stands before the text must be a list of names, a star, a name, or nothing.
    if (!/^(?:[\w$*\s{},]*|)$/.test(names) || /^(?:const|let|var|default)\b/.test(names)) continue;
    const list =
      names
        .match(/\{([^}]*)\}/)?.[1]
        ?.split(",")
        .map((name) => name.trim())
        .filter(Boolean) ?? [];
    const typeOnly = type !== undefined || (list.length > 0 && /^\{/.test(names) && list.every((name) => name.startsWith("type ")));
    found.push({ file, line: at(index + all.search(/\S/)), specifier, target: resolve(file, specifier), typeOnly });
  }
  for (const { 1: specifier = "", index } of source.matchAll(DYNAMIC)) {
    found.push({ file, line: at(index), specifier, target: resolve(file, specifier), typeOnly: false });
  }
  return found;
}

/** All files that `file` runs, itself included: its imports, theirs, and so on inside the repository. */
export function reach(file: string, seen: Set<string> = new Set()): Set<string> {
  if (seen.has(file) || !existsSync(file)) return seen;
  seen.add(file);
  for (const { target, typeOnly } of importsOf(file)) if (!typeOnly && /\.(?:ts|js|mjs)$/.test(target)) reach(target, seen);
  return seen;
}

/** The TypeScript and JavaScript files of a folder and its folders, generated ones left out. */
export function sourcesIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => /\.(?:ts|js|mjs)$/.test(name) && !/\.(?:generated|d)\.ts$/.test(name))
    .map((name) => join(folder, name))
    .sort();
}

function resolve(file: string, specifier: string): string {
  if (specifier === "loglik") return "src/index.ts";
  if (specifier === "loglik/plot") return "src/plot/node.ts";
  if (specifier === "#platform") return "src/platform/node.ts";
  if (!specifier.startsWith(".")) return specifier;
  const path = normalize(join(dirname(file), specifier));
  // AssemblyScript leaves the extension out.
  return existsSync(`${path}.ts`) ? `${path}.ts` : path;
}
