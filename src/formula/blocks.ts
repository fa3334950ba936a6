// Terms over variables as a design: R's coding of factors and R's names. After model.matrix and TermCode in R's model.c.

import type { Block, Design, Strata } from "./design.ts";
import { placesOf, type Terms } from "./expansion.ts";
import { crossed } from "./strata.ts";

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
  const full = fullCodings(terms, (place) => isFactor(coded(place)));
  const shifted = new Map<Int32Array, Int32Array>();
  terms.terms.forEach((term, k) => {
    const variables = placesOf(term).map((place) => {
      const variable = coded(place);
      return isFactor(variable) && !full[k]!.has(place) ? contrasts(variable, shifted) : variable;
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
  const strata = strataOf(terms, coded);
  return { rows, names, blocks, ...(offset && { offset }), ...(strata && { strata }), assign, terms: labels };
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
function fullCodings({ terms, intercept }: Terms, isFactorAt: (place: number) => boolean): Set<number>[] {
  const before = new Set<bigint>();
  const full = terms.map((term) => {
    const places = placesOf(term).filter((place) => {
      if (!isFactorAt(place)) return false;
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
    const first = terms.findIndex((term) => placesOf(term).some(isFactorAt));
    if (first >= 0) full[first]!.add(placesOf(terms[first]!).find(isFactorAt)!);
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

/** A term's columns in the order of their names: factors combine to one code, single columns multiply. */
function blocksOf(variables: readonly Coded[], rows: number, label: string): Block[] {
  const singles = variables.flatMap((one) => (one.kind === "numbers" && one.columns.length === 1 ? one.columns : []));
  const wide = variables.filter((one) => isFactor(one) || isMatrix(one));
  const first = wide.findIndex(isMatrix);
  if (first < 0) return [blockOf(interaction(wide.filter(isFactor)), product(singles))];
  // A matrix's columns change faster than the levels behind it: they alternate, so that each pair is a block.
  const behind = wide.slice(first);
  const ahead = interaction(wide.slice(0, first).filter(isFactor));
  const later = interaction(behind.filter(isFactor));
  if (later && later.count * rows > MOST_CODES) {
    throw new RangeError(
      `The term ${label} has ${later.count} levels behind a polynomial; a formula that names the factors first is needed.`,
    );
  }
  const products: (Float64Array | undefined)[] = [];
  const within: (Cells | undefined)[] = [];
  const blocks: Block[] = [];
  const sizes = behind.map((one) => endsOf(one).length);
  eachIndex(sizes, (indices) => {
    let [column, cell] = [0, 0];
    for (let v = behind.length - 1; v >= 0; v--) {
      if (isFactor(behind[v]!)) cell = cell * sizes[v]! + indices[v]!;
      else column = column * sizes[v]! + indices[v]!;
    }
    products[column] ??= product([...behind.flatMap((one, v) => (isMatrix(one) ? [one.columns[indices[v]!]!] : [])), ...singles]);
    if (later) within[cell] ??= onlyIn(later, cell, ahead);
    blocks.push(blockOf(later ? within[cell] : ahead, products[column]));
  });
  return blocks;
}

/** Rows by a code: that of a factor, or of several. */
interface Cells {
  readonly codes: Int32Array;
  readonly count: number;
}

function isFactor(one: Coded): one is CodedFactor {
  return one.kind === "factor";
}

function isMatrix(one: Coded): one is CodedNumbers {
  return one.kind === "numbers" && one.columns.length > 1;
}

function blockOf(cells: Cells | undefined, values: Float64Array | undefined): Block {
  if (!cells) return { kind: "column", values: values! };
  const { codes, count } = cells;
  return { kind: "levels", codes, count, ...(values ? { by: values } : {}) };
}

/** Of the rows in one cell their codes by other cells, or 0 where there are none; the other rows are on no level. */
function onlyIn({ codes }: Cells, cell: number, others: Cells | undefined): Cells {
  return { codes: codes.map((code, i) => (code === cell ? (others ? others.codes[i]! : 0) : -1)), count: others?.count ?? 1 };
}

/** Several factors as one, the first's levels changing fastest; a row on the base level of any is on none of its levels. */
function interaction(factors: readonly CodedFactor[]): Cells | undefined {
  const [first, ...others] = factors.map(({ codes, levels }) => ({ codes, count: levels.length }));
  return (
    first &&
    others.reduce((left, right) => {
      const codes = left.codes.map((code, i) => (code < 0 || right.codes[i]! < 0 ? -1 : code + left.count * right.codes[i]!));
      return { codes, count: left.count * right.count };
    }, first)
  );
}

/** The product of columns; one alone is itself, not a copy. */
function product(columns: readonly Float64Array[]): Float64Array | undefined {
  const [first, ...others] = columns;
  return others.reduce((total, other) => total?.map((value, i) => value * other[i]!), first);
}

/** All combinations of indices below the sizes, the first changing fastest. */
function eachIndex(sizes: readonly number[], visit: (indices: readonly number[]) => void): void {
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

/** Rows are of one stratum where they agree in every strata() term. */
function strataOf({ strata }: Terms, coded: (place: number) => Coded): Strata | undefined {
  const [first, ...others] = strata.map(coded).filter(isFactor);
  return first && others.reduce<Strata>(crossed, { codes: first.codes, levels: first.levels });
}
