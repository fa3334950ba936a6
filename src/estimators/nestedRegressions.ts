import { nullLaw } from "../inference/chiSquared.ts";
import {
  type ComparableRegression,
  type ComparedPart,
  type ComparedRegression,
  checkSameRows,
  comparedMaximum,
  type Inclusion,
} from "./comparedRegression.ts";
import { type NestedTest, ratioOf } from "./ratioTest.ts";

/** A regression within a wider one. */
export interface NestedRegressions {
  /** What the first is of the second: `wt = 0`, `theta = ∞`. */
  readonly restriction: string;
  /** What is taken for granted because the fits do not tell. */
  readonly assumed: readonly string[];
  readonly likelihoodRatio: NestedTest;
}

/** Columns up to which they are named in a restriction. */
const NAMED = 6;

/** The likelihood-ratio test of a regression within a wider one: see `compareNested`. */
export async function nestedRegressions(r0: unknown, r1: unknown): Promise<NestedRegressions> {
  const [first, second] = [comparedMaximum(r0, "The first fit"), comparedMaximum(r1, "The second fit")];
  const [narrow, wide] = [first.compared, second.compared];
  checkSameRows(narrow, wide);
  const refuse = (why: string) =>
    new RangeError(`${narrow.label} is not nested in ${wide.label}: ${why}; vuong compares fits that are not nested.`);
  const inclusion = inclusionOf(narrow, wide);
  if (!inclusion) throw refuse(`${wide.law} does not contain ${narrow.law}`);
  const heldThere = Object.entries(wide.held).find(([name, value]) => narrow.held[name] !== value);
  if (heldThere) throw refuse(`${heldThere[0]} is held at ${heldThere[1]} in the second fit`);
  const found = await restrictions(narrow, wide, inclusion, refuse);
  const df = wide.k - narrow.k;
  if (df === 0) throw refuse("the two are one model, with as many estimated parameters");
  if (df < 0) throw refuse("it has more estimated parameters");
  const statistic = ratioOf(first.fit, second.fit);
  const restriction = [...found.text, inclusion.text].filter((text) => text !== "").join(", ");
  const assumed = [...found.assumed, ...assumptions(narrow)];
  return { restriction, assumed, likelihoodRatio: testOf(statistic, df, restriction, inclusion, first.fit) };
}

const SAME: Inclusion = { text: "", without: [], onBoundary: [] };

function inclusionOf(narrow: ComparedRegression, wide: ComparedRegression): Inclusion | undefined {
  return narrow.law === wide.law ? SAME : Object.hasOwn(wide.contains, narrow.law) ? wide.contains[narrow.law] : undefined;
}

/** What each parameter's columns say. */
async function restrictions(
  narrow: ComparedRegression,
  wide: ComparedRegression,
  { without }: Inclusion,
  refuse: (why: string) => RangeError,
): Promise<{ text: string[]; assumed: string[] }> {
  const text: string[] = [];
  const assumed: string[] = [];
  const foreign = narrow.parts.find(({ name }) => !wide.parts.some((part) => part.name === name));
  if (foreign) throw refuse(`the second fit has no predictor of ${foreign.name}`);
  for (const part of wide.parts.filter(({ name }) => !without.includes(name))) {
    const own = narrow.parts.find(({ name }) => name === part.name);
    const isConstant = !own || (own.columns.length === 1 && own.columns[0] === "(Intercept)" && !own.offset);
    if (!own && narrow.held[part.name] === undefined) throw refuse(`it has no ${part.name}`);
    if (!own) text.push(`${part.name} = ${narrow.held[part.name]}`);
    if (!isConstant && own.link !== part.link) throw refuse(`the links of ${part.name} are ${own.link} and ${part.link}`);
    const moved = differentOffset(isConstant ? undefined : own.offset, part.offset);
    if (moved !== undefined) throw refuse(`the offsets of ${part.name} differ, in row ${moved} of those that count first`);
    const covered = await part.covers(isConstant ? "constant" : own);
    if (covered === false) throw refuse(`the columns of its ${part.name} are not all combinations of those of the second fit's`);
    if (covered === undefined) {
      assumed.push(`The columns of ${part.name} are taken to be combinations of the second fit's: there are too many of them to tell.`);
    }
    if (own) text.push(...left(own, part, wide.parts.length > 1));
  }
  return { text, assumed };
}

/** The columns that the narrower part lacks, as far as names say it. */
function left(own: ComparedPart, part: ComparedPart, several: boolean): string[] {
  const more = part.columns.filter((name) => !own.columns.includes(name));
  if (more.length === 0) return [];
  const place = several && part.name !== "mean" ? `${part.name}:` : "";
  const named = own.columns.every((name) => part.columns.includes(name)) && more.length <= NAMED;
  return named
    ? more.map((name) => `${place}${name} = 0`)
    : [`${part.columns.length} columns of ${part.name} make up ${own.columns.length}`];
}

function differentOffset(one: Float64Array | undefined, other: Float64Array | undefined): number | undefined {
  const length = one?.length ?? other?.length ?? 0;
  for (let row = 0; row < length; row++) if ((one?.[row] ?? 0) !== (other?.[row] ?? 0)) return row;
  return undefined;
}

function assumptions(narrow: ComparedRegression): string[] {
  const { weights } = narrow.rows();
  const same = `Both fits are taken to be of the same rows: ${weights ? "responses and weights agree" : "responses agree"} in each.`;
  return weights ? [same, "Weights are taken for numbers of rows, or for known variances: the ratio has its law for these only."] : [same];
}

function testOf(
  statistic: number,
  df: number,
  restriction: string,
  { onBoundary, irregular }: Inclusion,
  narrow: ComparableRegression,
): NestedTest {
  const unknown = (reason: string): NestedTest => ({ statistic, df, pValue: Number.NaN, distribution: "unknown", reason });
  if (statistic < 0) return unknown("The wider fit is less likely than the narrower one: it is a local maximum.");
  if (irregular) return unknown(`No χ² law: ${irregular}.`);
  if (narrow.status === "boundary") return unknown(`No χ² law: the narrower fit lies on a boundary itself. ${narrow.reason}`);
  if (onBoundary.length > 1) {
    return unknown(`${onBoundary.join(" and ")} are both on a boundary: the mixture's weights depend on the parameters.`);
  }
  const law = nullLaw(df, onBoundary.length);
  const reason = onBoundary.length
    ? `${onBoundary[0]} is on the boundary of the parameter space (Self & Liang 1987, cases 5 and 6).`
    : `${restriction} is inside the parameter space (Wilks 1938).`;
  return { statistic, df, pValue: law.upper(statistic), distribution: law.text, reason };
}
