import type { OrdinalOptions } from "loglik";
import type { Flags, Model } from "./model.ts";

export const ordinal: Model = {
  about: "ordered levels, by cumulative links; --levels says their order",
  options: {
    link: { value: "<name>", says: "logit (unless said), probit, cloglog, loglog, cauchit", kind: "text" },
  } satisfies Flags<OrdinalOptions>,
  fields: [],
  async fit(rows, own) {
    const { ordinal: fit } = await import("loglik");
    return fit({ ...rows, ...own } as OrdinalOptions);
  },
};
