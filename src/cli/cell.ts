/** What a missing value looks like in the files of R, pandas, SAS and databases. */
export const MISSING = ["", "NA", "N/A", "n/a", "#N/A", "<NA>", "NaN", "nan", "NULL", "null", "None", "."];

export type Decimal = "." | ",";

const NUMBER = { ".": /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i, ",": /^[+-]?(\d+,?\d*|,\d+)(e[+-]?\d+)?$/i };
const NOT_FINITE = /^[+-]?(inf(inity)?|nan)$/i;
const DATE = /^\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}([ T]\d|$)/;
const GROUPED = /^[+-]?\d{1,3}([,' ]\d{3})+(\.\d*)?$/;
const BOOLEAN = /^(true|false|yes|no)$/i;

export function isNumber(text: string, decimal: Decimal): boolean {
  return NUMBER[decimal].test(text.trim()) || NOT_FINITE.test(text.trim());
}

/** A number in any notation: with a decimal comma, or separators between thousands. */
export function looksNumeric(text: string): boolean {
  return /^[+-]?[\d.,' ]*\d(e[+-]?\d+)?$/i.test(text.trim());
}

export function isMissing(text: string): boolean {
  return MISSING.includes(text.trim());
}

/** Why a cell is refused: what was found, and what is needed instead. `leaveOut` is the flag with which missing values are no error. */
export function complaint(cell: string, decimal: Decimal, leaveOut = "--na drop"): string {
  const text = cell.trim();
  if (isMissing(text)) return `found ${text === "" ? "an empty cell" : quoted(text)}; needs a number (${leaveOut} leaves such rows out)`;
  if (NUMBER[decimal].test(text)) return `found ${quoted(text)}; needs a number within ±1.797e308`;
  if (NOT_FINITE.test(text)) return `found ${quoted(text)}; needs a finite number`;
  if (DATE.test(text)) return `found ${quoted(text)}, a date; needs a number`;
  if (BOOLEAN.test(text)) return `found ${quoted(text)}; needs a number (1 and 0 for yes and no)`;
  if (decimal === "." && GROUPED.test(text))
    return `found ${quoted(text)}; needs a number without separators between thousands, such as ${text.replace(/[,' ]/g, "")}`;
  if (decimal === "." && NUMBER[","].test(text)) return `found ${quoted(text)}; needs a decimal point (--decimal , reads decimal commas)`;
  if (text.includes(" ") && text.split(" ").every((part) => NUMBER[decimal].test(part)))
    return `found ${quoted(text)}; needs one number (--delimiter space divides fields at spaces)`;
  return `found ${quoted(text)}; needs a number`;
}

/** Text in quotes, on one line, cut where it would flood a terminal. */
export function quoted(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 57)}...` : text);
}
