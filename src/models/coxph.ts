import type { CoxOptions } from "loglik";
import type { Flags, Model } from "./model.ts";

export const coxph: Model = {
  about: "Cox's model of times, Surv(time, status) ~ x + strata(g)",
  options: { ties: { value: "<name>", says: "efron (unless said) or breslow", kind: "text" } } satisfies Flags<CoxOptions>,
  fields: ["nevent"],
  async fit(rows, own) {
    const { coxph: fit } = await import("loglik");
    return fit({ ...rows, ...own } as CoxOptions);
  },
};
