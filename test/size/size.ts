/** Level of the tests whose size is looked at. */
export const LEVEL = 0.05;

/** Tests under their hypothesis. */
export interface Size {
  readonly name: string;
  /** The tests are known to reject less often than their level says: that alone is asserted. */
  readonly conservative?: true;
  /** The p-values of the sample with this seed, by test; NaN where there is none. */
  pValues(seed: number): Promise<Readonly<Record<string, number>>>;
}
