import type { CountOptions } from "loglik";
import type { Flags, Model } from "./model.ts";

export const zeroInflated: Model = {
  about: "counts with more zeros, y ~ x | z",
  options: {
    family: { value: "<name>", says: "poisson (unless said) or negativeBinomial", kind: "text" },
    link: { value: "<name>", says: "of the zeros: logit (unless said), probit, cloglog, cauchit", kind: "text" },
  } satisfies Flags<CountOptions>,
  fields: [],
  async fit(rows, own) {
    const { zeroInflated: fit } = await import("loglik");
    return fit({ ...rows, family: "poisson", ...(own as Partial<CountOptions>) });
  },
};
