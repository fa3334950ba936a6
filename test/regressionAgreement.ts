import { readdirSync, readFileSync } from "node:fs";
import {
  type ArrowTable,
  betareg,
  clogit,
  coxph,
  type Data,
  type DesignColumns,
  distreg,
  glm,
  hurdle,
  type Levels,
  lm,
  multinomial,
  ordinal,
  survreg,
  treg,
  zeroInflated,
} from "loglik";
import type { Agreement } from "./agreement.ts";

// Reference regressions, one file per family in test/data/regression (scripts/reference/regression.py): what counts as agreement is said here,
// once, for the tests and for `npm run reference`.

type Values = Readonly<Record<string, number>>;

export interface RegressionCase {
  readonly id: string;
  readonly source: string;
  readonly model:
    | "lm"
    | "glm"
    | "ridge"
    | "firth"
    | "coxph"
    | "clogit"
    | "survreg"
    | "treg"
    | "distreg"
    | "ordinal"
    | "multinomial"
    | "zeroInflated"
    | "hurdle"
    | "betareg";
  readonly family: string;
  readonly link: string;
  readonly names: readonly string[];
  readonly columns: readonly (readonly number[])[];
  /** Of the zeros, or the precision. */
  readonly second?: DesignColumns;
  readonly y: readonly number[];
  readonly trials?: readonly number[];
  readonly offset?: readonly number[];
  readonly weights?: readonly number[];
  /** Ridge: lambda/2 times the sum of squares. */
  readonly lambda?: number;
  /** Of a formula, where there is no design. */
  readonly formula?: string;
  readonly data?: Exclude<Data, ArrowTable>;
  readonly levels?: Levels;
  /** Of a response of levels, whose y are their places from 1 on. */
  readonly responseLevels?: readonly string[];
  /** Of survival data and matched sets. */
  readonly time?: readonly number[];
  readonly status?: readonly number[];
  readonly start?: readonly number[];
  readonly strata?: readonly (string | number)[];
  readonly ties?: "efron" | "breslow";
  /** Ends of what is known of the rows; null where there is none. */
  readonly lower?: readonly (number | null)[];
  readonly upper?: readonly (number | null)[];
  /** The model's own, by name. */
  readonly options?: Readonly<Record<string, number>>;
  readonly expected: Expected;
  readonly tolerance: {
    readonly estimates_rel?: number;
    readonly estimates_se?: number;
    readonly loglik_abs?: number;
    readonly loglik_supremum_abs?: number;
    readonly limit_estimates_rel?: number;
    readonly limit_estimates_abs?: number;
  };
  readonly peers: readonly { readonly package: string; readonly ok: boolean; readonly max_rel_error?: number }[];
}

interface Expected {
  readonly exists: boolean;
  readonly unique?: boolean;
  readonly nobs?: number;
  readonly estimates?: Values;
  readonly se?: Values;
  /** R's summary, or lm's with n - p. */
  readonly se_expected?: Values;
  readonly se_classical?: Values;
  readonly vcov?: readonly (readonly number[])[];
  /** What is at its maximum: penalised, where coefficients are. */
  readonly loglik?: number;
  readonly loglik_unpenalised?: number;
  readonly loglik_null?: number;
  readonly n_events?: number;
  readonly aic?: number;
  readonly bic?: number;
  readonly deviance?: number;
  readonly null_deviance?: number;
  readonly dispersion?: number;
  readonly residual_sd?: number;
  readonly rss?: number;
  readonly r_squared?: number;
  readonly aliased?: readonly string[];
  readonly reason?: string;
  readonly supremum_loglik?: number;
  readonly loglik_supremum?: number | "infinity";
  readonly max_loglik?: number;
  readonly fitted?: readonly number[];
  readonly rank?: number;
  readonly limit?: Readonly<Record<string, number | string>>;
  readonly limit_estimates?: Values;
  readonly diverging?: readonly string[];
  readonly direction_of_recession?: Values;
}

const FOLDER = new URL("data/regression/", import.meta.url);
const SE_TOLERANCE = 1e-6;

/** File names without their ending: families, and lm. */
export const regressionGroups: readonly string[] = readdirSync(FOLDER).map((file) => file.replace(/\.json$/, ""));

export const casesOf = (group: string): readonly RegressionCase[] =>
  JSON.parse(readFileSync(new URL(`${group}.json`, FOLDER), "utf8")) as RegressionCase[];

const byDesign = ({ names, columns, y, offset, weights }: RegressionCase) => ({
  design: { names, columns },
  y,
  ...(offset && { offset }),
  ...(weights && { weights }),
});

/** By the formula, where there is no design. */
const byEither = ({ names, columns, formula, data, levels, weights, strata }: RegressionCase) => ({
  ...(columns ? { design: { names, columns } } : { formula, data, levels }),
  weights,
  strata,
});

/** With a design of the zeros. */
const counts = (given: RegressionCase) => ({
  ...byDesign(given),
  zeroDesign: given.second,
  family: given.family,
  link: given.link.replace("log/", ""),
});

/** A formula and its data, or a design and the ends of what is known. */
const known = ({ formula, data, levels, names, columns, lower, upper }: RegressionCase) =>
  data
    ? { formula: formula!, data, ...(levels && { levels }) }
    : { design: { names, columns }, lower: lower!.map((end) => end ?? -Infinity), upper: upper!.map((end) => end ?? Infinity) };

/** A formula of two parts as a formula for each of two parameters. */
const byParameter = ({ formula, expected }: RegressionCase) => {
  const [response, parts] = formula!.split(" ~ ") as [string, string];
  const parameters = [...new Set(Object.keys(expected.estimates!).map((name) => name.split(":")[0]!))];
  return { response, parameters: Object.fromEntries(parts.split(" | ").map((part, k) => [parameters[k]!, `~ ${part}`])) };
};

/** How each model is fitted. */
const fits = {
  lm: (given: RegressionCase) => lm(byDesign(given)),
  glm: ({ family, link, trials, ...given }: RegressionCase) =>
    glm({ ...byDesign(given as RegressionCase), family, link, ...(trials && { trials }) }),
  ridge: ({ family, link, trials, lambda, ...given }: RegressionCase) =>
    glm({
      ...byDesign(given as RegressionCase),
      family,
      link,
      ...(trials && { trials }),
      penalty: { lambda: lambda!, alpha: 0, standardize: false },
    }),
  firth: ({ family, link, trials, ...given }: RegressionCase) =>
    glm({ ...byDesign(given as RegressionCase), family, link, ...(trials && { trials }), firth: true }),
  coxph: ({ time, status, start, ties, ...given }: RegressionCase) =>
    coxph({ ...byEither(given as RegressionCase), time, status, start, ties }),
  ordinal: (given: RegressionCase) => ordinal({ ...byDesign(given), link: given.link as "logit", levels: given.responseLevels! }),
  multinomial: (given: RegressionCase) => multinomial({ ...byDesign(given), levels: given.responseLevels! }),
  clogit: (given: RegressionCase) => clogit({ ...byEither(given), y: given.y }),
  zeroInflated: (given: RegressionCase) => zeroInflated(counts(given)),
  hurdle: (given: RegressionCase) => hurdle(counts(given)),
  betareg: (given: RegressionCase) => betareg({ ...byDesign(given), precisionDesign: given.second, link: given.link.replace("/log", "") }),
  survreg: (given: RegressionCase) => survreg({ ...known(given), distribution: given.family, ...given.options }),
  treg: (given: RegressionCase) => treg({ ...known(given), ...given.options }),
  distreg: (given: RegressionCase) => distreg({ ...byParameter(given), family: given.family, data: given.data!, levels: given.levels }),
};

/** Fits a case. */
export const fitCase = (given: RegressionCase) => fits[given.model](given);

/** Fits a case and compares. */
export async function examineRegression(given: RegressionCase): Promise<Agreement> {
  const { expected, tolerance } = given;
  const found = await fitCase(given);
  const failures: string[] = [];
  const worst = { relative: 0, inStandardErrors: 0, standardErrors: 0, logLik: 0 };
  const miss = (what: string, is: unknown, needed: unknown) => failures.push(`${what} is ${is}; ${needed} is needed`);
  const near = (what: string, is: number, value: number | undefined, allowed: number) => {
    if (value !== undefined && !(Math.abs(is - value) <= allowed)) miss(what, is, `${value} ± ${allowed}`);
  };
  // A saturated model's deviance is 0.
  const relative = (what: string, is: number, value: number | undefined, allowed: number) =>
    near(what, is, value, Math.max(allowed * Math.abs(value ?? 0), 1e-24));
  if (expected.exists && expected.unique !== false) {
    if (found.status !== "interior") miss("status", found.status, "interior");
    for (const [name, value] of Object.entries(expected.estimates!)) {
      const se = expected.se?.[name] ?? 0;
      const error = Math.abs(found.estimates[name]! - value);
      near(name, found.estimates[name]!, value, Math.max(tolerance.estimates_rel! * Math.abs(value), (tolerance.estimates_se ?? 0) * se));
      relative(`standard error of ${name}`, found.standardErrors[name]!, expected.se?.[name], SE_TOLERANCE);
      if (value !== 0) worst.relative = Math.max(worst.relative, error / Math.abs(value));
      if (se > 0) {
        worst.inStandardErrors = Math.max(worst.inStandardErrors, error / se);
        worst.standardErrors = Math.max(worst.standardErrors, Math.abs(found.standardErrors[name]! / se - 1));
      }
    }
    expected.vcov?.forEach((row, i) => {
      row.forEach((value, j) => {
        const size = Math.sqrt(expected.vcov![i]![i]!) * Math.sqrt(expected.vcov![j]![j]!);
        near(`vcov[${i}][${j}]`, found.vcov[i]![j]!, value, 2 * SE_TOLERANCE * size);
      });
    });
    const classical = expected.se_classical ?? (given.model === "lm" ? expected.se_expected : undefined);
    const kind = expected.dispersion === 1 ? "expected" : "classical";
    const printed = classical ?? expected.se_expected;
    // theta counts as known there.
    if (printed && given.family !== "negativeBinomial") {
      const summary = found.vcovOf(kind);
      for (const [name, value] of Object.entries(printed)) {
        relative(
          `R's standard error of ${name}`,
          Math.sqrt(summary[found.parameters.indexOf(name)]![found.parameters.indexOf(name)]!),
          value,
          SE_TOLERANCE,
        );
      }
    }
    if (expected.loglik !== undefined) {
      const largest = "penalizedLogLik" in found ? Number(found.penalizedLogLik) : found.logLik;
      near("the largest logLik", largest, expected.loglik, tolerance.loglik_abs!);
      near("logLik", found.logLik, expected.loglik_unpenalised, tolerance.loglik_abs!);
      worst.logLik = Math.abs(largest - expected.loglik) / Math.max(1, Math.abs(expected.loglik));
    }
    for (const name of ["aic", "bic"] as const) near(name, found[name], expected[name], 2 * tolerance.loglik_abs! + 1e-14);
    if ("deviance" in found) relative("deviance", found.deviance, expected.deviance ?? expected.rss, 1e-8);
    if ("nullDeviance" in found) {
      relative("nullDeviance", found.nullDeviance, expected.null_deviance, 1e-8);
      relative("dispersion", found.dispersion, expected.dispersion ?? (expected.residual_sd && expected.residual_sd ** 2), 1e-7);
    }
    if ("nevent" in found) {
      near("logLikNull", found.logLikNull, expected.loglik_null, tolerance.loglik_abs!);
      near("nevent", found.nevent, expected.n_events, 0);
    }
    if ("rSquared" in found) relative("rSquared", found.rSquared, expected.r_squared, 1e-8);
    for (const name of expected.aliased ?? []) if (!found.aliased.includes(name)) miss("aliased", found.aliased, name);
    near("nobs", found.nobs, expected.nobs, 0);
    return { failures, ...worst };
  }
  if (expected.unique === false && "dfResidual" in found) {
    near("logLik", found.logLik, expected.max_loglik, tolerance.loglik_abs!);
    near("rank", found.nobs - found.dfResidual, expected.rank, 0);
    expected.fitted?.forEach((value, i) => {
      near(`fitted[${i}]`, found.fitted[i]!, value, 1e-8);
    });
    return { failures, ...worst };
  }
  // "boundary": a limit of the family's own parameter that is another family.
  const status = expected.diverging?.includes("theta") ? "boundary" : "nonexistent";
  if (found.status !== status) miss("status", found.status, status);
  const supremum = expected.loglik_supremum ?? expected.supremum_loglik;
  if (supremum === "infinity" || supremum === undefined) near("logLik", found.logLik === Number.POSITIVE_INFINITY ? 0 : 1, 0, 0);
  else near("logLik", found.logLik, supremum, tolerance.loglik_supremum_abs ?? tolerance.loglik_abs!);
  for (const [name, value] of Object.entries(expected.limit_estimates ?? expected.estimates ?? {})) {
    if (!(name in found.estimates)) continue;
    const allowed = Math.max((tolerance.limit_estimates_rel ?? 1e-8) * Math.abs(value), tolerance.limit_estimates_abs ?? 0);
    near(name, found.estimates[name]!, value, allowed);
  }
  const direction = expected.direction_of_recession;
  for (const name of expected.diverging ?? []) {
    const estimate = found.estimates[name]!;
    const sign = direction?.[name];
    if (name === "sigma") near(name, estimate, 0, 0);
    else if (Number.isFinite(estimate) || Number.isNaN(estimate)) {
      // A direction is one of a cone where rows are separated completely.
      if (!direction || sign === 0 || !/complete/.test(expected.reason ?? "")) miss(name, estimate, "infinite");
    } else if (sign && !/complete separation/.test(expected.reason ?? "") && Math.sign(estimate) !== Math.sign(sign))
      miss(name, estimate, sign);
  }
  for (const [name, limit] of Object.entries(expected.limit ?? {})) {
    const value = Number(limit);
    if (Number.isFinite(value)) near(name, found.estimates[name]!, value, 1e-8);
    else if (found.estimates[name] !== value) miss(name, found.estimates[name], value);
  }
  return { failures, ...worst };
}
