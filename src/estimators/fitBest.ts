import { intervals, isPartial } from "../data/censoring.ts";
import { firstFailing, type Observations, observations } from "../data/observations.ts";
import { catalogue } from "../distributions/catalogue.generated.ts";
import { type Family, isPositive } from "../distributions/family.ts";
import { isRowFamily } from "../distributions/rowFamily.ts";
import { withSample } from "../wasm/placement.ts";
import type { Sample } from "../wasm/sample.ts";
import { answered } from "./answers.ts";
import { fitPartial } from "./fitPartial.ts";
import { checkSupport, fitSample, type Settings } from "./fitSample.ts";
import type { Fit, Found } from "./result.ts";
import { clustered } from "./robust.ts";
import { checkOptions, constantsOf, type FamilyName, type FitOptions, familyOf, optionsOf } from "./settings.ts";

/** What the ranking goes by; `logLik` from the highest, the others from the lowest. */
export type Criterion = "aic" | "aicc" | "bic" | "logLik";

/** Options that name parameters: no two families share them. */
const OWN = ["fixed", "start", "lower", "upper", "prior"] as const;

export interface BestOptions extends Omit<FitOptions, (typeof OWN)[number]> {
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
export async function fitBest(x: ArrayLike<number> | null, options: BestOptions = {}): Promise<Ranking> {
  const candidates = (options?.families ?? univariate).map(familyOf);
  checkOptions(
    options,
    [...optionsOf(...candidates), "criterion", "families"].filter((name) => !OWN.some((own) => own === name)),
  );
  const { criterion = "aic", families: _, ...settings } = options;
  if (!["aic", "aicc", "bic", "logLik"].includes(criterion)) {
    throw new RangeError(`criterion is "${criterion}"; "aic", "aicc", "bic" or "logLik" is needed.`);
  }
  options.signal?.throwIfAborted();
  const each = (fitOne: (family: Family, settings: Settings) => Promise<Found>) => fitAll(candidates, x, options, settings, fitOne);
  if (isPartial(options)) {
    // What is wrong with the rows themselves is no family's fault.
    clustered(options, intervals(x, options).rows);
    return ranked(await each((family, own) => fitPartial(family, x, own)), criterion);
  }
  const given = observations(x, options.weights, perRow(options));
  const clusters = clustered(options, given.x.length);
  const work = async (sample: Sample) => {
    const fits = await each(async (family, own) => {
      checkSupport(family, sample, given, own.constants);
      checkPeriod(family, sample, given);
      return fitSample(family, sample, { ...own, ...clusters });
    });
    return ranked(fits, criterion);
  };
  return withSample(given, work, candidates.some(({ support }) => isPositive(support)) ? "scanLogs" : "scan");
}

type Fits = Pick<Ranking, "ranking" | "skipped">;

/** Fits of the families that can hold the data, and why the others cannot. */
async function fitAll(
  candidates: readonly Family[],
  x: ArrayLike<number> | null,
  options: BestOptions,
  settings: Omit<BestOptions, "criterion" | "families">,
  fitOne: (family: Family, settings: Settings) => Promise<Found>,
): Promise<Fits> {
  const ranking: Fit[] = [];
  const skipped: { distribution: string; reason: string }[] = [];
  for (const family of candidates) {
    const none = family.parameters.map(() => undefined);
    try {
      const constants = constantsOf(family, options).values;
      const found = await fitOne(family, { ...settings, constants, fixed: none, start: none });
      ranking.push(answered(found, { family, x, options: ownOf(family, settings) }));
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      skipped.push({ distribution: family.name, reason: error.message });
    }
  }
  return { ranking, skipped };
}

/** The options without the constants of other families. */
function ownOf(family: Family, settings: object): FitOptions {
  const known = optionsOf(family);
  return Object.fromEntries(Object.entries(settings).filter(([name]) => known.includes(name)));
}

function ranked({ ranking, skipped }: Fits, criterion: Criterion): Ranking {
  const order = [...ranking].sort(
    (a, b) =>
      Number(isFit(b)) - Number(isFit(a)) ||
      Number(b.discrete) - Number(a.discrete) ||
      rank(a, criterion) - rank(b, criterion) ||
      a.aic - b.aic,
  );
  const mixed = new Set(order.map(({ discrete }) => discrete)).size > 1;
  return { best: order.find(isFit), ranking: order, note: mixed ? MIXED : undefined, skipped };
}

/** Constants that come one per row. */
function perRow({ size }: BestOptions): Record<string, unknown> {
  return typeof size === "object" ? { size } : {};
}

/** @throws RangeError where the data go further than once around: a density of the circle would count them all within one period. */
function checkPeriod({ name, support: { period } }: Family, sample: Sample, given: Observations): void {
  const { min, max } = sample.extent;
  if (period === undefined || max - min <= period) return;
  const far = firstFailing(given, (value) => value - min <= period);
  throw new RangeError(`${far}; ${name} needs values within ${period} of the smallest, ${min}, to be compared with densities of the line.`);
}

function isFit({ status }: Fit): boolean {
  return status === "interior" || status === "boundary";
}

function rank(fit: Fit, criterion: Criterion): number {
  const value = criterion === "logLik" ? -fit.logLik : fit[criterion];
  return Number.isFinite(value) ? value : Number.MAX_VALUE;
}
