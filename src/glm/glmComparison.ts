import type { ComparedPart, Inclusion } from "../estimators/comparedRegression.ts";
import { families, logChoose } from "../laws/families.ts";
import { tails } from "../laws/links.ts";
import { log } from "../math/elementary.ts";
import { constantPart, DesignPart } from "../regression/comparedPart.ts";
import { predictor } from "../regression/predictor.ts";
import { pick } from "../regression/regressionData.ts";
import type { RegressionFindings } from "../regression/regressionFit.ts";
import type { Comparison } from "../regression/regressionResult.ts";
import { unitDeviance } from "./glmDeviance.ts";
import type { GlmFindings } from "./glmFit.ts";

/** How a linear model is compared: it is the generalised linear model of the normal with the identity. */
export function linearComparison(found: RegressionFindings): Comparison {
  const { data, gamma, coordinates, beside } = found;
  return {
    ...commonOf(found),
    likelihood: "densities",
    penalized: false,
    held: {},
    contains: {},
    rowLogLik() {
      const { y, weights, design, offset } = data;
      const { rowLogLik } = families.gaussian.parameter!;
      const values = predictor(design, gamma, coordinates, offset).map((mu, i) => {
        const w = weights ? weights[i]! : 1;
        return rowLogLik(beside!.value, w * (y[i]! - mu) ** 2, y[i]!) + 0.5 * log(w);
      });
      return { values, weights: undefined };
    },
  };
}

/** How a generalised linear model is compared. */
export function glmComparison(found: GlmFindings): Comparison {
  const { glm } = found;
  const { family, quasi, penalty, firth, theta } = glm;
  const contains: Record<string, Inclusion> =
    family.joint && theta === undefined ? { poisson: { text: "theta = ∞", without: ["theta"], onBoundary: ["theta"] } } : {};
  return {
    ...commonOf(found),
    likelihood: quasi ? undefined : family.discrete ? "masses" : "densities",
    penalized: penalty !== undefined || firth === true,
    held: family.joint && theta !== undefined ? { theta } : {},
    contains,
    rowLogLik: () => rowsOf(found),
  };
}

function commonOf({ family, link, data, beside }: RegressionFindings) {
  const { design, offset, y, weights } = data;
  const parts: ComparedPart[] = [new DesignPart("mean", link, design, offset)];
  if (beside) parts.push(constantPart(beside.name, design.rows));
  return { law: family, parts, rows: () => ({ response: y, weights }) };
}

/** The whole log-likelihoods of the rows that count. */
function rowsOf({ glm, data, given, gamma, coordinates, theta, beside }: GlmFindings) {
  const { family, link, trials } = glm;
  const { y, weights, design, offset } = data;
  const eta = predictor(design, gamma, coordinates, offset);
  if ("tails" in link) {
    // Without trials, weights are numbers of them.
    const sizes = trials && given.kept ? pick(trials, given.kept) : (trials ?? weights);
    const values = eta.map((x, i) => {
      const size = sizes ? sizes[i]! : 1;
      link.tails(x);
      const [success, failure] = [y[i] === 0 ? 0 : y[i]! * tails.logMu, y[i] === 1 ? 0 : (1 - y[i]!) * tails.logRest];
      return size * (success + failure) + logChoose(size, size * y[i]!);
    });
    return { values, weights: trials && weights ? weights.map((weight, i) => weight / sizes![i]!) : undefined };
  }
  const { parameter } = family;
  const mass = theta === Number.POSITIVE_INFINITY ? families.poisson.logMass! : family.logMass;
  if (!parameter) return { values: eta.map((x, i) => mass!(y[i]!, link.mu(x), 1, theta)), weights };
  const deviance = unitDeviance(glm, theta);
  if (!parameter.byRows) return { values: eta.map((x, i) => parameter.rowLogLik(beside!.value, deviance(y[i]!, x), y[i]!)), weights };
  const values = eta.map((x, i) => {
    const w = weights ? weights[i]! : 1;
    return parameter.rowLogLik(beside!.value, w * deviance(y[i]!, x), y[i]!) + 0.5 * log(w);
  });
  return { values, weights: undefined };
}
