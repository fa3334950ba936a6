import { describe } from "../data/observations.ts";
import type { Family, Parameter } from "../distributions/family.ts";
import { studentT } from "../distributions/studentT.ts";
import { AcceleratedLaw } from "../laws/acceleratedLaw.ts";
import { BetaLaw } from "../laws/betaLaw.ts";
import { BinomialLaw, GeometricLaw, NegativeBinomialLaw, PoissonLaw } from "../laws/discreteLaws.ts";
import { ExtremeValueLaw } from "../laws/extremeValueLaw.ts";
import { GammaLaw } from "../laws/gammaLaw.ts";
import { InverseGaussianLaw } from "../laws/inverseGaussianLaw.ts";
import { LinearLaw } from "../laws/linearLaw.ts";
import { ParetoTailLaw } from "../laws/paretoTailLaw.ts";
import type { RowLaw } from "../laws/rowLaw.ts";
import { StacyLaw } from "../laws/stacyLaw.ts";
import { extremeValue, logistic, normal, reflected, type StandardLaw } from "../laws/standardLaws.ts";
import { StudentLaw, studentStandard } from "../laws/studentLaw.ts";
import { log } from "../math/elementary.ts";
import { FamilyLaw } from "./familyLaw.ts";

/** A family's parameters as a regression names them, and its likelihood of a row. */
export interface DistributionLaw {
  readonly parameters: readonly Pick<Parameter, "name" | "domain">[];
  /** Whether the law's rows are logarithms. */
  readonly logs: boolean;
  /** In the coordinates of `parameters`; spreads of the family's own. */
  law(spreads: readonly number[]): RowLaw;
  /** The family's parameters from these, and back. */
  natural(theta: readonly number[]): number[];
  own(theta: readonly number[]): number[];
}

type Matrix = readonly (readonly number[])[];

interface Closed {
  readonly logs?: boolean;
  /** Other parameters than the family's. */
  readonly parameters?: readonly Pick<Parameter, "name" | "domain">[];
  law(tails: RowLaw): RowLaw;
  natural?(theta: readonly number[]): number[];
  own?(theta: readonly number[]): number[];
}

const SQRT2_LOG = 0.5 * log(2);
const student = (df: number) =>
  studentStandard(
    df,
    (z) => studentT.logSf(z, [0, 1, df]),
    (p) => studentT.quantile(p, [0, 1, df]),
  );

/** Location and scale. */
const placed = (law: StandardLaw, logs = false): Closed => ({ logs, law: () => new AcceleratedLaw(law) });
/** Shape and scale of positive values, whose logarithms have location log(scale) and scale 1/shape. */
const shaped = (law: StandardLaw): Closed => ({
  logs: true,
  law: () =>
    new LinearLaw(new AcceleratedLaw(law), [
      [0, 1],
      [-1, 0],
    ]),
});
/** One parameter: the logarithm of values has a location that is `sign` times its logarithm and a known scale. */
const scaled = (law: StandardLaw, sign: number, location: number, logScale: number): Closed => ({
  logs: true,
  law: () => new LinearLaw(new AcceleratedLaw(law), [[sign], [0]], [location, logScale]),
});

/** From log(mean) and log(dispersion) to log(shape) and log(rate), and back. */
const TO_SHAPE: Matrix = [
  [0, -1],
  [-1, -1],
];
const TO_MEAN: Matrix = [
  [1, -1],
  [-1, 0],
];
const gammaByMean = (tails: RowLaw) => new GammaLaw(new LinearLaw(tails, TO_SHAPE));

/** Families whose likelihood has second derivatives in closed form, by name; the first that has all the parameters asked for counts. */
const closed: Readonly<Record<string, readonly Closed[]>> = {
  normal: [placed(normal)],
  lognormal: [placed(normal, true)],
  logistic: [placed(logistic)],
  gumbel: [placed(reflected(extremeValue))],
  cauchy: [placed(student(1))],
  weibull: [shaped(extremeValue)],
  loglogistic: [shaped(logistic)],
  frechet: [shaped(reflected(extremeValue))],
  exponential: [scaled(extremeValue, -1, 0, 0)],
  rayleigh: [scaled(extremeValue, 1, SQRT2_LOG, -log(2))],
  gamma: [
    { law: (tails) => new LinearLaw(gammaByMean(tails), TO_MEAN) },
    {
      parameters: [
        { name: "mean", domain: "positive" },
        { name: "dispersion", domain: "positive" },
      ],
      law: gammaByMean,
      natural: ([mean, dispersion, ...rest]) => [1 / dispersion!, 1 / (dispersion! * mean!), ...rest],
      own: ([shape, rate, ...rest]) => [shape! / rate!, 1 / shape!, ...rest],
    },
  ],
  inverseGaussian: [{ law: (tails) => new InverseGaussianLaw(tails) }],
  bernoulli: [{ law: (tails) => new BinomialLaw(tails) }],
  binomial: [{ law: (tails) => new BinomialLaw(tails) }],
  geometric: [{ law: (tails) => new GeometricLaw(tails) }],
  poisson: [{ law: (tails) => new PoissonLaw(tails) }],
  negativeBinomial: [{ law: (tails) => new NegativeBinomialLaw(tails) }],
  beta: [{ law: (tails) => new BetaLaw(tails) }],
  studentT: [{ law: (tails) => new StudentLaw(tails) }],
  generalizedExtremeValue: [{ law: (tails) => new ExtremeValueLaw(tails) }],
  generalizedPareto: [{ law: (tails) => new ParetoTailLaw(tails) }],
  generalizedGamma: [{ law: (tails) => new StacyLaw(tails) }],
};

/** @throws RangeError for a parameter that the family does not have. */
export function distributionLaw(family: Family, asked: readonly string[]): DistributionLaw {
  const laws = (Object.hasOwn(closed, family.name) ? closed[family.name]! : []).map((one) => lawOf(family, one));
  const known = laws.length > 0 ? laws : [lawOf(family, { law: (tails) => tails })];
  const found = known.find(({ parameters }) => asked.every((name) => parameters.some((one) => one.name === name)));
  if (found) return found;
  const names = known.map(({ parameters }) => parameters.map(({ name }) => name).join(", "));
  const wrong = asked.find((name) => !known.some(({ parameters }) => parameters.some((one) => one.name === name))) ?? asked.join(", ");
  throw new RangeError(`${family.name} has no parameter ${describe(wrong)} beside the others; it has ${names.join("; or ")}.`);
}

function lawOf(family: Family, { logs = false, parameters = family.parameters, law, natural, own }: Closed): DistributionLaw {
  const same = (theta: readonly number[]) => [...theta];
  return {
    parameters,
    logs,
    law: (spreads) => law(new FamilyLaw(family, spreads)),
    natural: natural ?? same,
    own: own ?? same,
  };
}
