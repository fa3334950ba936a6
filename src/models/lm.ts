import type { Model } from "./model.ts";

export const lm: Model = {
  about: "a linear model, with R² and its F test",
  options: {},
  fields: ["sigma", "rSquared", "adjustedRSquared", "fTest", "deviance", "nullDeviance", "dispersion"],
  async fit(rows) {
    const { lm: fit } = await import("loglik");
    return fit(rows);
  },
};
