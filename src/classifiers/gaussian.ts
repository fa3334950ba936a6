import type { Status } from "../estimators/result.ts";
import { type GroupMoments, groupMoments, logRoot, singular } from "../likelihood/rowMoments.ts";
import { HALF_LOG_2PI } from "../math/stirling.ts";
import { entries } from "../math/triangle.ts";
import type { Matrix } from "../wasm/matrix.ts";
import { covariancePart, heldPart, meanPart, type Part } from "./parts.ts";

/** Normal distributions of some classes, each about a mean of its own, all with one covariance. */
export interface Gaussian {
  readonly status: Status;
  readonly reason: string;
  /** Where the rows lie; undefined where they have no covariance. The covariance and its factor are those of the method. */
  readonly moments: GroupMoments | undefined;
  /** Of the rows given their classes. */
  readonly logLik: number;
  /** Those of the means by class, then that of the covariance. */
  readonly parts: readonly Part[];
}

/**
 * The maximum for these classes, of which each has its rows: means, and the rows' covariance about them with divisor n (Anderson 2003, An
 * Introduction to Multivariate Statistical Analysis, 6.5); with `unbiased`, with divisor n less the number of classes.
 *
 * @param prefixes - What the names of a class's means begin with.
 * @param shared - What those of the covariance begin with.
 */
export function gaussianOf(groups: readonly Matrix[], prefixes: readonly string[], shared: string, unbiased: boolean): Gaussian {
  const { names } = groups[0]!;
  const d = names.length;
  const weights = groups.map(({ weight }) => weight);
  const n = weights.reduce((sum, weight) => sum + weight, 0);
  const degrees = unbiased ? n - groups.length : n;
  const found = groupMoments(groups);
  if (typeof found === "string") {
    const [{ rows }] = groups as [Matrix];
    const alone = groups.length === 1 && rows === 1;
    const reason = alone ? "One row has no spread: the likelihood grows without bound as the covariance → 0." : singular(found).reason;
    return { status: "nonexistent", reason, moments: undefined, logLik: Number.POSITIVE_INFINITY, parts: without(names, prefixes, shared) };
  }
  if (!(degrees > 0)) {
    const reason = `The weights sum to ${n}, which leaves nothing to divide an unbiased covariance by.`;
    return { status: "nonexistent", reason, moments: undefined, logLik: Number.NaN, parts: without(names, prefixes, shared) };
  }
  const times = n / degrees;
  const moments = {
    ...found,
    covariance: found.covariance.map((value) => value * times),
    factor: found.factor.map((value) => value * Math.sqrt(times)),
  };
  const { unit } = moments;
  const spread = { names, covariance: moments.covariance, unit };
  const natural = naturalMeans(moments);
  const parts = [...natural.map((mean, g) => meanPart(spread, mean, weights[g]!, prefixes[g]!)), covariancePart(spread, degrees, shared)];
  const logLik = -n * (d * (HALF_LOG_2PI + 0.5 / times) + logRoot(moments.factor, unit));
  const beyond = parts.some(({ estimates }) => !estimates.every(Number.isFinite));
  if (beyond)
    return {
      status: "failed",
      reason: "An estimate lies beyond the range of doubles: the data need another scale.",
      moments,
      logLik,
      parts,
    };
  const reason = unbiased
    ? "Unbiased estimates of the covariance, which are not the maximum: that has divisor n."
    : "A maximum with zero score and positive definite information.";
  return { status: "interior", reason, moments, logLik, parts };
}

function without(names: readonly string[], prefixes: readonly string[], shared: string): Part[] {
  const lost = (labels: string[]) =>
    heldPart(
      labels,
      labels.map(() => Number.NaN),
      Number.NaN,
    );
  const pairs = entries(names.length);
  return [
    ...prefixes.map((prefix) => lost(names.map((name) => `${prefix}mean[${name}]`))),
    lost(pairs.map(([i, j]) => `${shared}covariance[${names[i]},${names[j]}]`)),
  ];
}

/** The means of the classes in natural units. */
export function naturalMeans({ centers, unit, means }: GroupMoments): number[][] {
  return means.map((mean, g) => mean.map((m, j) => centers[g]![j]! + unit[j]! * m));
}

/** The covariance in natural units, as rows. */
export function naturalCovariance({ covariance, unit }: GroupMoments): number[][] {
  const d = unit.length;
  return Array.from({ length: d }, (_, i) => Array.from({ length: d }, (__, j) => covariance[i * d + j]! * unit[i]! * unit[j]!));
}
