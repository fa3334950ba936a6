import type { Family } from "../distributions/family.ts";
import type { Status } from "../estimators/result.ts";
import type { GivenConstants } from "../estimators/settings.ts";
import type { Link } from "../laws/links.ts";
import type { PartsData } from "../regression/partsData.ts";
import type { DistributionLaw } from "./distregLaws.ts";
import { isPeak } from "./distregSearch.ts";
import { partPredictor } from "./vglmParts.ts";
import type { VglmFound, VglmProblem } from "./vglmSearch.ts";

/** A family whose parameters have predictors. */
export interface DistregModel {
  readonly law: DistributionLaw;
  readonly distribution: Family;
  /** Names of the parameters that have a predictor, in the predictors' order. */
  readonly free: readonly string[];
  readonly fixed: ReadonlyMap<string, number>;
  readonly predicted: readonly { readonly unit: number; readonly link: Link; readonly usual: boolean }[];
  readonly constants: GivenConstants;
}

/** The family's parameters of each row, then its constants. */
export function parametersOf(
  { law, fixed, free, predicted, constants, distribution }: DistregModel,
  etas: readonly Float64Array[],
  { columns }: PartsData,
): (row: number) => readonly number[] {
  const names = (distribution.constants ?? []).map(({ name }) => name);
  return (row) => {
    const own = law.parameters.map(({ name }) => {
      const place = free.indexOf(name);
      if (place < 0) return fixed.get(name)!;
      const { unit, link } = predicted[place]!;
      return link.mu(unit * etas[place]![row]!);
    });
    return [...law.natural(own), ...names.map((name, k) => constants.values[k] ?? columns[name]![row]!)];
  };
}

/** Where a search ended without a maximum because of it. */
const EDGE =
  "There is no maximum: the likelihood rises up to where an end of the support meets a row, or a parameter leaves the range of doubles.";

/**
 * What the rows' parameters say of where a search ended: why there is no maximum, if it was none; otherwise why its curvature gives no standard
 * errors. Undefined where they say nothing.
 */
export function rowsConclusion(
  model: DistregModel,
  data: PartsData,
  { parts }: VglmProblem,
  found: VglmFound,
): { readonly status: Status; readonly reason: string } | undefined {
  const { distribution, law, fixed } = model;
  const ended = isPeak(found);
  // Other links than the usual ones have edges of their own.
  const isUsual = model.predicted.every(({ usual }) => usual);
  const edge = found.peak.end === "edge" && isUsual ? ({ status: "nonexistent", reason: EDGE } as const) : undefined;
  if (found.runaway || !(ended ? distribution.irregular : distribution.unbounded) || !found.beta.every(Number.isFinite)) return edge;
  const { lower, upper, weights } = data.columns;
  const theta = parametersOf(
    model,
    parts.map((part, a) => partPredictor(part, a, found)),
    data,
  );
  const given = distribution.parameters.map(({ name }) => (law.parameters === distribution.parameters ? fixed.get(name) : undefined));
  for (let i = 0; i < lower!.length; i++) {
    // What is not known to a point has no spike.
    if (lower![i] !== upper![i] || weights?.[i] === 0) continue;
    const own = theta(i);
    const reason = ended ? distribution.irregular!(own, given) : distribution.unbounded!(own, given, true);
    if (reason === undefined) continue;
    return ended ? { status: "boundary", reason } : { status: "nonexistent", reason: `${reason} Parameters of some rows lie there.` };
  }
  return edge;
}
