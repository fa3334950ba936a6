import { exp, log, log1p } from "../math/elementary.ts";
import { logMinusDigamma, logMinusDigammaDerivative } from "../math/polygamma.ts";
import { deviance, HALF_LOG_2PI, stirlingError } from "../math/stirling.ts";
import { at, type Link, tails, type UnitLink } from "./links.ts";
import type { PartTerms } from "./partTerms.ts";

// Beta regression: y ~ Beta(a, b), a = mu phi, b = (1 - mu) phi. S. L. P. Ferrari & F. Cribari-Neto, J. Appl. Statist. 31 (2004), 799;
// A. B. Simas, W. Barreto-Souza & A. V. Rocha, Comput. Statist. Data Anal. 54 (2010), 348.

/**
 * Terms of responses between 0 and 1 by the predictors of mu and phi. With λ(x) = log x - ψ(x), what cancels for a large phi is gone:
 *   dl/dmu  = phi (logit y - logit mu + λ(a) - λ(b)),
 *   dl/dphi = -KL(mu, y) + mu λ(a) + (1 - mu) λ(b) - λ(phi).
 */
export function betaTerms(link: UnitLink, precision: Link): PartTerms {
  return ({ y }, [eta, zeta], l, [u, v], [w, c, d]) => {
    for (let i = 0; i < l.length; i++) {
      l[i] = Number.NEGATIVE_INFINITY;
      if (!link.valid(eta![i]!) || !precision.valid(zeta![i]!)) continue;
      precision.derivatives(zeta![i]!);
      const { mu: phi, first: slope, second: bend } = at;
      link.derivatives(eta![i]!);
      const { mu, first, second } = at;
      const rest = exp(tails.logRest);
      const [a, b] = [mu * phi, rest * phi];
      if (!(a > 1e-150 && b > 1e-150 && phi < 1e150)) continue;
      const t = y![i]!;
      const s = 1 - t;
      const [logT, logS] = [log(t), log1p(-t)];
      // Twice the same divergence, as it is seen from y and from mu.
      const [gap, back] = t < 0.5 ? [t - mu, mu - t] : [rest - s, s - rest];
      l[i] =
        -deviance(a, phi * t, phi * gap) -
        deviance(b, phi * s, phi * back) +
        stirlingError(phi) -
        stirlingError(a) -
        stirlingError(b) -
        HALF_LOG_2PI +
        0.5 * (log(mu) + log(b)) -
        logT -
        logS;
      const [lambdaA, lambdaB] = [logMinusDigamma(a), logMinusDigamma(b)];
      // ψ'(x) - 1/x: the reciprocals cancel where phi is by itself.
      const [excessA, excessB] = [-logMinusDigammaDerivative(a), -logMinusDigammaDerivative(b)];
      const distance = logT - logS - (tails.logMu - tails.logRest) + lambdaA - lambdaB;
      const score = mu * lambdaA + rest * lambdaB - logMinusDigamma(phi) - deviance(mu, t, gap) - deviance(rest, s, back);
      const information = mu * mu * excessA + rest * rest * excessB + logMinusDigammaDerivative(phi);
      u![i] = phi * distance * first;
      v![i] = score * slope;
      w![i] = phi * (phi * (1 / a + excessA + 1 / b + excessB) * first * first - distance * second);
      c![i] = (phi * (mu * excessA - rest * excessB) - distance) * first * slope;
      d![i] = information * slope * slope - score * bend;
    }
  };
}
