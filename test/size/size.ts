/** Level of the tests whose size is looked at. */
export const LEVEL = 0.05;

/** A test under its hypothesis. */
export interface Size {
  readonly name: string;
  /** The p-value of the sample with this seed; NaN where there is none. */
  pValue(seed: number): Promise<number>;
}
