import type { SurvregOptions } from "loglik";
import type { Flags, Model } from "./model.ts";

export const survreg: Model = {
  about: "parametric survival of censored times, Surv(time, status) ~ x",
  options: {
    distribution: {
      value: "<name>",
      says: "weibull (unless said), exponential, rayleigh, lognormal, loglogistic, gaussian, logistic, extreme",
      kind: "text",
    },
  } satisfies Flags<SurvregOptions>,
  fields: [],
  async fit(rows, own) {
    const { survreg: fit } = await import("loglik");
    return fit({ ...rows, ...own } as SurvregOptions);
  },
};
