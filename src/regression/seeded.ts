import { givenOptions } from "../estimators/optionNames.ts";

/** What residuals take that are drawn at random within what is not known of a row. */
export interface Seeded {
  /** Of what is drawn: 1 by default, and the same for the same seed. */
  readonly seed?: number;
}

/** @throws RangeError for an option that there is not. */
export function seedOf(options: Seeded): number {
  return givenOptions(options, { seed: true }).seed ?? 1;
}
