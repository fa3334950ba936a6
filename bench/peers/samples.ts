import { mkdir, rm, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { distribution, distributions } from "loglik";
import { cases } from "../cases.ts";
import { ROOT } from "../results.ts";

const WANTED = ["normal", "gamma", "weibull", "logistic", "studentT", "gumbel", "beta", "negativeBinomial"];

/** The families that are compared, of those that exist. */
export const families: readonly string[] = WANTED.filter((name) => distributions.some((entry) => entry.name === name));

/** Parameters, in the family's order, of those without a case in the other benchmark. */
const TRUTHS: Readonly<Record<string, readonly number[]>> = { beta: [2, 3], negativeBinomial: [2.5, 4] };

/** A sample and the file in which peers find it: little-endian doubles, as every machine that runs this stores them. */
export interface SampleFile {
  readonly x: Float64Array;
  readonly file: string;
  remove(): Promise<void>;
}

export async function sampleFile(family: string, rows: number): Promise<SampleFile> {
  const truth = cases.find(({ name }) => name === family)?.truth ?? named(family, TRUTHS[family]!);
  const x = distribution(family, truth).random(rows, { seed: 20 });
  const url = new URL(`build/bench/${family}.f64`, ROOT);
  await mkdir(new URL(".", url), { recursive: true });
  await writeFile(url, new Uint8Array(x.buffer));
  return { x, file: fileURLToPath(url), remove: () => rm(url) };
}

/** Values in the family's order, by name. */
export function named(family: string, values: readonly number[]): Record<string, number> {
  return Object.fromEntries(distribution(family).parameters.map((name, i) => [name, values[i]!]));
}
