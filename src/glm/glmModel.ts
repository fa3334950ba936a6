import { describe, numbers } from "../data/observations.ts";
import { rowOutside } from "../data/range.ts";
import type { OptionNames } from "../estimators/optionNames.ts";
import { families, type GlmFamily } from "../laws/families.ts";
import { type Link, links, type UnitLink, unitLinks } from "../laws/links.ts";
import {
  needNumbers,
  placeOf,
  type RegressionData,
  type RegressionOptions,
  refusedResponse,
  rowsOf,
} from "../regression/regressionData.ts";
import { type ModelPenalty, modelPenalty, type PenaltyOptions } from "./glmPenalty.ts";

/** Families of generalised linear models; the quasi families have the means and variances of theirs, and a free dispersion. */
export type GlmFamilyName =
  | "gaussian"
  | "binomial"
  | "poisson"
  | "gamma"
  | "inverseGaussian"
  | "negativeBinomial"
  | "quasibinomial"
  | "quasipoisson";

export type GlmOptions = RegressionOptions & GlmChoices & GlmPenalties;

/** What beside its rows makes a generalised linear model. */
export interface GlmChoices {
  readonly family: GlmFamilyName | (string & {});
  /** The family's own where not given: identity, logit, log, inverse, 1/mu^2, log. */
  readonly link?: string;
  /** binomial: the number of trials of each row, of which `y` succeeded (`cbind(s, f)` in a formula); without it `y` is a proportion of `weights` trials, or 0 and 1. */
  readonly trials?: ArrayLike<number>;
  /** negativeBinomial: theta where it is known. */
  readonly theta?: number;
}

/** Their names. */
export const GLM_CHOICES = { family: true, link: true, trials: true, theta: true } as const satisfies OptionNames<GlmChoices>;

/** How a fit may be other than at the likelihood's maximum. */
export interface GlmPenalties {
  /** An elastic net's penalty, at one lambda; `glmPath` goes through many. */
  readonly penalty?: PenaltyOptions;
  /** Firth's correction: the maximum of the log-likelihood plus half the logarithm of the information's determinant. */
  readonly firth?: boolean;
}

/** What is fitted: a family, its link, and the rows as the family sees them. */
export interface GlmModel {
  readonly name: string;
  readonly family: GlmFamily;
  readonly link: Link | UnitLink;
  readonly quasi: boolean;
  /** theta, where it is given. */
  readonly theta: number | undefined;
  /** Responses as means (proportions for binomial), weights times trials. */
  readonly data: RegressionData;
  /** Trials of each row, where they were given. */
  readonly trials: Float64Array | undefined;
  /** Where the rows stand in the caller's data, if these are some of them. */
  readonly places?: Int32Array;
  readonly penalty?: ModelPenalty;
  readonly firth?: true;
}

const QUASI: Record<string, string> = { quasibinomial: "binomial", quasipoisson: "poisson" };

/**
 * Family and link by their names, responses checked.
 *
 * @throws RangeError for a family, a link or a response that cannot be, naming it and what can.
 */
export function glmModel({ family: name, link, theta, trials: asked }: GlmChoices, given: RegressionData): GlmModel {
  const known = { ...families, ...Object.fromEntries(Object.entries(QUASI).map(([quasi, of]) => [quasi, families[of as "poisson"]])) };
  const family: GlmFamily | undefined = Object.hasOwn(known, name) ? known[name as keyof typeof families] : undefined;
  if (!family) throw new RangeError(`family is ${describe(name)}; one of ${Object.keys(known).join(", ")} is needed.`);
  const linkName = link ?? family.links[0]!;
  if (!family.links.includes(linkName)) throw new RangeError(`link is ${describe(link)}; ${name} takes ${family.links.join(", ")}.`);
  const all: Record<string, Link | UnitLink> = family.proportions ? unitLinks : links;
  if (theta !== undefined && !(family.joint && theta > 0 && theta < Number.POSITIVE_INFINITY)) {
    throw new RangeError(`theta is ${describe(theta)}; ${family.joint ? "a number > 0 is needed" : `${name} has no theta`}.`);
  }
  const response = given.formula?.response;
  const sizes = response?.kind === "counts" ? response.columns[0]!.map((s, i) => s + response.columns[1]![i]!) : given.formula?.trials;
  const of = given.formula ? sizes : asked;
  if (!family.proportions) {
    if (asked !== undefined && asked !== null) throw new RangeError(`trials are given; ${name} has none.`);
    needNumbers(given, `${name} needs ${family.support}`);
  }
  const { data, trials } = family.proportions ? asProportions(given, of) : { data: given, trials: undefined };
  const { y, weights } = data;
  const row = rowOutside(y, family.range, weights);
  if (row >= 0) throw refusedResponse(given, row, given.y[row]!, `${name} needs ${family.support}${trials ? "" : hint(family)}`);
  return { name, family, link: all[linkName]!, quasi: name in QUASI, theta, data, trials };
}

/** A model with what it is penalised by. */
export function penalisedModel(model: GlmModel, { penalty, firth }: GlmPenalties): GlmModel {
  const { data, quasi, name, family, theta } = model;
  if (firth !== undefined && typeof firth !== "boolean") throw new TypeError(`firth is ${describe(firth)}; true or false is needed.`);
  if (penalty !== undefined && firth) throw new RangeError("Both penalty and firth are given; one of them is needed.");
  if (penalty === undefined && !firth) return model;
  if (quasi) throw new RangeError(`family is ${name}, which has no likelihood; one that has is needed to penalise it.`);
  if (penalty !== undefined) return { ...model, penalty: modelPenalty(penalty, data.kept ? rowsOf(data, data.kept) : data) };
  if (family.parameter || (family.joint && theta === undefined)) {
    const need = family.joint ? "theta" : "binomial, poisson, or negativeBinomial with theta";
    throw new RangeError(`firth: ${name} has a parameter beside the coefficients; ${need} is needed.`);
  }
  const { length } = data.design.names;
  if (length > WIDEST_FIRTH) throw new RangeError(`The design has ${length} columns; Firth's correction takes ${WIDEST_FIRTH} at most.`);
  return { ...model, firth: true };
}

/** Every column takes two passes over the rows for one step of Firth's correction. */
const WIDEST_FIRTH = 400;

function hint({ proportions }: GlmFamily): string {
  return proportions ? " (for numbers of successes, give their trials)" : "";
}

/** Successes of so many trials as proportions, with weights times trials. */
function asProportions(given: RegressionData, trials: unknown): { data: RegressionData; trials: Float64Array | undefined } {
  if (trials === undefined || trials === null) return { data: given, trials: undefined };
  const sizes = Float64Array.from(numbers(trials, "trials"));
  const { y, weights } = given;
  if (sizes.length !== y.length) throw new RangeError(`trials has ${sizes.length} entries and y has ${y.length}; one per row is needed.`);
  for (let i = 0; i < sizes.length; i++) {
    if (weights?.[i] === 0) continue;
    if (!(sizes[i]! >= 0 && Number.isInteger(sizes[i]!))) {
      if (given.formula?.response.kind === "counts")
        throw refusedResponse(given, i, `(${y[i]}, ${sizes[i]! - y[i]!})`, "counts of whole trials are needed");
      throw new RangeError(`trials[${placeOf(given, i)}] is ${sizes[i]}; a whole number >= 0 is needed.`);
    }
    if (!(y[i]! >= 0 && y[i]! <= sizes[i]!)) throw refusedResponse(given, i, y[i]!, `0 to ${sizes[i]}, its trials, is needed`);
  }
  // Of 0 or 1 trials each, the responses are proportions already.
  const single = sizes.every((size) => size === 1);
  if (single) return { data: given, trials: sizes };
  const total = weights ? sizes.map((size, i) => size * weights[i]!) : sizes;
  const kept = total.includes(0) ? Int32Array.from(total.keys()).filter((i) => total[i] !== 0) : undefined;
  if (kept?.length === 0) throw new RangeError("All trials are 0; at least one must be > 0.");
  return { data: { ...given, y: y.map((count, i) => (sizes[i] === 0 ? 0 : count / sizes[i]!)), weights: total, kept }, trials: sizes };
}
