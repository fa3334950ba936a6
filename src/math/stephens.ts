import { exp, log } from "./elementary.ts";

// Laws of Anderson and Darling's A² and of Cramér and von Mises' W² where location and scale, or the scale, were estimated by maximum
// likelihood: they depend on n alone, by M. A. Stephens' factors hardly on that. R. B. D'Agostino & M. A. Stephens, Goodness-of-Fit
// Techniques (1986): normal, tables 4.7 and 4.9; exponential, tables 4.11 and 4.14; extreme value, table 4.17 (Stephens 1977, Biometrika 64,
// 583). `npm run test:size` holds the tests by these tables to their level.

/** P(statistic > value) for n rows; NaN beyond the table. */
export type EdfTable = Readonly<Record<"ad" | "cvm", (value: number, n: number) => number>>;

/** P-values between which the tables hold. */
const LARGEST = 0.25;
const SMALLEST = 0.001;

function table(fewest: number, factor: (n: number) => number, upper: (z: number) => number): (value: number, n: number) => number {
  return (value, n) => {
    const p = n < fewest ? Number.NaN : upper(value * factor(n));
    return p <= LARGEST && p >= SMALLEST ? p : Number.NaN;
  };
}

type Quadratic = readonly [constant: number, linear: number, square: number];

/** e^q, q of the first quadratic up to `end` and of the second beyond. */
function pieces(end: number, first: Quadratic, second: Quadratic): (z: number) => number {
  return (z) => {
    const [a, b, c] = z < end ? first : second;
    return exp(a + b * z + c * z * z);
  };
}

/** Between tabulated upper quantiles, log p linear in the statistic. */
function between(levels: readonly number[], quantiles: readonly number[]): (z: number) => number {
  return (z) => {
    const k = quantiles.findIndex((quantile) => z <= quantile);
    if (k < 1) return Number.NaN;
    const share = (z - quantiles[k - 1]!) / (quantiles[k]! - quantiles[k - 1]!);
    return exp(log(levels[k - 1]!) + share * log(levels[k]! / levels[k - 1]!));
  };
}

/** Mean and sd estimated. The tables' sd has n - 1 where the likelihood's has n, so they wait for rows where that is the same. */
export const normalEdf: EdfTable = {
  ad: table(40, (n) => 1 + 0.75 / n + 2.25 / (n * n), pieces(0.6, [0.9177, -4.279, -1.38], [1.2937, -5.709, 0.0186])),
  cvm: table(40, (n) => 1 + 0.5 / n, pieces(0.092, [0.886, -31.62, 10.897], [1.111, -34.242, 12.832])),
};

/** Rate estimated. */
export const exponentialEdf: EdfTable = {
  ad: table(10, (n) => 1 + 0.6 / n, pieces(0.95, [0.9209, -3.353, 0.3], [0.731, -3.009, 0.15])),
  cvm: table(10, (n) => 1 + 0.16 / n, pieces(0.16, [0.586, -17.87, 7.417], [0.447, -16.592, 4.849])),
};

/** Location and scale of an extreme-value distribution, or shape and scale of a Weibull, estimated. */
export const extremeValueEdf: EdfTable = {
  ad: table(10, (n) => 1 + 0.2 / Math.sqrt(n), between([0.25, 0.1, 0.05, 0.025, 0.01], [0.474, 0.637, 0.757, 0.877, 1.038])),
  cvm: table(10, (n) => 1 + 0.2 / Math.sqrt(n), between([0.25, 0.1, 0.05, 0.025, 0.01], [0.073, 0.102, 0.124, 0.146, 0.175])),
};
