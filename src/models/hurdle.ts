import type { CountOptions } from "loglik";
import type { Flags, Model } from "./model.ts";

export const hurdle: Model = {
  about: "counts whose zeros are decided apart, y ~ x | z",
  options: {
    family: { value: "<name>", says: "poisson (unless said) or negativeBinomial", kind: "text" },
    link: { value: "<name>", says: "of the zeros: logit (unless said), probit, cloglog, cauchit", kind: "text" },
  } satisfies Flags<CountOptions>,
  fields: [],
  async fit(rows, own) {
    const { hurdle: fit } = await import("loglik");
    return fit({ ...rows, family: "poisson", ...(own as Partial<CountOptions>) });
  },
};
