/**
 * Where a function with one peak is highest, to `tolerance`: the best of equally spaced points, then by sections. For starting values; a
 * peak beyond the ends is found as the end.
 */
export function peak(f: (x: number) => number, low: number, high: number, count: number, tolerance: number): number {
  const step = (high - low) / (count - 1);
  const highest = (points: readonly number[]) => {
    const values = points.map(f);
    return points[values.indexOf(Math.max(...values))] ?? points[0]!;
  };
  let center = highest(Array.from({ length: count }, (_, i) => low + i * step));
  for (let width = step / 2; width > tolerance; width /= 2) center = highest([center, center - width, center + width]);
  return center;
}
