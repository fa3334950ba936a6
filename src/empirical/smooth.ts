/** Even cells over the range of x, and how many of the rows' values lie in each. */
const CELLS = 200;
/** Share of the rows that each local line is fitted to, R's lowess's. */
const SPAN = 2 / 3;

export interface Point {
  readonly x: number;
  readonly y: number;
}

/**
 * A local linear smooth with tricube weights (Cleveland 1979, J. Am. Stat. Assoc. 74, 829, without its robust steps), through the means of
 * at most 200 cells of x: one pass over the rows, whatever their number. Empty where x has one value only.
 */
export function smooth(x: Float64Array, y: Float64Array): Point[] {
  const [from, to] = extent(x);
  if (!(to > from)) return [];
  const [count, sumX, sumY] = [new Float64Array(CELLS), new Float64Array(CELLS), new Float64Array(CELLS)];
  for (let i = 0; i < x.length; i++) {
    const cell = Math.min(CELLS - 1, Math.floor(((x[i]! - from) / (to - from)) * CELLS));
    count[cell]!++;
    sumX[cell]! += x[i]!;
    sumY[cell]! += y[i]!;
  }
  const cells = Array.from(count.keys()).flatMap((i) =>
    count[i] === 0 ? [] : [{ x: sumX[i]! / count[i]!, y: sumY[i]! / count[i]!, weight: count[i]! }],
  );
  const wanted = SPAN * x.length;
  return cells.map(({ x: at }) => {
    const near = cells.map((cell) => ({ ...cell, distance: Math.abs(cell.x - at) })).sort((a, b) => a.distance - b.distance);
    let last = 0;
    for (let reached = near[0]!.weight; reached < wanted && last < near.length - 1; reached += near[last]!.weight) last++;
    // At least one neighbour besides itself, and the last one with some weight.
    const width = 1.0001 * near[Math.max(last, Math.min(1, near.length - 1))]!.distance;
    let [w, wx, wy, wxx, wxy] = [0, 0, 0, 0, 0];
    for (const { x: own, y: value, weight, distance } of near) {
      if (distance >= width) break;
      const k = weight * (1 - (distance / width) ** 3) ** 3;
      const d = own - at;
      w += k;
      wx += k * d;
      wy += k * value;
      wxx += k * d * d;
      wxy += k * d * value;
    }
    const determinant = w * wxx - wx * wx;
    // Where all that is near is one place, there is no slope.
    return { x: at, y: determinant > 1e-9 * w * wxx ? (wxx * wy - wx * wxy) / determinant : wy / w };
  });
}

/** The least and the largest of values. */
export function extent(values: Float64Array): [number, number] {
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    if (value < least) least = value;
    if (value > most) most = value;
  }
  return [least, most];
}
