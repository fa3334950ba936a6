import { readFileSync } from "node:fs";
import { generative, glm } from "loglik";
import { expect, test } from "vitest";
import { iris } from "./classifying.ts";

// The examples of docs/classifiers.md are run as they stand there; what stands behind // is what they answer, to 4 digits.

const lines = readFileSync(new URL("../docs/classifiers.md", import.meta.url), "utf8")
  .split("\n")
  .filter((line) => line.startsWith("    "));
const ANSWERED = /^ {4}(.*?) +\/\/ (.*)$/;

/** A value as JavaScript writes it, numbers to 4 digits. */
function show(value: unknown): string {
  if (typeof value === "number") return String(Number(value.toPrecision(4)));
  if (Array.isArray(value)) return `[${value.map(show).join(", ")}]`;
  if (ArrayBuffer.isView(value)) return show(Array.from(value as Float64Array));
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const key = (name: string) => (/^\w+$/.test(name) ? name : JSON.stringify(name));
  return `{ ${Object.entries(value)
    .map(([name, own]) => `${key(name)}: ${show(own)}`)
    .join(", ")} }`;
}

test("docs/classifiers.md says what its examples answer", async () => {
  const expected = lines.flatMap((line) => ANSWERED.exec(line)?.[2] ?? []);
  expect(expected.length).toBeGreaterThan(10);
  const body = lines.map((line) => line.replace(ANSWERED, "found.push($1);")).join("\n");
  const AsyncFunction = Object.getPrototypeOf(async () => {}).constructor;
  const found: unknown[] = [];
  await new AsyncFunction("found", "iris", "generative", "glm", body)(found, iris, generative, glm);
  expect(found.map(show)).toEqual(expected);
});
