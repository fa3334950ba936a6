import fc from "fast-check";
import { expect, test } from "vitest";
import { columnsOf } from "../src/formula/dense.ts";
import type { ArrowTable, Data } from "../src/formula/frame.ts";
import { modelFrame } from "../src/formula/modelFrame.ts";
import { modelMatrix } from "../src/formula/modelMatrix.ts";

// Columns of every kind, missing values, responses, and new rows.

// biome-ignore lint/suspicious/noExplicitAny: wrong types are the subject.
const wrong = (value: unknown) => value as any;
const y = [1, 2, 3, 4];

test("factors are codes, columns are not copied", () => {
  const x = Float64Array.of(1, 2, 3, 4);
  const { designs } = modelFrame("y ~ x + g + g:x + z:x", { y, x, g: ["b", "a", "c", "a"], z: [1, 2, 1, 2] });
  const [intercept, column, g, slopes, product] = designs[0]!.blocks;
  expect(intercept).toEqual({ kind: "intercept" });
  expect(column).toEqual({ kind: "column", values: x });
  expect(column!.kind === "column" && column!.values).toBe(x);
  expect(g).toEqual({ kind: "levels", codes: Int32Array.of(0, -1, 1, -1), count: 2 });
  expect(slopes).toEqual({ kind: "levels", codes: Int32Array.of(0, -1, 1, -1), count: 2, by: x });
  expect(slopes!.kind === "levels" && slopes!.by).toBe(x);
  expect(product).toEqual({ kind: "column", values: Float64Array.of(1, 4, 3, 8) });
});

test("as many levels as rows", () => {
  const rows = 20_000;
  const g = Int32Array.from({ length: rows }, (_, i) => i);
  const x = Float64Array.from(g, (i) => i % 5);
  const { designs } = modelFrame("x ~ factor(g)", { x, g });
  expect(designs[0]!.names.length).toBe(rows);
  expect(() => modelMatrix("x ~ factor(g)", { x, g })).toThrow(/^The matrix has 20000 rows and 20000 columns; one of at most/);
  expect(() => modelFrame("x ~ poly(x, 2):factor(g)", { x, g })).toThrow(/^The term poly\(x, 2\):factor\(g\) has 20000 levels behind/);
  expect(() => modelFrame("x ~ factor(g):factor(h)", { x, g, h: g })).toThrow(
    /^The term factor\(g\):factor\(h\) has \d+ columns; a design/,
  );
});

test("an interaction of factors has one code", () => {
  const { designs } = modelFrame("y ~ 0 + a:b", { y, a: ["p", "q", "p", "q"], b: ["u", "u", "v", "v"] });
  expect(designs[0]!.blocks).toEqual([{ kind: "levels", codes: Int32Array.of(0, 1, 2, 3), count: 4 }]);
});

test.each<[string, Data[string & keyof Data], number[], string[]]>([
  ["Int32Array", Int32Array.of(3, 1, 2, 3), [3, 1, 2, 3], ["2", "3"]],
  ["Uint8Array", Uint8Array.of(3, 1, 2, 3), [3, 1, 2, 3], ["2", "3"]],
  ["Float32Array", Float32Array.of(3, 1.5, 2, 3), [3, 1.5, 2, 3], ["2", "3"]],
  ["BigInt64Array", BigInt64Array.of(3n, 1n, 2n, 3n), [3, 1, 2, 3], ["2", "3"]],
  ["bigints", [3n, 1n, 2n, 3n], [3, 1, 2, 3], ["2", "3"]],
  ["numbers", [1e5, 1, 2, 1e5], [1e5, 1, 2, 1e5], ["2", "1e+05"]],
  ["integers", Int32Array.of(1e5, 1, 2, 1e5), [1e5, 1, 2, 1e5], ["2", "100000"]],
  ["far apart", [1e12, -1e12, 0.5, 1e12], [1e12, -1e12, 0.5, 1e12], ["0.5", "1e+12"]],
  ["equal to 15 digits", [0.1 + 0.2, 0.3, 1, 2], [0.1 + 0.2, 0.3, 1, 2], ["1", "2"]],
])("%s", (_, x, values, levels) => {
  expect(Array.from(modelMatrix("y ~ x", { y, x } as Data).columns[1]!)).toEqual(values);
  expect(modelMatrix("y ~ factor(x)", { y, x } as Data).names.slice(1)).toEqual(levels.map((level) => `factor(x)${level}`));
});

test("levels order a factor", () => {
  const data = {
    y,
    dose: ["low", "high", "low", "high"],
    n: [4, 6, 8, 6],
    big: Int32Array.of(1e5, 2, 1e5, 2),
    l: [true, false, true, true],
  };
  expect(modelMatrix("y ~ dose", data).names).toEqual(["(Intercept)", "doselow"]);
  const levels = { dose: ["low", "high"], n: [8, 6, 4], big: [1e5, 2], l: [true, false] };
  const made = modelMatrix("y ~ dose + factor(n) + factor(big) + factor(l)", data, { levels });
  expect(made.names).toEqual(["(Intercept)", "dosehigh", "factor(n)6", "factor(n)4", "factor(big)2", "factor(l)FALSE"]);
  // A level that no row has is dropped, as lm and glm do.
  expect(modelMatrix("y ~ 0 + dose", data, { levels: { dose: ["none", "low", "high"] } }).names).toEqual(["doselow", "dosehigh"]);
});

test("an Arrow table", () => {
  const column = (values: unknown[], held: ArrayLike<unknown> = values) => ({
    length: values.length,
    nullCount: values.filter((value) => value === null).length,
    toArray: () => held,
    [Symbol.iterator]: () => values[Symbol.iterator](),
  });
  const columns: Record<string, ReturnType<typeof column>> = {
    y: column(y, Float64Array.from(y)),
    x: column([1, null, 3, 4], Float64Array.of(1, 77, 3, 4)),
    g: column(["a", "b", "b", "a"]),
  };
  const table: ArrowTable = {
    schema: { fields: Object.keys(columns).map((name) => ({ name })) },
    getChild: (name) => columns[name] ?? null,
  };
  const made = modelMatrix("y ~ .", table);
  expect(made.names).toEqual(["(Intercept)", "x", "gb"]);
  expect(made.columns[1]).toEqual(Float64Array.of(1, 3, 4));
  expect(made.omitted).toBe(1);
  // A column that the formula does not name is not read.
  columns.unread = { ...column(y), toArray: () => expect.unreachable() };
  expect(modelMatrix("y ~ g", table).names).toEqual(["(Intercept)", "gb"]);
});

test("rows without a value are left out of everything", () => {
  const data = { y: [1, Number.NaN, 3, 4, 5], x: [1, 2, null, 4, 5], g: ["a", "b", "b", "a", null], w: [1, 2, 3, 4, 5] };
  const { designs, kept, omitted, response, beside } = modelFrame("y ~ x + w", data, {
    beside: { weights: [9, 8, 7, 6, 5], none: undefined },
  });
  expect([...kept!]).toEqual([0, 3, 4]);
  expect(omitted).toBe(2);
  expect(designs[0]!.rows).toBe(3);
  expect(response).toEqual({ kind: "numbers", values: Float64Array.of(1, 4, 5) });
  expect(beside).toEqual({ weights: Float64Array.of(9, 6, 5) });
  expect(modelFrame("y ~ w", data, { beside: { weights: [1, 1, Number.NaN, 1, 1] } }).omitted).toBe(2);
  expect(modelFrame("w ~ 1", data).kept).toBeUndefined();
  // A level that only such rows have is none.
  expect(modelMatrix("y ~ 0 + g + x", data).names).toEqual(["ga", "x"]);
  // What makes no sense there does not matter.
  expect(modelFrame("y ~ log(w - 2) + x", { ...data, y: [null, null, 3, 4, 5], x: [1, 2, 3, 4, 5] }).omitted).toBe(2);
  // As in R, a variable that is taken out again counts, too.
  for (const formula of ["w ~ y - g", "~ y - g"]) expect(modelFrame(formula, data).omitted).toBe(2);
  expect(modelFrame("w ~ y - g", data).recipe.designs({ y: [1] }).omitted).toBe(0);
});

test("responses", () => {
  const data = {
    t: [1, 2, 3, 4],
    u: [2, 2, 4, Infinity],
    from: [1, null, 3, null],
    to: [2, 2, null, null],
    s: [1, 0, 1, 0],
    s2: [2, 1, 2, 1],
    l: [true, false, true, false],
    g: ["b", "a", "b", "c"],
  };
  const of = (left: string) => modelFrame(`${left} ~ 1`, data).response;
  const survival = (lower: number[], upper: number[]) => ({
    kind: "survival",
    lower: Float64Array.from(lower),
    upper: Float64Array.from(upper),
  });
  expect(of("log(t)")).toMatchObject({ kind: "numbers" });
  expect(of("l")).toEqual({ kind: "numbers", values: Float64Array.of(1, 0, 1, 0) });
  expect(of("g")).toEqual({ kind: "levels", codes: Int32Array.of(1, 0, 1, 2), levels: ["a", "b", "c"] });
  expect(of("cbind(s, t - s)")).toEqual({
    kind: "counts",
    names: ["s", "t - s"],
    columns: [Float64Array.of(1, 0, 1, 0), Float64Array.of(0, 2, 2, 4)],
  });
  for (const status of ["s", "s2", "l", "s == 1"])
    expect(of(`Surv(t, ${status})`)).toEqual(survival([1, 2, 3, 4], [1, Infinity, 3, Infinity]));
  expect(of("Surv(t)")).toEqual(survival([1, 2, 3, 4], [1, 2, 3, 4]));
  expect(of('Surv(t, s, type = "left")')).toEqual(survival([1, -Infinity, 3, -Infinity], [1, 2, 3, 4]));
  expect(of('Surv(t, u, type = "interval2")')).toEqual(survival([1, 2, 3, 4], [2, 2, 4, Infinity]));
  const counted = { ...survival([2, 2, 4], [2, Infinity, 4]), start: Float64Array.of(1, 0, 3) };
  const pieces = { from: [1, 0, 3, null], to: [2, 2, 4, 4], s: [1, 0, 1, 1] };
  for (const left of ["Surv(from, to, s)", 'Surv(from, to, s, type = "counting")', "Surv(event = s, time = from, time2 = to)"]) {
    expect(modelFrame(`${left} ~ 1`, pieces)).toMatchObject({ response: counted, omitted: 1 });
  }
  // R: a missing end is open, and a row with neither is missing.
  expect(of('Surv(from, to, type = "interval2")')).toEqual(survival([1, -Infinity, 3], [2, 2, Infinity]));
  expect(modelFrame("~ t", data).response).toBeUndefined();
  expect(modelFrame("log(t + 1) ~ 1", data).responseLabel).toBe("log(t + 1)");
});

test("strata are no columns", () => {
  const data = { y: [1, 2, 3, 4], a: [1, 2, 1, null], g: ["u", "v", "v", "u"], x: [5, 6, 7, 8] };
  const strata = (right: string) => modelFrame(`y ~ x + ${right}`, data).designs[0]!;
  expect(strata("strata(g)")).toMatchObject({
    names: ["(Intercept)", "x"],
    strata: { codes: Int32Array.of(0, 1, 1, 0), levels: ["u", "v"] },
  });
  // R: numbers with their names; rows agree in all columns, whether in one call or in several.
  const both = { codes: Int32Array.of(0, 2, 1), levels: ["a=1, g=u", "a=1, g=v", "a=2, g=v"] };
  expect(strata("strata(a, g)").strata).toEqual(both);
  expect(strata("strata(a) + strata(g)").strata).toEqual({ ...both, levels: ["a=1, u", "a=1, v", "a=2, v"] });
  expect(strata("strata(factor(a))").strata?.levels).toEqual(["1", "2"]);
  const { recipe } = modelFrame("y ~ x + strata(g)", data);
  expect(recipe.designs({ g: ["v"], x: [1] }).designs[0]!.strata).toEqual({ codes: Int32Array.of(1), levels: ["u", "v"] });
  expect(() => recipe.designs({ g: ["w"], x: [1] })).toThrow('strata(g) is "w" in row 0, which is none of the fit\'s levels "u", "v".');
});

test("a second part", () => {
  const { designs } = modelFrame("y ~ x + g | x", { y, x: [1, 2, null, 4], g: ["a", "b", "a", "b"] });
  expect(designs.map(({ names }) => names)).toEqual([
    ["(Intercept)", "x", "gb"],
    ["(Intercept)", "x"],
  ]);
  expect(designs.map(({ rows }) => rows)).toEqual([3, 3]);
});

test("a constant status means what it meant in the fit's rows, whichever new rows there are", () => {
  const fit = modelFrame("y ~ cut(x, 2) + factor(x, labels = c('one', 'two', 'three')) + relevel(factor(g), ref = 'b')", {
    y: [1, 2, 3, 4],
    x: [1, 2, 3, 1],
    g: ["a", "b", "a", "b"],
  });
  const [design] = fit.recipe.designs({ x: [3], g: ["a"] }).designs;
  expect(columnsOf(design!).map((column) => column[0])).toEqual([1, 1, 0, 1, 1]);
});

test("what is wrong with new rows is said", () => {
  const { recipe } = modelFrame("y ~ x + g + l", { y, x: [1, 2, 3, 4], g: ["a", "b", "a", "b"], l: [true, false, true, true] });
  const more = { x: [1, 2], g: ["a", "b"], l: [true, false] };
  expect(recipe.designs(more).designs[0]!.names).toEqual(["(Intercept)", "x", "gb", "lTRUE"]);
  const throws = (data: object, message: RegExp) => expect(() => recipe.designs(wrong({ ...more, ...data }))).toThrow(message);
  throws({ g: ["a", "z"] }, /^g is "z" in row 1, which is none of the fit's levels "a", "b"\.$/);
  throws({ g: [1, 2] }, /has g, a column of numbers; a factor is needed, as in the fit \(position 9\)$/);
  throws({ x: ["1", "2"] }, /has x, a factor; a column of numbers is needed, as in the fit/);
  throws({ x: [1] }, /^newData\.g has 2 rows and newData\.x has 1; columns of one length are needed\.$/);
  expect(() => recipe.designs({ x: [1], g: ["a"] })).toThrow(/names l, which is no column of newData; it has x, g/);
  const { designs, kept } = recipe.designs({ x: [null, 2], g: ["z", "b"], l: [true, false] });
  expect([designs[0]!.rows, [...kept!]]).toEqual([1, [1]]);
});

test.each<[string, string, unknown, object, RegExp]>([
  ["no data", "y ~ x", null, {}, /^data is null; an object of columns or an Arrow table is needed/],
  ["rows", "y ~ x", [{ y: 1, x: 2 }], {}, /^data is an array; an object of columns/],
  ["no columns", "y ~ x", {}, {}, /^data has no columns/],
  ["a number", "y ~ x", { y, x: 1 }, {}, /^data\.x is 1; an array of numbers, strings or booleans is needed/],
  ["lengths", "y ~ x", { y, x: [1] }, {}, /^data\.x has 1 rows and data\.y has 4/],
  ["a date", "y ~ x", { y, x: [null, new Date(), 1, 1] }, {}, /^data\.x\[1\] is a Date; a number, a string, a boolean or null/],
  ["a mixture", "y ~ x", { y, x: [1, "2", 3, 4] }, {}, /^data\.x\[1\] is "2"; a number, as in the rows before, or null is needed/],
  ["a great bigint", "y ~ x", { y, x: [1n, 2n ** 60n, 1n, 1n] }, {}, /^data\.x\[1\] is 1152921504606846976; a number within/],
  ["infinite", "y ~ x", { y, x: [1, Infinity, 3, 4] }, {}, /^data\.x\[1\] is Infinity; finite numbers are needed/],
  ["all missing", "y ~ x", { y, x: [null, null, null, null] }, {}, /^Every row lacks a value \(data\.x\[0\] is null\)/],
  ["one missing", "y ~ x", { y, x: [1, Number.NaN, 3, 4] }, { na: "fail" }, /^data\.x\[1\] is NaN; na: "fail" needs every value/],
  ["a policy", "y ~ x", { y, x: y }, { na: "pass" }, /^na is "pass"; "omit" or "fail" is needed/],
  ["one level", "y ~ x", { y, x: ["a", "a", "a", "a"] }, {}, /^x has 1 level: "a"; a factor beside an intercept needs two/],
  ["twins of names", "y ~ a + ab", { y, a: ["a", "b", "a", "b"], ab: y }, {}, /^Two columns of the design are named ab/],
  ["levels of nothing", "y ~ x", { y, x: y }, { levels: { z: ["a"] } }, /^levels\.z: data has no such column; it has y, x/],
  ["levels of numbers", "y ~ x", { y, x: y }, { levels: { x: [4, 3, 2, 1] } }, /^levels\.x: the formula makes no factor of x; factor\(x\)/],
  ["no levels", "y ~ x", { y, x: ["a", "b", "a", "b"] }, { levels: { x: "a" } }, /^levels\.x is "a"; an array of levels is needed/],
  ["twins", "y ~ x", { y, x: ["a", "b", "a", "b"] }, { levels: { x: ["a", "a"] } }, /^levels\.x\[1\] is "a" again; different/],
  [
    "a level too few",
    "y ~ x",
    { y, x: ["a", "b", "a", "c"] },
    { levels: { x: ["a", "b"] } },
    /^data\.x\[3\] is "c", which is none of levels\.x: "a", "b"/,
  ],
  ["weights", "y ~ x", { y, x: y }, { beside: { weights: [1] } }, /^weights has 1 entries and data has 4 rows/],
  ["a formula", wrong(7), { y }, {}, /^formula is 7; a string is needed/],
])("refused: %s", (_, formula, data, options, message) => {
  expect(() => modelFrame(formula, wrong(data), options)).toThrow(message);
});

test("a design has the columns of its factors one by one", () => {
  const column = fc.array(fc.constantFrom("a", "b", "c"), { minLength: 12, maxLength: 12 });
  fc.assert(
    fc.property(column, column, fc.array(fc.double({ noNaN: true, min: -9, max: 9 }), { minLength: 12, maxLength: 12 }), (g, h, x) => {
      fc.pre(new Set(g).size === 3 && new Set(h).size === 3);
      const made = modelMatrix("~ 0 + g:h:x", { g, h, x });
      for (const [k, name] of made.names.entries()) {
        const [, a, b] = /^g(.):h(.):x$/.exec(name)!;
        expect(Array.from(made.columns[k]!)).toEqual(x.map((value, i) => (g[i] === a && h[i] === b ? value : 0)));
      }
      expect(made.names.length).toBe(9);
    }),
  );
});
