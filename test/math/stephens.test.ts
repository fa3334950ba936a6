import { describe, expect, test } from "vitest";
import { type EdfTable, exponentialEdf, extremeValueEdf, normalEdf } from "../../src/math/stephens.ts";

// Percentage points of D'Agostino & Stephens (1986), tables 4.7, 4.11 and 4.17, for so many rows that the factors are 1.

const ROWS = 1e40;

const cases: readonly [string, EdfTable, Readonly<Record<"ad" | "cvm", readonly (readonly [point: number, level: number])[]>>][] = [
  [
    "normal",
    normalEdf,
    {
      ad: [
        [0.631, 0.1],
        [0.752, 0.05],
        [0.873, 0.025],
        [1.035, 0.01],
      ],
      cvm: [
        [0.104, 0.1],
        [0.126, 0.05],
        [0.148, 0.025],
        [0.179, 0.01],
      ],
    },
  ],
  [
    "exponential",
    exponentialEdf,
    {
      ad: [
        [1.062, 0.1],
        [1.321, 0.05],
        [1.591, 0.025],
        [1.959, 0.01],
      ],
      cvm: [
        [0.175, 0.1],
        [0.222, 0.05],
        [0.271, 0.025],
        [0.338, 0.01],
      ],
    },
  ],
  [
    "extreme value",
    extremeValueEdf,
    {
      ad: [
        [0.637, 0.1],
        [0.757, 0.05],
        [0.877, 0.025],
        [1.038, 0.01],
      ],
      cvm: [
        [0.102, 0.1],
        [0.124, 0.05],
        [0.146, 0.025],
        [0.175, 0.01],
      ],
    },
  ],
];

describe.each(cases)("%s", (_, table, points) => {
  test.each(["ad", "cvm"] as const)("%s: the published points", (statistic) => {
    for (const [point, level] of points[statistic]) expect(Math.abs(table[statistic](point, ROWS) / level - 1)).toBeLessThan(0.04);
  });

  test.each(["ad", "cvm"] as const)("%s: nothing beyond the table, and nothing for few rows", (statistic) => {
    const point = points[statistic][1]![0];
    expect(table[statistic](0, ROWS)).toBeNaN();
    expect(table[statistic](50, ROWS)).toBeNaN();
    expect(table[statistic](point, 5)).toBeNaN();
  });
});
