import { describe, expect, test } from "vitest";
import { tailsOf } from "../src/estimators/problem.ts";
import type { RowLaw } from "../src/laws/rowLaw.ts";
import { at, extremeValue, logistic, normal, reflected } from "../src/laws/standardLaws.ts";
import { charts } from "../src/math/charts.ts";
import { alongLine } from "../src/math/differences.ts";
import { log } from "../src/math/elementary.ts";
import { logInterval } from "../src/math/interval.ts";
import { entry } from "../src/math/triangle.ts";
import { distributionLaw } from "../src/vglm/distregLaws.ts";
import { FamilyLaw } from "../src/vglm/familyLaw.ts";
import { type Trial, trials } from "./trialFamilies.ts";

// A row's log-likelihood in the coordinates of the parameters, exact, censored on either side, between two bounds and in a narrow interval:
// its value against the family's, and its derivatives against differences of that value.

const smooth = trials.filter(({ family }) => !family.parameters.some(({ rough }) => rough) && family.name !== "discreteUniform");

/** What is known of a row: all ends are quantiles, whatever the family. */
const questions: Readonly<Record<string, (at: (p: number) => number, whole: boolean) => readonly [number, number]>> = {
  exact: (at) => [at(0.3), at(0.3)],
  "in the tail": (at) => [at(0.98), at(0.98)],
  "right-censored": (at) => [at(0.6), Number.POSITIVE_INFINITY],
  "left-censored": (at) => [Number.NEGATIVE_INFINITY, at(0.7)],
  between: (at, whole) => [at(0.2) - (whole ? 1 : 0), at(0.75)],
};

/** Coordinates of a trial, and its family's parameters at some. */
const pointOf = ({ family, theta }: Trial) =>
  Float64Array.from(theta, (value, k) => (k < family.parameters.length ? charts[family.parameters[k]!.domain].toEta(value) : value));
const naturalAt = ({ family, theta }: Trial, c: readonly number[]) =>
  theta.map((value, k) => (k < family.parameters.length ? charts[family.parameters[k]!.domain].at(c[k]!)[0] : value));

/** Spreads of one row's information in each coordinate: of scores at quantiles. */
function spreadsOf(trial: Trial): number[] {
  const { family, theta, at } = trial;
  const shares = Array.from({ length: 40 }, (_, i) => (i + 0.5) / 40);
  return family.parameters.map(({ domain }, k) => {
    const [, slope] = charts[domain].at(charts[domain].toEta(theta[k]!));
    const squares = shares.map((p) => (slope * family.score(at.quantile(p), theta)[k]!) ** 2);
    return 1 / Math.sqrt(squares.reduce((sum, square) => sum + square, 0) / squares.length);
  });
}

function ask(law: RowLaw, c: Float64Array, a: number, b: number): { value: number; first: number[]; second: number[] } {
  law.at(c);
  if (a === b) law.exact(a);
  else law.between(a, b);
  return { value: law.value, first: [...law.first], second: [...law.second] };
}

describe.each(smooth.map((trial) => [trial.name, trial] as const))("%s", (_, trial) => {
  const { family, theta, at } = trial;
  const count = family.parameters.length;
  const spreads = spreadsOf(trial);
  const { logs, law: make } = distributionLaw(family, []);
  const law = make(spreads);
  const point = pointOf(trial);
  const inLaw = (x: number) => (logs ? log(Math.max(0, x)) : x);

  test.each(Object.entries(questions))("%s", (__, question) => {
    const [a, b] = question((p) => at.quantile(p), family.support.whole);
    if (family.support.period !== undefined && !Number.isFinite(b - a)) return;
    if (a === b && !Number.isFinite(family.logPdf(a, theta))) return;
    const value = (c: readonly number[]) => {
      const here = naturalAt(trial, c);
      return a === b ? family.logPdf(a, here) : logInterval(tailsOf(family, here), a, b, family.support.whole);
    };
    const here = Array.from(point.subarray(0, count));
    const top = value(here);
    const differences = (share: number) => {
      const steps = spreads.map((spread, k) => share * (family.parameters[k]!.domain === "real" ? spread : Math.min(1, spread)));
      const along = (by: (k: number) => number) =>
        alongLine(
          value,
          here,
          top,
          here.map((__, k) => by(k)),
        );
      const only = (k: number) => along((i) => (i === k ? steps[k]! : 0));
      const corner = (k: number, j: number, sign: number) =>
        along((i) => (i === k ? steps[k]! : i === j ? sign * steps[j]! : 0)).second / 4;
      return {
        gradient: steps.map((step, k) => only(k).first / step),
        hessian: steps.map((step, k) =>
          steps.map((other, j) => (j === k ? only(k).second : corner(k, j, 1) - corner(k, j, -1)) / step / other),
        ),
        noise: steps.map((step) => (3e-15 * (1 + Math.abs(top))) / step),
        steps,
      };
    };
    const [coarse, fine] = [differences(0.02), differences(0.01)];
    if (!coarse.hessian.flat().every(Number.isFinite)) return;
    const found = ask(law, point, inLaw(a), inLaw(b));
    const jacobian = logs && a === b ? log(a) : 0;
    expect(Math.abs(found.value - jacobian - top)).toBeLessThan(1e-12 * (1 + Math.abs(top)));
    // What the differences are good for, they say themselves.
    for (let k = 0; k < count; k++) {
      const [slope, noise] = [fine.gradient[k]!, fine.noise[k]!];
      expect(Math.abs(found.first[k]! - slope)).toBeLessThanOrEqual(
        2 * Math.abs(slope - coarse.gradient[k]!) + noise + 1e-9 * Math.abs(slope),
      );
      for (let j = 0; j <= k; j++) {
        const bend = fine.hessian[k]![j]!;
        const allowed = 2 * Math.abs(bend - coarse.hessian[k]![j]!) + (2 * noise) / fine.steps[j]! + 1e-8 * Math.abs(bend);
        expect(Math.abs(found.second[entry(k, j)]! + bend)).toBeLessThanOrEqual(allowed);
      }
    }
  });

  const closed = law instanceof FamilyLaw ? [] : Object.entries(questions);
  test.each(closed)("%s: closed forms and differences of scores are one", (__, question) => {
    const [a, b] = question((p) => at.quantile(p), family.support.whole);
    const found = ask(law, point, inLaw(a), inLaw(b));
    const same = ask(new FamilyLaw(family, spreads), point, a, b);
    if (same.value === Number.NEGATIVE_INFINITY) return;
    const size = (k: number) => Math.sqrt(Math.abs(same.second[entry(k, k)]!)) + Math.abs(same.first[k]!) + 1e-3 / spreads[k]!;
    for (let k = 0; k < count; k++) {
      expect(Math.abs(found.first[k]! - same.first[k]!) / size(k)).toBeLessThan(1e-9);
      for (let j = 0; j <= k; j++)
        expect(Math.abs(found.second[entry(k, j)]! - same.second[entry(k, j)]!) / size(k) / size(j)).toBeLessThan(1e-8);
    }
  });
});

test.each(["normal", "logistic", "weibull", "gumbel", "cauchy"])("%s: intervals however narrow", (name) => {
  const trial = smooth.find(({ family }) => family.name === name)!;
  const { family, at } = trial;
  const { logs, law: make } = distributionLaw(family, []);
  const law = make(spreadsOf(trial));
  const point = pointOf(trial);
  const x = logs ? log(at.quantile(0.3)) : at.quantile(0.3);
  const exact = ask(law, point, x, x);
  for (const width of [1e-3, 1e-5, 1e-8]) {
    const found = ask(law, point, x - width, x + width);
    expect(found.value - log(2 * width)).toBeCloseTo(exact.value, 4);
    found.first.forEach((value, k) => {
      expect(Math.abs(value - exact.first[k]!)).toBeLessThan(1e3 * width * width + 1e-9 * (1 + Math.abs(exact.first[k]!)));
    });
    found.second.forEach((value, k) => {
      expect(Math.abs(value - exact.second[k]!)).toBeLessThan(1e3 * width * width + 1e-8 * (1 + Math.abs(exact.second[k]!)));
    });
  }
});

test.each(Object.entries({ extremeValue, normal, logistic, reflected: reflected(extremeValue) }))("%s: finite far out", (_, law) => {
  for (const z of [-1e6, -1e3, -745, -100, -1e-320, 0, 1e-320, 6.5, 6.6, 100, 709]) {
    for (const ask of [law.upper, law.lower]) {
      ask(z);
      for (const value of [at.first, at.second]) expect(Number.isNaN(value)).toBe(false);
    }
  }
});
