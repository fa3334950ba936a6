import * as Plot from "@observablehq/plot";
import type { Results } from "../results.ts";
import { caption, drawn, legend } from "./svg.ts";

const WIDTH = 600;
const TOP = 74;
const LEFT = 64;
const FAMILIES = [
  { name: "normal", color: "#3b82f6" },
  { name: "gamma", color: "#059669" },
  { name: "weibull", color: "#d97706" },
  { name: "studentT", color: "#db2777" },
];
const UNITS: readonly [number, string][] = [
  [1e9, "s"],
  [1e6, "ms"],
  [1e3, "µs"],
];

/** Time of a fit against the number of rows: the engine's, the plain loop's, and what reading the column once takes at least. */
export function timeChart({ rows, node, machine }: Results, gigabytesPerSecond: number): string {
  const points = rows
    .filter((row) => FAMILIES.some(({ name }) => name === row.case))
    .flatMap(({ case: family, n, nanosecondsPerRow: { resident, loop } }) => [
      { family, n, by: "loglik", time: resident! * n },
      { family, n, by: "loop", time: loop! * n },
    ]);
  const sizes = points.map(({ n }) => n);
  const limit = [Math.min(...sizes), Math.max(...sizes)].map((n) => ({ n, time: (8 * n) / gigabytesPerSecond }));
  const title = `Time of a fit against rows, one thread, data in memory: Node ${node}, ${machine.cpu}`;
  return drawn(title, {
    width: WIDTH,
    height: 420,
    marginLeft: LEFT,
    marginTop: TOP,
    marginBottom: 44,
    marginRight: 24,
    x: {
      type: "log",
      ticks: decades(sizes),
      label: "rows",
      labelAnchor: "center",
      labelArrow: "none",
      labelOffset: 38,
      tickFormat: power,
      grid: true,
    },
    y: { type: "log", ticks: decades([...points, ...limit].map(({ time }) => time)), label: null, tickFormat: duration, grid: true },
    color: { domain: FAMILIES.map(({ name }) => name), range: FAMILIES.map(({ color }) => color) },
    marks: [
      Plot.line(limit, { x: "n", y: "time", stroke: "currentColor", strokeDasharray: "1 4", strokeWidth: 2 }),
      Plot.line(
        points.filter(({ by }) => by === "loop"),
        { x: "n", y: "time", z: "family", stroke: "family", strokeDasharray: "5 4", strokeOpacity: 0.8 },
      ),
      Plot.line(
        points.filter(({ by }) => by === "loglik"),
        { x: "n", y: "time", z: "family", stroke: "family", strokeWidth: 2.5, marker: "circle" },
      ),
      ...legend(
        FAMILIES.map(({ name, color }) => ({ label: name, color })),
        -18,
      ),
      caption(title, -LEFT + 8, -TOP + 12),
      caption("solid: loglik; dashed: plain loop of the same passes; dotted: the column once at memcpy's speed", -LEFT + 8, -TOP + 28),
    ],
  });
}

/** The powers of ten in a range. */
function decades(values: readonly number[]): number[] {
  const [low, high] = [Math.ceil(Math.log10(Math.min(...values))), Math.floor(Math.log10(Math.max(...values)))];
  return Array.from({ length: high - low + 1 }, (_, i) => 10 ** (low + i));
}

function power(n: number): string {
  const exponent = Math.log10(n);
  return Number.isInteger(exponent) ? `10${String(exponent).replace(/\d/g, (digit) => "⁰¹²³⁴⁵⁶⁷⁸⁹"[Number(digit)]!)}` : "";
}

function duration(nanoseconds: number): string {
  if (!Number.isInteger(Math.log10(nanoseconds))) return "";
  const [size, unit] = UNITS.find(([size]) => nanoseconds >= size) ?? UNITS.at(-1)!;
  return `${nanoseconds / size} ${unit}`;
}
