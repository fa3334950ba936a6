export interface Heading {
  readonly title: string;
  readonly align: "left" | "right";
}

const RULES = "top top-mid top-left top-right bottom bottom-mid bottom-left bottom-right left left-mid mid mid-mid right right-mid";
const BARE = Object.fromEntries(RULES.split(" ").map((rule) => [rule, ""]));

/** Lines of a table without rules, two spaces between columns. */
export async function table(headings: readonly Heading[], rows: readonly (readonly string[])[]): Promise<string[]> {
  const { default: Table } = await import("cli-table3");
  const drawn = new Table({
    head: headings.map(({ title }) => title),
    colAligns: headings.map(({ align }) => align),
    chars: { ...BARE, middle: "  " },
    style: { head: [], border: [], compact: true, "padding-left": 0, "padding-right": 0 },
  });
  drawn.push(...rows.map((row) => [...row]));
  return drawn
    .toString()
    .split("\n")
    .map((line) => line.trimEnd());
}
