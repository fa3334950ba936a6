const SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/** A number as axes and legends show it: `1,500`, `0.02`, `2.5×10⁻⁷`. */
export function readable(value: number, digits = 4): string {
  if (value === 0) return "0";
  if (!Number.isFinite(value)) return value > 0 ? "∞" : "−∞";
  const [mantissa, exponent] = value.toExponential(digits - 1).split("e") as [string, string];
  const power = Number(exponent);
  if (power >= 6 || power < -4) {
    const factor = Number(mantissa);
    return `${factor === 1 ? "" : `${signed(String(factor))}×`}10${superscript(power)}`;
  }
  return signed(Number(value.toPrecision(digits)).toLocaleString("en-US", { maximumFractionDigits: 12 }));
}

function signed(text: string): string {
  return text.replace("-", "−");
}

function superscript(power: number): string {
  const digits = String(Math.abs(power)).replace(/\d/g, (digit) => SUPERSCRIPTS[Number(digit)]!);
  return power < 0 ? `⁻${digits}` : digits;
}

/** Ticks of a logarithmic axis: powers of ten, or 1, 2 and 5 times them where there are few, or where there is hardly one any step. */
export function logTicks(from: number, to: number): number[] {
  const decades = Math.log10(to / from);
  if (decades < 0.7) return [];
  const every = Math.ceil(decades / 8);
  const factors = decades < 3.2 ? [1, 2, 5] : [1];
  const first = Math.floor(Math.log10(from));
  const powers = Array.from({ length: Math.ceil(decades) + 2 }, (_, i) => first + i).filter((power) => power % every === 0);
  return powers
    .flatMap((power) => factors.map((factor) => Number(`${factor}e${power}`)))
    .filter((tick) => tick >= from * (1 - 1e-9) && tick <= to * (1 + 1e-9));
}
