import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { type Answer, argumentsOf, type Question, type Ready } from "./protocol.ts";

/** What became of a question. */
export type Outcome<A extends Answer> =
  | { readonly kind: "answer"; readonly answer: A }
  | { readonly kind: "skip"; readonly reason: string }
  | { readonly kind: "late"; readonly seconds: number }
  | { readonly kind: "error"; readonly reason: string };

/** For starting and loading: not the fit's time, but no reason to wait for ever. */
const PATIENCE = 60;

/** Starts a peer, asks it, and stops it when its fit takes longer than `limit` seconds. */
export async function ask<A extends Answer = Answer>(command: readonly string[], question: Question, limit: number): Promise<Outcome<A>> {
  const [program, ...args] = [...command, ...argumentsOf(question)];
  const child = spawn(program!, args, { stdio: ["ignore", "pipe", "pipe"] });
  let complaint = "";
  child.stderr.on("data", (text) => {
    complaint = `${complaint}${text}`.slice(-2000);
  });
  let timer = later(child, PATIENCE);
  try {
    let ready = false;
    // A package may print a line of its own.
    for await (const line of createInterface({ input: child.stdout })) {
      if (!line.startsWith("{")) continue;
      const message: Ready | A = JSON.parse(line);
      if ("skip" in message && message.skip) return { kind: "skip", reason: message.skip };
      if ("ms" in message) return { kind: "answer", answer: message };
      ready = true;
      clearTimeout(timer);
      timer = later(child, limit);
    }
    if (child.killed && ready) return { kind: "late", seconds: limit };
    return { kind: "error", reason: child.killed ? `not ready after ${PATIENCE} s` : errorIn(complaint) };
  } finally {
    clearTimeout(timer);
    // The next one starts when this one's memory is free.
    if (child.exitCode === null && child.signalCode === null) {
      const ended = once(child, "exit");
      child.kill("SIGKILL");
      await ended;
    }
  }
}

function later(child: ChildProcessByStdio<null, Readable, Readable>, seconds: number): NodeJS.Timeout {
  return setTimeout(() => child.kill("SIGKILL"), 1000 * seconds);
}

/** The line of an error's text that names it: R and Node write others after it, Python before. */
function errorIn(text: string): string {
  const lines = text.trim().split("\n");
  return (lines.findLast((line) => /^\w*Error\b/.test(line)) ?? lines.at(-1))?.trim() || "it ended without an answer";
}
