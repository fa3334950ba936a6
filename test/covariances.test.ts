import { readFileSync } from "node:fs";
import { type FitOptions, fit as fitAny, maximize, vcov } from "loglik";
import { describe, expect, test } from "vitest";
import { near } from "./closeness.ts";
import { families, fit, trial } from "./trials.ts";

// The sandwich without importance weights and by clusters: against R's package sandwich, and as properties over all families.

type Matrix = readonly (readonly number[])[];

interface Row {
  readonly distribution: string;
  readonly x?: readonly number[];
  readonly lower?: readonly number[];
  /** null where a row is censored. */
  readonly upper?: readonly (number | null)[];
  readonly cluster: readonly number[];
  readonly logLik: number;
  readonly observed: Matrix;
  readonly robust: Matrix;
  readonly clustered: Matrix;
}

const rows: readonly Row[] = JSON.parse(readFileSync("test/data/covariances.json", "utf8"));

function expectMatrix(found: Matrix, expected: Matrix, relative: number): void {
  expected.forEach((line, i) => {
    line.forEach((value, j) => {
      near(found[i]![j]!, value, relative * Math.sqrt(expected[i]![i]! * expected[j]![j]!), `[${i}][${j}]`);
    });
  });
}

describe.each(rows)("R's sandwich of $distribution", ({ distribution, x, lower, upper, cluster, logLik, observed, robust, clustered }) => {
  const data = x ?? null;
  const known: FitOptions = lower ? { censored: { lower, upper: upper!.map((end) => end ?? Number.POSITIVE_INFINITY) } } : {};

  test("as options of a fit", async () => {
    const r = await fit(distribution, data, { ...known, cluster });
    near(r.logLik, logLik, 1e-10 * Math.abs(logLik), "logLik");
    expectMatrix(r.vcov, clustered, 1e-6);
    near(r.standardErrors[r.parameters[0]!]!, Math.sqrt(clustered[0]![0]!), 1e-6, "standard error");
    expectMatrix((await fit(distribution, data, { ...known, covariance: "robust" })).vcov, robust, 1e-6);
  });

  test("after the fact", async () => {
    const r = await fit(distribution, data, known);
    expectMatrix(r.vcov, observed, 1e-6);
    expectMatrix(await vcov(r), robust, 1e-6);
    expectMatrix(await vcov(r, { cluster: cluster.map((label) => `patient ${label}`) }), clustered, 1e-6);
    const grouped = await fit(distribution, data, { ...known, cluster });
    expectMatrix(await vcov(grouped, { type: "observed" }), observed, 1e-6);
    expectMatrix(await vcov(grouped), clustered, 1e-6);
  });
});

describe.each(families)("$name", (family) => {
  const x = trial(family, 1).at.random(60, { seed: 5 });
  const counts = x.map((_, i) => i % 4);
  const rowOf = [...x.keys()].flatMap((i) => new Array<number>(counts[i]!).fill(i));
  const repeated = rowOf.map((i) => x[i]!);

  test("rows that are clusters of their own are the sandwich, n / (n - 1) times", async () => {
    const robust = await fit(family, x, { covariance: "robust" });
    const importance = await fit(family, x, { weights: x.map(() => 1), weightType: "importance" });
    const own = await fit(family, x, { cluster: [...x.keys()] });
    expectMatrix(
      own.vcov,
      robust.vcov.map((line) => line.map((value) => (60 / 59) * value)),
      1e-7,
    );
    expectMatrix(importance.vcov, robust.vcov, 1e-7);
  });

  test("frequency weights repeat rows, in clusters and without", async () => {
    expectMatrix(
      (await fit(family, x, { weights: counts, covariance: "robust" })).vcov,
      (await fit(family, repeated, { covariance: "robust" })).vcov,
      1e-7,
    );
    const labels = [...x.keys()].map((i) => Math.floor(i / 5));
    expectMatrix(
      (await fit(family, x, { weights: counts, cluster: labels })).vcov,
      (await fit(family, repeated, { cluster: rowOf.map((i) => labels[i]!) })).vcov,
      1e-7,
    );
  });
});

test("what cannot be asked is refused", async () => {
  const x = [1, 2, 3, 4.5];
  const refusal = (cluster: unknown, options = {}) => fitAny("gamma", x, { ...options, cluster: cluster as number[] });
  await expect(refusal([1, 2])).rejects.toThrow("cluster has 2 entries; 4 are needed, one per row.");
  await expect(refusal([1, 1, 1, 1])).rejects.toThrow("two clusters at least");
  await expect(refusal([1, null, 1, 1])).rejects.toThrow("cluster[1] is null; a string or a finite number is needed.");
  await expect(refusal("abcd")).rejects.toThrow('cluster is "abcd"; an array of labels or numbers is needed');
  await expect(refusal([1, 2, 1, 2], { covariance: "observed" })).rejects.toThrow("clusters change the sandwich only");
  await expect(fitAny("gamma", x, { covariance: "HC3" as "robust" })).rejects.toThrow('covariance is "HC3"; "observed" or "robust"');
  const own = await maximize({ parameters: { m: { start: 0 } }, logLik: ({ m }) => -(m! ** 2) });
  await expect(vcov(own)).rejects.toThrow('The fit is "maximize"; a fit of a distribution is needed');
  const gamma = await fitAny("gamma", x);
  await expect(vcov(gamma, { type: "HC0" as "robust" })).rejects.toThrow('type is "HC0"');
  const thinned = await fitAny("gamma", [...x, 7], { cluster: [1, 2, 1, 2, Number.NaN], weights: [1, 1, 1, 1, 0] });
  expectMatrix(thinned.vcov, (await fitAny("gamma", x, { cluster: ["a", "b", "a", "b"] })).vcov, 1e-9);
});
