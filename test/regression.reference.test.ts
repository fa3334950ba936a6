import { expect, test } from "vitest";
import { casesOf, examineRegression, regressionGroups } from "./regressionAgreement.ts";

// Regressions against their maximum in 60-digit arithmetic, and what R's summary says of them; `npm run reference` prints the errors.

for (const group of regressionGroups) {
  test.each(casesOf(group).map((given) => [given.id, given] as const))("%s", async (_, given) => {
    expect((await examineRegression(given)).failures).toEqual([]);
  });
}
