import { ellipse } from "../likelihood/ellipse.ts";
import { constantOf } from "../likelihood/multivariateT.ts";
import { multivariateTSearch } from "../likelihood/multivariateTSearch.ts";
import { log, log1p } from "../math/elementary.ts";
import type { VectorFamily } from "./rowFamily.ts";

/**
 * Multivariate t with density Γ((df+d)/2) / (Γ(df/2) (df π)^(d/2) |scale|^(1/2)) (1 + q/df)^(-(df+d)/2),
 * q = (x - location)' scale⁻¹ (x - location). For fixed df >= 1 the maximum is unique and exists unless a plane of k < d dimensions holds a
 * share of (df + k) / (df + d) of the rows or more (Kent & Tyler 1991, Ann. Stat. 19, 2102); with free df the likelihood is unbounded at
 * planes for small df, and the estimate is the interior maximum. The normal (df = ∞) is the limit where the tails are not heavier.
 * Liu & Rubin (1995), Statistica Sinica 5, 19.
 */
export const multivariateT: VectorFamily = {
  variate: "vector",
  name: "multivariateT",
  parameters: [
    { name: "location", shape: "vector", domain: "real" },
    { name: "scale", shape: "matrix", domain: "positive" },
    { name: "df", shape: "number", domain: "positive", fixable: true },
  ],
  support: { text: "rows of finite values", whole: false },
  density: "Γ((df+d)/2) / (Γ(df/2) (df π)^(d/2) |scale|^(1/2)) (1 + q/df)^(-(df+d)/2), q = (x - location)' scale⁻¹ (x - location)",
  source: "Liu & Rubin (1995), Statistica Sinica 5, 19; Kent & Tyler (1991), Ann. Stat. 19, 2102",
  existence:
    "not if the rows lie in a plane of fewer dimensions or such a plane holds too many; df = ∞ (multivariateNormal) where the tails are light",
  search: (matrix, fixed, newton) => multivariateTSearch(matrix, fixed.df, newton),
  at(values) {
    const found = ellipse(values.location, values.scale, "location", "scale");
    if (typeof found === "string") return found;
    const { df } = values;
    if (typeof df !== "number" || !(df > 0 && df < Infinity)) return `df is ${df}; a number > 0 is needed`;
    const { dimension: d, location, scale, distance, logRoot, draw } = found;
    return {
      dimension: d,
      logPdf(row) {
        const q = distance(row);
        const logs = q > 1e17 * df ? log(q) - log(df) : log1p(q / df);
        return constantOf(df, d)[0] - logRoot - 0.5 * (df + d) * logs;
      },
      mean: () => location.map((m) => (df > 1 ? m : Number.NaN)),
      covariance: () => scale.map((row) => row.map((s) => (df > 2 ? (s * df) / (df - 2) : df > 1 && s !== 0 ? s * Infinity : Number.NaN))),
      random: (random) => draw(random, 1 / Math.sqrt((2 * random.gamma(df / 2)) / df)),
    };
  },
};
