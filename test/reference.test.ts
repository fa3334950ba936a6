import { expect, test } from "vitest";
import { cases, examine } from "./agreement.ts";

// A number from outside for every family: properties prove that an engine agrees with itself, not that it fits what its name says.

test.each(cases)("$distribution: $id", async (given) => {
  expect((await examine(given)).failures).toEqual([]);
});
