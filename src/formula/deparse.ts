// Formulas back into text, spaced and numbered as R's deparse does it: these texts are the names of coefficients.

import type { Node } from "./syntax.ts";

const CLOSE = new Set(["^", ":", "%%", "%/%"]);
const SYNTACTIC = /^(?:[\p{L}]|\.(?!\d))[\p{L}\p{N}._]*$/u;
const RESERVED = new Set(
  "if else repeat while function for next break TRUE FALSE NULL Inf NaN NA NA_integer_ NA_real_ NA_character_ in".split(" "),
);

/** An expression as R writes it: `log(x + 1)`, `I(x^2)`, `poly(x, 2)`. */
export function deparse(node: Node): string {
  if (node.kind === "name") return nameText(node.name);
  if (node.kind === "literal") return literalText(node.value);
  const operands = node.operands.map((operand) => {
    const text = deparse(operand.node);
    return operand.name === undefined ? text : `${nameText(operand.name)} = ${text}`;
  });
  if (node.form === "function") return `${nameText(node.name)}(${operands.join(", ")})`;
  if (node.name === "(") return `(${operands[0]})`;
  if (operands.length === 1) return `${node.name}${operands[0]}`;
  // R writes x/2 and x * 2.
  return operands.join(CLOSE.has(node.name) || node.name === "/" ? node.name : ` ${node.name} `);
}

/** A name, in backticks where R needs them. */
export function nameText(name: string): string {
  return SYNTACTIC.test(name) && !RESERVED.has(name) ? name : `\`${name.replace(/[\\`]/g, "\\$&")}\``;
}

function literalText(value: number | string | boolean): string {
  if (typeof value === "number") return numberText(value);
  return typeof value === "string" ? JSON.stringify(value) : value ? "TRUE" : "FALSE";
}

/**
 * A number as R's as.character gives it: up to 15 significant digits, and with an exponent where that is shorter (100000 is 1e+05).
 */
export function numberText(x: number): string {
  if (!Number.isFinite(x)) return Number.isNaN(x) ? "NaN" : x > 0 ? "Inf" : "-Inf";
  if (x === 0) return "0";
  const [mantissa, power] = Math.abs(x).toExponential(14).split("e") as [string, string];
  const digits = mantissa.replace(".", "").replace(/0+$/, "");
  const exponent = Number(power);
  const sign = x < 0 ? "-" : "";
  const decimals = Math.max(0, digits.length - 1 - exponent);
  const fixedWidth = Math.max(exponent, 0) + 1 + (decimals > 0 ? decimals + 1 : 0);
  const size = String(Math.abs(exponent)).padStart(2, "0");
  const scientific = `${digits[0]}${digits.length > 1 ? `.${digits.slice(1)}` : ""}e${exponent < 0 ? "-" : "+"}${size}`;
  if (fixedWidth > scientific.length) return sign + scientific;
  if (exponent < 0) return `${sign}0.${"0".repeat(-exponent - 1)}${digits}`;
  // Beyond 15 digits a whole number is written out.
  const whole = exponent >= 15 ? String(BigInt(Math.abs(x))) : digits.slice(0, exponent + 1).padEnd(exponent + 1, "0");
  return `${sign}${whole}${decimals > 0 ? `.${digits.slice(exponent + 1)}` : ""}`;
}

/** A number with so many significant digits at most, as C's %g writes it. */
export function generalText(x: number, significant: number): string {
  if (!Number.isFinite(x) || x === 0) return numberText(x);
  const [mantissa, power] = x.toExponential(significant - 1).split("e") as [string, string];
  const exponent = Number(power);
  const trimmed = (text: string) => (text.includes(".") ? text.replace(/\.?0+$/, "") : text);
  if (exponent < -4 || exponent >= significant) {
    return `${trimmed(mantissa)}e${exponent < 0 ? "-" : "+"}${String(Math.abs(exponent)).padStart(2, "0")}`;
  }
  return trimmed(x.toFixed(significant - 1 - exponent));
}
