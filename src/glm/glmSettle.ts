import type { GlmFamily } from "../laws/families.ts";
import type { Link, UnitLink } from "../laws/links.ts";
import type { Peak } from "../optimize/climb.ts";
import { type AtEdge, edgePeak, meetsEdge } from "./glmEdge.ts";
import type { GlmRows } from "./glmRows.ts";
import { type Separation, separationOf } from "./glmSeparation.ts";

/** Where a search really ends. */
export interface Settled {
  readonly peak: Peak;
  readonly separation: Separation | undefined;
  readonly atEdge: AtEdge | undefined;
}

/**
 * What becomes of a search that stopped short of a maximum within the domain: there is a direction that separates, or the maximum lies at an
 * edge of the means. A search that ended well away from all edges stays as it is.
 */
export function settled(
  family: GlmFamily,
  link: Link | UnitLink,
  theta: number | undefined,
  rows: GlmRows,
  without: readonly boolean[],
  begin: Float64Array,
  peak: Peak,
): Settled {
  const { end, decrement, lost } = peak;
  const arrived = !lost && (end === "decrement" || (end === "step" && decrement < 1e-5));
  const separation = arrived ? undefined : separationOf(family, link, rows, without);
  if (separation || !meetsEdge(family, link, rows, begin, peak)) return { peak, separation, atEdge: undefined };
  const found = edgePeak(family, link, theta, rows, begin, peak);
  const evaluations = peak.evaluations + found.peak.evaluations;
  const iterations = peak.iterations + found.peak.iterations;
  // A search among the edges that gets no farther leaves what there was.
  if ((arrived && !(found.peak.end === "edge" || found.peak.end === "decrement")) || found.peak.end === "not-finite")
    return { peak, separation, atEdge: undefined };
  return { peak: { ...found.peak, evaluations, iterations }, separation, atEdge: found.atEdge };
}
