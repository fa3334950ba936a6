import { expect, test } from "vitest";
import { entry } from "../src/math/triangle.ts";
import { distributionLaw } from "../src/vglm/distregLaws.ts";
import laws from "./data/laws.json" with { type: "json" };
import { families } from "./trialFamilies.ts";

// Exact rows in the coordinates of a regression, against derivatives in 60 digits (scripts/reference/laws.py).

test.each(Object.entries(laws))("%s: derivatives to 60 digits", (name, rows) => {
  const family = families.find((one) => one.name === name)!;
  for (const { x, coordinates, value, first, second } of rows) {
    const law = distributionLaw(family, []).law(family.parameters.map(() => 1));
    law.at(Float64Array.from(coordinates));
    law.exact(x);
    const count = coordinates.length;
    const close = (found: number, known: string, size: number) => expect(Math.abs(found - Number(known))).toBeLessThan(2e-13 * size);
    close(law.value, value, 1 + Math.abs(law.value));
    // What a sum of large terms leaves is as exact as these are: a row's information says how large.
    const scale = Array.from({ length: count }, (_, k) => 1 + Math.sqrt(Math.abs(law.second[entry(k, k)]!)));
    for (let k = 0; k < count; k++) {
      close(law.first[k]!, first[k]!, scale[k]! * (1 + Math.abs(law.first[k]!)));
      for (let j = 0; j <= k; j++) close(law.second[entry(k, j)]!, second[entry(k, j)]!, scale[k]! * scale[j]!);
    }
  }
});
