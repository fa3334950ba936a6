import { closeSync, openSync, readFileSync, readSync, writeFileSync } from "node:fs";
import type { Answer, Method, Question, Ready } from "./protocol.ts";

// The protocol's other end, for peers in JavaScript.

export function question(): Question & { readonly warmRows: number; readonly mostRuns: number } {
  const [family, file, ...numbers] = process.argv.slice(2);
  const [n, seconds, warmRows, mostRuns] = numbers.map(Number) as [number, number, number, number];
  return { family: family!, file: file!, n, seconds, warmRows, mostRuns };
}

/** Doubles of a file, from its `first` on, read straight to where they stay: no second copy of them is ever in memory. */
export function readInto(column: Float64Array, file: string, first = 0): Float64Array {
  const bytes = new Uint8Array(column.buffer, column.byteOffset, column.byteLength);
  const from = openSync(file, "r");
  for (let at = 0; at < bytes.length; ) {
    const count = readSync(from, bytes, at, bytes.length - at, 8 * first + at);
    if (count === 0) throw new RangeError(`${file} holds ${8 * first + at} bytes; ${8 * first + bytes.length} are needed.`);
    at += count;
  }
  closeSync(from);
  return column;
}

/** Fits a few rows, then all, and says how it went. `estimatesOf` is not timed. */
export async function serve<Data, Found>(
  load: (n: number) => Data,
  fit: (x: Data) => Found | Promise<Found>,
  estimatesOf: (found: Found) => readonly number[],
  method: Method,
  more: (found: Found, x: Data) => object | Promise<object> = () => ({}),
): Promise<void> {
  const { n, seconds, warmRows, mostRuns } = question();
  await fit(load(warmRows));
  const x = load(n);
  globalThis.gc?.();
  resetPeak();
  const loadedBytes = bytesOf("VmRSS");
  reply({});
  const ms: number[] = [];
  let spent = 0;
  let peakBytes: number | undefined;
  let found: Found;
  const before = process.cpuUsage();
  do {
    const start = performance.now();
    found = await fit(x);
    ms.push(performance.now() - start);
    spent += ms.at(-1)!;
    peakBytes ??= bytesOf("VmHWM");
  } while (spent < 1000 * seconds && ms.length < mostRuns);
  const { user, system } = process.cpuUsage(before);
  reply({
    ms,
    processorMs: (user + system) / 1000,
    estimates: estimatesOf(found),
    method,
    ...(loadedBytes && peakBytes && { loadedBytes, peakBytes }),
    ...(await more(found, x)),
  });
}

export function reply(message: Ready | Answer): void {
  process.stdout.write(`${JSON.stringify(message)}\n`);
}

/** Linux keeps the peak and forgets it on request. */
function resetPeak(): void {
  if (process.platform === "linux") writeFileSync("/proc/self/clear_refs", "5");
}

function bytesOf(field: string): number | undefined {
  if (process.platform !== "linux") return undefined;
  const line = readFileSync("/proc/self/status", "utf8").match(new RegExp(`^${field}:\\s+(\\d+) kB`, "m"));
  return line ? 1024 * Number(line[1]) : undefined;
}
