import { catalogueReport } from "../report/catalogue.ts";

/** Prints the families of numbers, which are what a column can be fitted with, as a table or as data. */
export async function distributionsCommand({ json }: { readonly json?: boolean }): Promise<void> {
  const { distributions } = await import("loglik");
  const families = distributions.filter(({ variate }) => variate === "number");
  const lines = json ? [JSON.stringify(families, undefined, 2)] : await catalogueReport(families);
  process.stdout.write(`${lines.join("\n")}\n`);
}
