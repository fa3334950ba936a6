import type { Model } from "./model.ts";

export const multinomial: Model = {
  about: "levels without order, the first the base",
  options: {},
  fields: [],
  async fit(rows) {
    const { multinomial: fit } = await import("loglik");
    return fit(rows);
  },
};
