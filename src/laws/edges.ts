import { at, type Link, type UnitLink } from "./links.ts";

// Where a predictor's domain ends although the likelihood of a row there has a limit: an identity's mean of 0 of a count that is 0. A maximum
// may lie there; at other ends the likelihood is 0. Marschner & Gillett (2012), Biostatistics 13, 179; Luo, Zhang & Sun (2014),
// Biostatistics 15, 1 for the log-binomial model.

/** The edge of a family's rows under a link. */
export interface Edge {
  /** The predictor at which a row with response y has its edge; NaN where it has none. */
  at(y: number): number;
  /** On which side of its edge a row lies: 1 above, -1 below. */
  way(y: number): number;
  /** dl/deta and -d²l/deta² of a row that has an edge, left in `bend`; where not given, the link's tails say them. */
  derivatives?(y: number, eta: number, own: number): void;
}

/** What `derivatives` leaves. */
export const bend = { first: 0, second: 0 };

function put(first: number, second: number): void {
  bend.first = first;
  bend.second = second;
}

/** Of counts that are 0, from l as a function of the mean. */
function zeros(link: Link, slope: (mu: number, own: number) => number, curvature: (mu: number, own: number) => number): Edge {
  return {
    at: (y) => (y === 0 ? 0 : Number.NaN),
    way: () => 1,
    derivatives: (_, eta, own) => {
      link.derivatives(eta);
      const { mu, first, second } = at;
      const by = slope(mu, own);
      put(by * first, -(curvature(mu, own) * first * first + by * second));
    },
  };
}

const poisson = (link: Link) =>
  zeros(
    link,
    () => -1,
    () => 0,
  );

/** l = -theta log(1 + mu/theta). */
const negativeBinomial = (link: Link) =>
  zeros(
    link,
    (mu, theta) => -theta / (theta + mu),
    (mu, theta) => theta / (theta + mu) / (theta + mu),
  );

/** l = -(y eta² - 2 eta + 1/y)/2: a mean that is infinite is that of Lévy's distribution. */
const inverseGaussian: Edge = { at: () => 0, way: () => 1, derivatives: (y, eta) => put(1 - y * eta, y) };

const proportion: Edge = { at: (y) => (y === 0 || y === 1 ? y : Number.NaN), way: (y) => (y === 0 ? 1 : -1) };

const logProportion: Edge = { at: (y) => (y === 1 ? 0 : Number.NaN), way: () => -1 };

const edges: Readonly<Record<string, Readonly<Record<string, (link: Link) => Edge>>>> = {
  poisson: { identity: poisson, sqrt: poisson },
  negativeBinomial: { identity: negativeBinomial, sqrt: negativeBinomial },
  inverseGaussian: { inverse: () => inverseGaussian },
  binomial: { identity: () => proportion, log: () => logProportion },
};

/** The edge of a family's rows; undefined where none has one. */
export function edgeOf(family: { readonly name: string }, link: Link | UnitLink): Edge | undefined {
  return edges[family.name]?.[link.name]?.(link);
}

/** The ends of the linear predictors that belong to a mean of the family. */
export function endsOf(
  { means }: { readonly means: readonly [number, number] },
  { eta, ends }: Link | UnitLink,
): readonly [number, number] {
  const through = means.map(eta);
  // A logarithm says nothing of means below 0.
  if (through.some(Number.isNaN)) return ends;
  return [Math.max(ends[0], Math.min(...through)), Math.min(ends[1], Math.max(...through))];
}
