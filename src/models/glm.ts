import type { GlmChoices, GlmOptions } from "loglik";
import type { Flags, Model } from "./model.ts";

export const glm: Model = {
  about: "a generalised linear model",
  options: {
    family: {
      value: "<name>",
      says: "gaussian (unless said), binomial, poisson, gamma, inverseGaussian, negativeBinomial, quasibinomial, quasipoisson",
      kind: "text",
    },
    link: { value: "<name>", says: "link of the mean; the family's own unless said", kind: "text" },
    trials: { value: "<column>", says: "binomial: how many trials the response's successes are of", kind: "column" },
    theta: { value: "<number>", says: "negativeBinomial: theta, where it is known", kind: "number" },
  } satisfies Flags<GlmOptions>,
  fields: ["deviance", "nullDeviance", "dispersion"],
  async fit(rows, own) {
    const { glm: fit } = await import("loglik");
    return fit({ ...rows, family: "gaussian", ...(own as Partial<GlmChoices>) });
  },
};
