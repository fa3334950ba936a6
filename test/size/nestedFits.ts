import { compareNested, distribution, type FitOptions, fit, type NestedComparison, type NestedOptions, vuong } from "loglik";
import type { Size } from "./size.ts";

interface Case {
  /** Where the samples come from; the narrower fit. */
  readonly narrower: string;
  readonly wider: string;
  readonly parameters: Readonly<Record<string, number>>;
  readonly rows: number;
  /** Of the narrower fit. */
  readonly fixed?: Readonly<Record<string, number>>;
  /** Constants of both. */
  readonly constants?: { readonly size: number };
  /** Times of censoring uniform between 0 and twice this. */
  readonly censoredFrom?: number;
  readonly tests?: readonly (keyof Omit<NestedComparison, "restriction">)[];
  readonly options?: NestedOptions;
}

const all = ["likelihoodRatio", "wald", "score"] as const;
const rate1 = { rate: 1 };

const cases: readonly Case[] = [
  // Inside the parameter space.
  { narrower: "exponential", wider: "gamma", parameters: rate1, rows: 200, tests: all },
  { narrower: "exponential", wider: "weibull", parameters: rate1, rows: 400, tests: all },
  { narrower: "exponential", wider: "weibull", parameters: rate1, rows: 200, censoredFrom: 1.5 },
  { narrower: "exponential", wider: "generalizedPareto", parameters: rate1, rows: 200 },
  { narrower: "gamma", wider: "generalizedGamma", parameters: { shape: 2, rate: 1 }, rows: 400 },
  { narrower: "exponential", wider: "generalizedGamma", parameters: rate1, rows: 400 },
  { narrower: "rayleigh", wider: "nakagami", parameters: { sigma: 2 }, rows: 200 },
  { narrower: "gumbel", wider: "generalizedExtremeValue", parameters: { location: 1, scale: 2 }, rows: 200 },
  { narrower: "normal", wider: "generalizedNormal", parameters: { mean: 1, sd: 2 }, rows: 1000 },
  { narrower: "cauchy", wider: "studentT", parameters: { location: 1, scale: 2 }, rows: 200 },
  { narrower: "geometric", wider: "negativeBinomial", parameters: { prob: 0.3 }, rows: 300 },
  { narrower: "normal", wider: "normal", parameters: { mean: 1, sd: 2 }, fixed: { mean: 1 }, rows: 400, tests: all },
  { narrower: "gamma", wider: "gamma", parameters: { shape: 2, rate: 1 }, fixed: { shape: 2 }, rows: 100, tests: all },
  { narrower: "weibull", wider: "weibull", parameters: { shape: 2, scale: 1 }, fixed: { shape: 2, scale: 1 }, rows: 200, tests: all },
  // On its boundary: half the time the ratio is 0. The law is a one-sided one, and comes slowly with the rows.
  { narrower: "poisson", wider: "negativeBinomial", parameters: { lambda: 5 }, rows: 5000 },
  { narrower: "poisson", wider: "zeroInflatedPoisson", parameters: { lambda: 1.5 }, rows: 400 },
  { narrower: "geometric", wider: "zeroInflatedNegativeBinomial", parameters: { prob: 0.3 }, rows: 1000 },
  { narrower: "binomial", wider: "betaBinomial", parameters: { prob: 0.3 }, constants: { size: 10 }, rows: 5000 },
  { narrower: "normal", wider: "studentT", parameters: { mean: 1, sd: 2 }, rows: 2000 },
  { narrower: "exponential", wider: "lomax", parameters: rate1, rows: 20_000 },
  { narrower: "exponential", wider: "gompertz", parameters: rate1, rows: 20_000 },
  // Where there is no such law: (simulations + 1) times the level is whole.
  { narrower: "normal", wider: "skewNormal", parameters: { mean: 1, sd: 2 }, rows: 50, options: { simulations: 19 } },
  // Or where that law is far off: of 400 rows it rejects 6 to 7 %.
  { narrower: "exponential", wider: "gompertz", parameters: rate1, rows: 400, options: { simulations: 19 } },
];

export const sizes: readonly Size[] = [
  ...cases.map((one) => ({
    name: `${one.narrower} within ${one.wider}${said(one)}, ${one.rows} rows`,
    async pValues(seed: number) {
      const found = await compared(one, seed);
      return Object.fromEntries((one.tests ?? (["likelihoodRatio"] as const)).map((test) => [test, found[test].pValue]));
    },
  })),
  // Both hold the exponential, so that they cannot be told apart.
  {
    name: "gamma and weibull on exponential rows, 400 rows",
    pValues: async (seed) => ({ "vuong's variance test": await sameAtHeart(seed) }),
  },
];

function said({ fixed, censoredFrom, options }: Case): string {
  const parts = Object.entries(fixed ?? {}).map(([name, value]) => `${name} = ${value}`);
  return [...parts, ...(censoredFrom ? ["censored"] : []), ...(options ? ["simulated"] : [])].map((part) => `, ${part}`).join("");
}

async function compared({ narrower, wider, parameters, rows, fixed, constants, censoredFrom, options }: Case, seed: number) {
  const x = distribution(narrower, { ...parameters, ...constants }).random(rows, { seed });
  const own: FitOptions = { ...constants, ...(censoredFrom && { censored: censored(x, censoredFrom, seed) }) };
  const data = censoredFrom ? null : x;
  const r0 = await fit(narrower, data, { ...own, ...(fixed && { fixed }) });
  return compareNested(r0, await fit(wider, data, own), options && { ...options, seed: seed + 0.5 });
}

function censored(x: Float64Array, middle: number, seed: number): NonNullable<FitOptions["censored"]> {
  const times = distribution("uniform", { min: 0, max: 2 * middle }).random(x.length, { seed: seed + 0.25 });
  return {
    lower: x.map((value, i) => Math.min(value, times[i]!)),
    upper: x.map((value, i) => (value <= times[i]! ? value : Number.POSITIVE_INFINITY)),
  };
}

async function sameAtHeart(seed: number): Promise<number> {
  const x = distribution("exponential", rate1).random(400, { seed });
  return (await vuong(await fit("gamma", x), await fit("weibull", x))).distinguishable.pValue;
}
