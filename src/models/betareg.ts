import type { BetaOptions } from "loglik";
import type { Flags, Model } from "./model.ts";

export const betareg: Model = {
  about: "shares between 0 and 1 by beta distributions, y ~ x | z",
  options: {
    link: { value: "<name>", says: "of the mean: logit (unless said), probit, cloglog, cauchit, log, loglog", kind: "text" },
    precisionLink: { value: "<name>", says: "of the precision: log (unless said), identity, sqrt", kind: "text" },
  } satisfies Flags<BetaOptions>,
  fields: [],
  async fit(rows, own) {
    const { betareg: fit } = await import("loglik");
    return fit({ ...rows, ...own } as BetaOptions);
  },
};
