import type { Model } from "./model.ts";

export const clogit: Model = {
  about: "conditional logistic regression of matched sets, case ~ x + strata(set)",
  options: {},
  fields: ["nevent"],
  async fit(rows) {
    const { clogit: fit } = await import("loglik");
    return fit(rows);
  },
};
