import * as Plot from "@observablehq/plot";
import type { Results } from "../results.ts";
import { caption, drawn, legend } from "./svg.ts";

const SIZE = 1e6;
const WIDTH = 600;
const LEFT = 92;
const TOP = 62;
const TICKS = [1, 2, 3, 5, 10, 20, 30, 50, 100];
const SERIES = [
  { ratio: "loop", label: "data already in the engine's memory", color: "#3b82f6" },
  { ratio: "copied", label: "with the copy into it", color: "#d97706" },
] as const;

/** Bars of ratios by case. */
export function ratioChart({ rows, node, machine }: Results): string {
  const chosen = rows.filter(({ n }) => n === SIZE);
  const names = chosen.map((row) => row.case);
  const bars = chosen.flatMap((row) => SERIES.map(({ ratio, label }) => ({ name: row.case, label, times: row.ratios[ratio]! })));
  const title = `loglik against a plain loop of the same passes: 10⁶ rows, one thread, Node ${node}, ${machine.cpu}`;
  // Room for the number at the end of the longest bar.
  const limit = 1.2 * Math.max(...bars.map(({ times }) => times));
  const ticks = TICKS.filter((tick) => tick <= limit);
  return drawn(title, {
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
      ...legend(SERIES, -22),
      caption(title, -LEFT + 8, -TOP + 12),
    ],
  });
}
