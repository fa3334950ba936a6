import { log } from "../math/elementary.ts";
import { type GlmAnovaRow, type GlmFindings, GlmFit } from "./glmFit.ts";
import { digits } from "./regressionTable.ts";

/** A generalised linear model's fit with Firth's correction. */
export class FirthFit extends GlmFit {
  /** The log-likelihood plus half the logarithm of the determinant of X'WX: what is largest at the coefficients. It depends on the columns' units. */
  readonly penalizedLogLik: number;

  constructor(found: GlmFindings) {
    super(found);
    const { aliased, coordinates } = found;
    const units = coordinates.scales.reduce((sum, scale, j) => (aliased[j] ? sum : sum + log(scale)), 0);
    this.penalizedLogLik = found.logLik + found.beyond! - units;
  }

  /** @throws RangeError: `tests` has penalised likelihood-ratio tests. */
  override anova(): Promise<readonly GlmAnovaRow[]> {
    return Promise.reject(new RangeError("A fit with Firth's correction has no analysis of deviance; see tests()."));
  }

  protected override fitLines(): string[] {
    return [`Firth's correction; penalised log-likelihood ${digits(this.penalizedLogLik, 8)}`, ...super.fitLines()];
  }
}
