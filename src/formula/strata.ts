// Which rows are compared with which: those of one stratum.

import type { Strata } from "./design.ts";

/** Rows agree where they agree in both; levels are those that occur, the first's changing slowest, as in R. */
export function crossed(left: Strata, right: Strata): Strata {
  const width = right.levels.length;
  const pairs = Float64Array.from(left.codes, (code, i) => (code < 0 || right.codes[i]! < 0 ? -1 : code * width + right.codes[i]!));
  const found = [...new Set(pairs)].filter((pair) => pair >= 0).sort((a, b) => a - b);
  const places = new Map(found.map((pair, k) => [pair, k]));
  return {
    codes: Int32Array.from(pairs, (pair) => places.get(pair) ?? -1),
    levels: found.map((pair) => `${left.levels[Math.floor(pair / width)]}, ${right.levels[pair % width]}`),
  };
}

/** Strata from one label per row, numbered as they appear. */
export function strataOfLabels(labels: ArrayLike<string | number | boolean>): Strata {
  const places = new Map<string | number | boolean, number>();
  const codes = new Int32Array(labels.length);
  for (let i = 0; i < codes.length; i++) {
    const label = labels[i]!;
    let code = places.get(label);
    if (code === undefined) {
      code = places.size;
      places.set(label, code);
    }
    codes[i] = code;
  }
  return { codes, levels: [...places.keys()].map(String) };
}
