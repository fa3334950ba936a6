import { describe } from "../data/observations.ts";
import { givenOptions } from "../estimators/optionNames.ts";
import type { Design } from "../formula/design.ts";
import { betaTerms } from "../laws/betaRows.ts";
import { at, type Link, links, type UnitLink, unitLinks } from "../laws/links.ts";
import type { PartTerms } from "../laws/partTerms.ts";
import { exp, log } from "../math/elementary.ts";
import { Accumulator } from "../math/sum.ts";
import type { DesignColumns } from "../regression/designGiven.ts";
import { leastSquares } from "../regression/leastSquares.ts";
import { countingRows, PARTS_OPTIONS, type PartsData, type PartsOptions } from "../regression/partsData.ts";
import { predictor } from "../regression/predictor.ts";
import { BetaFit } from "./betaFit.ts";
import { readTwo } from "./twoDesigns.ts";
import { levelled, partOffset, partPredictor, partsOf } from "./vglmParts.ts";
import { vglmSearch } from "./vglmSearch.ts";

const means = ["logit", "probit", "cloglog", "cauchit", "log", "loglog"] as const;
const precisions = ["log", "identity", "sqrt"] as const;

/** What beta regression takes. */
export interface BetaOptions extends PartsOptions {
  /** Of the mean; instead of a formula. */
  readonly design?: DesignColumns | Design | undefined;
  /** Of the precision; one number where neither it nor a second part of the formula is given. */
  readonly precisionDesign?: DesignColumns | Design | undefined;
  /** The responses, strictly between 0 and 1. */
  readonly y?: ArrayLike<number> | undefined;
  /** Of the mean; logit where not given. */
  readonly link?: (typeof means)[number] | (string & {}) | undefined;
  /** Of a precision that has predictors; log where not given. */
  readonly precisionLink?: (typeof precisions)[number] | (string & {}) | undefined;
}

const OPTIONS = { ...PARTS_OPTIONS, design: "formula", precisionDesign: true, y: "formula", link: true, precisionLink: true } as const;

/**
 * Fits responses between 0 and 1 by y ~ Beta(mu phi, (1 - mu) phi), with a linear predictor of mu and, in a formula's second part or a
 * `precisionDesign`, one of phi (Ferrari & Cribari-Neto 2004; Simas et al. 2010), by Newton's method on the observed information.
 * Coefficients `mu:name`, then `phi`, or `phi:name` on the precision's link. `offset` is the mean's; `weights` multiply a row's
 * log-likelihood.
 *
 * @throws RangeError or TypeError for data or options that cannot be used, responses of 0 and 1 among them, naming place, value and need.
 * @example
 * const r = await betareg({ formula: "yield ~ batch + temp | temp", data });
 * r.estimates["phi:temp"]; // on the logarithm of phi
 */
export async function betareg(asked: BetaOptions): Promise<BetaFit> {
  const options = givenOptions(asked, OPTIONS);
  const { link = "logit", precisionLink = "log", design, precisionDesign, y } = options;
  const mean = named(unitLinks, means, link, "link");
  const precision = named(links, precisions, precisionLink, "precisionLink");
  const given = readTwo(options, { design, precisionDesign }, { y }, "none");
  checkResponses(given, options.formula === undefined ? "y" : "The response");
  const data = countingRows(given);
  const [first, second] = data.designs as [Design, Design | undefined];
  const scale = second ? precision : links.log;
  const { start, exact } = await starting(data, mean, scale);
  const described = { model: "betareg", family: "beta", given, data, mean, precision: scale };
  const names = first.names.map((name) => `mu:${name}`);
  if (exact) return new BetaFit({ ...described, ...(await exactly(data, mean, start)), link: mean.name, names });
  const parts = partsOf(data.designs, second ? 0 : 1, [data.columns.offset]);
  const problem = { parts, width: start.length, columns: data.columns, terms: betaTerms(mean, scale), start };
  let found = await vglmSearch(problem);
  if (found.peak.end === "not-finite") {
    // Responses next to 0 or 1 make least squares see means where others are impossible.
    const level = await levelled(first, mean.eta(averageOf(data.columns.y!)));
    found = await vglmSearch({ ...problem, start: [...level, ...start.slice(first.names.length)] });
  }
  if (!second) return new BetaFit({ ...described, link: mean.name, names, own: [PHI], problem, found });
  const all = [...names, ...second.names.map((name) => `phi:${name}`)];
  const most = partPredictor(parts[1]!, 1, found).reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  const away = precision.mu(most) > ENDLESS && unbounded;
  return new BetaFit({ ...described, link: `${mean.name}/${precision.name}`, names: all, own: [], problem, found, ...away });
}

const PHI = { name: "phi", value: exp, slope: exp, positive: true };

/** Responses that the mean can follow exactly: phi runs away. */
async function exactly(data: PartsData, mean: UnitLink, start: readonly number[]) {
  const [design] = data.designs as [Design];
  const width = design.names.length;
  const precision = [new Float64Array(0)];
  const terms = betaTerms(mean, links.log);
  const known: PartTerms = (columns, [eta], l, [u], [w]) => {
    if (precision[0]!.length < l.length) precision[0] = new Float64Array(l.length).fill(log(EXACT));
    const [v, c, d] = [new Float64Array(l.length), new Float64Array(l.length), new Float64Array(l.length)];
    terms(columns, [eta!, precision[0]!], l, [u!, v], [w!, c, d]);
  };
  const parts = partsOf([design], 0, [data.columns.offset]);
  const problem = { parts, width, columns: data.columns, terms: known, start: start.slice(0, width) };
  return { own: [{ ...PHI, value: () => Number.POSITIVE_INFINITY }], problem, found: await vglmSearch(problem), ...unbounded };
}

/** What is said where the mean can follow rows exactly. */
const unbounded = {
  constant: Number.POSITIVE_INFINITY,
  conclusion: {
    status: "nonexistent" as const,
    reason: "The mean can follow responses exactly: their phi runs to infinity, and the likelihood has no bound.",
  },
};

/** A precision that is on its way to infinity. */
const ENDLESS = 1e20;

function named<T>(all: Readonly<Record<string, T>>, known: readonly string[], name: string, option: string): T {
  if (!known.includes(name)) throw new RangeError(`${option} is ${describe(name)}; one of ${known.join(", ")} is needed.`);
  return all[name]!;
}

function checkResponses({ columns }: PartsData, what: string): void {
  const { y, weights } = columns;
  const row = y!.findIndex((value, i) => !(value > 0 && value < 1) && weights?.[i] !== 0);
  if (row < 0) return;
  const value = y![row]!;
  const helps =
    value === 0 || value === 1
      ? " Whether a response is 0 or 1 can be fitted apart, by glm with family binomial; rounded ones can be drawn inside by (y (n - 1) + 0.5) / n of n rows (Smithson & Verkuilen 2006)."
      : "";
  throw new RangeError(`${what}[${row}] is ${value}; betareg needs values strictly between 0 and 1.${helps}`);
}

/** Least squares on the link, and phi by its residuals' variance, as R's betareg starts; a constant mean where that leaves the domain. */
async function starting(data: PartsData, mean: UnitLink, precision: Link): Promise<{ start: number[]; exact: boolean }> {
  const { columns, designs } = data;
  const [first, second] = designs as [Design, Design | undefined];
  const offset = partOffset(first, columns.offset);
  const y = columns.y!.map((value) => mean.eta(value));
  const weights = columns.weights;
  const { beta, aliased, coordinates, gamma, rss } = await leastSquares({ design: first, y, weights, offset, kept: undefined });
  let coefficients: ArrayLike<number> = beta.map((b) => (Number.isFinite(b) ? b : 0));
  let eta = predictor(first, gamma, coordinates, offset);
  if (!eta.every(mean.valid)) {
    coefficients = await levelled(first, mean.eta(averageOf(columns.y!)));
    eta = new Float64Array(data.rows).fill(mean.eta(averageOf(columns.y!)));
  }
  const rest = averageOf(eta.map((x, i) => (y[i]! - x) ** 2)) * (data.rows / Math.max(1, data.rows - first.names.length));
  const ratio = averageOf(
    eta.map((x) => {
      mean.derivatives(x);
      return (at.mu * (1 - at.mu)) / (rest * at.first * at.first) - 1;
    }),
  );
  const phi = ratio > 0.5 ? Math.min(ratio, 1e6) : 0.5;
  const rank = aliased.filter((is) => !is).length;
  const squares = y.reduce((sum, value, i) => sum + (weights ? weights[i]! : 1) * value * value, 0);
  return {
    start: [...Array.from(coefficients), ...(second ? await levelled(second, precision.eta(phi)) : [log(phi)])],
    exact: data.rows <= rank || !(rss > NOTHING * squares),
  };
}

/** Residuals of 1e-12 of a response and less. */
const NOTHING = 1e-24;

/** A precision at which the likelihood is highest where the fit is exact, to the last digits. */
const EXACT = 1e12;

function averageOf(values: Float64Array): number {
  const total = new Accumulator();
  for (const value of values) total.add(value);
  return total.sum / values.length;
}
