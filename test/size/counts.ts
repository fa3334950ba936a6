import { dispersionTest, distribution, fit, zeroInflationTest } from "loglik";
import type { Size } from "./size.ts";

/** (B + 1) times half the level is whole: the test has two sides. */
const B = 199;
const ROWS = 100;

const cases = [
  { family: "poisson", parameters: { lambda: 2 } },
  { family: "negativeBinomial", parameters: { size: 2, mu: 3 } },
] as const;

const sample = async ({ family, parameters }: (typeof cases)[number], seed: number) =>
  fit(family, distribution(family, parameters).random(ROWS, { seed }));

export const sizes: readonly Size[] = [
  ...cases.map((one) => ({
    name: `${one.family}, ${ROWS} rows`,
    pValues: async (seed: number) => ({ dispersion: (await dispersionTest(await sample(one, seed), { B, seed: seed + 0.5 })).pValue }),
  })),
  {
    name: `poisson, ${ROWS} rows, score test`,
    pValues: async (seed: number) => ({ zeros: zeroInflationTest(await sample(cases[0], seed)).pValue }),
  },
];
