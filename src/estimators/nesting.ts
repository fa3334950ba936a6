import type { Family, Special } from "../distributions/family.ts";
import { charts } from "../math/charts.ts";
import { type Asked, settingsOf } from "./asked.ts";
import type { Fit } from "./result.ts";

/** How one fit's family is a restriction of another's. */
export interface Restriction {
  /** Parameters that are free in the wider fit less those in the narrower one. */
  readonly df: number;
  /** Names of the wider family's parameters that the restriction puts at the edge of their domains. */
  readonly onBoundary: readonly string[];
  /** The wider family's parameters at the narrower fit's estimates; not finite or at an end where that is a limit. */
  readonly theta: readonly number[];
  /** Places and values of the parameters of the wider fit that are free there and held by the restriction. */
  readonly held: readonly { readonly index: number; readonly value: number }[];
  /** In words: `shape = 1`. */
  readonly text: string;
  /** Why the ratio has no χ² law, if it has none. */
  readonly irregular: string | undefined;
}

/** How far the narrower parameters move to see which of the wider ones follow, and how far from a limit. */
const MOVE = 0.1;
const NEAR = 1e-3;

/**
 * The restriction that makes the wider fit's model, its fixed parameters included, that of the narrower fit `r0`; a reason in words where there is none. By the
 * descriptors alone: the same family with more of its parameters fixed, or one that the wider family says it contains.
 */
export function restrictionOf(r0: Fit, asked0: Asked, asked1: Asked): Restriction | string {
  const [narrower, wider] = [asked0.family, asked1.family];
  const [own, other] = [settingsOf(asked0), settingsOf(asked1)];
  const same = narrower.name === wider.name;
  const special = same ? undefined : wider.contains?.[narrower.name];
  if (!same && !special) return `${wider.name} does not contain ${narrower.name}`;
  const constants = (own.constants ?? []).map((value) => value ?? Number.NaN);
  const at = (theta: readonly number[], held: Special["held"]) => (special ? special.at([...theta, ...constants], held) : [...theta]);
  const estimates = narrower.parameters.map(({ name }) => r0.estimates[name]!);
  const limits = limitsOf(wider, special);
  const near = { ...special?.held, ...Object.fromEntries(limits.map((name) => [name, special!.held[name] === 0 ? NEAR : 1 / NEAR])) };
  // What does not follow the narrower family's free parameters is held.
  const [from, to] = [at(usable(narrower, estimates), near), at(moved(narrower, usable(narrower, estimates), own.fixed), near)];
  const theta = at(estimates, special?.held ?? {});
  const constant = wider.parameters.map(
    ({ name, domain }, i) => special?.held[name] !== undefined || (from[i] === to[i] && charts[domain].holds(from[i]!)),
  );
  const wrong = other.fixed.findIndex((value, i) => value !== undefined && !(constant[i] && agree(value, theta[i]!)));
  if (wrong >= 0) {
    return `${wider.parameters[wrong]!.name} is fixed at ${other.fixed[wrong]} in the wider fit, and ${narrower.name} is not`;
  }
  const df = freeOf(other.fixed) - freeOf(own.fixed);
  if (df <= 0) return `${wider.name} has no parameter free that ${narrower.name} holds`;
  const held = wider.parameters.flatMap((_, index) =>
    constant[index] && other.fixed[index] === undefined ? [{ index, value: theta[index]! }] : [],
  );
  const onBoundary = limits.filter((name) => held.some(({ index }) => wider.parameters[index]!.name === name));
  const text = held.map(({ index, value }) => `${wider.parameters[index]!.name} = ${String(value).replace("Infinity", "∞")}`).join(", ");
  return { df, onBoundary, theta, held, text, irregular: irregularityOf(wider, special, theta, held, other.fixed, narrower, estimates) };
}

function irregularityOf(
  wider: Family,
  special: Special | undefined,
  theta: readonly number[],
  held: Restriction["held"],
  fixed: readonly (number | undefined)[],
  narrower: Family,
  estimates: readonly number[],
): string | undefined {
  const outside = narrower.parameters.find(({ domain }, i) => !charts[domain].holds(estimates[i]!));
  if (outside) return `the narrower fit itself lies on a boundary, ${outside.name} = ${estimates[narrower.parameters.indexOf(outside)]}`;
  const own = special?.irregular?.(theta);
  if (own) return own;
  // The same point is reached by fixing these parameters.
  const heldAt = (name: string) => held.find(({ index }) => wider.parameters[index]!.name === name)?.value;
  for (const other of Object.values(wider.contains ?? {})) {
    const there = Object.entries(other.held).every(([name, value]) => heldAt(name) === value);
    const reason = there && other.irregular?.(theta);
    if (reason) return reason;
  }
  const end = held.find(({ index }) => wider.parameters[index]!.rough === "lower" || wider.parameters[index]!.rough === "upper");
  if (end) return `${wider.parameters[end.index]!.name} is an end of the support, where the likelihood is not smooth`;
  return theta.every(Number.isFinite) ? wider.irregular?.(theta, fixed) : undefined;
}

/** The held parameters whose value the open domain does not have. */
function limitsOf(wider: Family, special: Special | undefined): string[] {
  return wider.parameters.flatMap(({ name, domain }) => {
    const value = special?.held[name];
    return value === undefined || charts[domain].holds(value) ? [] : [name];
  });
}

/** Estimates, or where one lies at the end of its domain, some value inside. */
function usable({ parameters }: Family, theta: readonly number[]): number[] {
  return parameters.map(({ domain }, i) => (charts[domain].holds(theta[i]!) ? theta[i]! : charts[domain].at(1)[0]));
}

function moved({ parameters }: Family, theta: readonly number[], fixed: readonly (number | undefined)[]): number[] {
  return parameters.map(({ domain }, i) =>
    fixed[i] === undefined ? charts[domain].at(charts[domain].toEta(theta[i]!) + MOVE)[0] : theta[i]!,
  );
}

function agree(a: number, b: number): boolean {
  return Math.abs(a - b) <= 1e-12 * Math.max(Math.abs(a), Math.abs(b));
}

function freeOf(fixed: readonly (number | undefined)[]): number {
  return fixed.filter((value) => value === undefined).length;
}
