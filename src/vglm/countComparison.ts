import type { Inclusion } from "../estimators/comparedRegression.ts";
import type { Design } from "../formula/design.ts";
import type { CountFamily } from "../laws/countLaws.ts";
import type { CountFindings } from "./countFit.ts";
import type { ComparedLaw } from "./vglmComparison.ts";

const LIMIT: Inclusion = { text: "theta = ∞", without: ["theta"], onBoundary: ["theta"] };

/** How counts with zeros of their own are compared. */
export function countComparison({ kind, counts, link, data }: CountFindings): ComparedLaw {
  return {
    likelihood: "masses",
    law: `${kind} ${counts.family.name}`,
    names: ["mean", "zero", "theta"],
    links: link.split("/"),
    contains: inclusionsOf(kind, counts.family, data.designs[1]!),
    responses: { response: data.columns.y },
  };
}

/**
 * What counts with zeros of their own contain: the family at the limit of theirs, and without extra zeros the counts alone. Where the
 * zeros have columns, their coefficients mean nothing without zeros, and the likelihood ratio has no law that is known (Davies 1987, Biometrika
 * 74, 33). A hurdle does not contain the counts alone.
 */
function inclusionsOf(kind: "inflated" | "hurdle", { name, limit }: CountFamily, zeros: Design): Record<string, Inclusion> {
  const atLimit = limit === undefined ? {} : { [`${kind} ${limit}`]: LIMIT };
  if (kind === "hurdle") return atLimit;
  const constant = zeros.blocks.length === 1 && zeros.blocks[0]!.kind === "intercept" && !zeros.offset;
  const none: Inclusion = {
    text: "no extra zeros",
    without: ["zero"],
    onBoundary: ["the share of extra zeros"],
    irregular: constant ? undefined : "without extra zeros the coefficients of their columns have no values",
  };
  if (limit === undefined) return { [name]: none };
  const both = { ...none, text: `${none.text}, ${LIMIT.text}`, without: ["zero", "theta"], onBoundary: [...none.onBoundary, "theta"] };
  return { ...atLimit, [name]: none, [limit]: both };
}
