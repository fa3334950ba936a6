import type { OrdinalOptions } from "loglik";
import type { Model } from "./model.ts";

export const ordinal: Model = {
  about: "ordered levels, by cumulative links; --levels says their order",
  options: { link: { value: "<name>", says: "logit (unless said), probit, cloglog, loglog, cauchit", kind: "text" } },
  fields: [],
  async fit(rows, own) {
    const { ordinal: fit } = await import("loglik");
    return fit({ ...rows, ...own } as OrdinalOptions);
  },
};
