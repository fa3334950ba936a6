import type { Fit } from "../estimators/result.ts";
import { type Html, html, htmlTable } from "./html.ts";
import { counted, decimals, plusMinus, significant } from "./number.ts";
import { type Criterion, type Skipped, skippedLines } from "./ranking.ts";
import { certified, intervalCells } from "./summary.ts";

/** All that a page says. */
export interface Page {
  readonly title: string;
  /** Name and value of what is known of the data. */
  readonly facts: readonly (readonly [string, string])[];
  /** What is typed to make it again. */
  readonly command: string;
  readonly fit: Fit | undefined;
  readonly intervals: Readonly<Record<string, readonly [number, number]>>;
  readonly level: number;
  readonly criterion: Criterion;
  readonly ranking: { readonly fits: readonly Fit[]; readonly skipped: readonly Skipped[]; readonly note: string | undefined } | undefined;
  /** Drawings as markup. */
  readonly pictures: readonly string[];
  readonly footer: string;
}

// Nothing is loaded and nothing runs: the policy forbids both, so that a page from an unknown hand is safe to open.
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

const STYLE = `
:root { color-scheme: light dark; --paper: #ffffff; --ink: #1f2328; --muted: #59636e; --line: #d8dee4; --soft: #f6f8fa; }
@media (prefers-color-scheme: dark) { :root { --paper: #0d1117; --ink: #e6edf3; --muted: #9da7b3; --line: #2b323b; --soft: #151b23; } }
body { margin: 0 auto; max-width: 76rem; padding: 1.5rem; background: var(--paper); color: var(--ink);
  font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
h1 { font-size: 1.5rem; margin: 0 0 1rem; overflow-wrap: anywhere; }
h2 { font-size: 1.15rem; margin: 2rem 0 0.6rem; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { padding: 0.25rem 0.8rem 0.25rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
th { text-align: left; font-weight: 600; }
td.number, th.number { text-align: right; white-space: nowrap; }
.scroll { overflow-x: auto; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 0.15rem 1.2rem; margin: 0; }
dt { color: var(--muted); }
dd { margin: 0; overflow-wrap: anywhere; }
pre { background: var(--soft); border: 1px solid var(--line); border-radius: 6px; padding: 0.7rem; white-space: pre-wrap; overflow-wrap: anywhere; }
.pictures { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 30rem), 1fr)); gap: 1rem; }
.pictures figure { margin: 0; border: 1px solid var(--line); border-radius: 6px; padding: 0.4rem; }
.pictures svg { display: block; width: 100%; height: auto; }
.muted, footer { color: var(--muted); font-size: 0.9rem; }
@media print { body { max-width: none; } .pictures figure { break-inside: avoid; } }
`;

/** The page as one text that needs nothing else. */
export function pageText(page: Page): string {
  const { title, facts, command, ranking, fit, pictures, footer } = page;
  return `${
    html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<title>${title}</title>
<style>${{ html: STYLE }}</style>
</head>
<body>
<h1>${title}</h1>
<dl>
${facts.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}
</dl>
${fit ? estimates(page, fit) : html`<p>No family has a fit.</p>`}
${pictures.length > 0 ? html`<h2>Pictures</h2><div class="pictures">${pictures.map((svg) => html`<figure>${{ html: svg }}</figure>`)}</div>` : undefined}
${ranking && rankingTable(page, ranking)}
<h2>To make this page again</h2>
<pre><code>${command}</code></pre>
<footer>${footer}</footer>
</body>
</html>
`.html
  }`;
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
