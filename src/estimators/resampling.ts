import { boundOf, isPartial } from "../data/censoring.ts";
import type { Family } from "../distributions/family.ts";
import { Random } from "../math/random.ts";
import { resampledWeights } from "../wasm/resample.ts";
import type { Asked } from "./asked.ts";
import type { Pace } from "./pace.ts";
import type { FitOptions } from "./settings.ts";

/** Rows from which on their number in a replicate is Poisson too: weights are independent, and the variance of a mean off by 1/rows. */
export const POISSON_ROWS = 2 ** 15;

/** Rows up to which it is not worth looking for ties; and how many distinct ones a thousand rows may have where it is. */
const FEW_ROWS = 4096;
const LOOK = 1000;

/** Rows drawn between two turns. */
const STRETCH = 2 ** 16;

/** The data of a fit, in the form that its replicates are drawn from. */
export interface Source {
  readonly family: Family;
  readonly x: ArrayLike<number> | null;
  /** Without what a replicate has of its own: weights, start, signal. */
  readonly options: FitOptions;
  readonly rows: number;
  /** How many rows alike each stands for. */
  readonly counts: ArrayLike<number> | undefined;
  /** By what a row's number in a replicate is multiplied to be its weight. */
  readonly importance: ArrayLike<number> | undefined;
  /** Rows that are drawn together: each row's cluster, and how many there are. */
  readonly clusters: { readonly of: Uint32Array; readonly count: number } | undefined;
  /** Whether nothing but values is known, so that rows with one value are alike. */
  readonly plain: boolean;
  /** Whether the fit maximises the likelihood of rows that are known exactly and of nothing else, freely. */
  readonly bare: boolean;
  /** Whether the fit's covariance is a sandwich. */
  readonly sandwich: boolean;
  /** Whether that likelihood is smooth in all free parameters. */
  readonly smooth: boolean;
}

/** Options that leave a fit what `bare` says; of the others, which a fit may learn, nothing is assumed. */
const BARE = ["fixed", "weightType"];

/** What a fit was asked, for replicates. */
export async function sourceOf({ family, x, options }: Asked, pace?: Pace): Promise<Source> {
  const { weights, weightType, cluster, start: _, signal: __, onProgress: ___, covariance, ...rest } = options;
  const { censored, bins } = options;
  const given = bins ? bins.counts : weights;
  const weighed = weightType === "importance" || cluster !== undefined;
  const constants = (family.constants ?? []).map(({ name }) => name as string);
  const perRow = (family.constants ?? []).some(({ name }) => typeof rest[name] === "object");
  const source: Source = {
    family,
    x,
    options: rest,
    rows: bins ? bins.counts.length : censored ? censored.lower.length : x!.length,
    counts: weighed ? undefined : given,
    importance: weighed ? given : undefined,
    clusters: cluster && clustersOf(cluster, given),
    plain: !isPartial(options) && !perRow && !weighed,
    bare:
      cluster === undefined &&
      Object.entries(rest).every(([name, value]) => value === undefined || BARE.includes(name) || constants.includes(name)),
    sandwich: weighed || covariance === "robust",
    smooth: family.parameters.every(({ rough, name }) => rough === undefined || options.fixed?.[name] !== undefined),
  };
  return source.plain && source.rows > FEW_ROWS ? collapsed(source, pace) : source;
}

/** Clusters in the order of their first rows; rows of weight 0 are absent, and belong to none of their own. */
function clustersOf(cluster: ArrayLike<string | number>, weights: ArrayLike<number> | undefined): NonNullable<Source["clusters"]> {
  const codes = new Map<string | number, number>();
  const of = new Uint32Array(cluster.length);
  for (let i = 0; i < cluster.length; i++) {
    if (weights?.[i] === 0) continue;
    const label = cluster[i]!;
    if (!codes.has(label)) codes.set(label, codes.size);
    of[i] = codes.get(label)!;
  }
  return { of, count: codes.size };
}

/** Rows with one value as one row that stands for all of them, where there are many such. */
async function collapsed(source: Source, pace: Pace | undefined): Promise<Source> {
  const { x, rows, counts } = source;
  const look = new Set(Array.from({ length: LOOK }, (_, i) => x![Math.floor(((i + 0.5) * rows) / LOOK)]!));
  if (look.size > LOOK / 2) return source;
  const found = new Map<number, number>();
  for (let i = 0; i < rows; i++) {
    found.set(x![i]!, (found.get(x![i]!) ?? 0) + (counts ? counts[i]! : 1));
    if (i % STRETCH === STRETCH - 1) await pace?.turn(0);
  }
  if (found.size > rows / 4) return source;
  const values = Float64Array.from(found.keys()).sort();
  return { ...source, x: values, rows: values.length, counts: values.map((value) => found.get(value)!) };
}

/**
 * Weights of a replicate: rows, or clusters of them, drawn with replacement, as many as there are (Efron 1979); of very many rows, or where the number of rows
 * is not whole, every row independently a Poisson number of times.
 */
export async function weightsOf(source: Source, seed: number, replicate: number, pace?: Pace): Promise<Float64Array> {
  const { rows, counts, importance, clusters } = source;
  const turn = async () => pace?.turn(replicate);
  if (clusters) {
    const drawn = redrawn(clusters.count, seed, replicate);
    return new Float64Array(rows).map((_, i) => drawn[clusters.of[i]!]! * (importance?.[i] ?? 1));
  }
  const drawn = counts ? await redistributed(counts, new Random(seed, replicate), turn) : redrawn(rows, seed, replicate);
  return importance ? drawn.map((count, i) => count * importance[i]!) : drawn;
}

function redrawn(rows: number, seed: number, replicate: number): Float64Array {
  if (rows >= POISSON_ROWS) return resampledWeights(seed, replicate, rows);
  const random = new Random(seed, replicate);
  const drawn = new Float64Array(rows);
  for (let i = 0; i < rows; i++) drawn[Math.floor(rows * random.uniform())]!++;
  return drawn;
}

/** A multinomial with these expectations, one binomial after the other. */
async function redistributed(counts: ArrayLike<number>, random: Random, turn: () => Promise<unknown>): Promise<Float64Array> {
  let left = 0;
  for (let i = 0; i < counts.length; i++) left += counts[i]!;
  const whole = Number.isSafeInteger(left);
  let draws = left;
  const all = new Float64Array(counts.length);
  for (let i = 0; i < counts.length; i++) {
    const count = counts[i]!;
    if (i % STRETCH === STRETCH - 1) await turn();
    if (count === 0) continue;
    if (!whole) all[i] = random.poisson(count);
    else if (draws > 0) all[i] = count >= left ? draws : random.binomial(draws, count / left);
    left -= count;
    draws -= all[i]!;
  }
  return all;
}

/** What `fit` is asked for a replicate's weights. */
export function reweighted({ x, options }: Source, weights: Float64Array): { x: ArrayLike<number> | null; options: FitOptions } {
  if (options.bins) return { x, options: { ...options, bins: { ...options.bins, counts: weights } } };
  return { x, options: { ...options, weights } };
}

/** Simulates samples of the fitted distribution: as many rows, with the constants they have. */
export function simulator({ family, x, options, rows, counts, importance, clusters }: Source, theta: readonly number[]) {
  if (x === null || isPartial(options)) {
    throw new RangeError(
      'kind is "parametric" and rows are censored, truncated or binned; what would be seen of other rows is not known: "nonparametric" is needed.',
    );
  }
  if (clusters) throw new RangeError('kind is "parametric" and rows depend on one another in clusters; "nonparametric" is needed.');
  if (importance) throw new RangeError('kind is "parametric" and weights are importances; "nonparametric" is needed, or frequencies.');
  let total = counts ? 0 : rows;
  let whole = true;
  for (let i = 0; counts && i < rows; i++) {
    total += counts[i]!;
    whole &&= Number.isInteger(counts[i]);
  }
  if (!whole) {
    throw new RangeError(
      'kind is "parametric" and a weight is no whole number; how many rows to simulate is not known: "nonparametric" is needed.',
    );
  }
  const given = (family.constants ?? []).map((constant) => options[constant.name] ?? constant.default!);
  const names = (family.constants ?? []).map(({ name }) => name);
  const repeated = (column: ArrayLike<number>) => {
    const all = new Float64Array(total);
    let next = 0;
    for (let i = 0; i < rows; i++) for (let time = 0; time < (counts?.[i] ?? 1); time++) all[next++] = column[i]!;
    return all;
  };
  const columns = given.map((constant) => (typeof constant === "number" ? constant : repeated(constant)));
  const varies = columns.some((column) => typeof column !== "number");
  const perRow = Object.fromEntries(columns.flatMap((column, k) => (typeof column === "number" ? [] : [[names[k]!, column]])));
  return async (seed: number, replicate: number, pace: Pace) => {
    const random = new Random(seed, replicate);
    const sample = new Float64Array(total);
    const complete = [...theta, ...columns.map((column) => boundOf(column, 0))];
    for (let row = 0; row < total; row++) {
      if (varies) for (const [k, column] of columns.entries()) complete[theta.length + k] = boundOf(column, row);
      sample[row] = family.random(complete, random);
      if (row % STRETCH === STRETCH - 1) await pace.turn(replicate);
    }
    return { x: sample, options: { ...options, ...perRow } };
  };
}
