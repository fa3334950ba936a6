// assembly/ → build/debug.wasm and build/release.wasm.
// An entry is a file whose exports are functions of numbers; what such a file imports (drivers, lanes, classes) is compiled in, not exported.

import { execFile } from "node:child_process";
import { readdir, readFile } from "node:fs/promises";
import { promisify } from "node:util";
import ts from "typescript";

const FOLDERS = ["assembly/kernels", "assembly/reduce", "assembly/regression"];
const NUMBERS = new Set([
  "bool",
  "i8",
  "u8",
  "i16",
  "u16",
  "i32",
  "u32",
  "i64",
  "u64",
  "isize",
  "usize",
  "f32",
  "f64",
  "boolean",
  "number",
  "void",
]);

export interface Entry {
  readonly file: string;
  readonly exports: readonly string[];
}

/** The files that asc gets, and the functions each of them exports. */
export async function entries(): Promise<Entry[]> {
  const found: Entry[] = [];
  for (const folder of FOLDERS) {
    for (const file of await sources(folder)) {
      const { functions, others } = exportsOf(file, await readFile(file, "utf8"));
      if (others.length === 0 && functions.length > 0) found.push({ file, exports: functions });
      else if (folder === "assembly/kernels") {
        const what = others.length > 0 ? `exports ${others.join(", ")}` : "exports nothing";
        throw new Error(`${file} ${what}; a kernel file exports functions of numbers, and nothing else.`);
      }
    }
  }
  refuseTwins(found);
  return found;
}

/** asconfig.json's targets. */
export type Target = "debug" | "release";

/** Compiles files to one target, or with its options and more to another file. */
export async function asc(target: Target, files: readonly string[], outFile?: string, more: readonly string[] = []): Promise<void> {
  // A process of its own: tsx would transform all of asc and Binaryen when they are imported (7.6 s against 0.5 s), and two targets run at once.
  const options = outFile ? ["--outFile", outFile, "--textFile", outFile.replace(/wasm$/, "wat"), ...more] : [];
  const command = ["node_modules/assemblyscript/bin/asc.js", ...files, "--target", target, ...options];
  const { stderr } = await promisify(execFile)(process.execPath, command).catch((error) => {
    throw new Error(`asc --target ${target} failed:\n${error.stderr || error.message}`);
  });
  process.stderr.write(stderr);
}

/** Compiles the entries to one target and checks that the module offers what they export, and nothing else. */
export async function compile(target: Target, from: readonly Entry[]): Promise<void> {
  const files = from.map(({ file }) => file);
  await asc(target, files);
  const wanted = new Set(from.flatMap((entry) => entry.exports));
  const module = await WebAssembly.compile(await readFile(`build/${target}.wasm`));
  const surplus = WebAssembly.Module.exports(module).filter(({ name, kind }) => kind === "function" && !wanted.delete(name));
  if (surplus.length > 0) {
    throw new Error(
      `build/${target}.wasm exports ${surplus.map(({ name }) => name).join(", ")}: some export's type is a class, which drags the runtime in.`,
    );
  }
  if (wanted.size > 0) throw new Error(`build/${target}.wasm lacks ${[...wanted].join(", ")}.`);
}

/** The exported names of one source: functions of numbers, and all else that exists at run time. */
export function exportsOf(file: string, source: string): { functions: string[]; others: string[] } {
  const functions: string[] = [];
  const others: string[] = [];
  for (const statement of ts.createSourceFile(file, source, ts.ScriptTarget.Latest, true).statements) {
    if (ts.isExportDeclaration(statement)) others.push(statement.getText());
    if (!ts.canHaveModifiers(statement) || !ts.getModifiers(statement)?.some((m) => m.kind === ts.SyntaxKind.ExportKeyword)) continue;
    if (ts.isTypeAliasDeclaration(statement) || ts.isInterfaceDeclaration(statement)) continue;
    if (ts.isFunctionDeclaration(statement) && statement.name) {
      (takesNumbers(statement) ? functions : others).push(statement.name.text);
    } else if (ts.isVariableStatement(statement)) {
      others.push(...statement.declarationList.declarations.map((d) => d.name.getText()));
    } else if (ts.isClassDeclaration(statement) || ts.isEnumDeclaration(statement) || ts.isModuleDeclaration(statement)) {
      others.push(statement.name?.getText() ?? "default");
    }
  }
  return { functions, others };
}

function takesNumbers(f: ts.FunctionDeclaration): boolean {
  const isNumber = (type: ts.TypeNode | undefined) => type !== undefined && NUMBERS.has(type.getText());
  return !f.typeParameters && isNumber(f.type) && f.parameters.every((parameter) => isNumber(parameter.type));
}

/** asc is silent about two entries that export one name, and the first wins. */
export function refuseTwins(found: readonly Entry[]): void {
  const owner = new Map<string, string>();
  for (const { file, exports } of found) {
    for (const name of exports) {
      const other = owner.get(name);
      if (other) throw new Error(`${other} and ${file} both export ${name}; asc would silently keep the first.`);
      owner.set(name, file);
    }
  }
}

async function sources(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => []);
  return names
    .filter((name) => name.endsWith(".ts") && !name.endsWith(".d.ts"))
    .sort()
    .map((name) => `${folder}/${name}`);
}
