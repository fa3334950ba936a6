import * as Plot from "@observablehq/plot";
import type { PeerResults } from "./found.ts";
import { caption, drawn, legend } from "./svg.ts";

const SIZE = 1e6;
const WIDTH = 600;
const LEFT = 124;
const TOP = 62;
const COLORS = ["#3b82f6", "#d97706", "#059669", "#db2777", "#7c3aed"];
const TICKS = [1, 10, 100, 1000, 10_000, 100_000];

/** Bars of ratios by family and peer, a million rows. */
export function peersChart({ rows, node, machine }: PeerResults): string {
  const bars = rows.filter(({ n, peer, ratio }) => n === SIZE && peer !== "loglik" && ratio !== undefined);
  const families = [...new Set(bars.map(({ family }) => family))];
  const series = [...new Set(bars.map(({ peer }) => peer))].map((label, i) => ({ label, color: COLORS[i % COLORS.length]! }));
  const title = `loglik against others: 10⁶ rows, one thread, Node ${node}, ${machine.cpu}`;
  const limit = 2.5 * Math.max(...bars.map(({ ratio }) => ratio!));
  const ticks = TICKS.filter((tick) => tick <= limit);
  return drawn(title, {
    width: WIDTH,
    height: TOP + 48 + 18 * series.length * families.length,
    marginLeft: LEFT,
    marginTop: TOP,
    marginBottom: 44,
    marginRight: 30,
    x: { type: "log", domain: [1, limit] },
    y: { axis: null, domain: series.map(({ label }) => label), padding: 0.1 },
    fy: { axis: null, domain: families, padding: 0.15 },
    color: { domain: series.map(({ label }) => label), range: series.map(({ color }) => color) },
    marks: [
      Plot.axisX({
        ticks,
        tickFormat: (ratio: number) => `${ratio.toLocaleString("en")}×`,
        tickSize: 0,
        label: "times longer than loglik (log scale)",
        labelAnchor: "center",
        labelArrow: "none",
        labelOffset: 38,
      }),
      Plot.gridX({ ticks, strokeOpacity: 0.15 }),
      Plot.barX(bars, { fy: "family", y: "peer", x1: 1, x2: (row) => Math.max(1, row.ratio), fill: "peer" }),
      Plot.text(bars, {
        fy: "family",
        y: "peer",
        x: (row) => Math.max(1, row.ratio),
        text: ({ ratio, overSeconds }) => `${overSeconds ? "> " : ""}${Number(ratio!.toPrecision(2)).toLocaleString("en")}`,
        textAnchor: "start",
        dx: 4,
        fontSize: 10,
      }),
      Plot.text(families, { fy: (name) => name, text: (name) => name, frameAnchor: "left", textAnchor: "end", dx: -8 }),
      Plot.ruleX([1]),
      ...legend(series, -22, -LEFT + 8),
      caption(title, -LEFT + 8, -TOP + 12),
    ],
  });
}
