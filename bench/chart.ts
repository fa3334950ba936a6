import { readdir, writeFile } from "node:fs/promises";
import * as Plot from "@observablehq/plot";
import { parseHTML } from "linkedom";
import { type Results, ROOT, readResults } from "./results.ts";

// Observable Plot on linkedom: 16 MB and 56 packages where jsdom makes 35 MB and vega-lite 25, and what it draws follows
// `currentColor`, so that the page's dark mode works; vega-lite writes colours into every element.

const SIZE = 1e6;
const WIDTH = 600;
const LEFT = 92;
const TOP = 62;
const TICKS = [1, 2, 3, 5, 10, 20, 30, 50, 100];
const SERIES = [
  { ratio: "loop", label: "data already in the engine's memory", color: "#3b82f6" },
  { ratio: "copied", label: "with the copy into it", color: "#d97706" },
] as const;

const STYLE = `
  svg { color: #1f2328; background: #ffffff; font: 12px system-ui, sans-serif; }
  @media (prefers-color-scheme: dark) { svg { color: #e6edf3; background: #0d1117; } }
`;

/** docs/bench.svg, from the oldest Node that has results: the goals are stated for it. */
export async function drawChart(): Promise<void> {
  const files = (await readdir(new URL("bench/results/", ROOT))).sort((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10));
  await writeFile(new URL("docs/bench.svg", ROOT), `${svg(await readResults(files[0]!))}\n`);
}

function svg({ rows, node, machine }: Results): string {
  const { document } = parseHTML("<html></html>");
  const chosen = rows.filter(({ n }) => n === SIZE);
  const names = chosen.map((row) => row.case);
  const bars = chosen.flatMap((row) => SERIES.map(({ ratio, label }) => ({ name: row.case, label, times: row.ratios[ratio]! })));
  const caption = `loglik against a plain loop of the same passes: 10⁶ rows, one thread, Node ${node}, ${machine.cpu}`;
  // Room for the number at the end of the longest bar.
  const limit = 1.2 * Math.max(...bars.map(({ times }) => times));
  const ticks = TICKS.filter((tick) => tick <= limit);
  const plot = Plot.plot({
    document,
    width: WIDTH,
    height: TOP + 48 + 32 * names.length,
    marginLeft: LEFT,
    marginTop: TOP,
    marginBottom: 44,
    marginRight: 30,
    x: { type: "log", domain: [1, limit] },
    y: { axis: null, domain: SERIES.map(({ label }) => label), padding: 0.1 },
    fy: { axis: null, domain: names, padding: 0.25 },
    color: { domain: SERIES.map(({ label }) => label), range: SERIES.map(({ color }) => color) },
    marks: [
      Plot.axisX({
        ticks,
        tickFormat: (times: number) => `${times}×`,
        tickSize: 0,
        label: "times faster than the plain loop (log scale)",
        labelAnchor: "center",
        labelArrow: "none",
        labelOffset: 38,
      }),
      Plot.gridX({ ticks, strokeOpacity: 0.15 }),
      Plot.barX(bars, { fy: "name", y: "label", x1: 1, x2: "times", fill: "label" }),
      Plot.text(bars, {
        fy: "name",
        y: "label",
        x: "times",
        text: ({ times }) => `${Number(times.toPrecision(2))}`,
        textAnchor: "start",
        dx: 4,
        fontSize: 11,
      }),
      Plot.text(names, { fy: (name) => name, text: (name) => name, frameAnchor: "left", textAnchor: "end", dx: -8 }),
      Plot.ruleX([1]),
      ...above(SERIES[0].color, SERIES[0].label, 0),
      ...above(SERIES[1].color, SERIES[1].label, 250),
      Plot.text([caption], { facet: "super", frameAnchor: "top-left", dx: -LEFT + 8, dy: -TOP + 12, fontSize: 11, textAnchor: "start" }),
    ],
  });
  plot.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  plot.setAttribute("role", "img");
  plot.setAttribute("aria-label", caption);
  const style = document.createElementNS("http://www.w3.org/2000/svg", "style");
  style.textContent = STYLE;
  plot.append(style);
  return plot.outerHTML;
}

/** An entry of the legend. */
function above(color: string, label: string, dx: number) {
  const place = { facet: "super", frameAnchor: "top-left", textAnchor: "start", dy: -22 } as const;
  return [Plot.text(["■"], { ...place, dx, fill: color, fontSize: 15 }), Plot.text([label], { ...place, dx: dx + 16 })];
}
