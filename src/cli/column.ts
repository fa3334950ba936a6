import { place, Refusal } from "./refusal.ts";
import type { Source } from "./source.ts";

const LISTED = 12;

/** The place of the column that the user named by name or by number (from 1); without either, of the only numeric one. */
export async function choose(source: Source, wanted: string | undefined, option: string): Promise<number> {
  const names = source.columns.map(({ name }) => name);
  if (wanted === undefined) return onlyNumeric(source);
  const same = names.flatMap((name, i) => (name === wanted ? [i] : []));
  if (same.length > 1)
    throw new Refusal(
      `${place(source.file, undefined, wanted)}: found as columns ${same.map((i) => i + 1).join(" and ")}; needs one of these numbers (${option} ${same[0]! + 1})`,
    );
  if (same.length === 1) return same[0]!;
  if (/^\d+$/.test(wanted)) {
    const number = Number(wanted);
    if (number >= 1 && number <= names.length) return number - 1;
    throw new Refusal(
      `${place(source.file, undefined, wanted)}: found ${names.length} ${names.length === 1 ? "column" : "columns"}; ${option} needs a name or a number from 1 to ${names.length}`,
    );
  }
  const { closestMatch } = await import("leven");
  const small = names.map((name) => name.toLowerCase());
  const closest = closestMatch(wanted.toLowerCase(), small, { maxDistance: Math.max(2, wanted.length >> 1) });
  const nearest = closest === undefined ? undefined : names[small.indexOf(closest)];
  throw new Refusal(
    `${place(source.file, undefined, wanted)}: no such column; found ${listed(names)}${nearest === undefined ? "" : ` (did you mean ${nearest}?)`}`,
  );
}

function onlyNumeric({ file, columns }: Source): number {
  if (columns.length === 1) return 0;
  const numeric = columns.flatMap((column, i) => (column.holds.endsWith("numbers") ? [i] : []));
  if (numeric.length === 1) return numeric[0]!;
  const names = numeric.length === 0 ? columns.map(({ name }) => name) : numeric.map((i) => columns[i]!.name);
  const count = numeric.length === 0 ? "no numeric column" : `${numeric.length} numeric columns`;
  throw new Refusal(`${place(file)}: found ${count}; needs --column with one of ${listed(names)}`);
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, LISTED).join(", ");
  return names.length > LISTED ? `${shown} and ${names.length - LISTED} more` : shown;
}
