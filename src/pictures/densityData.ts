import { type Histogram, histogram } from "../empirical/histogram.ts";
import { type Window, windowOf } from "../empirical/window.ts";
import type { Law } from "../estimators/law.ts";
import type { Fit } from "../estimators/result.ts";
import { exp, log } from "../math/elementary.ts";
import { namedOf } from "./plotData.ts";
import type { Curve, DensityData, PlotDataOptions } from "./plotShapes.ts";
import { seenBy, unseen } from "./seen.ts";

const LN10 = 2.302585092994046;

/** Histogram and densities. On a logarithmic scale both are per decade, so that areas are probabilities there too. */
export function densityData(fits: readonly Fit[], { scale, bins }: PlotDataOptions): DensityData {
  const { data, laws, lower, discrete } = seenBy(fits, "density");
  const window = windowOf(data, lower, discrete ? "linear" : scale);
  const found = histogram(data, window, discrete, bins);
  const { edges, counts, total } = found;
  const isLog = window.scale === "log";
  const measure = (a: number, b: number) => (discrete ? 1 : isLog ? log(b / a) / LN10 : b - a);
  const shown = { from: edges[0] ?? window.from, to: edges.at(-1) ?? window.to };
  return {
    kind: "density",
    scale: window.scale,
    discrete,
    histogram: found,
    heights: counts.map((count, i) => count / total / measure(edges[i]!, edges[i + 1]!)),
    curves: fits.map((fit, i) => ({
      ...namedOf(fit),
      ...(discrete ? masses(laws[i]!, found) : density(laws[i]!, { ...window, ...shown })),
    })),
    notes: unseen(data, shown),
  };
}

/** Probabilities of the bins. */
function masses(law: Law, { edges }: Histogram): Pick<Curve, "x" | "y"> {
  const middles = edges.slice(1).map((edge, i) => (edge + edges[i]!) / 2);
  const single = edges.length > 1 && edges[1]! - edges[0]! === 1;
  return { x: middles, y: middles.map((x, i) => (single ? law.pdf(x) : law.between(edges[i]!, edges[i + 1]!))) };
}

function density(law: Law, window: Window): Pick<Curve, "x" | "y"> {
  const height = (x: number) => law.pdf(x) * (window.scale === "log" ? x * LN10 : 1);
  const x = grid(law, window).filter((at) => Number.isFinite(height(at)));
  return { x, y: x.map(height) };
}

/** Even points over the window, and quantiles, so that narrow peaks and kinks at the median are met; both sides of each end of the support. */
export function grid(law: Law, { scale, from, to }: Window, points = 240): number[] {
  const [low, high] = scale === "log" ? [log(from), log(to)] : [from, to];
  const even = Array.from({ length: points + 1 }, (_, i) => {
    if (i === 0 || i === points) return i === 0 ? from : to;
    const at = low + (i / points) * (high - low);
    return scale === "log" ? exp(at) : at;
  });
  const quantiles = Array.from({ length: 63 }, (_, i) => law.quantile((i + 1) / 64));
  const step = 1e-9 * (scale === "log" ? from : to - from);
  const ends = [law.lower, law.upper].flatMap((end) => [end - step, end, end + step]);
  return [...new Set([...even, ...quantiles, ...ends])].filter((x) => x >= from && x <= to).sort((a, b) => a - b);
}
