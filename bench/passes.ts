/** What the fits below ask of a column: one pass over its rows each. Written twice, as plain loops and with `reduce`. */
export interface Passes {
  /** The first look: sum, smallest, largest. */
  scan(x: Float64Array): Extent;
  /** Sums of d and d² with d = x - center. */
  squares(x: Float64Array, center: number): Squares;
  /** The same and the sum of log x, for columns of positive values. */
  scanLogs(x: Float64Array): Extent & { logs: number };
  /** Sums of d and d² with d = log x - center. */
  logSquares(x: Float64Array, center: number): Squares;
  /** The sums of a location-scale family at z = (x - location) / scale. */
  gumbel(x: Float64Array, location: number, scale: number): StandardSums;
  /** Gumbel's at z = (-log x - location) / scale, and the sum of z. */
  weibull(x: Float64Array, location: number, scale: number): StandardSums & { z: number };
  logistic(x: Float64Array, location: number, scale: number): StandardSums;
  studentT(x: Float64Array, location: number, scale: number, df: number): TailSums;
}

export interface Extent {
  sum: number;
  min: number;
  max: number;
}

export interface Squares {
  first: number;
  second: number;
}

/**
 * What log-likelihood, score and Hessian in location and scale are made of, f the standard density: sums over the rows of log f(z),
 * psi = -d log f / dz, z psi, psi' and z psi', z² psi'.
 */
export interface StandardSums {
  value: number;
  psi: number;
  zPsi: number;
  curvature: number;
  zCurvature: number;
  zzCurvature: number;
}

/** Student t's: log q, r, r², z r, z r² with q = 1 + z²/df, r = 1/q. All derivatives, those in df included, are linear in them. */
export interface TailSums {
  logs: number;
  r: number;
  rr: number;
  zr: number;
  zrr: number;
}
