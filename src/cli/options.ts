// What stands on the command line, as values.

import { InvalidArgumentError } from "commander";

/** How `--ci` makes intervals: from the standard errors, or from bootstrap replicates. */
export const INTERVAL_METHODS = ["wald", "profile", "percentile", "bca"] as const;
export type IntervalMethod = (typeof INTERVAL_METHODS)[number];

/** A distribution with the values of its parameters in their order. */
export interface Prior {
  readonly distribution: string;
  readonly values: readonly number[];
}

export interface FitOptions {
  readonly column?: string;
  readonly dist?: string;
  readonly weights?: string;
  readonly weightType?: "frequency" | "importance";
  readonly status?: string;
  readonly after?: number;
  readonly until?: number;
  readonly fix?: Readonly<Record<string, number>>;
  readonly min?: Readonly<Record<string, number>>;
  readonly max?: Readonly<Record<string, number>>;
  readonly set?: Readonly<Record<string, number>>;
  readonly prior?: Readonly<Record<string, Prior>>;
  readonly level: number;
  readonly ci: IntervalMethod;
  readonly boot?: number;
  readonly seed?: number;
  readonly criterion: "aic" | "aicc" | "bic" | "logLik";
  readonly where?: string;
  readonly na: "error" | "drop";
  readonly header?: boolean;
  readonly delimiter?: string;
  readonly decimal: "." | ",";
  readonly gof?: boolean;
  readonly json?: boolean;
  readonly plot?: string;
  readonly plotKind?: string;
  readonly theme?: "auto" | "light" | "dark";
  readonly unit?: string;
  readonly report?: string;
  readonly histogram?: boolean;
}

/** `--level 0.95`. */
export function level(text: string): number {
  const value = Number(text);
  if (!(value > 0 && value < 1)) throw new InvalidArgumentError("It needs a number between 0 and 1, such as 0.95.");
  return value;
}

/** `--after 2.5`. */
export function number(text: string): number {
  const value = Number(text);
  if (text.trim() === "" || !Number.isFinite(value)) throw new InvalidArgumentError("It needs a number, such as 2.5.");
  return value;
}

/** `--boot 1000`. */
export function replicates(text: string): number {
  const value = Number(text);
  if (!(Number.isInteger(value) && value >= 2 && value <= 1e7)) throw new InvalidArgumentError("It needs a whole number from 2 to 1e7.");
  return value;
}

/** `--fix shape=2`, any number of times. */
export function assign(text: string, before: Readonly<Record<string, number>> = {}): Record<string, number> {
  const [, name, value] = /^([A-Za-z]\w*)=(.+)$/.exec(text) ?? [];
  if (name === undefined || value!.trim() === "" || !Number.isFinite(Number(value)))
    throw new InvalidArgumentError("It needs the form name=number, such as shape=2.");
  if (name in before) throw new InvalidArgumentError(`${name} is given twice.`);
  return { ...before, [name]: Number(value) };
}

/** `--prior shape=gamma,2,1`, any number of times. */
export function prior(text: string, before: Readonly<Record<string, Prior>> = {}): Record<string, Prior> {
  const [, name, distribution, rest] = /^([A-Za-z]\w*)=([A-Za-z]\w*)((?:,[^,]+)+)$/.exec(text) ?? [];
  const values = (rest ?? "").split(",").slice(1).map(Number);
  if (name === undefined || !values.every(Number.isFinite)) {
    throw new InvalidArgumentError("It needs the form name=distribution,number,number, such as shape=gamma,2,1.");
  }
  if (name in before) throw new InvalidArgumentError(`${name} is given twice.`);
  return { ...before, [name]: { distribution: distribution!, values } };
}

/** `--delimiter ";"`, with names for what shells make hard to type. */
export function delimiter(text: string): string {
  const character = { tab: "\t", "\\t": "\t", space: " ", comma: ",", semicolon: ";" }[text] ?? text;
  if (character.length !== 1 || /[\r\n"]/.test(character)) throw new InvalidArgumentError("It needs one character, or tab.");
  return character;
}
