import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { mkdirSync } from "node:fs";
import { createInterface, type Interface } from "node:readline";
import { ROOT } from "../results.ts";

const SOURCES = ["main.c", "kernels.c", "peaks.c"];
const FLAGS = ["-O3", "-march=native", "-ffast-math"];
const COMPILERS = ["gcc", "clang", "cc"];

/** What was compiled and how. */
export interface Built {
  readonly program: string;
  readonly compiler: string;
  readonly flags: string;
}

/** Compiles bench/native/*.c with the first compiler that is there, or returns undefined. */
export function compiled(): Built | undefined {
  const folder = new URL("bench/native/", ROOT).pathname;
  const program = new URL("build/bench/kernels", ROOT).pathname;
  mkdirSync(new URL("build/bench/", ROOT), { recursive: true });
  for (const compiler of COMPILERS) {
    let version: string;
    try {
      version = execFileSync(compiler, ["--version"], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
    } catch {
      continue;
    }
    execFileSync(compiler, [...FLAGS, ...SOURCES.map((file) => folder + file), "-lm", "-o", program], { stdio: "inherit" });
    return { program, compiler: version.split("\n")[0]!, flags: FLAGS.join(" ") };
  }
  return undefined;
}

/** The C kernels in a process of their own, on a column of their own: bench/native/main.c tells the protocol. */
export class Opponent {
  readonly #child: ChildProcess;
  readonly #lines: Interface;
  #waiting: ((line: string) => void)[] = [];

  constructor({ program }: Built) {
    this.#child = spawn(program, { stdio: ["pipe", "pipe", "inherit"] });
    this.#lines = createInterface(this.#child.stdout!);
    this.#lines.on("line", (line) => this.#waiting.shift()?.(line));
    this.#child.on("exit", (code) => {
      if (code) throw new Error(`${program} ended with ${code}.`);
    });
  }

  async load(file: string, n: number): Promise<void> {
    await this.#ask(`load ${file} ${n}`);
  }

  /** Nanoseconds of each call, and the sums of the last. */
  async run(kernel: string, calls: number, n: number, theta: readonly number[]): Promise<{ nanoseconds: number[]; sums: number[] }> {
    const [nanoseconds, sums] = (await this.#ask(`run ${[kernel, calls, n, ...theta].join(";")}`)).split(";").map(numbers);
    return { nanoseconds: nanoseconds!, sums: sums! };
  }

  /** Nanoseconds of each memcpy of n doubles. */
  async copy(calls: number, n: number): Promise<number[]> {
    return numbers(await this.#ask(`copy ${calls} ${n}`));
  }

  /** Operations per nanosecond, of each call: fused multiply-adds over full vectors, and additions and multiplications of pairs. */
  async peak(calls: number): Promise<{ fused: number[]; pairs: number[] }> {
    const all = numbers(await this.#ask(`peak ${calls}`));
    return { fused: all.filter((_, i) => i % 2 === 0), pairs: all.filter((_, i) => i % 2 === 1) };
  }

  close(): void {
    this.#lines.close();
    this.#child.stdin!.end();
  }

  #ask(request: string): Promise<string> {
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
      this.#child.stdin!.write(`${request}\n`);
    });
  }
}

function numbers(text: string): number[] {
  return text.trim().split(/\s+/).map(Number);
}
