/** Numbers as the caller has them. */
export type Numbers = ArrayLike<number>;

/** Values and weights as given, checked for their kind; contents are checked once they lie in the engine's memory. */
export interface Observations {
  readonly x: Numbers;
  readonly weights: Numbers | undefined;
  /** Constants that come one per row. */
  readonly columns: ReadonlyMap<string, Numbers>;
}

/**
 * Checks what was passed as data.
 *
 * @throws TypeError for what is not an array of numbers, RangeError for empty data or weights of another length.
 */
export function observations(x: unknown, weights: unknown, columns: Readonly<Record<string, unknown>> = {}): Observations {
  const values = numbers(x, "x");
  if (values.length === 0) throw new RangeError("x is empty; at least one value is needed.");
  const perRow = (given: unknown, name: string): Numbers => {
    const column = numbers(given, name);
    if (column.length === values.length) return column;
    throw new RangeError(
      `${name} has ${column.length} entries and x has ${values.length}; one ${name === "weights" ? "weight" : name} per value is needed.`,
    );
  };
  return {
    x: values,
    weights: weights === undefined || weights === null ? undefined : perRow(weights, "weights"),
    columns: new Map(Object.entries(columns).map(([name, column]) => [name, perRow(column, name)])),
  };
}

/** @throws TypeError for what is not an array of numbers. */
export function numbers(given: unknown, name: string): Numbers {
  if (given instanceof BigInt64Array || given instanceof BigUint64Array) {
    throw new TypeError(`${name} is a ${given.constructor.name}; a Float64Array or an array of numbers is needed.`);
  }
  if (ArrayBuffer.isView(given) && !(given instanceof DataView)) return given as unknown as Numbers;
  if (!Array.isArray(given)) {
    throw new TypeError(`${name} is ${describe(given)}; a Float64Array or an array of numbers is needed.`);
  }
  // A plain array may hold anything, and typed arrays convert in silence: null becomes 0, "7" becomes 7.
  for (let i = 0; i < given.length; i++) {
    if (typeof given[i] !== "number") throw new TypeError(`${name}[${i}] is ${describe(given[i])}; a number is needed.`);
  }
  return given;
}

/** The first row that counts (its weight is not 0) whose value fails, with its place and value; undefined if none does. */
export function firstFailing({ x, weights }: Observations, passes: (value: number) => boolean): string | undefined {
  for (let i = 0; i < x.length; i++) {
    if (weights?.[i] !== 0 && !passes(x[i]!)) return `x[${i}] is ${x[i]}`;
  }
  return undefined;
}

/** A value in an error message. */
export function describe(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value);
  if (Array.isArray(value)) return "an array";
  if (typeof value !== "object" || value === null) return typeof value === "function" ? "a function" : String(value);
  const { name } = value.constructor ?? Object;
  return name === "Object" ? "an object" : `a ${name}`;
}

/** @throws TypeError for options that are no object. */
export function checkGiven(options: unknown, name = "options"): void {
  if (typeof options !== "object" || options === null) throw new TypeError(`${name} is ${describe(options)}; an object is needed.`);
}

/** The rows of positive weight; undefined where that is all of them. */
export function kept(weights: Numbers): Uint32Array | undefined {
  const rows = Uint32Array.from({ length: weights.length }, (_, i) => i).filter((i) => weights[i]! > 0);
  return rows.length === weights.length ? undefined : rows;
}

/** The rows that count, as doubles: the column itself where they all do and it is one. */
export function picked(column: Numbers, rows: Uint32Array | undefined): Float64Array {
  if (!rows) return column instanceof Float64Array ? column : Float64Array.from(column);
  return Float64Array.from(rows, (row) => column[row]!);
}
