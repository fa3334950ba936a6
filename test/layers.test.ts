import { existsSync, readFileSync } from "node:fs";
import { dirname } from "node:path";
import { describe, expect, test } from "vitest";
import { type Import, importsOf, sourcesIn } from "./imports.ts";

// Who may import whom. The data's path reads in one direction, and no layer knows a later one.
// `runs`: folders (or files) whose code a layer may call; `types`: those it may only name; `packages`: what it may import from outside.
// A layer may always import its own files, except where `apart` says that they do not know one another.
interface Layer {
  readonly runs?: readonly string[];
  readonly types?: readonly string[];
  readonly packages?: RegExp;
  readonly apart?: (file: string) => boolean;
}

const LAYOUT = "assembly/layout.ts";
const ENGINE = [
  "src/data",
  "src/wasm",
  "src/distributions",
  "src/likelihood",
  "src/optimize",
  "src/inference",
  "src/empirical",
  "src/math",
];
const REGRESSION = [...ENGINE, "src/formula", "src/laws", "src/regression", "src/estimators"];
const FEATURES = ["src/pictures", "src/diagnostics", "src/glm", "src/vglm", "src/cox", "src/classifiers"];
const ENTRY = "src/index.ts";

const layers: Record<string, Layer> = {
  [LAYOUT]: {},
  "assembly/lanes": {},
  "assembly/reduce": { runs: [LAYOUT, "assembly/lanes"] },
  "assembly/regression": { runs: [LAYOUT, "assembly/lanes", "assembly/reduce"] },
  "assembly/kernels": { runs: [LAYOUT, "assembly/lanes", "assembly/reduce"], apart: () => true },
  "src/math": { runs: ["src/data"] },
  "src/data": { runs: ["src/math"] },
  "src/platform": { packages: /^node:/ },
  "src/formula": { runs: ["src/math", "src/data"] },
  "src/laws": { runs: ["src/math", "src/data"] },
  "src/wasm": {
    runs: [LAYOUT, "src/platform", "src/math", "src/data"],
    types: ["src/formula", "src/laws", "src/optimize", "src/regression"],
    packages: /^@assemblyscript\/loader$/,
  },
  "src/likelihood": { runs: ["src/math", "src/data"], types: ["src/wasm", "src/optimize"] },
  "src/distributions": { runs: ["src/math", "src/likelihood"], types: ["src/wasm"], apart: isFamily },
  "src/optimize": { runs: ["src/math"] },
  "src/inference": { runs: ["src/math"], types: ["src/optimize", "src/likelihood", "src/distributions"] },
  "src/empirical": { runs: ["src/math", "src/data"] },
  "src/estimators": { runs: ENGINE, packages: /^leven$/ },
  "src/pictures": { runs: [...ENGINE, "src/estimators"], types: ["src/formula"] },
  "src/diagnostics": { runs: [...ENGINE, "src/estimators"] },
  "src/regression": { runs: REGRESSION, types: ["src/pictures"] },
  "src/glm": { runs: REGRESSION },
  "src/vglm": { runs: REGRESSION },
  "src/cox": { runs: REGRESSION },
  "src/classifiers": { runs: REGRESSION },
  "src/report": { types: ["src/estimators", "src/pictures", "src/regression", "src/diagnostics", ENTRY], packages: /^cli-/ },
  "src/plot": { runs: [ENTRY], packages: /^(?:@observablehq\/plot|linkedom)$/ },
  "src/models": { runs: [ENTRY], apart: isFamily },
  "src/cli": { runs: [ENTRY, "src/models", "src/report", "src/plot"], packages: /./ },
  [ENTRY]: { runs: [...REGRESSION, ...FEATURES] },
  bench: { runs: [ENTRY], packages: /./ },
  web: { runs: ["dist/index.js"] },
};

describe.each(Object.entries(layers))("%s", (layer, rule) => {
  const imports = filesOf(layer).flatMap(importsOf);

  test("imports only what it may", () => {
    expect(imports.filter((line) => !isAllowed(line, layer, rule)).map(show)).toEqual([]);
  });
});

test("every source belongs to a layer", () => {
  const known = new Set(Object.keys(layers).flatMap(filesOf));
  expect(["assembly", "src", "bench", "web"].flatMap(sourcesIn).filter((file) => !known.has(file))).toEqual([]);
});

test("files import the package by its name where they are its users", () => {
  const users = ["src/cli", "src/models", "bench"].flatMap(sourcesIn).flatMap(importsOf);
  expect(users.filter(({ target, specifier }) => target === ENTRY && specifier !== "loglik").map(show)).toEqual([]);
});

test("the reader of import lines sees every form, and a wrong import", () => {
  const specifiers = importsOf("test/data/imports.txt").map(({ specifier, typeOnly }) => (typeOnly ? `type ${specifier}` : specifier));
  expect(specifiers).toEqual(["node:fs", "./a.ts", "type ./b.ts", "type ./c.ts", "./d.ts", "./e.ts", "./f.ts", "./g.ts"]);
  const wrong = { file: "src/optimize/newton.ts", line: 1, specifier: "../wasm/arena.ts", target: "src/wasm/arena.ts", typeOnly: false };
  expect(isAllowed(wrong, "src/optimize", layers["src/optimize"]!)).toBe(false);
});

function isAllowed({ file, target, typeOnly }: Import, layer: string, { runs = [], types = [], packages, apart }: Layer): boolean {
  if (!existsSync(target) && !/^(?:src|assembly|test|bench|web|dist)\//.test(target)) return packages?.test(target) ?? false;
  if (isIn(target, layer)) return !(apart?.(file) && apart(target) && file !== target);
  return isIn(target, ...runs) || (typeOnly && isIn(target, ...types));
}

function isIn(file: string, ...folders: string[]): boolean {
  return folders.some((folder) => file === folder || file.startsWith(`${folder}/`));
}

function filesOf(layer: string): string[] {
  return /\.ts$/.test(layer) ? [layer].filter((file) => existsSync(file)) : sourcesIn(layer);
}

/** A family is a file that exports a const named as the file is; the others of its folder are what families share. */
function isFamily(file: string): boolean {
  const stem = file.slice(dirname(file).length + 1).replace(/\.ts$/, "");
  return !file.endsWith(".generated.ts") && new RegExp(`^export const ${stem}\\b`, "m").test(readFileSync(file, "utf8"));
}

function show({ file, line, specifier }: Import): string {
  return `${file}:${line} imports ${specifier}`;
}
