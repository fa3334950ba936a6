import { givenOptions } from "../estimators/optionNames.ts";
import { checkInterval } from "../inference/wald.ts";
import { log } from "../math/elementary.ts";
import { normalQuantile } from "../math/normal.ts";
import { coordinatesOf } from "../regression/leastSquares.ts";
import type { WaldOptions } from "../regression/regressionResult.ts";
import { digits } from "../regression/regressionTable.ts";
import { withDesign } from "../wasm/designPlacement.ts";
import { firthObjective } from "./firthObjective.ts";
import { type Profiled, type ProfileTest, profileEnd, profileTest } from "./firthProfile.ts";
import type { GlmAnovaRow } from "./glmAnova.ts";
import { type GlmFindings, GlmFit } from "./glmFit.ts";

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

  /**
   * Intervals of the coefficients: Wald's, or from the profile of the penalised log-likelihood, a promise, as logistf prints them. An end is infinite
   * where the profile never falls so far, NaN where it cannot be followed or `status` is not "interior".
   */
  override confint(options: { readonly level?: number; readonly method: "profile" }): Promise<Record<string, [number, number]>>;
  override confint(options?: WaldOptions): Record<string, [number, number]>;
  override confint(
    options: WaldOptions | { readonly level?: number; readonly method: "profile" } = {},
  ): Record<string, [number, number]> | Promise<Record<string, [number, number]>> {
    if (options.method !== "profile") return super.confint(options);
    const { level = 0.95 } = givenOptions(options, { level: true, method: true });
    checkInterval(level, "wald");
    const reach = normalQuantile((1 + level) / 2);
    const unknown: [number, number] = [Number.NaN, Number.NaN];
    return this.#profiles((of): [number, number] => [profileEnd(of, reach, -1), profileEnd(of, reach, 1)]).then((ends) =>
      Object.fromEntries(this.parameters.map((name, j) => [name, ends[j] ?? unknown])),
    );
  }

  /** Tests that each coefficient is 0, by the penalised likelihood ratio: the others at their maximum with it, the determinant that of all columns. */
  async tests(): Promise<readonly ProfileTest[]> {
    const tests = await this.#profiles((of, j) => profileTest(this.parameters[j]!, of));
    const unknown = { statistic: Number.NaN, pValue: Number.NaN };
    return this.parameters.map((name, j) => tests[j] ?? { name, estimate: this.estimates[name]!, ...unknown });
  }

  /** @throws RangeError: `tests` has penalised likelihood-ratio tests. */
  override anova(): Promise<readonly GlmAnovaRow[]> {
    return Promise.reject(new RangeError("A fit with Firth's correction has no analysis of deviance; see tests()."));
  }

  protected override fitLines(): string[] {
    return [`Firth's correction; penalised log-likelihood ${digits(this.penalizedLogLik, 8)}`, ...super.fitLines()];
  }

  /** Works on the profile of every coefficient; undefined for those that have none. */
  #profiles<T>(work: (of: Profiled, column: number) => T): Promise<(T | undefined)[]> {
    const { data, glm, aliased, gamma } = this.found;
    const { design, y, weights, offset } = data;
    const vectors = { y, ...(weights && { weights }), ...(offset && { offset }) };
    if (this.status !== "interior") return Promise.resolve(this.parameters.map(() => undefined));
    return withDesign({ design, vectors, thinned: false }, (matrix) => {
      const objective = firthObjective(glm, matrix, aliased);
      const coordinates = coordinatesOf(matrix, design);
      const { value } = objective.evaluate(gamma, 0, true);
      const directions = this.parameters.map((_, j) => coordinates.direction(gamma.map((__, k) => (k === j ? 1 : 0))));
      return this.parameters.map((name, j) => {
        if (aliased[j]) return undefined;
        const a = gamma.map((_, k) => (aliased[k] ? 0 : directions[k]![j]!));
        return work({ objective, a, beta: gamma, estimate: this.estimates[name]!, error: this.standardErrors[name]!, value }, j);
      });
    });
  }
}
