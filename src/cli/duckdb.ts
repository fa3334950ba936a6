// DuckDB reads every kind of file. It is an optional package of some 70 MB, so nothing is imported before a file has to be read.

import { createRequire } from "node:module";
import type { DuckDBConnection } from "@duckdb/node-api";
import { firstLine, Refusal } from "./refusal.ts";

/** A connection to a database in memory, closed when `use` is done. */
export async function withDuckDB<T>(use: (connection: DuckDBConnection) => Promise<T>): Promise<T> {
  const instance = await load().DuckDBInstance.create(":memory:", { autoinstall_known_extensions: "false" });
  const connection = await instance.connect();
  try {
    return await use(connection);
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

/** By require, in 70 ms; import() takes 140, since it first searches the package's CommonJS for the names of its exports. */
function load(): typeof import("@duckdb/node-api") {
  try {
    return createRequire(import.meta.url)("@duckdb/node-api");
  } catch (error) {
    throw new Refusal(`reading files needs the package @duckdb/node-api ("npm install @duckdb/node-api"): ${firstLine(error)}`);
  }
}

/** `text` as an SQL string. */
export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** `name` as an SQL identifier. */
export function identifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** A path as DuckDB takes it: the characters that would match other files stand in brackets. */
export function path(file: string): string {
  return literal(file.replace(/[*?]/g, "[$&]"));
}
