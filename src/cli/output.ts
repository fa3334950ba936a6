// Files that the command writes: whole or not at all.

import { constants } from "node:fs";
import { access, rename, rm, stat, writeFile } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { Refusal } from "./refusal.ts";

/** An extension in lower case, without its dot. */
export function extensionOf(file: string): string {
  return /\.([^./\\]+)$/.exec(file)?.[1]?.toLowerCase() ?? "";
}

/** @throws Refusal for an extension that the flag does not take, and for a place where no file can be written. */
export async function checkTarget(flag: string, file: string, extensions: readonly string[]): Promise<void> {
  if (!extensions.includes(extensionOf(file))) {
    throw new Refusal(`${flag}: found ${file}; needs a file name that ends in .${extensions.slice(0, 2).join(" or .")}`);
  }
  const folder = dirname(resolve(file));
  const found = await stat(folder).catch(() => undefined);
  if (!found?.isDirectory()) throw new Refusal(`${flag}: found ${file}; its folder ${dirname(file)} does not exist`);
  if ((await stat(file).catch(() => undefined))?.isDirectory()) throw new Refusal(`${flag}: ${file} is a folder; needs a file`);
  await access(folder, constants.W_OK).catch(() => {
    throw new Refusal(`${flag}: found ${file}; nothing can be written in ${dirname(file)}`);
  });
}

/** Writes beside the target and then takes its name, so that nobody ever sees half of it. */
export async function writeWhole(flag: string, file: string, content: string | Uint8Array): Promise<void> {
  const target = resolve(file);
  const beside = join(dirname(target), `.${basename(target)}.${process.pid}.tmp`);
  try {
    await writeFile(beside, content);
    await rename(beside, target);
  } catch (error) {
    await rm(beside, { force: true });
    throw new Refusal(`${flag}: ${file} cannot be written (${(error as NodeJS.ErrnoException).code ?? (error as Error).message})`);
  }
}
