// What the command answers: for every kind of file and every option one row.

import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { expectAll, loglik, type Row } from "./command.ts";

const file = { "claims.csv": "id,loss,w,group\n1,2.5,1,a\n2,0.5,2,b\n3,1.25,1,a\n4,4,2,b\n" };
const csv = (text: string | Uint8Array) => ({ "a.csv": text });
/** Maximum at rate = 0.5. */
const half = /^rate +0\.5000000 /m;
const exponential = "-d exponential";

const ranking: readonly Row[] = [
  [
    "ranks all families",
    "fit claims.csv --column loss",
    file,
    /^loss: 4 rows of claims\.csv$/m,
    /^family +logLik +AIC +ΔAIC +BIC +KS +AD +estimates ± standard errors$/m,
    /^exponential +-6\.90 +15\.79 +\d+\.\d\d +15\.18 +0\.2153 +0\.2643 +rate 0\.48 ± 0\.24$/m,
    "not fitted: bernoulli (value 1 is 2.5; needs values 0 or 1)",
    /^read in .+, \d+ families fitted in .+$/m,
  ],
  ["notes a fit on the boundary", "fit claims.csv -c loss", file, /^uniform \[1\] .*min 0\.500000, max 4\.00000$/m, /^\[1\] boundary: /m],
  ["ranks by BIC", "fit claims.csv -c loss --criterion bic", file, /^family +logLik +AIC +BIC +ΔBIC/m],
  ["ranks by AICc", "fit claims.csv -c loss --criterion aicc", file, /^family +logLik +AICc +ΔAICc +BIC/m],
];

const single: readonly Row[] = [
  [
    "shows one fit in full",
    "fit claims.csv --column loss --dist exponential",
    file,
    "exponential fitted to loss: 4 rows of claims.csv",
    "95 % interval",
    /^rate +0\.4848485 +0\.2424 +0\.1819\d+ to 1\.2918\d+$/m,
    "logLik -6.90   AIC 15.79   AICc 17.79   BIC 15.18   nobs 4 rows",
    "status: interior.",
    /^certificate: Newton decrement \S+ standard errors;.* pass(es)? over the data$/m,
  ],
  ["shows the distances", `fit claims.csv -c loss ${exponential}`, file, "KS 0.2153   AD 0.2643"],
  [
    "tests the goodness of fit",
    `fit claims.csv -c loss ${exponential} --gof`,
    file,
    /^goodness of fit +statistic +p-value +by$/m,
    /^Kolmogorov-Smirnov D +0\.21528 +0\.9\d+ +parametric bootstrap, B = 1000$/m,
    /^chi-squared, \d cells /m,
  ],
  ["takes a level", `fit claims.csv -c loss ${exponential} --level 0.9`, file, "90 % interval"],
  [
    "takes bootstrap intervals",
    `fit claims.csv -c loss ${exponential} --ci bca --boot 200 --seed 3`,
    file,
    "95 % BCa interval",
    /^rate +0\.4848485 +0\.2424 +0\.\d+ to \d\.\d+$/m,
    "bootstrap: 200 replicates, seed 3",
  ],
  [
    "tells of replicates without a maximum",
    "fit a.csv -d gamma --ci percentile",
    { "a.csv": "1\n1\n1\n2\n" },
    "95 % percentile interval",
    /^bootstrap: 1,?000 replicates, seed 1, \d+ of them without a maximum:\n {2}\d+: All values are equal/m,
  ],
  ["has no intervals of a limit", "fit a.csv -d studentT --ci bca", csv("1\n2\n3\n4\n"), /^df +Infinity .*–$/m],
  ["takes weights", `fit claims.csv -c loss ${exponential} -w w`, file, /^rate +0\.4705882 /m, "nobs 6 rows"],
  ["takes importance weights", `fit claims.csv -c loss ${exponential} -w 3 --weight-type importance`, file, /^rate +0\.47/m, "nobs 4 rows"],
  ["holds a parameter", "fit claims.csv -c loss -d gamma --fix shape=1", file, /^shape +1\.000000 +fixed +–$/m, /^rate +0\.4848485 /m],
  ["takes a column by number", `fit claims.csv --column 2 ${exponential}`, file, "fitted to loss", "0.4848485"],
  [
    "selects rows",
    ["fit", "claims.csv", "-c2", "-dexponential", "--where", "\"group\" = 'a' AND id < 10"],
    file,
    "2 rows",
    /^rate +0\.5333333 /m,
  ],
];

const kinds: readonly Row[] = [
  ["the only numeric column", `fit a.csv ${exponential}`, csv("group,loss\na,1\nb,3\n"), "fitted to loss", half],
  ["a column without header", `fit a.csv ${exponential}`, csv("1\n3\n"), "fitted to column1: 2 rows", half],
  ["no line end at the end", `fit a.csv ${exponential}`, csv("1\n3"), "2 rows", half],
  ["one row", `fit a.csv ${exponential}`, csv("2"), "1 row of", half],
  ["no header above text and numbers", `fit a.csv -c 2 ${exponential}`, csv("a,1\nb,3\n"), "2 rows", half],
  [
    "a header of numbers, when told",
    `fit a.csv --header -c 2020 ${exponential}`,
    csv("2019,2020\n5,1\n6,3\n"),
    "fitted to 2020: 2 rows",
    half,
  ],
  [
    "no header, when told",
    `fit a.csv --no-header --na drop ${exponential}`,
    csv("NA\n1\n3\n"),
    "2 rows of a.csv (1 left out for missing",
    half,
  ],
  ["standard input", `fit - ${exponential}`, "loss\n1\n3\n", "fitted to loss: 2 rows of standard input", half],
  ["JSON on standard input", `fit - ${exponential}`, '[{"loss": 1}, {"loss": 3}]', "fitted to loss", half],
  ["TSV", `fit a.tsv -c loss ${exponential}`, { "a.tsv": "id\tloss\n1\t1\n2\t3\n" }, half],
  ["semicolons", `fit a.csv -c loss ${exponential}`, csv("id;loss\n1;1\n2;3\n"), half],
  ["decimal commas, when told", `fit a.csv -c loss ${exponential} --decimal ,`, csv("id;loss\n1;0,5\n2;3,5\n"), half],
  ["a delimiter given by name", `fit a.csv -c loss ${exponential} --delimiter space`, csv("id loss\n1 1\n2 3\n"), half],
  [
    "BOM, CRLF, quotes, blanks",
    `fit a.csv -c loss ${exponential}`,
    csv('\uFEFF"loss",n\r\n"1","a ""b"",\r\nc"\r\n 3 ,x\r\n\r\n'),
    "2 rows",
    half,
  ],
  ["comments at the top", `fit a.csv -c loss ${exponential}`, csv("# from a survey\n# 2020\n\nid,loss\n1,1\n2,3\n"), "2 rows", half],
  ["blank lines", `fit a.csv ${exponential}`, csv("loss\n1\n\n3\n\n"), "2 rows of a.csv\n", half],
  [
    "missing values, when told",
    `fit a.csv -c 2 ${exponential} --na drop`,
    csv("id,x\n1,1\n2,\n3,NA\n4,nan\n5,3\n"),
    "2 rows of a.csv (3 left out",
    half,
  ],
  ["names in Latin-1", `fit a.csv -c 2 ${exponential}`, csv(Buffer.from("stra\xdfe,loss\nZ\xfcrich,1\nB\xe2le,3\n", "latin1")), half],
  ["gzip", `fit a.csv.gz ${exponential}`, { "a.csv.gz": gzipSync("loss\n1\n3\n") }, "fitted to loss", half],
  ["a name that is a pattern", `fit a*.csv ${exponential}`, { "a*.csv": "loss\n1\n3\n", "ab.csv": "loss\n7\n" }, "2 rows", half],
  ["a name in quotes", ["fit", "it's.csv", "-dexponential"], { "it's.csv": "a 'b' \"c\"\n1\n3\n" }, "fitted to a 'b' \"c\": 2 rows", half],
  ["rows known only to be larger", "fit a.csv -c t --status died -d exponential", csv("t,died\n2,1\n4,0\n2,1\n"), /^rate +0\.2500000 /m],
  ["only larger values seen", "fit a.csv -d exponential --after 1", csv("x\n2\n4\n"), /^rate +0\.5000000 /m],
  ["a prior", "fit a.csv -d poisson --prior lambda=gamma,3,1.5", csv("x\n1\n3\n"), /^lambda +1\.714286 /m, /^log prior -\d/m],
  ["a constant", "fit a.csv -d binomial --set size=4", csv("x\n1\n3\n"), /^prob +0\.5000000 /m],
  [
    "profile intervals",
    "fit a.csv -d poisson --ci profile",
    csv("x\n0\n0\n0\n0\n"),
    "95 % profile interval",
    /^lambda +0 +– +0 to 0\.480182$/m,
  ],
  ["an open end", "fit a.csv -d negativeBinomial --ci profile", csv("x\n1\n2\n1\n2\n2\n"), /^size +Infinity .* to Infinity$/m],
  ["a bound", "fit a.csv -d exponential --max rate=0.25", csv("x\n1\n3\n"), "rate is at its upper bound 0.25"],
  ["NDJSON", `fit a.ndjson -c loss ${exponential}`, { "a.ndjson": '{"id": "x", "loss": 1}\n{"id": "y", "loss": 3}\n' }, half],
  ["a JSON array of numbers", `fit a.json ${exponential}`, { "a.json": "[1, 3]" }, half],
];

const others: readonly Row[] = [
  ["the catalogue", "distributions", "", /^family +parameters +support +density or mass$/m, /^gamma +shape, rate +values > 0 /m],
  ["the catalogue as data", "distributions --json", "", /^ {4}"name": "gamma",$/m],
  ["help", "--help", "", "Usage: loglik", "fit [options] <FILE>"],
  ["help with a command", "fit --help", "", "--weight-type <type>", "Exit codes: 0 a fit; 1 no fit"],
  ["the version", "--version", "", /^\d+\.\d+\.\d+\n$/],
];

describe.concurrent.each(Object.entries({ ranking, single, kinds, others }))("%s", (_, rows) => {
  for (const [name, args, input, ...says] of rows) {
    test(name, async () => {
      const { code, out, err } = await loglik(args, input);
      expect({ code, err }).toEqual({ code: 0, err: "" });
      expectAll(out, says);
    });
  }
});

const noFit: readonly Row[] = [
  ["one row", "fit a.csv -d normal", csv("loss\n2\n"), "status: nonexistent. "],
  ["all values equal", "fit a.csv -d gamma", csv("loss\n2\n2\n2\n"), "status: nonexistent. "],
  ["all values equal, as JSON", "fit a.csv -d normal --json", csv("loss\n2\n2\n"), '"status": "nonexistent"', '"logLik": null'],
];

describe.concurrent("no fit", () => {
  for (const [name, args, input, ...says] of noFit) {
    test(name, async () => {
      const { code, out, err } = await loglik(args, input);
      expect({ code, err }).toEqual({ code: 1, err: "" });
      expectAll(out, says);
    });
  }
});

describe.concurrent("--json", () => {
  test("prints one fit", async () => {
    const { out } = await loglik("fit claims.csv -c loss -d gamma --json", file);
    const fit = JSON.parse(out);
    expect(fit).toMatchObject({ distribution: "gamma", parameters: ["shape", "rate"], nobs: 4, status: "interior", level: 0.95 });
    expect(fit).toMatchObject({ file: "claims.csv", column: "loss", rows: 4, dropped: 0 });
    expect(fit.estimates.shape / fit.estimates.rate).toBeCloseTo(2.0625, 10);
    expect(fit.confint.shape[0]).toBeLessThan(fit.estimates.shape);
    expect(Object.keys(fit)).toEqual(
      expect.arrayContaining(["standardErrors", "vcov", "logLik", "aic", "aicc", "bic", "passes", "certificate", "reason", "seconds"]),
    );
  });

  test("prints the bootstrap", async () => {
    const args = "fit claims.csv -c loss -d exponential --ci percentile --boot 50 --json";
    const found = JSON.parse((await loglik(args, file)).out);
    expect(found).toMatchObject({ ci: "percentile", bootstrap: { B: 50, seed: 1, kind: "nonparametric", failed: { count: 0 } } });
    expect(found.confint.rate[0]).toBeLessThan(found.confint.rate[1]);
    expect(found.bootstrap.standardErrors.rate).toBeGreaterThan(0);
    expect(JSON.parse((await loglik(args, file)).out).confint).toEqual(found.confint);
  });

  test("prints profile intervals, infinite ends as words", async () => {
    const { out } = await loglik("fit claims.csv -c loss -d gamma --ci profile --json", file);
    const { ci, confint, estimates } = JSON.parse(out);
    expect(ci).toBe("profile");
    expect(confint.shape[0]).toBeLessThan(estimates.shape);
    const zeros = await loglik("fit a.csv -d poisson --ci profile --json", { "a.csv": "n\n0\n0\n0\n0\n" });
    const none = JSON.parse(zeros.out);
    expect(none).toMatchObject({ status: "boundary", confint: { lambda: [0, expect.closeTo(1.920729410347062 / 4, 10)] } });
    const flat = await loglik("fit a.csv -d negativeBinomial --ci profile --json", { "a.csv": "n\n1\n2\n1\n2\n2\n" });
    expect(JSON.parse(flat.out).confint.size[1]).toBe("Infinity");
  });

  test("prints distances and, when asked, tests", async () => {
    const { out } = await loglik("fit claims.csv -c loss -d exponential --fix rate=0.5 --gof --json", file);
    const { ks, ad, goodnessOfFit } = JSON.parse(out);
    expect([ks, ad]).toEqual([goodnessOfFit.ks.statistic, goodnessOfFit.ad.statistic]);
    expect(goodnessOfFit.ks.method).toContain("no parameter was estimated");
    expect(goodnessOfFit.chisq).toMatchObject({ df: expect.any(Number), bins: { observed: expect.any(Array) } });
  });

  test("prints the best fit with the ranking below it", async () => {
    const { out } = await loglik("fit claims.csv -c loss --json", file);
    const { ranking, skipped, ...best } = JSON.parse(out);
    expect(ranking[0]).toMatchObject({ distribution: best.distribution, estimates: best.estimates, aic: best.aic });
    expect(skipped).toContainEqual({ distribution: "bernoulli", reason: "x[0] is 2.5; bernoulli needs values 0 or 1." });
    const aic = ranking.filter(({ status }: { status: string }) => status !== "nonexistent").map(({ aic }: { aic: number }) => aic);
    expect(aic).toEqual(aic.toSorted((a: number, b: number) => a - b));
  });
});
