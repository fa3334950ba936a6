import { distribution, type FitOptions, fit, type GoodnessTest, goodnessOfFit } from "loglik";
import type { Size } from "./size.ts";

/** (B + 1) times the level is whole, so that the bootstrap test is exact where its law does not depend on the parameters. */
const B = 99;

interface Case {
  readonly family: string;
  readonly parameters: Readonly<Record<string, number>>;
  readonly rows: number;
  readonly tests?: readonly GoodnessTest[];
  readonly censoredFrom?: number;
  readonly method?: "auto" | "bootstrap";
}

const cases: readonly Case[] = [
  { family: "normal", parameters: { mean: 3, sd: 2 }, rows: 50 },
  { family: "exponential", parameters: { rate: 0.5 }, rows: 50 },
  { family: "gamma", parameters: { shape: 2, rate: 1 }, rows: 50 },
  { family: "weibull", parameters: { shape: 1.5, scale: 2 }, rows: 50 },
  { family: "poisson", parameters: { lambda: 4 }, rows: 50 },
  { family: "gamma", parameters: { shape: 2, rate: 1 }, rows: 20_000, tests: ["ks"] },
  { family: "gamma", parameters: { shape: 2, rate: 1 }, rows: 20_000, tests: ["ad"] },
  { family: "gamma", parameters: { shape: 2, rate: 1 }, rows: 20_000, tests: ["chisq"] },
  { family: "weibull", parameters: { shape: 1.5, scale: 2 }, rows: 50, tests: ["ks"], censoredFrom: 3 },
  { family: "exponential", parameters: { rate: 0.5 }, rows: 50, tests: ["ad"], censoredFrom: 3 },
];

export const sizes: readonly Size[] = cases.flatMap((one) =>
  (one.tests ?? (["ks", "cvm", "ad", "chisq"] as const)).map((test) => ({
    name: `${one.family}, ${one.rows} rows${one.censoredFrom ? ", censored" : ""}, ${test}`,
    pValue: (seed: number) => pValue(one, test, seed),
  })),
);

async function pValue({ family, parameters, rows, censoredFrom }: Case, test: GoodnessTest, seed: number): Promise<number> {
  const x = distribution(family, parameters).random(rows, { seed });
  const g = await goodnessOfFit(
    await fit(family, censoredFrom ? null : x, censoredFrom ? { censored: censored(x, censoredFrom, seed) } : {}),
    {
      tests: [test],
      B,
      seed: seed + 0.5,
    },
  );
  return g[test]!.pValue;
}

/** Times of censoring uniform between 0 and twice a number. */
function censored(x: Float64Array, middle: number, seed: number): NonNullable<FitOptions["censored"]> {
  const times = distribution("uniform", { min: 0, max: 2 * middle }).random(x.length, { seed: seed + 0.25 });
  return {
    lower: x.map((value, i) => Math.min(value, times[i]!)),
    upper: x.map((value, i) => (value <= times[i]! ? value : Number.POSITIVE_INFINITY)),
  };
}
