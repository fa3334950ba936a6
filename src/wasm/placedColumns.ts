/** A factor in an engine's memory. */
export interface Factor {
  /** Its first column in the design. */
  readonly first: number;
  readonly count: number;
  readonly codes: number;
  /** Address of the values, 0 for ones. */
  readonly values: number;
  /** The largest of them in size. */
  readonly size: number;
}

/** Where a column lies, and how it was moved: z = (x - center) scale, exactly. */
export interface Column {
  /** Its place in the design; the response comes after all. */
  readonly index: number;
  readonly address: number;
  readonly center: number;
  readonly scale: number;
  /** The largest of the moved values in size. */
  readonly size: number;
  readonly constant: boolean;
}
