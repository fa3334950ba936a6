import type { Sample } from "../wasm/sample.ts";

/** A discrete column after counting: distinct values with their weights, and the moments of the whole. */
export interface Collapsed {
  readonly values: Float64Array;
  readonly weights: Float64Array;
  /** The constant that belongs to each value, where one comes per row. */
  readonly column: Float64Array | undefined;
  readonly n: number;
  readonly mean: number;
  /** 1/n variance. */
  readonly variance: number;
  readonly max: number;
  /** Weighted sum over the rows, as of a log-mass. */
  logLik(logMass: (x: number, constant: number) => number): number;
}

/** Distinct values, or pairs of a value and its row's constant, with their weights. */
export function collapse(sample: Sample): Collapsed {
  const [column] = sample.columns.values();
  const { values, weights, constants } = column ? pairs(sample, column) : { ...distinct(sample), constants: undefined };
  const logLik = (f: (x: number, constant: number) => number) => {
    let sum = 0;
    for (let i = 0; i < values.length; i++) sum += weights[i]! * f(values[i]!, constants ? constants[i]! : Number.NaN);
    return sum;
  };
  const n = sample.weight;
  const mean = logLik((x) => x) / n;
  const variance = logLik((x) => (x - mean) * (x - mean)) / n;
  return { values, weights, column: constants, n, mean, variance, max: sample.extent.max, logLik };
}

function distinct({ counts, values }: Sample): { values: Float64Array; weights: Float64Array } {
  if (typeof counts === "number") throw new RangeError(`x[${counts}] is ${values[counts]}; whole numbers are needed.`);
  return counts;
}

/** Pairs in the order of constant and value, so that the rows' order does not matter. */
function pairs({ values, weights }: Sample, column: Float64Array) {
  const byConstant = new Map<number, Map<number, number>>();
  for (let i = 0; i < values.length; i++) {
    let byValue = byConstant.get(column[i]!);
    if (!byValue) {
      byValue = new Map();
      byConstant.set(column[i]!, byValue);
    }
    byValue.set(values[i]!, (byValue.get(values[i]!) ?? 0) + (weights ? weights[i]! : 1));
  }
  const rows = [...byConstant].flatMap(([constant, byValue]) => [...byValue].map(([x, weight]) => [constant, x, weight] as const));
  rows.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  return {
    values: Float64Array.from(rows, ([, x]) => x),
    weights: Float64Array.from(rows, ([, , weight]) => weight),
    constants: Float64Array.from(rows, ([constant]) => constant),
  };
}
