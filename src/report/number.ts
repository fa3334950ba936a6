/** A count with its thousands apart: `1,000,000`. */
export function count(n: number): string {
  return n.toLocaleString("en-US");
}

/** A number of things: `1 row`, `2 rows`. */
export function counted(n: number, thing: string, things = `${thing}s`): string {
  return `${count(n)} ${n === 1 ? thing : things}`;
}

/** A duration: `4 ms`, `0.21 s`. */
export function duration(seconds: number): string {
  return seconds < 0.0995 ? `${Math.max(1, Math.round(1000 * seconds))} ms` : `${seconds.toFixed(seconds < 9.995 ? 2 : 1)} s`;
}

/** A number with a fixed count of decimals, or a dash where there is none. */
export function decimals(value: number, places = 2): string {
  if (Number.isNaN(value)) return "–";
  return Math.abs(value) < 1e21 ? value.toFixed(places) : value.toPrecision(8);
}

/** A number to `digits` significant digits, without exponent where it reads well; trailing zeros stay, so that columns align. */
export function significant(value: number, digits = 6): string {
  if (Number.isNaN(value)) return "–";
  if (value === 0 || !Number.isFinite(value)) return String(value);
  const [mantissa, exponent] = exponential(value, digits);
  if (exponent < -4 || exponent >= 9) return `${mantissa}e${exponent}`;
  return value.toFixed(Math.max(0, digits - 1 - exponent));
}

/**
 * An estimate with its standard error to two significant digits, both to the same decimal: `2.351 ± 0.057`, `(1.230 ± 0.040)e-150`.
 * The estimate alone where there is no standard error.
 */
export function plusMinus(estimate: number, error: number): string {
  if (!(error > 0) || !Number.isFinite(error) || !Number.isFinite(estimate)) return significant(estimate);
  const [, errorExponent] = exponential(error, 2);
  const [, exponent] = estimate === 0 ? [0, errorExponent] : exponential(estimate, 16);
  const scale = Math.max(exponent, errorExponent);
  // Sixteen digits are all that a double has.
  const places = Math.min(1 - errorExponent, 15 - scale);
  if (scale >= -4 && scale < 9) return `${estimate.toFixed(Math.max(0, places))} ± ${error.toFixed(Math.max(0, places))}`;
  const shift = Math.max(0, places + scale);
  return `(${shifted(estimate, scale, shift)} ± ${shifted(error, scale, shift)})e${scale}`;
}

/** `value` / 10^exponent with `places` decimals, without the rounding of a division, and without its overflow. */
function shifted(value: number, exponent: number, places: number): string {
  const [mantissa, own] = value.toExponential(17).split("e");
  return Number(`${mantissa}e${Number(own) - exponent}`).toFixed(places);
}

/** Mantissa and exponent after rounding to `digits`. */
function exponential(value: number, digits: number): [string, number] {
  const [mantissa, exponent] = value.toExponential(digits - 1).split("e");
  return [mantissa!, Number(exponent)];
}
