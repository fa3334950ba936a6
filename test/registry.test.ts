import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { expect, test } from "vitest";
import { entriesOf } from "../scripts/build/generate.ts";
import { entries, exportsOf, refuseTwins } from "../scripts/build/wasm.ts";
import { catalogue } from "../src/distributions/catalogue.generated.ts";
import { models } from "../src/models/catalogue.generated.ts";

// A family is one stem everywhere: kernel file and its export, descriptor, catalogue name, reference row. The file system is the list.

const names = await entriesOf("src/distributions");
const wasmEntries = await entries();
const kernels = wasmEntries.filter(({ file }) => file.startsWith("assembly/kernels/"));

test.each(kernels)("$file exports its stem and forms of it, and has a descriptor", ({ file, exports }) => {
  const stem = basename(file, ".ts");
  expect(exports).toContain(stem);
  expect(exports.filter((name) => !new RegExp(`^${stem}([A-Z]|$)`).test(name))).toEqual([]);
  expect(names).toContain(stem);
});

test("the catalogue holds the descriptors, each under its own name", () => {
  expect(Object.keys(catalogue)).toEqual(names);
  expect(Object.values(catalogue).map(({ name }) => name)).toEqual(names);
});

test("the command's models are the files of their folder", async () => {
  expect(Object.keys(models)).toEqual(await entriesOf("src/models"));
});

test.each(names)("%s has reference rows with numbers from outside", (name) => {
  const rows: { distribution: string }[] = JSON.parse(readFileSync(`test/data/reference/${name}.json`, "utf8"));
  expect([...new Set(rows.map(({ distribution }) => distribution))]).toEqual([name]);
});

test("no two entries export one name", () => {
  const twin = { file: "assembly/kernels/copy.ts", exports: kernels[0]!.exports };
  expect(() => refuseTwins(wasmEntries)).not.toThrow();
  expect(() => refuseTwins([...wasmEntries, twin])).toThrow(`${kernels[0]!.file} and assembly/kernels/copy.ts both export`);
});

test("only functions of numbers cross the border", () => {
  const source = `
    export function ok(x: usize, n: i32): f64 { return 0; }
    export function generic<T>(x: T): void {}
    export function lanes(x: v128): v128 { return x; }
    export class Kernel {}
    export const SIZE = 1;
    export { other } from "./other";
    function own(k: Kernel): void {}`;
  expect(exportsOf("source.ts", source)).toEqual({
    functions: ["ok"],
    others: ["generic", "lanes", "Kernel", "SIZE", 'export { other } from "./other";'],
  });
});
