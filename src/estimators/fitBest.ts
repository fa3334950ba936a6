import { observations } from "../data/observations.ts";
import { catalogue } from "../distributions/catalogue.generated.ts";
import { type Family, isPositive } from "../distributions/family.ts";
import { isRowFamily } from "../distributions/rowFamily.ts";
import { withSample } from "../wasm/placement.ts";
import type { Sample } from "../wasm/sample.ts";
import { checkSupport, fitSample } from "./fitSample.ts";
import type { Fit } from "./result.ts";
import { checkOptions, type FamilyName, FIT_OPTIONS, type FitOptions, familyOf } from "./settings.ts";

/** What the ranking goes by; `logLik` from the highest, the others from the lowest. */
export type Criterion = "aic" | "aicc" | "bic" | "logLik";

export interface BestOptions extends Omit<FitOptions, "fixed" | "start"> {
  /** `"aic"` by default. */
  readonly criterion?: Criterion;
  /** Families to try; all of the catalogue by default. */
  readonly families?: readonly (FamilyName | Family | (string & {}))[];
}

export interface Ranking {
  /** The first of the ranking that is a fit, or undefined where no family has one. */
  readonly best: Fit | undefined;
  /** All fits, best first; those without a maximum last. */
  readonly ranking: readonly Fit[];
  /** What to know before comparing, or undefined. */
  readonly note: string | undefined;
  /** Families that cannot hold the data, and why. */
  readonly skipped: readonly { readonly distribution: string; readonly reason: string }[];
}

const univariate = Object.values(catalogue).filter((family): family is Extract<typeof family, Family> => !isRowFamily(family));

const MIXED =
  "All values are whole, so discrete families come first: the likelihood of a density depends on the unit of x, that of a mass does not, and the two cannot be compared.";

/**
 * Fits all families whose support holds the data and ranks them. The data are copied and summed once for all. Where all values are whole
 * numbers, discrete families are ranked before continuous ones: densities and masses have no common scale.
 *
 * @throws RangeError or TypeError for data or options that cannot be used.
 */
export async function fitBest(x: ArrayLike<number>, options: BestOptions = {}): Promise<Ranking> {
  checkOptions(
    options,
    [...FIT_OPTIONS, "criterion", "families"].filter((name) => name !== "fixed" && name !== "start"),
  );
  const { criterion = "aic", families = univariate, ...settings } = options;
  if (!["aic", "aicc", "bic", "logLik"].includes(criterion)) {
    throw new RangeError(`criterion is "${criterion}"; "aic", "aicc", "bic" or "logLik" is needed.`);
  }
  const given = observations(x, options.weights);
  options.signal?.throwIfAborted();
  const candidates = families.map(familyOf);
  const work = async (sample: Sample) => {
    const ranking: Fit[] = [];
    const skipped: { distribution: string; reason: string }[] = [];
    for (const family of candidates) {
      try {
        checkSupport(family, sample, given);
      } catch (error) {
        skipped.push({ distribution: family.name, reason: (error as Error).message });
        continue;
      }
      const none = family.parameters.map(() => undefined);
      ranking.push(await fitSample(family, sample, { ...settings, fixed: none, start: none }));
    }
    ranking.sort(
      (a, b) =>
        Number(isFit(b)) - Number(isFit(a)) ||
        Number(b.discrete) - Number(a.discrete) ||
        rank(a, criterion) - rank(b, criterion) ||
        a.aic - b.aic,
    );
    const mixed = new Set(ranking.map(({ discrete }) => discrete)).size > 1;
    return { best: ranking.find(isFit), ranking, note: mixed ? MIXED : undefined, skipped };
  };
  return withSample(given, work, candidates.some(({ support }) => isPositive(support)) ? "scanLogs" : "scan");
}

function isFit({ status }: Fit): boolean {
  return status === "interior" || status === "boundary";
}

function rank(fit: Fit, criterion: Criterion): number {
  const value = criterion === "logLik" ? -fit.logLik : fit[criterion];
  return Number.isFinite(value) ? value : Number.MAX_VALUE;
}
