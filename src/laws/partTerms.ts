/** Columns beside the design, a tile of each, by name. */
export type TileColumns = Readonly<Record<string, Float64Array>>;

/**
 * Fills what a tile's rows add to the log-likelihood and its derivatives in their linear predictors: l, u[a] = dl/deta_a and
 * w[entry(a, b)] = -d²l/deta_a deta_b. l is -Infinity for predictors that belong to no distribution. Weights are the caller's.
 */
export type PartTerms = (
  columns: TileColumns,
  eta: readonly Float64Array[],
  l: Float64Array,
  u: readonly Float64Array[],
  w: readonly Float64Array[],
) => void;
