import type { DensityData } from "../pictures/plotShapes.ts";
import { significant } from "./number.ts";

// A histogram of letters. Compared: asciichart draws lines only, chartscii bars only, simple-ascii-chart either; none lays a curve over bars
// in one grid, or has eighths of a block for heights.

interface Canvas {
  readonly columns: number;
  readonly unicode: boolean;
  readonly label: string;
}

const ROWS = 8;
/** Part of the highest below which a curve is not drawn over the bars of a tail. */
const NOTHING = 1 / 64;
const EIGHTHS = " ▁▂▃▄▅▆▇█";

/** Bars of the data with the first curve over them, an axis and its ends: ten lines. */
export function histogramLines({ scale, histogram, heights, curves }: DensityData, { columns, unicode, label }: Canvas): string[] {
  const { edges } = histogram;
  const [from, to] = [edges[0]!, edges.at(-1)!];
  const curve = curves[0]!;
  const width = columns - 1;
  const at = (column: number) => between(from, to, (column + 0.5) / width, scale === "log");
  const bars = Array.from({ length: width }, (_, column) => heightAt(edges, heights, at(column)));
  const line = Array.from({ length: width }, (_, column) => interpolated(curve, at(column)));
  const highest = Math.max(...bars, Number.MIN_VALUE);
  // A density that is infinite at an end does not press the bars down.
  const top = Math.min(Math.max(highest, ...line), 1.3 * highest);
  const cell = (column: number, row: number): string => {
    const curveRow = Math.min(ROWS, Math.floor((ROWS * line[column]!) / top));
    if (curveRow === row && line[column]! > NOTHING * top) return unicode ? "•" : "*";
    const filled = (ROWS * bars[column]!) / top - row;
    if (!unicode) return filled >= 0.5 ? "#" : " ";
    // Whatever is there at all is to be seen.
    const eighths = Math.round(8 * Math.max(0, Math.min(1, filled)));
    return EIGHTHS[row === 0 && bars[column]! > 0 ? Math.max(1, eighths) : eighths]!;
  };
  const rows = Array.from({ length: ROWS }, (_, i) =>
    Array.from({ length: width }, (_, column) => cell(column, ROWS - 1 - i))
      .join("")
      .trimEnd(),
  );
  return [
    ...rows,
    (unicode ? "─" : "-").repeat(width),
    axis(from, to, width, scale === "log", `${label}, ${unicode ? "•" : "*"} ${curve.distribution}`),
  ];
}

/** The ends of the axis, and between them what is drawn. */
function axis(from: number, to: number, width: number, log: boolean, title: string): string {
  const [left, right] = [short(from), short(to)];
  const room = width - left.length - right.length - 4;
  const text = [...`${title}${log ? " (log scale)" : ""}`.replace(/\p{Cc}/gu, " ")];
  const middle = text.length <= room ? text.join("") : `${text.slice(0, Math.max(0, room - 1)).join("")}…`;
  const before = Math.max(0, Math.floor((room - [...middle].length) / 2));
  return `${left}  ${" ".repeat(before)}${middle}`.padEnd(width - right.length) + right;
}

function short(value: number): string {
  return significant(value, 4)
    .replace(/(\.\d*?)0+($|e)/, "$1$2")
    .replace(/\.($|e)/, "$1");
}

function between(from: number, to: number, share: number, log: boolean): number {
  return log ? from * (to / from) ** share : from + share * (to - from);
}

function heightAt(edges: readonly number[], heights: readonly number[], x: number): number {
  const bin = edges.findIndex((edge) => edge > x) - 1;
  return heights[bin] ?? 0;
}

function interpolated({ x, y }: { readonly x: readonly number[]; readonly y: readonly number[] }, wanted: number): number {
  const next = x.findIndex((place) => place >= wanted);
  if (next < 0) return y.at(-1) ?? 0;
  if (next === 0) return y[0]!;
  const share = (wanted - x[next - 1]!) / (x[next]! - x[next - 1]!);
  return y[next - 1]! + share * (y[next]! - y[next - 1]!);
}
