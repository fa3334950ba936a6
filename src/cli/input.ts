// Where the bytes come from: a file, or standard input kept in a temporary file.

import { createReadStream, createWriteStream, rmSync } from "node:fs";
import { mkdtemp, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { place, Refusal } from "./refusal.ts";

export interface Input {
  /** The file in messages: as the user named it. */
  readonly file: string;
  readonly path: string;
  readonly bytes: number;
  readonly gzip: boolean;
  /** By its name; undefined if the content has to tell. */
  readonly kind: "csv" | "tsv" | "parquet" | "json" | undefined;
}

const KINDS: Readonly<Record<string, Input["kind"]>> = {
  csv: "csv",
  tsv: "tsv",
  tab: "tsv",
  parquet: "parquet",
  pq: "parquet",
  json: "json",
  ndjson: "json",
  jsonl: "json",
};
const HEAD = 1 << 20;

/** Looks a file up; "-" is standard input. */
export async function find(file: string): Promise<Input> {
  if (file === "-") return spool();
  const path = resolve(file);
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
    throw new Refusal(`${place(file)}: ${error.code === "ENOENT" ? "no such file" : error.message}`);
  });
  if (found.isDirectory()) throw new Refusal(`${place(file)}: found a folder; needs a file`);
  const gzip = /\.gz$/i.test(file);
  const extension = /\.([^.]+)$/.exec(basename(file).replace(/\.gz$/i, ""))?.[1]?.toLowerCase();
  return { file, path, bytes: found.size, gzip, kind: extension === undefined ? undefined : KINDS[extension] };
}

/** The first megabyte, whole lines of it where there is more, as text. */
export async function head(input: Input): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of bytes(input)) {
    chunks.push(chunk);
    length += chunk.length;
    if (length >= HEAD) break;
  }
  const start = Buffer.concat(chunks);
  if (start.length === 0) throw new Refusal(`${place(input.file)}: found an empty file; needs at least one row of values`);
  const text = start.toString("latin1", 0, 4) === "PAR1" ? "PAR1" : start.toString("utf8");
  if (text.includes("\0")) throw new Refusal(`${place(input.file)}: found binary data or UTF-16 text; needs UTF-8 text, JSON or Parquet`);
  const end = Math.max(text.lastIndexOf("\n"), text.lastIndexOf("\r"));
  return length >= HEAD && end > 0 ? text.slice(0, end + 1) : text;
}

/** The content of the file, unpacked. */
export function bytes(input: Input): Readable {
  const raw = createReadStream(input.path);
  if (!input.gzip) return raw;
  const unpacked = createGunzip();
  raw.on("error", (error) => unpacked.destroy(error)).pipe(unpacked);
  return unpacked;
}

/**
 * Standard input, kept in a temporary file: only so can it be of any kind, be read at full speed, and be read again
 * to say on which line a refused value stands.
 */
async function spool(): Promise<Input> {
  if (process.stdin.isTTY) throw new Refusal("standard input: found a terminal; needs a pipe or a file (loglik fit - < claims.csv)");
  const folder = await mkdtemp(join(tmpdir(), "loglik-"));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  process.once("exit", remove);
  for (const [signal, code] of [
    ["SIGINT", 130],
    ["SIGTERM", 143],
    ["SIGHUP", 129],
  ] as const)
    process.once(signal, () => process.exit(code));
  const path = join(folder, "stdin");
  await pipeline(process.stdin, createWriteStream(path));
  return { file: "standard input", path, bytes: (await stat(path)).size, gzip: false, kind: undefined };
}
