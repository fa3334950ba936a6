import { catalogueReport } from "../report/catalogue.ts";

/** Prints the catalogue, as a table or as data. */
export async function distributionsCommand({ json }: { readonly json?: boolean }): Promise<void> {
  const { distributions } = await import("loglik");
  const lines = json ? [JSON.stringify(distributions, undefined, 2)] : await catalogueReport(distributions);
  process.stdout.write(`${lines.join("\n")}\n`);
}
