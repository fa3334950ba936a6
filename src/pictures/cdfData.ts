import { chosenRanks, pointwiseBand } from "../empirical/bands.ts";
import { windowOf } from "../empirical/window.ts";
import type { Fit } from "../estimators/result.ts";
import { grid } from "./densityData.ts";
import { namedOf } from "./plotData.ts";
import type { CdfData, PlotDataOptions, Step } from "./plotShapes.ts";
import { seenBy, unseen } from "./seen.ts";

/** Distribution functions over the empirical one, Kaplan and Meier's or Turnbull's. */
export function cdfData(fits: readonly Fit[], { scale, level = 0.95 }: PlotDataOptions): CdfData {
  const { data, laws, lower, discrete } = seenBy(fits, "cdf");
  const window = windowOf(data, lower, scale);
  const { to, cumulative, total } = data;
  const inside = chosenRanks(to.length).filter((i) => to[i]! >= window.from && to[i]! <= window.to);
  const steps = inside.map((i): Step => {
    const band = pointwiseBand(data, i, level);
    return { x: to[i]!, y: Math.min(1, cumulative[i]! / total), ...(band && { lower: band[0], upper: band[1] }) };
  });
  const first = data.from[0] ?? Number.NaN;
  if (data.kind === "intervals" && first >= window.from && first < to[0]!) steps.unshift({ x: first, y: 0 });
  const curves = fits.map((fit, k) => {
    const law = laws[k]!;
    const x = discrete ? wholes(window.from, window.to) : grid(law, window);
    return { ...namedOf(fit), x, y: x.map((at) => law.cdf(at)) };
  });
  return { kind: "cdf", scale: window.scale, discrete, data: data.kind, level, steps, curves, notes: unseen(data, window) };
}

/** The whole numbers of a range, thinned to what a picture can show. */
function wholes(from: number, to: number): number[] {
  const [first, last] = [Math.floor(from), Math.ceil(to)];
  const step = Math.max(1, Math.ceil((last - first) / 600));
  return Array.from({ length: Math.floor((last - first) / step) + 1 }, (_, i) => first + i * step);
}
