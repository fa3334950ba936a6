import type { Named } from "loglik";
import type { Entry } from "./frame.ts";
import { readable } from "./number.ts";
import { DASHES, light } from "./theme.ts";

/** What the column is called, and in what it is measured. */
export interface Labels {
  readonly label: string;
  readonly unit: string | undefined;
  readonly title: string | undefined;
}

/** An axis label with its unit: `loss (million kr)`. */
export function measured({ label, unit }: Labels): string {
  return unit === undefined || unit === "" ? label : `${label} (${unit})`;
}

/** The parameters with their values, short. */
export function valuesOf({ parameters, estimates }: Named, digits = 4): string {
  return parameters.map((name) => `${name} ${readable(estimates[name]!, digits)}`).join(", ");
}

/** The i-th series' colour and dashes. */
export function seriesOf(i: number): { readonly color: string; readonly dash: string } {
  return { color: light.series[i % light.series.length]!, dash: DASHES[i % DASHES.length]! };
}

/** One line for each fitted curve; of several, with how far its AIC lies above the least. */
export function curveEntries(curves: readonly Named[], symbol: Entry["symbol"] = "line"): Entry[] {
  const least = Math.min(...curves.map(({ aic }) => aic));
  return curves.map((curve, i) => ({
    symbol,
    ...seriesOf(i),
    name: curve.distribution,
    detail: `${curves.length > 1 ? `ΔAIC ${readable(Number((curve.aic - least).toFixed(1)), 6)} · ` : ""}${valuesOf(curve, curves.length > 1 ? 3 : 4)}`,
  }));
}

/** A level as a percentage. */
export function percent(level: number): string {
  return `${Number((100 * level).toPrecision(6))} %`;
}
