import { chosenRanks, orderBand, pointwiseBand } from "../empirical/bands.ts";
import type { Empirical } from "../empirical/empirical.ts";
import { windowOf } from "../empirical/window.ts";
import type { Fit } from "../estimators/result.ts";
import { namedOf } from "./plotData.ts";
import type { PlotDataOptions, QuantileData, QuantilePair } from "./plotShapes.ts";
import { readable, type Seen, seenBy, unseen } from "./seen.ts";

// Quantiles of the data against those of the fit (Wilk & Gnanadesikan 1968, Probability plotting methods for the analysis of data), and
// probabilities likewise, both at the positions (k - 1/2) / n. The k-th of n values has a beta distributed probability, of which the bands
// are quantiles: for each value alone, not for all at once.

/** A place of the data with its probability, and where that lies if the fit is right. */
interface Position {
  readonly value: number;
  readonly share: number;
  readonly band: readonly [number, number] | undefined;
}

/** Width of all data, in that of the window of their middle, from which nothing of the middle can be read. */
const SQUASHED = 12;

export function qqData(fits: readonly Fit[], { level = 0.95, scale }: PlotDataOptions): QuantileData {
  const seen = seenBy(fits, "qq");
  const law = seen.laws[0]!;
  const window = windowOf(seen.data, seen.lower, scale);
  const all = positions(seen.data, level).map(({ value, share, band }): QuantilePair => {
    const [lower, upper] = (band ?? []).map((p) => law.quantile(p));
    return { theoretical: law.quantile(share), sample: value, ...(band && { lower: lower!, upper: upper! }) };
  });
  const finite = all.filter(
    ({ theoretical, sample }) => Number.isFinite(theoretical) && (window.scale === "linear" || (theoretical > 0 && sample > 0)),
  );
  // Tails are what the picture is for; but where they leave no room for the rest, they are left out.
  const range = (finite.at(-1)?.sample ?? 0) - (finite[0]?.sample ?? 0);
  const squashed = window.scale === "linear" && range > SQUASHED * (window.to - window.from);
  const pairs = squashed ? finite.filter(({ sample }) => sample >= window.from && sample <= window.to) : finite;
  const notes = [...notesOf(seen), ...(squashed ? unseen(seen.data, window) : [])];
  return { kind: "qq", scale: window.scale, level, fit: namedOf(fits[0]!), pairs, notes };
}

export function ppData(fits: readonly Fit[], { level = 0.95 }: PlotDataOptions): QuantileData {
  const seen = seenBy(fits, "pp");
  const law = seen.laws[0]!;
  const pairs = positions(seen.data, level).map(({ value, share, band }): QuantilePair => {
    // A count's probability is met halfway through its step, as its share is.
    const theoretical = law.whole ? law.cdf(value) - 0.5 * law.pdf(value) : law.cdf(value);
    return { theoretical, sample: share, ...(band && { lower: band[0], upper: band[1] }) };
  });
  return { kind: "pp", scale: "linear", level, fit: namedOf(fits[0]!), pairs, notes: notesOf(seen) };
}

/** Each place halfway through its step. */
function positions(data: Empirical, level: number): Position[] {
  const { from, to, cumulative, total, size, kind } = data;
  const found: Position[] = [];
  for (const i of chosenRanks(to.length)) {
    const [below, upTo] = [i === 0 ? 0 : cumulative[i - 1]!, cumulative[i]!];
    if (!(upTo > below)) continue;
    if (from[i] === to[i]) {
      const share = (below + upTo) / (2 * total);
      const band = kind === "known" ? orderBand(share * size + 0.5, size, level) : pointwiseBand(data, i, level);
      found.push({ value: to[i]!, share, band });
      // An interval's place is its upper end, where its share is all counted.
    } else if (upTo < (1 - 1e-12) * total) found.push({ value: to[i]!, share: upTo / total, band: undefined });
  }
  return found;
}

function notesOf({ data }: Seen): string[] {
  if (data.kind !== "right-censored") return [];
  const beyond = 1 - (data.cumulative.at(-1) ?? 0) / data.total;
  return beyond > 1e-9 ? [`${readable(100 * beyond)} % of the distribution lies beyond the largest known value`] : [];
}
