import { checkGiven } from "../data/observations.ts";
import { nearest } from "./nearest.ts";

/** The names of the options of a type; of a union those of all its members. */
export type NamesOf<Options> = Options extends unknown ? keyof Options & string : never;

/** A table of the names of a type's options, each with true or the name of another that it takes the place of: TypeScript refuses one that lacks a name. */
export type OptionNames<Options> = Readonly<Record<NamesOf<Options>, true | string>>;

/** What a table must not have: names that are no options. */
type NoOther<Names, Options> = Readonly<Record<Exclude<keyof Names, NamesOf<Options>>, never>>;

/**
 * The options that are given: one of undefined or null is not.
 *
 * @param known - The names that the options' type has, all of them and no others: TypeScript holds it to that.
 * @param within - Of options within another: its name.
 * @throws TypeError for options that are no object, RangeError for a name that none has (a misspelt `weights` must not be ignored) and for
 * two options of which one takes the other's place.
 */
export function givenOptions<Options extends object, Names extends OptionNames<Options>>(
  options: Options,
  known: Names & NoOther<Names, Options>,
  within?: string,
): Options {
  return takenOptions(options, known, within);
}

/** The same of options whose names no type tells. */
export function takenOptions<Options extends object>(
  options: Options,
  known: Readonly<Record<string, true | string>>,
  within?: string,
): Options {
  checkNames(options, Object.keys(known), within);
  const own = present(options);
  for (const name of Object.keys(own)) {
    const other = known[name]!;
    if (other !== true && Object.hasOwn(own, other)) throw new RangeError(`Both ${other} and ${name} are given; one of them is needed.`);
  }
  return own;
}

/** The options without those of undefined or null. @throws TypeError for what is no object. */
export function present<Options extends object>(options: Options): Options {
  checkGiven(options);
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined && value !== null)) as Options;
}

/** @throws TypeError for options that are no object, RangeError for a name that is none of these, with the nearest that is. */
export function checkNames(options: object, known: readonly string[], within?: string): void {
  checkGiven(options, within);
  const unknown = Object.keys(options).find((name) => !known.includes(name));
  if (unknown === undefined) return;
  const named = (name: string) => JSON.stringify(within === undefined ? name : `${within}.${name}`);
  throw new RangeError(`Unknown option ${named(unknown)}; did you mean ${named(nearest(unknown, known))}? Known: ${known.join(", ")}.`);
}
