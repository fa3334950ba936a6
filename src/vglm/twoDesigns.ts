import type { Design } from "../formula/design.ts";
import type { DesignColumns } from "../regression/designGiven.ts";
import { type PartsData, type PartsOptions, partsData } from "../regression/partsData.ts";

/**
 * Reads a response and two designs, the second as the first where it is not given.
 *
 * @throws RangeError for more parts than two, a response that is not numbers, or a design that is missing.
 */
export function readTwo(
  options: PartsOptions,
  designs: Readonly<Record<string, DesignColumns | Design | undefined>>,
  { y }: { readonly y: ArrayLike<number> | undefined },
  second: "same" | "none" = "same",
): PartsData {
  const { formula } = options;
  if (formula === undefined) {
    const [first] = Object.keys(designs);
    const missing = designs[first!] === undefined ? first : y === undefined ? "y" : undefined;
    if (missing) throw new TypeError(`Neither formula and data nor ${missing} are given; one of them is needed.`);
  }
  const read = partsData(options, designs, formula === undefined ? { y } : {});
  const { response } = read;
  if (formula !== undefined) {
    const text = JSON.stringify(formula);
    if (read.designs.length > 2) throw new RangeError(`formula: ${text} has ${read.designs.length} parts; one or two are needed.`);
    if (!response) throw new RangeError(`formula: ${text} has no response; "y ~ x" has one.`);
    if (response.kind !== "numbers") throw new RangeError(`formula: ${text} has a response that is not numbers; numbers are needed.`);
    const also = Object.keys(designs)[1]!;
    if (designs[also]) throw new RangeError(`${also} is given beside a formula, whose second part it is: "y ~ x | z" is needed.`);
  }
  const columns = response?.kind === "numbers" ? { ...read.columns, y: response.values } : read.columns;
  const both = read.designs.length === 1 && second === "same" ? [read.designs[0]!, withoutOffset(read.designs[0]!)] : read.designs;
  return { ...read, columns, designs: both };
}

/** What an offset is for is said in the part that it stands in. */
export function withoutOffset({ offset: _, ...design }: Design): Design {
  return design;
}
