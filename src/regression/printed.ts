// Numbers as R prints them: of one table all to one number of decimals, enough that each shows its digits (formatReal in R's format.c).

/** What R puts where there is no number. */
const NONE = "NA";

/** Numbers in one format with `digits` significant digits: fixed, or with an exponent where that is shorter. Not padded. */
export function formatted(values: readonly number[], digits = 7): string[] {
  let [left, decimals, mantissa, least, most, minus] = [1, 0, 0, 400, -400, 0];
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    const [text, exponent] = exponential(value, digits - 1).split("e") as [string, string];
    const power = Number(exponent);
    const figures = figuresOf(text);
    const negative = value < 0 ? 1 : 0;
    left = Math.max(left, Math.max(1, power + 1) + negative);
    decimals = Math.max(decimals, figures - power - 1);
    mantissa = Math.max(mantissa, figures - 1);
    [least, most, minus] = [Math.min(least, power), Math.max(most, power), Math.max(minus, negative)];
  }
  const fixedWidth = left + decimals + (decimals > 0 ? 1 : 0);
  const exponentDigits = most >= 100 || least <= -100 ? 3 : 2;
  const width = minus + 1 + (mantissa > 0 ? mantissa + 1 : 0) + 2 + exponentDigits;
  const plain = fixedWidth <= width;
  return values.map((value) => {
    if (Number.isNaN(value)) return NONE;
    if (!Number.isFinite(value)) return value > 0 ? "Inf" : "-Inf";
    return plain ? fixed(value, decimals) : exponential(value, mantissa);
  });
}

/** One number. */
export function printed(value: number, digits = 7): string {
  return formatted([value], digits)[0]!;
}

/** R's formatC(): up to so many significant digits, without trailing zeros, in at least one letter more. */
export function general(value: number, digits: number): string {
  return unpadded(value, digits).padStart(digits + 1);
}

/** C's %g. */
function unpadded(value: number, digits: number): string {
  if (!Number.isFinite(value)) return printed(value);
  const text = exponential(value, digits - 1);
  const [mantissa, exponent] = text.split("e") as [string, string];
  const power = Number(exponent);
  if (power < -4 || power >= digits) return exponential(Number(text), figuresOf(mantissa) - 1);
  return fixed(Number(text), Math.max(0, figuresOf(mantissa) - 1 - power));
}

/** P-values (R's format.pval): those below 2.2e-16 as `<2e-16`, the others in two groups, above and below 0.0001. */
export function pValues(values: readonly number[], digits: number): string[] {
  const known = values.filter((value) => !Number.isNaN(value));
  const edge = digits > 1 ? 1e-4 : 1e-3;
  const large = known.filter((value) => value >= edge);
  const small = known.filter((value) => value < edge && value >= Number.EPSILON);
  const texts = new Map<number, string>();
  for (const group of [large, small]) for (const [i, text] of formatted(group, digits).entries()) texts.set(group[i]!, text);
  const width = Math.max(0, ...[...texts.values()].map((text) => text.length));
  let shown = Math.max(1, digits - 2);
  if (texts.size > 0 && shown > 1 && shown + 6 > width) shown = Math.max(1, width - 7);
  const apart = shown === 1 && width <= 6 ? "" : " ";
  const least = `<${apart}${printed(Number.EPSILON, shown)}`;
  return values.map((value) => (Number.isNaN(value) ? NONE : (texts.get(value) ?? least)));
}

/** R's round(): of the two candidates the nearer as doubles, of two as near the even one (private_fround in R's fround.c, since 4.0.0). */
export function rounded(value: number, decimals: number): number {
  if (!Number.isFinite(value) || value === 0) return value;
  const size = Math.abs(value);
  const figures = decimals + Number(size.toExponential().split("e")[1]);
  if (figures > 15) return value;
  const power = Number(`1e${Math.max(0, decimals)}`);
  const [below, above] = [Math.floor(size * power), Math.ceil(size * power)];
  if (!Number.isFinite(above)) return Number(exponential(value, Math.max(0, figures)));
  const [down, up] = [size - below / power, above / power - size];
  const nearest = down < up || (down === up && below % 2 === 0) ? below : above;
  return Math.sign(value) * (nearest / power);
}

/** R's zapsmall(): rounded to so many digits of the largest. */
export function zapped(values: readonly number[], digits: number): number[] {
  const most = Math.max(...values.map(Math.abs));
  if (!(most > 0 && most < Number.POSITIVE_INFINITY)) return [...values];
  // Its logarithm, to the nearest whole number.
  const [mantissa, exponent] = most.toExponential().split("e") as [string, string];
  const power = Number(exponent) + (Number(mantissa) > Math.sqrt(10) ? 1 : 0);
  return values.map((value) => rounded(value, Math.max(0, digits - power)));
}

/** The cells of a table with its head as lines, all columns but the first aligned to the right. */
export function aligned(cells: readonly (readonly string[])[]): string[] {
  const widths = cells[0]!.map((_, k) => Math.max(...cells.map((row) => row[k]!.length)));
  return cells.map((row) =>
    row
      .map((cell, k) => (k === 0 ? cell.padEnd(widths[k]!) : cell.padStart(widths[k]!)))
      .join(" ")
      .trimEnd(),
  );
}

function figuresOf(mantissa: string): number {
  return Math.max(1, mantissa.replace("-", "").replace(".", "").replace(/0+$/, "").length);
}

/** C's %e. */
function exponential(value: number, decimals: number): string {
  const [mantissa, exponent] = halfEven((digits) => value.toExponential(digits), Math.min(MOST, decimals)).split("e") as [string, string];
  const power = Number(exponent);
  return `${mantissa}e${power < 0 ? "-" : "+"}${String(Math.abs(power)).padStart(2, "0")}`;
}

/** C's %f. */
function fixed(value: number, decimals: number): string {
  return halfEven((digits) => value.toFixed(digits), Math.min(MOST, decimals));
}

/** Digits that JavaScript writes at most; more than any tie between two roundings has. */
const MOST = 100;

/** A number's text with `decimals`: of two that are equally near the even one, as C takes it, where JavaScript takes the larger. */
function halfEven(write: (decimals: number) => string, decimals: number): string {
  const text = write(decimals);
  if (decimals + 1 >= MOST) return text;
  const [exact, exponent = ""] = write(MOST).split(/(?=e)/) as [string, string?];
  const end = exact.indexOf(".") + 1 + decimals;
  if (!/^50*$/.test(exact.slice(end))) return text;
  const down = exact.slice(0, decimals === 0 ? end - 1 : end);
  return "02468".includes(down.at(-1)!) ? `${down}${exponent}` : text;
}
