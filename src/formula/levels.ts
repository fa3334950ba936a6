// Columns as factors: a code per row and the levels in their order. One pass over the rows and one over the levels.

import { numberText } from "./deparse.ts";
import type { Factor } from "./value.ts";

/** A level as R names it; `whole`: of an array of integers, which R writes without exponents. */
export function levelText(level: string | number | boolean, whole: boolean): string {
  if (typeof level === "string") return level;
  if (typeof level === "boolean") return level ? "TRUE" : "FALSE";
  return whole ? String(level) : numberText(level);
}

type Text = string | null | undefined;

/** Levels of text, in the order of their letters' codes (R's in the C locale). */
export function factorOfText(column: ArrayLike<Text>): Factor {
  const rows = column.length;
  const codes = new Int32Array(rows);
  const places = new Map<string, number>();
  // Neighbours are often equal, and equal strings of a file are often one object.
  let last: Text;
  let code = -1;
  for (let i = 0; i < rows; i++) {
    const text = column[i];
    if (text !== last || i === 0) {
      last = text;
      if (text === null || text === undefined) code = -1;
      else {
        const found = places.get(text);
        code = found ?? places.size;
        if (found === undefined) places.set(text, code);
      }
    }
    codes[i] = code;
  }
  return ordered(codes, [...places.keys()], (a, b) => (a < b ? -1 : a > b ? 1 : 0), String);
}

/** Levels of numbers, by size; NaN is missing. Those that agree to 15 digits are one level, as in R. */
export function factorOfNumbers(values: Float64Array, whole = false): Factor {
  const text = (value: number) => levelText(value, whole);
  const range = wholeRange(values);
  const codes = new Int32Array(values.length);
  // A table is faster than a Map by an order, where the numbers lie close enough for one.
  if (range && range.max - range.min < 4 * values.length + 1024) {
    const { min, max } = range;
    const seen = new Int32Array(max - min + 1);
    for (let i = 0; i < values.length; i++) if (values[i] === values[i]) seen[values[i]! - min] = 1;
    const levels: number[] = [];
    for (let k = 0; k < seen.length; k++) if (seen[k] === 1) seen[k] = levels.push(k + min) - 1;
    for (let i = 0; i < values.length; i++) codes[i] = values[i] === values[i] ? seen[values[i]! - min]! : -1;
    return { kind: "factor", codes, levels: levels.map(text) };
  }
  const places = new Map<number, number>();
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (value !== value) {
      codes[i] = -1;
      continue;
    }
    const found = places.get(value);
    const code = found ?? places.size;
    if (found === undefined) places.set(value, code);
    codes[i] = code;
  }
  return ordered(codes, [...places.keys()], (a, b) => a - b, text);
}

/** Levels FALSE and TRUE, both of them whatever occurs. */
export function factorOfLogical(values: Float64Array): Factor {
  const codes = new Int32Array(values.length);
  for (let i = 0; i < values.length; i++) codes[i] = values[i] === values[i] ? values[i]! : -1;
  return { kind: "factor", codes, levels: ["FALSE", "TRUE"] };
}

/** The same rows with codes by other levels; a row whose level is not among them is missing. */
export function recoded({ codes, levels }: Factor, others: readonly string[]): Factor {
  const places = new Map(others.map((level, k) => [level, k]));
  const table = Int32Array.from(levels, (level) => places.get(level) ?? -1);
  return { kind: "factor", codes: codes.map((code) => (code < 0 ? -1 : table[code]!)), levels: others };
}

/** Without the levels that no row has. */
export function withoutUnused(factor: Factor): Factor {
  const seen = new Uint8Array(factor.levels.length);
  for (const code of factor.codes) if (code >= 0) seen[code] = 1;
  const used = factor.levels.filter((_, k) => seen[k] === 1);
  return used.length === factor.levels.length ? factor : recoded(factor, used);
}

/** Codes by first appearance into codes by order. */
function ordered<T>(codes: Int32Array, found: readonly T[], compare: (a: T, b: T) => number, text: (value: T) => string): Factor {
  const order = found.map((_, k) => k).sort((a, b) => compare(found[a]!, found[b]!));
  const levels: string[] = [];
  const table = new Int32Array(found.length);
  for (const k of order) {
    const level = text(found[k]!);
    if (levels.at(-1) !== level) levels.push(level);
    table[k] = levels.length - 1;
  }
  for (let i = 0; i < codes.length; i++) if (codes[i]! >= 0) codes[i] = table[codes[i]!]!;
  return { kind: "factor", codes, levels };
}

function wholeRange(values: Float64Array): { min: number; max: number } | undefined {
  let min = Infinity;
  let max = -Infinity;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (value !== value) continue;
    if (Math.floor(value) !== value) return undefined;
    if (value < min) min = value;
    if (value > max) max = value;
  }
  // As numbers beyond 15 digits several may have one text. Infinite ones are no range either, nor is a column in which all are missing.
  return min >= -1e15 && max <= 1e15 && min <= max ? { min, max } : undefined;
}
