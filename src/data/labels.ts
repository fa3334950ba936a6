import { describe, type Numbers, numbers } from "./observations.ts";

/** Labels, one per row: strings or whole numbers. */
export type Labels = ArrayLike<string | number>;

/** How often each level occurs. */
export interface LevelCounts {
  readonly levels: readonly string[];
  /** Sum of the weights of each level, and of their squares. */
  readonly weights: readonly number[];
  readonly squares: readonly number[];
  /** Rows whose weight is not 0. */
  readonly rows: number;
}

/**
 * Counts labels. The levels are those given, or those that occur, sorted: numbers by size, then strings.
 *
 * @throws TypeError for what is no label, RangeError for an unknown level or none, naming the place.
 */
export function countLabels(given: unknown, levels: unknown, weights: unknown): LevelCounts {
  if (!(Array.isArray(given) || (ArrayBuffer.isView(given) && !(given instanceof DataView)))) {
    throw new TypeError(`labels is ${describe(given)}; an array of strings or whole numbers is needed.`);
  }
  const labels = given as ArrayLike<unknown>;
  if (labels.length === 0) throw new RangeError("labels is empty; at least one label is needed.");
  const counts: Numbers | undefined = weights === undefined || weights === null ? undefined : numbers(weights, "weights");
  if (counts && counts.length !== labels.length) {
    throw new RangeError(`weights has ${counts.length} entries and labels has ${labels.length}; one weight per label is needed.`);
  }
  const known = levels === undefined ? undefined : levelsOf(levels);
  const sums = new Map<unknown, [weight: number, square: number]>();
  let rows = 0;
  for (let i = 0; i < labels.length; i++) {
    const weight = counts ? counts[i]! : 1;
    if (weight === 0) continue;
    const label = labels[i];
    const cell = sums.get(label);
    if (cell) {
      cell[0] += weight;
      cell[1] += weight * weight;
    } else {
      if (typeof label !== "string" && !Number.isInteger(label)) {
        throw new TypeError(`labels[${i}] is ${describe(label)}; a string or a whole number is needed.`);
      }
      if (known && !known.includes(String(label))) {
        throw new RangeError(`labels[${i}] is ${describe(label)}, which is none of the levels ${known.map(describe).join(", ")}.`);
      }
      sums.set(label, [weight, weight * weight]);
    }
    rows++;
  }
  const names = known ?? [...new Set([...sums.keys()].sort(byKind).map(String))];
  const totals = names.map(() => [0, 0] as [number, number]);
  const place = new Map(names.map((name, k) => [name, k]));
  for (const [label, [weight, square]] of sums) {
    const total = totals[place.get(String(label))!]!;
    total[0] += weight;
    total[1] += square;
  }
  return { levels: names, weights: totals.map(([weight]) => weight), squares: totals.map(([, square]) => square), rows };
}

function levelsOf(given: unknown): string[] {
  if (!Array.isArray(given) || given.length === 0) throw new TypeError(`levels is ${describe(given)}; an array of labels is needed.`);
  const wrong = given.findIndex((level) => typeof level !== "string" && !Number.isInteger(level));
  if (wrong >= 0) throw new TypeError(`levels[${wrong}] is ${describe(given[wrong])}; a string or a whole number is needed.`);
  const names = given.map(String);
  const twin = names.findIndex((name, k) => names.indexOf(name) < k);
  if (twin >= 0) throw new RangeError(`levels[${twin}] is ${describe(names[twin])}, which is there before; different levels are needed.`);
  return names;
}

function byKind(a: unknown, b: unknown): number {
  if (typeof a === "number" && typeof b === "number") return a - b;
  if (typeof a !== typeof b) return typeof a === "number" ? -1 : 1;
  return a! < b! ? -1 : a! > b! ? 1 : 0;
}
