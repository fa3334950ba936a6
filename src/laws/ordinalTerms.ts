import { tails } from "./links.ts";
import { between, type OrdinalLink } from "./ordinalLinks.ts";
import type { PartTerms } from "./partTerms.ts";

/**
 * Log-probabilities of ordered levels, log(F(b) - F(a)), with the row's upper cut b and lower cut a as its two linear predictors. `y` holds the
 * levels as 0, 1, …; the first has no lower cut and the last no upper one, and cuts that do not ascend are impossible.
 */
export function ordinalTerms({ ends, fill }: OrdinalLink, levels: number): PartTerms {
  return ({ y }, [upper, lower], l, [u, v], [w, c, d]) => {
    for (let i = 0; i < l.length; i++) {
      const level = y![i]!;
      c![i] = 0;
      if (level === 0) {
        ends.tails(upper![i]!);
        l[i] = tails.logMu;
        u![i] = tails.lower;
        w![i] = tails.lower === 0 ? 0 : tails.lower * (tails.lower - tails.bend);
        v![i] = d![i] = 0;
      } else if (level === levels - 1) {
        ends.tails(lower![i]!);
        l[i] = tails.logRest;
        v![i] = -tails.upper;
        d![i] = tails.upper === 0 ? 0 : tails.upper * (tails.upper + tails.bend);
        u![i] = w![i] = 0;
      } else if (upper![i]! > lower![i]!) {
        fill(lower![i]!, upper![i]!);
        l[i] = between.l;
        u![i] = between.upper;
        v![i] = between.lower;
        w![i] = between.upperUpper;
        c![i] = between.upperLower;
        d![i] = between.lowerLower;
      } else {
        l[i] = Number.NEGATIVE_INFINITY;
        u![i] = v![i] = w![i] = d![i] = 0;
      }
    }
  };
}
