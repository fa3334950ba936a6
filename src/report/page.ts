import type { Fit } from "../estimators/result.ts";
import { type Html, html, htmlTable } from "./html.ts";
import { counted, decimals, plusMinus, significant } from "./number.ts";
import { framedPage, type PageFrame, picturesSection } from "./pageFrame.ts";
import { type Criterion, type Skipped, skippedLines } from "./ranking.ts";
import { certified, intervalCells } from "./summary.ts";

/** All that a page says. */
export interface Page extends Omit<PageFrame, "body"> {
  readonly fit: Fit | undefined;
  readonly intervals: Readonly<Record<string, readonly [number, number]>>;
  readonly level: number;
  readonly criterion: Criterion;
  readonly ranking: { readonly fits: readonly Fit[]; readonly skipped: readonly Skipped[]; readonly note: string | undefined } | undefined;
  /** Drawings as markup. */
  readonly pictures: readonly string[];
}

/** The page as one text that needs nothing else. */
export function pageText(page: Page): string {
  const { ranking, fit, pictures } = page;
  const body = [
    fit ? estimates(page, fit) : html`<p>No family has a fit.</p>`,
    picturesSection(pictures),
    ranking && rankingTable(page, ranking),
  ];
  return framedPage({ ...page, body });
}

function estimates({ intervals, level }: Page, fit: Fit): Html {
  const { logLik, aic, aicc, bic, nobs, status, reason, passes, certificate } = fit;
  const rows = fit.parameters.map((name) => [name, significant(fit.estimates[name]!, 7), ...intervalCells(fit, name, intervals)]);
  return html`<h2>${fit.distribution}</h2>
${htmlTable(["parameter", "estimate", "std. error", `${Number((100 * level).toPrecision(12))} % interval`], rows, [3])}
<h2>Likelihood</h2>
<dl>
<dt>logLik</dt><dd>${decimals(logLik)}</dd>
<dt>AIC, AICc, BIC</dt><dd>${decimals(aic)}, ${decimals(aicc)}, ${decimals(bic)}</dd>
<dt>nobs</dt><dd>${nobs.toLocaleString("en-US")}</dd>
<dt>status</dt><dd>${status}. ${reason}</dd>
<dt>certificate</dt><dd>${certified(certificate)}; ${counted(passes, "pass over the data", "passes over the data")}</dd>
</dl>`;
}

function rankingTable({ criterion }: Page, { fits, skipped, note }: NonNullable<Page["ranking"]>): Html {
  const least = (discrete: boolean) => fits.find((fit) => fit.discrete === discrete)?.[criterion] ?? Number.NaN;
  const title = { aic: "AIC", aicc: "AICc", bic: "BIC", logLik: "logLik" }[criterion];
  const rows = fits.map((fit) => [
    fit.distribution,
    decimals(fit.logLik),
    decimals(fit.aic),
    decimals(fit.bic),
    decimals(Math.abs(fit[criterion] - least(fit.discrete))),
    fit.parameters.map((name) => `${name} ${plusMinus(fit.estimates[name]!, fit.standardErrors[name]!)}`).join(", "),
    fit.status === "interior" ? "" : `${fit.status}: ${fit.reason}`,
  ]);
  return html`<h2>All families</h2>
${htmlTable(["family", "logLik", "AIC", "BIC", `Δ${title}`, "estimates ± standard errors", "remarks"], rows, [5, 6])}
${note === undefined ? undefined : html`<p>${note}</p>`}
${skippedLines(skipped).map((line) => html`<p class="muted">${line}</p>`)}`;
}
