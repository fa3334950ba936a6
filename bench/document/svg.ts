import * as Plot from "@observablehq/plot";
import { parseHTML } from "linkedom";

// Observable Plot on linkedom: 16 MB and 56 packages where jsdom makes 35 MB and vega-lite 25, and what it draws follows
// `currentColor`, so that the page's dark mode works; vega-lite writes colours into every element.

const STYLE = `
  svg { color: #1f2328; background: #ffffff; font: 12px system-ui, sans-serif; }
  @media (prefers-color-scheme: dark) { svg { color: #e6edf3; background: #0d1117; } }
`;

/** A plot as the text of an .svg file. */
export function drawn(title: string, options: Plot.PlotOptions): string {
  const { document } = parseHTML("<html></html>");
  const plot = Plot.plot({ document, ...options });
  plot.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  plot.setAttribute("role", "img");
  plot.setAttribute("aria-label", title);
  const style = document.createElementNS("http://www.w3.org/2000/svg", "style");
  style.textContent = STYLE;
  plot.append(style);
  return `${plot.outerHTML}\n`;
}

/** The line on top: what is shown, where and on what it was measured. */
export function caption(text: string, dx: number, dy: number): Plot.Markish {
  return Plot.text([text], { facet: "super", frameAnchor: "top-left", dx, dy, fontSize: 11, textAnchor: "start" });
}

/** Pixels that a square and a letter of a legend take. */
const SQUARE = 30;
const LETTER = 6.6;

/** Entries of a legend in a row, from `dx` and `dy` in the frame. */
export function legend(entries: readonly { readonly color: string; readonly label: string }[], dy: number, start = 0): Plot.Markish[] {
  const place = { facet: "super", frameAnchor: "top-left", textAnchor: "start", dy } as const;
  let dx = start;
  return entries.flatMap(({ color, label }) => {
    const at = dx;
    dx += SQUARE + LETTER * label.length;
    return [Plot.text(["■"], { ...place, dx: at, fill: color, fontSize: 15 }), Plot.text([label], { ...place, dx: at + 16 })];
  });
}
