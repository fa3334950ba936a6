import { type Html, html, htmlTable } from "./html.ts";
import { significant } from "./number.ts";
import { framedPage, type PageFrame, picturesSection } from "./pageFrame.ts";
import { interval, percent, type Summarised } from "./regression.ts";

/** All that a regression's page says. */
export interface RegressionPage<Kind> extends Omit<PageFrame, "body"> {
  readonly result: Summarised<Kind>;
  readonly kind: Kind | undefined;
  readonly intervals: { readonly level: number; readonly confint: Readonly<Record<string, readonly [number, number]>> };
  /** Drawings as markup. */
  readonly pictures: readonly string[];
}

/** The page as one text that needs nothing else. */
export function regressionPageText<Kind>(page: RegressionPage<Kind>): string {
  const { result, kind, pictures } = page;
  const summary = html`<h2>Summary</h2><pre><code>${result.summary(kind)}</code></pre>`;
  return framedPage({ ...page, body: [coefficients(page), picturesSection(pictures), summary] });
}

function coefficients<Kind>({ result, kind, intervals: { level, confint } }: RegressionPage<Kind>): Html {
  const tested = new Map(result.coefficients(kind).map((row) => [row.name, row]));
  const rows = result.parameters.map((name) => {
    const { standardError, pValue } = tested.get(name) ?? { standardError: result.standardErrors[name]!, pValue: Number.NaN };
    return [name, significant(result.estimates[name]!, 7), significant(standardError, 4), interval(confint[name]!), significant(pValue, 3)];
  });
  return html`<h2>Coefficients</h2>
${htmlTable(["", "estimate", "std. error", `${percent(level)} interval`, "p-value"], rows, [3])}`;
}
