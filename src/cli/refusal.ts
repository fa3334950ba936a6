/** Bad usage or bad data: the command ends with code 2 and this message as its one line on stderr. */
export class Refusal extends Error {
  override readonly name = "Refusal";
}

/** A place in a file, in the words of every refusal: `claims.csv, line 4, column loss`. */
export function place(file: string, at?: string, column?: string): string {
  return [file, at, column === undefined ? undefined : `column ${column}`].filter((part) => part !== undefined).join(", ");
}

/** The first sentence of a message that others wrote over many lines. */
export function firstLine(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return (
    text
      .split("\n")
      .find((line) => line.trim() !== "")
      ?.trim() ?? "unknown error"
  );
}
