import { describe } from "../data/observations.ts";
import type { Family } from "../distributions/family.ts";
import { criteria } from "../inference/criteria.ts";
import type { Found } from "./result.ts";
import { checkParameters } from "./settings.ts";

/** Bounds of parameters by name; a maximum may lie on them. */
export type Bounds = Readonly<Record<string, number>>;

/** A parameter's value where a bound holds it, undefined where it is free. */
type Held = readonly (number | undefined)[];

/**
 * The maximum within bounds. One that lies inside is it; otherwise the highest of the maxima on the faces: parameters held at a bound, the
 * others free and inside. A face of a face that holds one is not looked at, since nothing on it is higher.
 */
export async function fitWithin(
  family: Family,
  fixed: Held,
  bounds: { readonly lower: Bounds; readonly upper: Bounds },
  solve: (fixed: Record<string, number>) => Promise<Found>,
): Promise<Found> {
  const names = family.parameters.map(({ name }) => name);
  check(family, bounds, fixed);
  const choices = names.map((name, i) =>
    fixed[i] !== undefined ? [] : [bounds.lower[name], bounds.upper[name]].filter((value): value is number => value !== undefined),
  );
  const solveWith = (held: Held) => {
    const all = names.flatMap((name, i) => ((held[i] ?? fixed[i]) === undefined ? [] : [[name, held[i] ?? fixed[i]]]));
    return solve(Object.fromEntries(all) as Record<string, number>);
  };
  const isInside = ({ status, estimates }: Found) =>
    (status === "interior" || status === "boundary") &&
    names.every((name) => estimates[name]! >= (bounds.lower[name] ?? -Infinity) && estimates[name]! <= (bounds.upper[name] ?? Infinity));
  const free = await solveWith(names.map(() => undefined));
  if (isInside(free)) return free;
  let best: { fit: Found; held: Held } | undefined;
  const found: Held[] = [];
  for (const held of faces(choices)) {
    if (found.some((inner) => inner.every((value, i) => value === undefined || value === held[i]))) continue;
    const fit = await solveWith(held);
    if (!isInside(fit)) continue;
    found.push(held);
    if (!best || fit.logLik > best.fit.logLik) best = { fit, held };
  }
  return best ? atBounds(best.fit, best.held, bounds, family) : free;
}

/** All ways of holding some parameters at a bound, those that hold few first. */
function faces(choices: readonly (readonly number[])[]): Held[] {
  let all: Held[] = [[]];
  for (const values of choices) all = all.flatMap((held) => [undefined, ...values].map((value) => [...held, value]));
  const size = (held: Held) => held.filter((value) => value !== undefined).length;
  return all.filter((held) => size(held) > 0).sort((a, b) => size(a) - size(b));
}

/** A fit of the parameters that no bound holds, as one on the boundary: without standard errors, and with the held parameters counted. */
function atBounds(fit: Found, held: Held, { lower }: { readonly lower: Bounds }, family: Family): Found {
  const names = fit.parameters;
  const told = names.flatMap((name, i) =>
    held[i] === undefined ? [] : [`${name} is at its ${held[i] === lower[name] ? "lower" : "upper"} bound ${held[i]}`],
  );
  const count = family.parameters.filter((_, i) => held[i] !== undefined || fit.standardErrors[names[i]!] !== 0).length;
  const none = Object.fromEntries(names.map((name) => [name, Number.NaN]));
  const changed = {
    ...(fit.toJSON() as unknown as Found),
    standardErrors: none,
    vcov: names.map(() => names.map(() => Number.NaN)),
    ...criteria(fit.logLik, count, fit.nobs),
    status: "boundary" as const,
    reason: `${told.join(", ")}; beyond, the likelihood is higher.${fit.status === "boundary" ? ` ${fit.reason}` : ""}`,
  };
  return {
    ...changed,
    confint: () => Object.fromEntries(names.map((name) => [name, [Number.NaN, Number.NaN]])),
    toJSON: () => changed,
  };
}

function check(family: Family, { lower, upper }: { readonly lower: Bounds; readonly upper: Bounds }, fixed: Held): void {
  for (const [role, values] of Object.entries({ lower, upper })) {
    checkParameters(family, values, role);
    for (const [name, value] of Object.entries(values)) {
      if (typeof value === "number" && !Number.isNaN(value)) continue;
      throw new RangeError(`${role}.${name} is ${describe(value)}; a number is needed.`);
    }
  }
  family.parameters.forEach(({ name }, i) => {
    const [low, high, value] = [lower[name] ?? -Infinity, upper[name] ?? Infinity, fixed[i]];
    if (!(low < high)) throw new RangeError(`lower.${name} is ${low} and upper.${name} is ${high}; lower must be below upper.`);
    if (value !== undefined && !(value >= low && value <= high)) {
      throw new RangeError(`fixed.${name} is ${value}; a number from ${low} to ${high} is needed, its bounds.`);
    }
  });
}
