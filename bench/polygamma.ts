// log Γ and its derivatives for x > 0: up the recurrence until the asymptotic series in 1/x² is exact to rounding
// (Abramowitz & Stegun 6.1.41, 6.3.18, 6.4.12). Called a few times a fit, outside the data.

const LARGE = 12;

export function lgamma(x: number): number {
  let shift = 0;
  let y = x;
  for (; y < LARGE; y++) shift += Math.log(y);
  const w = 1 / (y * y);
  const series = (1 / 12 - w * (1 / 360 - w * (1 / 1260 - w * (1 / 1680 - w * (1 / 1188 - (w * 691) / 360360))))) / y;
  return (y - 0.5) * Math.log(y) - y + 0.5 * Math.log(2 * Math.PI) + series - shift;
}

export function digamma(x: number): number {
  let shift = 0;
  let y = x;
  for (; y < LARGE; y++) shift += 1 / y;
  const w = 1 / (y * y);
  const series = w * (1 / 12 - w * (1 / 120 - w * (1 / 252 - w * (1 / 240 - w * (1 / 132 - (w * 691) / 32760)))));
  return Math.log(y) - 0.5 / y - series - shift;
}

export function trigamma(x: number): number {
  let shift = 0;
  let y = x;
  for (; y < LARGE; y++) shift += 1 / (y * y);
  const w = 1 / (y * y);
  const series = (w * (1 / 6 - w * (1 / 30 - w * (1 / 42 - w * (1 / 30 - w * (5 / 66 - (w * 691) / 2730)))))) / y;
  return 1 / y + 0.5 * w + series + shift;
}
