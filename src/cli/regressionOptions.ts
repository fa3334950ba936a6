// What stands on the command line of a regression, as values.

import { type Command, InvalidArgumentError, Option } from "commander";
import { models } from "../models/catalogue.generated.ts";
import type { Model, ModelOption, Own } from "../models/model.ts";
import { type FitOptions, number } from "./options.ts";
import { Refusal } from "./refusal.ts";

/** Kinds of covariances that a name says. */
export const COVARIANCES = ["observed", "expected", "classical", "HC0", "HC1", "HC2", "HC3"] as const;

/** Flags of the models are among them, by their names. */
export interface RegressionOptions
  extends Pick<FitOptions, "where" | "header" | "delimiter" | "decimal" | "json" | "plot" | "plotKind" | "theme" | "unit" | "report"> {
  readonly model: string;
  readonly weights?: string;
  readonly offset?: string;
  readonly levels?: Readonly<Record<string, readonly string[]>>;
  readonly na: "omit" | "fail";
  readonly covariance?: (typeof COVARIANCES)[number];
  readonly cluster?: string;
  readonly level?: number;
  readonly term?: string;
  readonly [own: string]: unknown;
}

const catalogue: Readonly<Record<string, Model>> = models;

/** The models' names, with what each is. */
export function listedModels(): string {
  return Object.entries(catalogue)
    .map(([name, { about }]) => `${name}: ${about}`)
    .join("; ");
}

/** Adds the flags of all models, those of several once. */
export function addModelOptions(command: Command): Command {
  command.addOption(new Option("--model <name>", listedModels()).choices(Object.keys(catalogue)).default("glm"));
  const seen = new Set<string>();
  for (const [name, option] of Object.values(catalogue).flatMap(({ options }) => Object.entries(options))) {
    if (seen.has(name)) continue;
    seen.add(name);
    const made = new Option(`--${kebab(name)} ${option.value}`, option.says);
    if (option.kind === "number") made.argParser(number);
    command.addOption(made);
  }
  return command;
}

/** The model that is asked for, and which of its own flags are given. @throws Refusal for a flag that it does not have. */
export function askedModel(options: RegressionOptions): { name: string; model: Model; given: readonly (readonly [string, ModelOption])[] } {
  const { model: name } = options;
  const model = catalogue[name]!;
  for (const [other, { options: flags }] of Object.entries(catalogue)) {
    const foreign = Object.keys(flags).find((flag) => options[flag] !== undefined && !Object.hasOwn(model.options, flag));
    if (foreign !== undefined) throw new Refusal(`--${kebab(foreign)}: a flag of --model ${other}; --model ${name} has none`);
  }
  return { name, model, given: Object.entries(model.options).filter(([flag]) => options[flag] !== undefined) };
}

/** The values of a model's own flags, with the columns that they name. */
export function ownOptions(
  options: RegressionOptions,
  given: readonly (readonly [string, ModelOption])[],
  columns: ReadonlyMap<string, Float64Array>,
): Own {
  return Object.fromEntries(given.map(([flag]) => [flag, columns.get(flag) ?? (options[flag] as string | number)]));
}

/** `--levels dose=low,high`, any number of times. */
export function levels(text: string, before: Readonly<Record<string, readonly string[]>> = {}): Record<string, readonly string[]> {
  const [, name, list] = /^([^=]+)=(.+)$/s.exec(text) ?? [];
  const found = list?.split(",") ?? [];
  if (name === undefined || found.some((level) => level === ""))
    throw new InvalidArgumentError("It needs the form column=level,level, such as dose=low,high.");
  if (Object.hasOwn(before, name)) throw new InvalidArgumentError(`${name} is given twice.`);
  return { ...before, [name]: found };
}

/** `zeroLink` as a flag spells it: `zero-link`. */
export function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
