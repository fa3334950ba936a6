// A page around what it says: one text that needs nothing else.

import { type Html, html } from "./html.ts";

export interface PageFrame {
  readonly title: string;
  /** Name and value of what is known of the data. */
  readonly facts: readonly (readonly [string, string])[];
  readonly body: readonly (Html | undefined)[];
  /** What is typed to make it again. */
  readonly command: string;
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

/** The page as its text. */
export function framedPage({ title, facts, body, command, footer }: PageFrame): string {
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
${body.filter((part) => part !== undefined)}
<h2>To make this page again</h2>
<pre><code>${command}</code></pre>
<footer>${footer}</footer>
</body>
</html>
`.html
  }`;
}

/** Drawings, as markup, beside one another. */
export function picturesSection(pictures: readonly string[]): Html | undefined {
  if (pictures.length === 0) return undefined;
  return html`<h2>Pictures</h2><div class="pictures">${pictures.map((svg) => html`<figure>${{ html: svg }}</figure>`)}</div>`;
}
