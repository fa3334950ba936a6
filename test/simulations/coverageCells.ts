import { bootstrap, distribution, type Fit, fit } from "loglik";
import { normalQuantile } from "../../src/math/normal.ts";

/** How intervals are made. */
export const METHODS = ["wald", "profile", "bca"] as const;
export type Method = (typeof METHODS)[number];

/** Level of the intervals. */
export const LEVEL = 0.95;

/** A parameter of a family at a sample size. */
export interface Cell {
  readonly family: string;
  readonly parameter: string;
  readonly truth: Readonly<Record<string, number>>;
  readonly n: number;
}

const PARAMETERS: readonly Omit<Cell, "n">[] = [
  { family: "exponential", parameter: "rate", truth: { rate: 2 } },
  { family: "normal", parameter: "sd", truth: { mean: 1, sd: 2 } },
  { family: "poisson", parameter: "lambda", truth: { lambda: 3 } },
  { family: "gamma", parameter: "shape", truth: { shape: 2, rate: 1 } },
  { family: "weibull", parameter: "shape", truth: { shape: 1.5, scale: 1 } },
];

export const CELLS: readonly Cell[] = PARAMETERS.flatMap((parameter) => [20, 50, 200].map((n) => ({ ...parameter, n })));

/** Intervals below the truth, around it and above it. */
export interface Tally {
  readonly below: number;
  readonly covering: number;
  readonly above: number;
  /** Samples of which there was no interval. */
  readonly none: number;
}

/** Samples for each method, and the bootstrap's replicates. */
export interface Effort {
  readonly samples: Readonly<Partial<Record<Method, number>>>;
  readonly B: number;
  readonly seed: number;
}

/** Draws samples of a cell and counts, for each method, where their intervals lie. */
export async function tally(cell: Cell, { samples, B, seed }: Effort): Promise<Partial<Record<Method, Tally>>> {
  const { family, parameter, truth, n } = cell;
  const at = distribution(family, truth);
  const counts = Object.fromEntries(Object.keys(samples).map((method) => [method, { below: 0, covering: 0, above: 0, none: 0 }]));
  const most = Math.max(...Object.values(samples));
  for (let i = 0; i < most; i++) {
    const x = at.random(n, { seed: seed + i / 2 ** 20 });
    const r = await fit(family, x);
    for (const [method, count] of Object.entries(samples)) {
      if (i >= count) continue;
      const [low, high] = await intervalOf(r, method as Method, parameter, B, i);
      const where =
        Number.isNaN(low) || Number.isNaN(high)
          ? "none"
          : high < truth[parameter]!
            ? "below"
            : low > truth[parameter]!
              ? "above"
              : "covering";
      counts[method]![where]++;
    }
  }
  return counts;
}

async function intervalOf(r: Fit, method: Method, parameter: string, B: number, seed: number): Promise<readonly [number, number]> {
  const intervals =
    method === "bca"
      ? (await bootstrap(r, { B, seed })).confint({ level: LEVEL, method })
      : await r.confint({ level: LEVEL, method: method as "wald" });
  return intervals[parameter]!;
}

/** Chance that an interval covers the truth, where the estimate's distribution is known. */
export function exactCoverage({ family, truth, n }: Cell, method: Method): number | undefined {
  const z = normalQuantile((1 + LEVEL) / 2);
  // Rows of degrees of freedom: twice the rate's gamma variate, the variance's chi-squared one.
  const df = { exponential: 2 * n, normal: n - 1 }[family];
  const scale = { exponential: 2 * n, normal: n }[family];
  if (method === "bca") return undefined;
  if (df !== undefined && scale !== undefined) {
    // u = truth / estimate of the rate, or (estimate / truth)² of the sd, is chi-squared over scale. Wald: |log u| <= z √(2/scale), since the
    // logarithms have the variances 1/n and 1/(2n); twice the log-likelihood ratio is scale (u - 1 - log u).
    const reach = z * Math.sqrt(2 / scale);
    const [low, high] = [-1, 1].map((side) => (method === "wald" ? Math.exp(side * reach) : ratioEnd((z * z) / scale, side)));
    const chi = distribution("chiSquared", { df });
    return chi.cdf(scale * high!) - chi.cdf(scale * low!);
  }
  if (family !== "poisson") return undefined;
  const mean = n * truth.lambda!;
  const counts = distribution("poisson", { lambda: mean });
  let covered = 0;
  for (let k = 1; k < mean + 20 * Math.sqrt(mean); k++) {
    const inside = method === "wald" ? Math.abs(Math.log(k / mean)) * Math.sqrt(k) <= z : 2 * (k * Math.log(k / mean) - k + mean) <= z * z;
    if (inside) covered += counts.pdf(k);
  }
  return covered;
}

/** The u below or above 1 at which u - 1 - log u = q. */
function ratioEnd(q: number, side: number): number {
  let [inner, outer] = [1, side < 0 ? 1e-12 : 100];
  for (let i = 0; i < 200; i++) {
    const middle = (inner + outer) / 2;
    if (middle - 1 - Math.log(middle) < q) inner = middle;
    else outer = middle;
  }
  return inner;
}
