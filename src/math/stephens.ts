/** P(T >= t) for n rows; undefined outside of the table. */
export interface TabulatedLaw {
  readonly source: string;
  upper(n: number, t: number): number | undefined;
}

/** Laws of D, W² and A² of a sample from the fit to itself. */
export interface EstimatedLaw {
  readonly ks?: TabulatedLaw;
  readonly cvm?: TabulatedLaw;
  readonly ad?: TabulatedLaw;
}
