import type { ComparedRegression } from "../estimators/comparedRegression.ts";
import { givenOptions } from "../estimators/optionNames.ts";
import { checkInterval } from "../inference/wald.ts";
import { exp } from "../math/elementary.ts";
import { normalQuantile } from "../math/normal.ts";
import { EstimatedModel } from "./estimated.ts";
import type { Outcome, RegressionCertificate } from "./outcome.ts";
import { printed, rounded } from "./printed.ts";
import type { CovarianceKind } from "./regressionSandwich.ts";
import { type CoefficientRow, coefficientRows, tableText } from "./regressionTable.ts";

/** A test that all coefficients are 0. */
export interface ChiSquaredTest {
  readonly statistic: number;
  readonly df: number;
  readonly pValue: number;
}

/** Which intervals. */
export interface WaldOptions {
  /** 0.95 by default. */
  readonly level?: number;
  readonly method?: "wald";
  /** By the observed information where not given. */
  readonly covariance?: CovarianceKind;
}

/** What a kind of regression says of itself to be compared. */
export type Comparison = Omit<ComparedRegression, "label" | "k">;

/** What all regressions answer. Vectors and matrices are in the order of `parameters`: the coefficients, then the model's own. */
export abstract class RegressionResult extends EstimatedModel {
  readonly family: string;
  readonly link: string;
  /** The coefficients alone. */
  readonly coef: Readonly<Record<string, number>>;
  /** Names of the columns that are combinations of those before them. */
  readonly aliased: readonly string[];
  readonly passes: number;
  readonly certificate: RegressionCertificate;
  protected readonly outcome!: Outcome;

  constructor(outcome: Outcome) {
    const { names, own, coefficients, aliased, status } = outcome;
    const parameters = [...names, ...own.map(({ name }) => (names.includes(name) ? `(${name})` : name))];
    const coef = names.map((_, j) => (aliased[j] ? Number.NaN : coefficients[j]!));
    const known = (j: number) => status === "interior" && !aliased[j];
    const left = names.filter((_, j) => aliased[j]);
    super({
      ...outcome,
      parameters,
      estimates: [...coef, ...own.map(({ value }) => value)],
      standardErrors: parameters.map((_, j) => (known(j) ? outcome.error(j) : Number.NaN)),
      free: (outcome.degrees ?? names.length - left.length) + own.length,
    });
    // What is behind the numbers is not printed with them.
    Object.defineProperty(this, "outcome", { value: outcome, enumerable: false });
    this.family = outcome.family;
    this.link = outcome.link;
    this.coef = Object.fromEntries(names.map((name, j) => [name, coef[j]!]));
    this.aliased = left;
    this.passes = outcome.passes;
    this.certificate = outcome.certificate;
  }

  /** Covariance of two parameters, by their places, of an interior maximum. */
  protected abstract covarianceOf(kind: CovarianceKind): (i: number, j: number) => number;
  /** Which covariance `coefficients` and `summary` are from. */
  protected abstract readonly defaultCovariance: CovarianceKind;
  /** How it is compared with other regressions. */
  protected abstract comparison(): Comparison;
  /** Degrees of freedom of the t distribution that coefficients are compared with; infinite for the normal. */
  protected get testDegrees(): number {
    return Number.POSITIVE_INFINITY;
  }
  /** Lines of the summary before the coefficients. */
  protected residualLines(): string[] {
    return [];
  }
  /** Lines of the summary's table. */
  protected tableRows(kind: CovarianceKind): readonly CoefficientRow[] {
    return this.coefficients(kind);
  }
  /** Lines of the summary between coefficients and log-likelihood. */
  protected fitLines(): string[] {
    return [];
  }

  /**
   * The coefficients with their standard errors and the tests that each is 0: against Student's t with n - p degrees of freedom where the
   * dispersion is estimated, else against the normal. Errors are the fit's `standardErrors`, lm's with n - p; or of another kind.
   */
  coefficients(kind: CovarianceKind = this.defaultCovariance): CoefficientRow[] {
    const { names, aliased, status } = this.outcome;
    const of = this.covarianceOf(kind);
    const error = (j: number) => (status === "interior" && !aliased[j] ? Math.sqrt(of(j, j)) : Number.NaN);
    const errors = kind === "observed" ? names.map((name) => this.standardErrors[name]!) : names.map((_, j) => error(j));
    const estimates = names.map((name) => this.coef[name]!);
    return coefficientRows(names, estimates, errors, this.testDegrees);
  }

  /**
   * What R's summary prints, to the same digits, without stars; below it the model's own parameters, and how the search ended. Standard errors
   * are those of `coefficients`: of kind `"classical"` R's.
   */
  summary(kind: CovarianceKind = this.defaultCovariance): string {
    const { names, formula = "y ~ design" } = this.outcome;
    const residuals = this.residualLines();
    const lines = [
      "Call:",
      `${this.model}(${formula}, family = ${this.family}, link = ${this.link})`,
      "",
      ...(residuals.length > 0 ? [...residuals, ""] : []),
      this.aliased.length > 0 ? `Coefficients: (${this.aliased.length} not defined because of singularities)` : "Coefficients:",
      tableText(this.tableRows(kind), this.testDegrees < Number.POSITIVE_INFINITY ? "t" : "z"),
      "",
      ...this.fitLines(),
      ...(this.omitted > 0 ? [`  (${this.omitted} observation${this.omitted === 1 ? "" : "s"} deleted due to missingness)`] : []),
      `AIC: ${printed(this.aic, 5)}`,
      "",
      ...this.parameters.slice(names.length).map((name, k) => this.#ownLine(name, names.length + k, kind)),
      ...(this.certificate.iterations > 0 ? [`Number of Newton iterations: ${this.certificate.iterations}`] : []),
      `log-likelihood: ${printed(this.logLik, 8)}, BIC: ${printed(this.bic, 5)}, ${this.nobs} rows`,
      `${this.status}: ${this.reason}`,
    ];
    return lines.join("\n");
  }

  /** A parameter of the model's own with its standard error, that to three digits, both to the same decimal. */
  #ownLine(name: string, place: number, kind: CovarianceKind): string {
    const value = this.estimates[name]!;
    const error = Math.sqrt(this.status === "interior" ? this.covarianceOf(kind)(place, place) : Number.NaN);
    if (!(error > 0 && error < Number.POSITIVE_INFINITY)) return `${name}: ${printed(value)}, Std. Err.: ${printed(error)}`;
    const decimals = Math.max(0, 2 - Number(error.toExponential().split("e")[1]));
    return `${name}: ${printed(rounded(value, decimals), 15)}, Std. Err.: ${printed(rounded(error, decimals), 15)}`;
  }

  /** Covariances of `parameters`, from the observed information. @throws RangeError for more than 3000 parameters. */
  get vcov(): readonly (readonly number[])[] {
    return this.vcovOf("observed");
  }

  /**
   * Covariances of `parameters` by kind: `"observed"` and `"expected"` information at the likelihood's maximum, `"classical"` as R's summary
   * has it (expected information times the dispersion with n - p), the sandwiches `"HC0"` to `"HC3"` (MacKinnon & White 1985), or
   * `{ cluster }`, one label per row (Liang & Zeger 1986, with G/(G - 1)). The kinds differ for the coefficients only.
   *
   * @throws RangeError for a kind that the model does not have.
   */
  vcovOf(kind: CovarianceKind): number[][] {
    const { width } = this;
    const of = this.covarianceOf(kind);
    const { aliased, status } = this.outcome;
    const entry = (i: number, j: number) => (status === "interior" && !aliased[i] && !aliased[j] ? of(i, j) : Number.NaN);
    return Array.from({ length: width }, (_, i) => Array.from({ length: width }, (__, j) => entry(i, j)));
  }

  /** Wald intervals of all parameters, by `standardErrors` or another covariance; of the model's own above 0 on their logarithms. */
  confint(options: WaldOptions = {}): Record<string, [number, number]> {
    const known = { level: true, method: true, covariance: true } as const;
    const { level = 0.95, method = "wald", covariance = "observed" } = givenOptions(options, known);
    checkInterval(level, method);
    const of = covariance === "observed" ? undefined : this.covarianceOf(covariance);
    const errorOf = (name: string, j: number) => {
      const error = this.standardErrors[name]!;
      return of && !Number.isNaN(error) ? Math.sqrt(of(j, j)) : error;
    };
    const { own, names } = this.outcome;
    const reach = normalQuantile((1 + level) / 2);
    return Object.fromEntries(
      this.parameters.map((name, j): [string, [number, number]] => {
        const [value, error] = [this.estimates[name]!, errorOf(name, j)];
        if (!own[j - names.length]?.positive) return [name, [value - reach * error, value + reach * error]];
        const factor = exp((reach * error) / value);
        return [name, [value / factor, value * factor]];
      }),
    );
  }

  /** @internal What comparisons ask. */
  compared(): ComparedRegression {
    const { formula = "design", names, own } = this.outcome;
    const k = names.length - this.aliased.length + own.length;
    return { label: `${this.model}(${formula}, ${this.family}, ${this.link})`, k, ...this.comparison() };
  }
}
