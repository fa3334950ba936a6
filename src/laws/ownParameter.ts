/** What a family's own parameter and the log-likelihood follow from, beside the coefficients. */
export interface Totals {
  /** Rows whose weight is not 0. */
  readonly rows: number;
  /** Sum of the weights. */
  readonly weight: number;
  readonly deviance: number;
  /** Sum of w log y; 0 where the family does not need it. */
  readonly logResponse: number;
  /** Sum of log w. */
  readonly logWeights: number;
}

/** A parameter that stands beside the coefficients, whose maximum follows from the deviance: its score is 0 whatever they are. */
export interface OwnParameter {
  readonly name: string;
  estimate(totals: Totals): number;
  /** The dispersion that it means: Var(y) = dispersion V(mu). */
  dispersion(own: number): number;
  standardError(own: number, totals: Totals): number;
  /** The whole log-likelihood at its maximum. */
  logLik(own: number, totals: Totals): number;
  /** A row's, from its deviance. */
  rowLogLik(own: number, deviance: number, y: number): number;
  /** Weights divide a variance; otherwise they multiply a log-likelihood. */
  readonly byRows?: true;
}
