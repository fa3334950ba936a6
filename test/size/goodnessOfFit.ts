import { distribution, type FitOptions, fit, goodnessOfFit } from "loglik";
import type { Size } from "./size.ts";

/** (B + 1) times the level is whole, so that the bootstrap test is exact where its law does not depend on the parameters. */
const B = 99;

interface Case {
  readonly family: string;
  readonly parameters: Readonly<Record<string, number>>;
  readonly rows: number;
  /** Mean of the times of censoring, which are uniform. */
  readonly censored?: number;
  /** By published tables, within which a p-value of 5 % lies. */
  readonly tables?: true;
}

const cases: readonly Case[] = [
  { family: "normal", parameters: { mean: 3, sd: 2 }, rows: 50 },
  { family: "exponential", parameters: { rate: 0.5 }, rows: 50 },
  { family: "gamma", parameters: { shape: 2, rate: 1 }, rows: 50 },
  { family: "weibull", parameters: { shape: 1.5, scale: 2 }, rows: 50 },
  { family: "poisson", parameters: { lambda: 4 }, rows: 50 },
  // More rows than simulated samples have.
  { family: "normal", parameters: { mean: 3, sd: 2 }, rows: 6000 },
  { family: "weibull", parameters: { shape: 1.5, scale: 2 }, rows: 50, censored: 3 },
  { family: "normal", parameters: { mean: 3, sd: 2 }, rows: 50, tables: true },
  { family: "exponential", parameters: { rate: 0.5 }, rows: 20, tables: true },
  { family: "weibull", parameters: { shape: 1.5, scale: 2 }, rows: 50, tables: true },
];

export const sizes: readonly Size[] = cases.map((one) => ({
  name: `${one.family}, ${one.rows} rows${one.censored ? ", censored" : ""}${one.tables ? ", tables" : ""}`,
  ...(one.censored && { conservative: true as const }),
  pValues: (seed: number) => pValues(one, seed),
}));

async function pValues({ family, parameters, rows, censored, tables }: Case, seed: number): Promise<Record<string, number>> {
  const x = distribution(family, parameters).random(rows, { seed });
  const fitted = await (censored ? fit(family, null, { censored: cut(x, censored, seed) }) : fit(family, x));
  // Beyond a table p is above 25 % or below 1 %, which nineteen samples tell.
  const g = await goodnessOfFit(fitted, tables ? { B: 19, seed, tests: ["cvm", "ad"] } : { B, seed: seed + 0.5, method: "bootstrap" });
  return Object.fromEntries((["ks", "cvm", "ad", "chisq"] as const).flatMap((test) => (g[test] ? [[test, g[test].pValue]] : [])));
}

/** Times of censoring uniform between 0 and twice a number. */
function cut(x: Float64Array, middle: number, seed: number): NonNullable<FitOptions["censored"]> {
  const times = distribution("uniform", { min: 0, max: 2 * middle }).random(x.length, { seed: seed + 0.25 });
  return {
    lower: x.map((value, i) => Math.min(value, times[i]!)),
    upper: x.map((value, i) => (value <= times[i]! ? value : Number.POSITIVE_INFINITY)),
  };
}
