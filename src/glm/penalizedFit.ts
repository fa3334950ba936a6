import { isSmooth, penaltyAt } from "../optimize/penalty.ts";
import type { CovarianceKind } from "../regression/regressionSandwich.ts";
import { digits } from "../regression/regressionTable.ts";
import type { GlmAnovaRow } from "./glmAnova.ts";
import { type GlmFindings, GlmFit } from "./glmFit.ts";
import type { StatedPenalty } from "./glmPenalty.ts";

/** A generalised linear model's fit with an elastic net's penalty. */
export class PenalizedFit extends GlmFit {
  readonly penalty: StatedPenalty;
  /** The log-likelihood less the penalty over the dispersion (1 for binomial, poisson and negativeBinomial): what is largest at the coefficients. */
  readonly penalizedLogLik: number;
  /**
   * Effective degrees of freedom of the coefficients, the trace of (H + R)^-1 H, H the information and R the ridge, over those that are not 0: `aic`,
   * `bic`, `dfResidual` count them so.
   */
  readonly df: number;

  constructor(found: GlmFindings) {
    super(found);
    const { stated, weights } = found.glm.penalty!;
    this.penalty = stated;
    this.penalizedLogLik = found.logLik - penaltyAt(weights, found.beta) / found.dispersion;
    this.df = found.degrees!;
  }

  /** @throws RangeError: terms added one after the other are a likelihood-ratio test of fits without penalty. */
  override anova(): Promise<readonly GlmAnovaRow[]> {
    return Promise.reject(new RangeError("A penalised fit has no analysis of deviance; one without penalty has."));
  }

  /** The lasso's estimates have none of any kind. */
  protected override covarianceOf(kind: CovarianceKind): (i: number, j: number) => number {
    return isSmooth(this.found.glm.penalty!.weights) ? super.covarianceOf(kind) : () => Number.NaN;
  }

  protected override fitLines(): string[] {
    const { lambda, alpha, standardize } = this.penalty;
    const scale = standardize ? ", columns standardised" : "";
    const penalty = `penalty: lambda ${digits(lambda)}, alpha ${digits(alpha)}${scale}; ${digits(this.df)} effective degrees of freedom`;
    return [penalty, `penalised log-likelihood ${digits(this.penalizedLogLik, 8)}`, ...super.fitLines()];
  }
}
