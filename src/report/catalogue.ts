import { table } from "./table.ts";

/** What the catalogue says of a family. */
export interface Listed {
  readonly name: string;
  readonly parameters: readonly { readonly name: string; readonly domain: unknown }[];
  readonly support: unknown;
  readonly density: string;
}

/** The families as lines of a table. */
export async function catalogueReport(families: readonly Listed[]): Promise<string[]> {
  return table(
    ["family", "parameters", "support", "density or mass"].map((title) => ({ title, align: "left" as const })),
    families.map(({ name, parameters, support, density }) => [
      name,
      parameters.map((parameter) => parameter.name).join(", "),
      String(support),
      density,
    ]),
  );
}
