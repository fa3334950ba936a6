import type { GoodnessOfFit } from "../diagnostics/goodnessOfFit.ts";
import { significant } from "./number.ts";
import { table } from "./table.ts";

const TESTS = {
  ks: "Kolmogorov-Smirnov D",
  cvm: "Cramér-von Mises W²",
  ad: "Anderson-Darling A²",
  chisq: "chi-squared",
} as const;

/** The tests that were made, as lines of a table. */
export async function goodnessReport(goodness: GoodnessOfFit): Promise<string[]> {
  const rows = (Object.keys(TESTS) as (keyof typeof TESTS)[]).flatMap((test) => {
    const found = goodness[test];
    if (!found) return [];
    const name = test === "chisq" ? `${TESTS.chisq}, ${goodness.chisq!.bins.observed.length} cells` : TESTS[test];
    return [[name, significant(found.statistic, 5), significant(found.pValue, 4), found.method]];
  });
  return table(
    [
      { title: "goodness of fit", align: "left" },
      { title: "statistic", align: "right" },
      { title: "p-value", align: "right" },
      { title: "by", align: "left" },
    ],
    rows,
  );
}
