// What the command refuses: exit code 2, nothing on stdout, one line on stderr with file, line, column, what was found and what is needed.

import { describe, expect, test } from "vitest";
import { expectAll, loglik, type Row } from "./command.ts";

const csv = (text: string | Uint8Array) => ({ "a.csv": text });
const json = (text: string) => ({ "a.json": text });
const file = csv("id,loss,w,group\n1,2.5,1,a\n2,0.5,2,b\n3,1.25,1,a\n4,4,2,b\n");
const fit = "fit a.csv -c loss";

const files: readonly Row[] = [
  ["an empty file", "fit a.csv", csv(""), "a.csv: found an empty file; needs at least one row"],
  ["empty standard input", "fit -", "", "standard input: found an empty file"],
  ["blank lines only", "fit a.csv", csv("\n\n"), "a.csv: found no record"],
  ["a header without rows", fit, csv("id,loss\n"), "a.csv: found a header without rows"],
  ["a missing file", "fit b.csv", {}, "b.csv: no such file"],
  ["a folder", "fit b", { "b/a.csv": "1\n" }, "b: found a folder; needs a file"],
  ["UTF-16", "fit a.csv", csv(Buffer.from("\uFEFFloss\n1\n", "utf16le")), "a.csv: found binary data or UTF-16 text"],
  ["a short row", fit, csv("id,loss\n1,2\n3\n4,5\n"), "a.csv, line 3: found 1 field; needs 2"],
  ["a long row", fit, csv("id,loss\n1,2\n3,4,5\n"), "a.csv, line 3: found 3 fields; needs 2"],
  ["a long row after many", fit, csv(`id,loss\n${"1,2\n".repeat(5000)}3,4,5\n`), "a.csv, line 5002: found 3 fields; needs 2"],
  ["a quote that does not end", fit, csv('name,loss\na,1\n"b,2\nc,3\n'), "a.csv, line 3: found a quoted field that does not end"],
  ["text after a closing quote", fit, csv('name,loss\n"a" b,1\nc,3\n'), "a.csv, line 2: "],
  [
    "a quote below the header that does not end",
    fit,
    csv('name,loss\n"b,2\nc,3\n'),
    "a.csv, line 2: found a quoted field that does not end",
  ],
  ["line ends of two kinds", fit, csv("id,loss\r\n1,2\n3,4\r\n"), "a.csv: found line ends of two kinds"],
  ["JSON cut short", "fit a.json", json('[{"loss": 1}, {"loss": 2'), "a.json: Malformed JSON"],
  ["JSON without rows", "fit a.json", json("[]"), "a.json: found no rows"],
  ["what is no Parquet", "fit a.parquet", { "a.parquet": "loss\n1\n2\n3\n4\n" }, /^loglik: a\.parquet: /],
];

const columns: readonly Row[] = [
  ["a missing column", "fit a.csv -c los", file, "a.csv, column los: no such column; found id, loss, w, group (did you mean loss?)"],
  ["a number out of range", "fit a.csv -c 5", file, "a.csv, column 5: found 4 columns; --column needs a name or a number from 1 to 4"],
  ["two columns of one name", "fit a.csv -c x", csv("x,x\n1,2\n"), "a.csv, column x: found as columns 1 and 2"],
  ["no choice among several", "fit a.csv", file, "a.csv: found 3 numeric columns; needs --column with one of id, loss, w"],
  ["no choice, and a bad cell in one of two", "fit a.csv", csv("id,loss\n1,2\n2,x\n3,4\n"), "a.csv: found 2 numeric columns"],
  ["no numeric column", "fit a.csv", csv("a,b\nx,y\n"), "a.csv: found no numeric column; needs --column with one of a, b"],
  ["a missing column of weights", `${fit} -w v`, file, "a.csv, column v: no such column"],
];

const cells: readonly Row[] = [
  ["text", fit, csv("id,loss\n1,2.5\n2,abc\n3,1\n"), 'a.csv, line 3, column loss: found "abc"; needs a number'],
  [
    "text after many numbers",
    "fit a.csv",
    csv(`loss\n${"1.5\n".repeat(5000)}x\n`),
    'a.csv, line 5002, column loss: found "x"; needs a number',
  ],
  ["text below a field of two lines", fit, csv('name,loss\n"a\nb",1\n\nc,x\n'), 'a.csv, line 5, column loss: found "x"'],
  ["text below a comment", fit, csv("# a\n\nid,loss\n1,x\n"), 'a.csv, line 4, column loss: found "x"'],
  ["several lines of text", fit, csv('id,loss\n1,"a\nb"\n'), 'a.csv, line 2, column loss: found "a\\nb"; needs a number'],
  ["NaN", "fit a.csv", csv("loss\n1\nNaN\n"), 'a.csv, line 3, column loss: found "NaN"; needs a number (--na drop'],
  ["infinity", "fit a.csv", csv("loss\n1\ninf\n"), 'a.csv, line 3, column loss: found "inf"; needs a finite number'],
  ["minus infinity", "fit a.csv", csv("loss\n1\n-Infinity\n"), 'line 3, column loss: found "-Infinity"; needs a finite number'],
  ["infinity, where missing values are dropped", "fit a.csv --na drop", csv("loss\nNA\ninf\n"), 'line 3, column loss: found "inf"'],
  ["a number beyond all doubles", "fit a.csv", csv("loss\n1\n1e400\n"), 'line 3, column loss: found "1e400"; needs a number within'],
  ["an empty cell", fit, csv("id,loss\n1,2\n2,\n"), "a.csv, line 3, column loss: found an empty cell; needs a number (--na drop"],
  ["NA", fit, csv("id,loss\n1,2\n2,NA\n"), 'a.csv, line 3, column loss: found "NA"'],
  ["NA in the only column", "fit a.csv", csv("loss\n1\n\nNA\n"), 'a.csv, line 4, column loss: found "NA"'],
  ["nothing but missing values", `${fit} --na drop`, csv("id,loss\n1,NA\n2,\n"), "a.csv: found 2 rows, every one with a missing value"],
  ["dates", fit, csv("loss,x\n2020-01-01,1\n2020-01-02,2\n"), 'line 2, column loss: found "2020-01-01", a date; needs a number'],
  ["true and false", fit, csv("loss,x\ntrue,1\nfalse,2\n"), 'line 2, column loss: found "true"; needs a number (1 and 0'],
  [
    "thousands apart",
    fit,
    csv('id,loss\n1,12\n2,"1,234.5"\n'),
    'found "1,234.5"; needs a number without separators between thousands, such as 1234.5',
  ],
  ["decimal commas", fit, csv("id;loss\n1;2,5\n"), 'line 2, column loss: found "2,5"; needs a decimal point (--decimal ,'],
  ["two numbers in a field", "fit a.csv", csv("x\n1 2.5\n"), 'line 2, column x: found "1 2.5"; needs one number (--delimiter space'],
  [
    "JSON with text among numbers",
    "fit a.json -c loss",
    json('[{"loss": 1}, {"loss": "abc"}]'),
    'a.json, row 2, column loss: found "abc"; needs a number',
  ],
  ["JSON with a null", "fit a.json", json('[{"loss": 1}, {"loss": null}]'), "a.json, row 2, column loss: found an empty cell"],
  ["JSON with lists", "fit a.json", json('{"loss": [1, 2]}'), "a.json, column loss: found lists; needs numbers"],
];

const values: readonly Row[] = [
  [
    "a value outside the support",
    `${fit} -d gamma`,
    csv("id,loss\n1,2\n\n2,-3\n"),
    "a.csv, line 4, column loss: found -3; gamma needs values > 0.",
  ],
  [
    "a value outside the support, among dropped and unselected rows",
    ["fit", "a.csv", "-c", "loss", "-d", "gamma", "--na", "drop", "--where", "id > 1"],
    csv("id,loss\n1,-2\n2,NA\n3,1\n4,-3\n"),
    "a.csv, line 5, column loss: found -3; gamma needs values > 0.",
  ],
  [
    "a value outside the support, in JSON",
    "fit a.json -d gamma",
    json("[1, -3]"),
    "a.json, row 2, column json: found -3; gamma needs values > 0.",
  ],
  [
    "a fraction among counts",
    "fit a.csv -d poisson",
    csv("n\n1\n2.5\n"),
    "a.csv, line 3, column n: found 2.5; poisson needs whole numbers >= 0.",
  ],
  ["a negative weight", "fit a.csv -c x -w w", csv("x,w\n1,1\n2,-1\n"), "a.csv, line 3, column w: found -1; weights must be"],
  ["a weight that is NaN", "fit a.csv -c x -w w", csv("x,w\n1,1\n2,nan\n"), 'a.csv, line 3, column w: found "nan"; needs a number'],
  ["weights all zero", "fit a.csv -c x -w w", csv("x,w\n1,0\n2,0\n"), "a.csv, column w: all weights are 0; at least one must be > 0."],
];

const usage: readonly Row[] = [
  ["an unknown family, before the file is opened", "fit b.csv -d gama", {}, 'Unknown distribution "gama"; did you mean "gamma"?'],
  [
    "a distribution of rows, before the file is opened",
    "fit b.csv -d multivariateNormal",
    {},
    "--dist multivariateNormal: a distribution of rows of finite values, and a column holds numbers",
  ],
  ["a fixed parameter outside its domain", `${fit} -d gamma --fix shape=-2`, file, "--fix shape: found -2; a number > 0 is needed."],
  [
    "a parameter that the family lacks",
    `${fit} -d gamma --fix scale=2`,
    file,
    "--fix scale: gamma has no such parameter; it has shape, rate.",
  ],
  ["a parameter fixed at a word", `${fit} -d gamma --fix shape=two`, file, "needs the form name=number"],
  ["a bound without a distribution", "fit a.csv -c loss --min shape=2", file, "--min needs --dist: parameters belong to one distribution"],
  [
    "a status that is none",
    "fit a.csv -c loss --status w",
    file,
    "a.csv, line 3, column w: found 2; needs 1 (value known) or 0 (censored)",
  ],
  [
    "a censored value outside the support",
    "fit a.csv -c loss --status s -d gamma",
    csv("loss,s\n1,1\n-2,1\n3,0\n"),
    "a.csv, line 3, column loss: found -2; gamma needs values > 0",
  ],
  ["a prior of no form", `${fit} -d gamma --prior shape=2`, file, "name=distribution,number,number"],
  ["a prior with too few values", `${fit} -d gamma --prior shape=gamma,2`, file, "gamma needs shape, rate"],
  ["a prior without a distribution", `${fit} --prior shape=gamma,2,1`, file, "--prior needs --dist"],
  ["a missing constant", `${fit} -d binomial`, file, "binomial needs --set size=<number>"],
  ["a parameter fixed twice", `${fit} -d gamma --fix shape=2 --fix shape=3`, file, "shape is given twice."],
  ["profile intervals without a distribution", `${fit} --ci profile`, file, "--ci profile needs --dist"],
  ["intervals of no method", `${fit} --ci boot`, file, "--ci"],
  ["tests without a family", `${fit} --gof`, file, "--gof needs --dist: p-values of all distributions would take minutes"],
  ["a fixed parameter without a family", `${fit} --fix shape=2`, file, "--fix needs --dist"],
  ["an unknown method of intervals", `${fit} -d gamma --ci wild`, file, "percentile, bca"],
  ["bootstrap intervals of all families", `${fit} --ci bca`, file, "--ci bca needs --dist"],
  ["replicates without a bootstrap", `${fit} -d gamma --boot 100`, file, "--boot needs --ci percentile or --ci bca"],
  ["a seed without a bootstrap", `${fit} -d gamma --seed 1`, file, "--seed needs --ci"],
  ["one replicate", `${fit} -d gamma --ci bca --boot 1`, file, "a whole number from 2 to 1e7."],
  [
    "an estimate on one side of all replicates",
    `${fit} -d exponential --ci bca --boot 2 --seed 3`,
    file,
    "--ci bca: all replicates of rate lie on one side of the estimate,",
    "; --ci percentile is needed",
  ],
  ["a level outside (0, 1)", `${fit} --level 95`, file, "a number between 0 and 1, such as 0.95."],
  ["a delimiter of two characters", `${fit} --delimiter ::`, file, "needs one character"],
  ["an unknown criterion", `${fit} --criterion dic`, file, "Allowed choices are aic, aicc, bic, logLik."],
  ["an unknown option", "fit a.csv --colum loss", file, "unknown option '--colum' (Did you mean --column?)"],
  ["an unknown command", "fitt a.csv", file, "unknown command 'fitt' (Did you mean fit?)"],
  ["no file", "fit", {}, "missing required argument 'FILE'"],
  [
    "a condition that selects nothing",
    ["fit", "a.csv", "-c2", "--where", "id > 9"],
    file,
    'a.csv: found no row that fulfils --where "id > 9"',
  ],
  ["a condition on an unknown column", ["fit", "a.csv", "-c2", "--where", "year > 9"], file, '--where "year > 9": ', '"year" not found'],
  ["a condition that is no SQL", ["fit", "a.csv", "-c2", "--where", "id >"], file, '--where "id >": ', "syntax error"],
];

describe.concurrent.each(Object.entries({ files, columns, cells, values, usage }))("%s", (_, rows) => {
  for (const [name, args, input, ...says] of rows) {
    test(name, async () => {
      const { code, out, err } = await loglik(args, input);
      expect({ code, out }).toEqual({ code: 2, out: "" });
      expect(err).toMatch(/^loglik: .+[.!?]\n$/);
      expectAll(err, says);
    });
  }
});
