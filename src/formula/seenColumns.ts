// The data's columns behind a formula's terms, as the fit's rows have them: what a picture of an effect varies and holds.

import { type Kept, type Known, taken } from "./coding.ts";
import { namesIn } from "./evaluate.ts";
import type { Terms } from "./expansion.ts";
import type { Frame } from "./frame.ts";
import { withoutUnused } from "./levels.ts";

/** A column of the data: numbers, or the values that a factor has, the base first. */
export type SeenColumn =
  | { readonly name: string; readonly kind: "numbers"; readonly values: Float64Array }
  | { readonly name: string; readonly kind: "levels"; readonly levels: readonly (string | number | boolean)[] };

/** The columns in the order of the formula. */
export function seenColumns(parts: readonly Terms[], frame: Frame, known: Known, kept: Kept): SeenColumn[] {
  const variables = parts.flatMap((part) => part.variables).filter(({ label }) => known.has(label));
  const offsets = parts.flatMap(({ variables: all, offsets: places }) => places.map((place) => all[place]!));
  const strata = parts.flatMap((part) => part.strata.map((place) => part.variables[place]!.node));
  const used = [...variables, ...offsets];
  const names = [...new Set(used.flatMap(({ node }) => namesIn(node)))].filter((name) => frame.has(name));
  return names.map((name): SeenColumn => {
    const value = frame.value(name);
    if (value.kind === "logical") return { name, kind: "levels", levels: [false, true] };
    if (value.kind === "factor") {
      const { levels } = withoutUnused({ ...value, codes: taken(value.codes, kept) });
      return { name, kind: "levels", levels };
    }
    const values = value.kind === "numbers" ? taken(value.values, kept) : new Float64Array(0);
    // Rows lie in strata that there are, and in no mean of them.
    if (strata.some((node) => namesIn(node).includes(name)))
      return { name, kind: "levels", levels: [...new Set(values)].sort((a, b) => a - b) };
    // factor(cyl): its levels are the column's numbers. Those of cut(x) are none, and x stays one.
    const coded = variables.find(({ label, node }) => known.get(label)!.levels && namesIn(node).includes(name));
    const levels = coded && known.get(coded.label)!.levels!.map(Number);
    const own = levels && new Set(values);
    return levels?.every((level) => own!.has(level)) ? { name, kind: "levels", levels } : { name, kind: "numbers", values };
  });
}
