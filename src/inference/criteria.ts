import { log } from "../math/elementary.ts";

/** Akaike's criterion (1974), its small-sample correction (Hurvich & Tsai 1989) and Schwarz's (1978), for k free parameters. */
export function criteria(logLik: number, k: number, nobs: number): { aic: number; aicc: number; bic: number } {
  const aic = 2 * k - 2 * logLik;
  const aicc = nobs > k + 1 ? aic + (2 * k * (k + 1)) / (nobs - k - 1) : Number.POSITIVE_INFINITY;
  return { aic, aicc: Number.isNaN(nobs) ? Number.NaN : aicc, bic: k * log(nobs) - 2 * logLik };
}
