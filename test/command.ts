// The built command as a child process, in a folder of its own.

import { spawn } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect } from "vitest";

const COMMAND = fileURLToPath(new URL("../dist/cli.js", import.meta.url));

/** Files by name, or the text of standard input. */
export type Input = Readonly<Record<string, string | Uint8Array>> | string;

/** One call: its name, the words of the command (a text is split at spaces), its input, and all that it must say. */
export type Row = readonly [name: string, args: string | readonly string[], input: Input, ...says: readonly (string | RegExp)[]];

export interface Answer {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs `loglik`; `node` are options of Node itself. */
export async function loglik(args: string | readonly string[], input: Input = "", node: readonly string[] = []): Promise<Answer> {
  const folder = await mkdtemp(join(tmpdir(), "loglik-test-"));
  try {
    for (const [name, content] of Object.entries(typeof input === "string" ? {} : input)) {
      await mkdir(dirname(join(folder, name)), { recursive: true });
      await writeFile(join(folder, name), content);
    }
    return await new Promise((resolve, reject) => {
      const words = typeof args === "string" ? args.split(" ") : args;
      const child = spawn(process.execPath, [...node, COMMAND, ...words], { cwd: folder });
      const told = { out: "", err: "" };
      child.stdout.setEncoding("utf8").on("data", (text) => {
        told.out += text;
      });
      child.stderr.setEncoding("utf8").on("data", (text) => {
        told.err += text;
      });
      child.on("error", reject).on("close", (code) => resolve({ code, ...told }));
      // A command that refuses its arguments does not wait for its input.
      child.stdin.on("error", () => {}).end(typeof input === "string" ? input : "");
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** That a text holds each phrase and matches each pattern. */
export function expectAll(text: string, says: readonly (string | RegExp)[]): void {
  for (const said of says) {
    if (typeof said === "string") expect(text).toContain(said);
    else expect(text).toMatch(said);
  }
}
