import type { Design } from "../formula/design.ts";
import { countFamilies } from "../laws/countLaws.ts";
import { binaryTerms, countTerms } from "../laws/countRows.ts";
import type { UnitLink } from "../laws/links.ts";
import { exp, log } from "../math/elementary.ts";
import { Accumulator } from "../math/sum.ts";
import { type PartsData, takenRows } from "../regression/partsData.ts";
import type { CountModel } from "./countModel.ts";
import { levelled, partPredictor, partsOf } from "./vglmParts.ts";
import { type VglmFound, type VglmProblem, vglmSearch } from "./vglmSearch.ts";

/** The counts' part alone: of all rows, or of the positive ones given that they are positive. */
export async function countProblem({ family }: CountModel, data: PartsData, truncated: boolean): Promise<VglmProblem> {
  const rows = truncated ? takenRows(data, positives(data)) : data;
  const [design] = rows.designs as [Design];
  const parts = partsOf([design], family.own, [rows.columns.offset]);
  const offset = parts[0]!.offset;
  const [total, exposure] = [new Accumulator(), new Accumulator()];
  const { y, weights } = rows.columns;
  for (let i = 0; i < rows.rows; i++) {
    const weight = weights ? weights[i]! : 1;
    total.add(weight * y![i]!);
    exposure.add(weight * exp(offset ? offset[i]! : 0));
  }
  const level = log(Math.max(total.sum, 0.5) / exposure.sum);
  const start = [...(await levelled(design, Number.isFinite(level) ? level : 0)), ...new Array<number>(family.own).fill(0)];
  return { parts, width: start.length, columns: rows.columns, terms: countTerms(family.law(), truncated), start };
}

export function positives({ columns, rows }: PartsData): Int32Array {
  return Int32Array.from({ length: rows }, (_, i) => i).filter((i) => columns.y![i]! > 0);
}

/** A binary response's part, or shares: of the second design. */
export async function zeroProblem(data: PartsData, link: UnitLink, share: Float64Array): Promise<VglmProblem> {
  const [, design] = data.designs as [Design, Design];
  const parts = partsOf([design], 0);
  const { weights } = data.columns;
  const [total, size] = [new Accumulator(), new Accumulator()];
  for (let i = 0; i < share.length; i++) {
    total.add((weights ? weights[i]! : 1) * share[i]!);
    size.add(weights ? weights[i]! : 1);
  }
  const mean = Math.min(0.99, Math.max(0.01, total.sum / size.sum));
  const start = await levelled(design, link.eta(mean));
  return { parts, width: start.length, columns: { y: share, ...(weights && { weights }) }, terms: binaryTerms(link), start };
}

/** Inflation that a search may start from. */
const LEAST = 0.02;
const MOST = 0.95;

/**
 * Where the likelihood of zero-inflated counts is looked for: from the counts alone, with the zeros that these do not explain; and from the
 * positive counts alone, with each zero's share that is then no count (one step of Lambert's EM).
 */
export async function inflatedStarts(model: CountModel, data: PartsData): Promise<number[][]> {
  const { link } = model;
  const poisson = { ...model, family: countFamilies.poisson };
  const { y, weights } = data.columns;
  const starts: number[][] = [];
  for (const truncated of [false, true]) {
    const problem = await countProblem(poisson, data, truncated);
    const found = await vglmSearch(problem);
    if (found.runaway || !found.beta.every(Number.isFinite)) {
      if (!truncated) starts.push([...(problem.start as number[]), ...(await levelled(data.designs[1]!, link.eta(0.3)))]);
      continue;
    }
    const [part] = partsOf([data.designs[0]!], 0, [data.columns.offset]);
    const none = partPredictor(part!, 0, found).map((eta) => exp(-exp(eta)));
    const [zeros, own, all] = [new Accumulator(), new Accumulator(), new Accumulator()];
    for (let i = 0; i < none.length; i++) {
      const weight = weights ? weights[i]! : 1;
      if (y![i] === 0) zeros.add(weight);
      own.add(weight * none[i]!);
      all.add(weight);
    }
    const inflation = Math.min(MOST, Math.max(LEAST, (zeros.sum - own.sum) / (all.sum - own.sum)));
    const level = await levelled(data.designs[1]!, link.eta(inflation));
    if (!truncated) {
      starts.push([...found.beta, ...level]);
      continue;
    }
    const share = none.map((p, i) => (y![i] === 0 ? inflation / (inflation + (1 - inflation) * p) : 0));
    const zero = await vglmSearch(await zeroProblem(data, link, share));
    starts.push([...found.beta, ...(zero.runaway || !zero.beta.every(Number.isFinite) ? level : zero.beta)]);
  }
  return starts;
}

/** theta by moments from the fit of zero-inflated Poisson counts. */
export function startingTheta(data: PartsData, { link }: CountModel, problem: VglmProblem, found: VglmFound): number {
  const [eta, zeta] = [0, 1].map((a) => partPredictor(problem.parts[a]!, a, found)) as [Float64Array, Float64Array];
  const { y, weights } = data.columns;
  const [excess, size] = [new Accumulator(), new Accumulator()];
  for (let i = 0; i < eta.length; i++) {
    const [mu, pi] = [exp(eta[i]!), link.mu(zeta[i]!)];
    const mean = (1 - pi) * mu;
    const weight = weights ? weights[i]! : 1;
    excess.add(weight * ((y![i]! - mean) ** 2 - mean * (1 + pi * mu)));
    size.add(weight * mean * mu);
  }
  const theta = size.sum / excess.sum;
  return theta > 0 ? Math.min(20, Math.max(0.1, theta)) : 20;
}

/**
 * The score of 1/theta at 0, where the negative binomial is Poisson's: below 0 that is a maximum, at least a local one. Of a fit of Poisson
 * counts that are inflated, by a second predictor, or else are given that they are positive.
 */
export function overdispersion(problem: VglmProblem, found: VglmFound, link?: UnitLink): number {
  const [eta, zeta] = problem.parts.map((part, a) => partPredictor(part, a, found));
  const { y, weights } = problem.columns;
  const total = new Accumulator();
  for (let i = 0; i < eta!.length; i++) {
    const mu = exp(eta![i]!);
    const own = ((y![i]! - mu) ** 2 - y![i]!) / 2;
    const none = exp(-mu);
    let score = own;
    if (!link) score += ((mu * mu) / 2) * (none / (1 - none));
    else if (y![i] === 0) {
      const pi = link.mu(zeta![i]!);
      score *= ((1 - pi) * none) / (pi + (1 - pi) * none);
    }
    total.add((weights ? weights[i]! : 1) * score);
  }
  return total.sum;
}
