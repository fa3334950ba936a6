import { execFile } from "node:child_process";
import { promisify } from "node:util";

/** What test/browser/report.mjs prints. */
export interface Run {
  readonly version: string;
  readonly seconds: number;
  readonly report: unknown;
}

/** Runs the report under a Node binary, on the inlined kernels or those of a file. */
export async function runNode(binary: string, ...kernels: string[]): Promise<Run> {
  const { stdout } = await promisify(execFile)(binary, ["test/browser/report.mjs", ...kernels], { maxBuffer: 2 ** 26 });
  return JSON.parse(stdout);
}

/** Where two reports differ, by path, at most ten places. */
export function differences(expected: unknown, found: unknown, path = ""): string[] {
  if (typeof expected !== "object" || expected === null || typeof found !== "object" || found === null) {
    return Object.is(expected, found) ? [] : [`${path}: ${found} where Node has ${expected}`];
  }
  const keys = new Set([...Object.keys(expected), ...Object.keys(found)]);
  const below = (key: string) =>
    differences((expected as Record<string, unknown>)[key], (found as Record<string, unknown>)[key], `${path}/${key}`);
  return [...keys].flatMap(below).slice(0, 10);
}

/** One line for a platform; the differences below it. Sets the exit code. */
export function tell(platform: string, seconds: number, expected: unknown, found: unknown): void {
  const where = differences(expected, found);
  console.log(`${platform.padEnd(24)} ${seconds.toFixed(1).padStart(6)} s   ${where.length === 0 ? "same bits" : "DIFFERENT BITS"}`);
  for (const line of where) console.log(`  ${line}`);
  if (where.length > 0) process.exitCode = 1;
}
