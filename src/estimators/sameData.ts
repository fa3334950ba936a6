import { describe } from "../data/observations.ts";
import type { Asked } from "./asked.ts";
import { askedOf } from "./asked.ts";
import type { Fit } from "./result.ts";

/** What a fit was asked, for a test that needs its rows. */
export function rowsKnown(r: Fit, role: string): Asked {
  const asked = askedOf(r);
  if (!asked) throw new TypeError(`${role} is ${describe(r?.distribution ?? r)}; a fit of a distribution is needed, whose rows are known.`);
  return asked;
}

/** @throws RangeError for fits that are no maxima of a likelihood. */
export function checkMaximum(r: Fit, role: string): void {
  if (r.logPrior !== undefined)
    throw new RangeError(`${role}, ${r.distribution}, has priors; a maximum of the likelihood alone is needed.`);
  if (r.status !== "interior" && r.status !== "boundary") {
    throw new RangeError(`${role}, ${r.distribution}, is no maximum (${r.status}): ${r.reason}`);
  }
}

const COLUMNS = [
  ["x", ({ x }: Asked) => x],
  ["weights", ({ options }: Asked) => options.weights],
  ["censored.lower", ({ options }: Asked) => options.censored?.lower],
  ["censored.upper", ({ options }: Asked) => options.censored?.upper],
  ["truncated.lower", ({ options }: Asked) => options.truncated?.lower],
  ["truncated.upper", ({ options }: Asked) => options.truncated?.upper],
  ["bins.edges", ({ options }: Asked) => options.bins?.edges],
  ["bins.counts", ({ options }: Asked) => options.bins?.counts],
] as const;

/**
 * @throws RangeError for fits of different rows, naming the first difference, and for masses against densities: a density depends on the
 * unit of x, a mass does not.
 */
export function checkSameData(a: Asked, b: Asked): void {
  const refuse = (what: string) => new RangeError(`${what}; fits of the same rows are needed.`);
  const names = `${a.family.name} and ${b.family.name}`;
  for (const [name, of] of COLUMNS) {
    const [one, other] = [of(a) ?? undefined, of(b) ?? undefined];
    if (one === other) continue;
    if (typeof one !== "object" || typeof other !== "object") {
      throw refuse(`${name} is ${said(one)} for one fit and ${said(other)} for the other (${names})`);
    }
    if (one.length !== other.length)
      throw refuse(`${name} has ${one.length} entries for one fit and ${other.length} for the other (${names})`);
    for (let row = 0; row < one.length; row++) {
      if (Object.is(one[row], other[row]) || one[row] === other[row]) continue;
      throw refuse(`${name}[${row}] is ${one[row]} for one fit and ${other[row]} for the other (${names})`);
    }
  }
  const types = [a, b].map(({ options }) => options.weightType ?? "frequency");
  if (types[0] !== types[1])
    throw refuse(`weightType is ${describe(types[0])} for one fit and ${describe(types[1])} for the other (${names})`);
  if (a.family.support.whole !== b.family.support.whole)
    throw new RangeError(`One of ${names} gives masses, the other densities; ${SCALES}`);
}

/** Why masses and densities are not compared. */
export const SCALES = "the likelihood of a density depends on the unit of x, that of a mass does not, and the two cannot be compared.";

function said(column: unknown): string {
  return column === undefined ? "not given" : typeof column === "object" ? "a column" : String(column);
}
