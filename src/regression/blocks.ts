// Terms over variables as a design: R's coding of factors and R's names. After model.matrix and TermCode in R's model.c.

import type { Block, Design } from "./design.ts";
import { placesOf, type Terms } from "./expansion.ts";

/** A variable over the rows of a design. */
export type Coded = CodedNumbers | CodedFactor;

export interface CodedNumbers {
  readonly kind: "numbers";
  readonly label: string;
  readonly columns: readonly Float64Array[];
  /** The ends of the columns' names; "" of a single one. */
  readonly ends: readonly string[];
}

export interface CodedFactor {
  readonly kind: "factor";
  readonly label: string;
  readonly codes: Int32Array;
  readonly levels: readonly string[];
}

/** More columns than any fit can take; their names alone are 100 MB. */
const MOST_COLUMNS = 2 ** 20;
/** 1 GB of codes. */
const MOST_CODES = 2 ** 28;

/**
 * The design of a part's terms.
 *
 * @param coded - A variable by its place in `terms.variables`.
 * @throws RangeError for a factor of one level, two columns of one name, or columns beyond all bounds, naming the term.
 */
export function designOf(terms: Terms, rows: number, coded: (place: number) => Coded): Design {
  const names: string[] = [];
  const blocks: Block[] = [];
  const assign: number[] = [];
  const labels = terms.terms.map((term) =>
    placesOf(term)
      .map((place) => coded(place).label)
      .join(":"),
  );
  if (terms.intercept) {
    names.push("(Intercept)");
    blocks.push({ kind: "intercept" });
    assign.push(0);
  }
  const full = fullCodings(terms, (place) => coded(place).kind === "factor");
  const shifted = new Map<Int32Array, Int32Array>();
  terms.terms.forEach((term, k) => {
    const variables = placesOf(term).map((place) => {
      const variable = coded(place);
      if (variable.kind === "numbers" || full[k]!.has(place)) return variable;
      return contrasts(variable, shifted);
    });
    const count = variables.reduce((total, one) => total * endsOf(one).length, 1);
    if (names.length + count > MOST_COLUMNS) {
      throw new RangeError(`The term ${labels[k]} has ${count} columns; a design of at most ${MOST_COLUMNS} is needed.`);
    }
    for (const name of namesOf(variables)) {
      names.push(name);
      assign.push(k + 1);
    }
    blocks.push(...blocksOf(variables, rows, labels[k]!));
  });
  refuseTwins(names);
  const offset = offsetOf(terms, coded);
  return { rows, names, blocks, ...(offset ? { offset } : {}), assign, terms: labels };
}

/** Results are read by name: a level can make the name of one column that of another. */
function refuseTwins(names: readonly string[]): void {
  const seen = new Set<string>();
  for (const name of names) {
    if (seen.has(name)) throw new RangeError(`Two columns of the design are named ${name}; different names are needed.`);
    seen.add(name);
  }
}

/**
 * For each term the places of its factors that have a column for every level, not for all but the first: a factor is coded by contrasts
 * where an earlier term holds all the others of its term, its margin (Chambers & Hastie 1992, page 38).
 */
function fullCodings({ terms, intercept }: Terms, isFactor: (place: number) => boolean): Set<number>[] {
  const before = new Set<bigint>();
  const full = terms.map((term) => {
    const places = placesOf(term).filter((place) => {
      if (!isFactor(place)) return false;
      const margin = term & ~(1n << BigInt(place));
      if (margin === 0n || before.has(margin)) return false;
      for (const earlier of before) if ((margin & ~earlier) === 0n) return false;
      return true;
    });
    before.add(term);
    return new Set(places);
  });
  // Without an intercept the first factor stands for it.
  if (!intercept) {
    const first = terms.findIndex((term) => placesOf(term).some(isFactor));
    if (first >= 0) full[first]!.add(placesOf(terms[first]!).find(isFactor)!);
  }
  return full;
}

/** A factor without its first level. */
function contrasts({ label, codes, levels }: CodedFactor, shifted: Map<Int32Array, Int32Array>): CodedFactor {
  if (levels.length < 2) {
    const only = levels.length === 1 ? `: ${JSON.stringify(levels[0])}` : "";
    throw new RangeError(`${label} has ${levels.length} level${only}; a factor beside an intercept needs two.`);
  }
  let found = shifted.get(codes);
  if (!found) {
    found = codes.map((code) => code - 1);
    shifted.set(codes, found);
  }
  return { kind: "factor", label, codes: found, levels: levels.slice(1) };
}

function endsOf(variable: Coded): readonly string[] {
  return variable.kind === "factor" ? variable.levels : variable.ends;
}

/** Names of a term's columns: the first variable's change fastest. */
function namesOf(variables: readonly Coded[]): string[] {
  return variables
    .map((variable) => endsOf(variable).map((end) => variable.label + end))
    .reduce((names, more) => more.flatMap((second) => names.map((first) => `${first}:${second}`)));
}

/** A term's columns in the order of their names. */
function blocksOf(variables: readonly Coded[], rows: number, label: string): Block[] {
  // Factors ahead of all matrices combine to one code, single columns multiply; what follows a matrix is written out, column by column.
  const isMatrix = (one: Coded) => one.kind === "numbers" && one.columns.length > 1;
  const firstMatrix = variables.findIndex(isMatrix);
  const ahead = firstMatrix < 0 ? variables : variables.slice(0, firstMatrix);
  const behind = firstMatrix < 0 ? [] : variables.slice(firstMatrix);
  const factors = ahead.filter((one) => one.kind === "factor");
  const singles = variables.filter((one) => one.kind === "numbers" && !isMatrix(one)) as CodedNumbers[];
  const behindFactors = behind.filter((one) => one.kind === "factor");
  const by = singles.map(({ columns }) => columns[0]!);

  const combined = factors.length > 0 ? interaction(factors) : undefined;
  const cells = behindFactors.reduce((total, one) => total * one.levels.length, 1);
  if (behindFactors.length > 0 && cells * rows > MOST_CODES) {
    throw new RangeError(`The term ${label} has ${cells} levels behind a polynomial; a formula that names the factors first is needed.`);
  }
  const later = behindFactors.length > 0 ? interaction(behindFactors) : undefined;
  const inCell: (Int32Array | undefined)[] = [];
  const products = new Map<string, Float64Array | undefined>();
  const blocks: Block[] = [];
  eachCell(
    behind.map((one) => endsOf(one).length),
    (indices) => {
      const columns = behind.flatMap((one, v) => (isMatrix(one) ? [(one as CodedNumbers).columns[indices[v]!]!] : []));
      const key = behind.flatMap((one, v) => (isMatrix(one) ? [indices[v]!] : [])).join(" ");
      if (!products.has(key)) products.set(key, product([...columns, ...by]));
      const values = products.get(key);
      let codes = combined?.codes;
      let count = combined?.levels ?? 1;
      if (later) {
        const cell = behind.reduceRight((at, one, v) => (one.kind === "factor" ? at * one.levels.length + indices[v]! : at), 0);
        inCell[cell] ??= later.codes.map((code, i) => (code === cell ? (combined ? combined.codes[i]! : 0) : -1));
        codes = inCell[cell];
        count = combined?.levels ?? 1;
      }
      if (codes) blocks.push({ kind: "levels", codes, count, ...(values ? { by: values } : {}) });
      else blocks.push({ kind: "column", values: values! });
    },
  );
  return blocks;
}

/** Several factors as one, the first's levels changing fastest; a row on a base level of any is on none of its levels. */
function interaction(factors: readonly CodedFactor[]): { codes: Int32Array; levels: number } {
  const [first, ...others] = factors as [CodedFactor, ...CodedFactor[]];
  let codes = first.codes;
  let levels = first.levels.length;
  for (const other of others) {
    const [left, size] = [codes, levels];
    codes = left.map((code, i) => (code < 0 || other.codes[i]! < 0 ? -1 : code + size * other.codes[i]!));
    levels *= other.levels.length;
  }
  return { codes, levels };
}

/** The product of columns; one alone is itself, not a copy. */
function product(columns: readonly Float64Array[]): Float64Array | undefined {
  const [first, ...others] = columns;
  return others.reduce((total, other) => total?.map((value, i) => value * other[i]!), first);
}

/** All combinations of indices below the sizes, the first changing fastest. */
function eachCell(sizes: readonly number[], visit: (indices: readonly number[]) => void): void {
  const indices = sizes.map(() => 0);
  while (true) {
    visit(indices);
    let v = 0;
    while (v < sizes.length && ++indices[v]! === sizes[v]) indices[v++] = 0;
    if (v === sizes.length) return;
  }
}

function offsetOf({ offsets }: Terms, coded: (place: number) => Coded): Float64Array | undefined {
  const columns = offsets.map((place) => {
    const variable = coded(place);
    if (variable.kind === "numbers" && variable.columns.length === 1) return variable.columns[0]!;
    throw new RangeError(
      `${variable.label} is ${variable.kind === "factor" ? "a factor" : "several columns"}; an offset of numbers is needed.`,
    );
  });
  const [first, ...others] = columns;
  return first && others.reduce((total, other) => total.map((value, i) => value + other[i]!), first);
}
