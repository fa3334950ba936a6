import { conditionalSearch } from "./conditionalSearch.ts";
import { type CoxOptions, coxModel } from "./coxData.ts";
import { CoxFit } from "./coxFit.ts";

/**
 * Fits Cox's proportional hazards model (1972) by the maximum of its partial likelihood: Newton's method on exact derivatives. The response is
 * `Surv(time, status)`, or `Surv(start, stop, status)` for rows under observation from `start` on; `strata(…)` have baseline hazards of their
 * own. `weights` multiply a row's part in the likelihood, as R's case weights.
 *
 * @throws RangeError or TypeError for data that cannot be used, naming place, value and need.
 * @example
 * const r = await coxph({ formula: "Surv(time, status) ~ age + strata(sex)", data: { time, status, age, sex } });
 * r.estimates; // { age: 0.0162 }; r.summary() has the hazard ratios
 */
export async function coxph(options: CoxOptions): Promise<CoxFit> {
  const model = coxModel(options);
  return new CoxFit(model, conditionalSearch(model.likelihood));
}
