import { glm, lm } from "loglik";
import { expect, test } from "vitest";

// What a user may type: each refusal names the place in the data as given, the value, and what is needed.

const data = {
  y: [1, 3, 2, 5, 4, 6, 8, 7],
  x: [1, 2, 3, 4, 5, 6, 7, 8],
  c: [1, 0, 2, 3, 1, 4, 2, 6],
  g: ["a", "b", "a", "b", "a", "b", "a", "c"],
  gap: [null, 2, 3, 4, 3, 2, 1, 2],
};
type Given = Parameters<typeof glm>[0];
const of = (formula: string, family: string, more = {}) => ({ formula, data, family, ...more }) as Given;

const refused: readonly (readonly [name: string, given: Given, says: string | RegExp])[] = [
  ["a text among counts", of("g ~ x", "poisson"), 'formula: "g ~ x" has a factor, g, as its response; poisson needs whole numbers >= 0.'],
  ["counts of another family", of("cbind(c, y) ~ x", "gamma"), "has counts, cbind(c, y), as its response; gamma needs values > 0."],
  ["a response outside", of("c ~ x", "gamma"), "data.c[1] is 0; gamma needs values > 0."],
  ["the same after a row that is left out", of("c ~ gap", "gamma"), "data.c[1] is 0; gamma needs values > 0."],
  [
    "a response that is computed",
    of("I(c - 1) ~ x", "poisson"),
    'formula: "I(c - 1) ~ x" has I(c - 1) = -1 in row 1, where data.c[1] is 0; poisson needs whole numbers >= 0',
  ],
  [
    "numbers of successes without trials",
    of("c ~ x", "binomial"),
    "data.c[2] is 2; binomial needs proportions between 0 and 1 (for numbers",
  ],
  [
    "more successes than trials",
    of("y ~ x", "binomial", { trials: new Array(8).fill(2) }),
    "data.y[1] is 3; 0 to 2, its trials, is needed.",
  ],
  [
    "trials that are no counts",
    of("c ~ gap", "binomial", { trials: [7, 7, 7, 7.5, 7, 7, 7, 7] }),
    "trials[3] is 7.5; a whole number >= 0 is needed.",
  ],
  [
    "halves of trials",
    of("cbind(c, y / 2) ~ x", "binomial"),
    /has cbind\(c, y\/2\) = \(1, 0.5\) in row 0, where data.c\[0\] is 1 and data.y\[0\] is 1; counts of whole trials are needed/,
  ],
  [
    "a weight below 0",
    of("c ~ gap", "poisson", { weights: [1, 1, 1, -2, 1, 1, 1, 1] }),
    "weights[3] is -2; weights must be finite and >= 0.",
  ],
  [
    "an infinite offset",
    of("c ~ gap", "poisson", { offset: [0, 0, 0, 0, -Infinity, 0, 0, 0] }),
    "offset[4] is -Infinity; finite values are needed.",
  ],
  [
    "rows",
    { ...of("y ~ x", "gaussian"), data: [{ x: 1, y: 2 }] } as unknown as Given,
    "data is an array; an object of columns or an Arrow table is needed: { x: [1, 2]",
  ],
  ["a Map", { ...of("y ~ x", "gaussian"), data: new Map() } as unknown as Given, "data is a Map; an object of columns"],
  ["no data", { ...of("y ~ x", "gaussian"), data: {} } as unknown as Given, "data has no columns; at least one is needed."],
  ["a number for a formula", { ...of("y ~ x", "gaussian"), formula: 3 } as unknown as Given, "formula is 3; a string is needed."],
  [
    "neither formula nor design",
    { family: "poisson", y: [1] } as unknown as Given,
    "design and formula are undefined; formula and data, or",
  ],
  [
    "a design of rows",
    { family: "poisson", y: [1], design: [[1]] } as unknown as Given,
    "design is an array; { names, columns } is needed.",
  ],
];

test.each(refused)("%s", async (_, given, says) => {
  await expect(glm(given)).rejects.toThrow(says);
});

test("a linear model says so of itself, and new rows are newData", async () => {
  await expect(lm({ formula: "g ~ x", data })).rejects.toThrow("has a factor, g, as its response; lm needs numbers.");
  const fit = await lm({ formula: "y ~ x + g", data });
  expect(() => fit.predict({ x: [1] })).toThrow("names g, which is no column of newData; it has x");
  expect(() => fit.predict({ x: [1], g: ["a", "b"] })).toThrow(
    "newData.g has 2 rows and newData.x has 1; columns of one length are needed.",
  );
  expect(() => fit.predict([{ x: 1, g: "a" }] as never)).toThrow("newData is an array; an object of columns");
});
