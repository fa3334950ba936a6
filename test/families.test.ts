import type { Fit } from "loglik";
import { expect, test } from "vitest";
import { scaling } from "./actions.ts";
import { fit, isRegular, named, room, type Trial, trials } from "./trials.ts";

// The fit of every family against its own log-density: the kernel's likelihood is the sum of it, the estimate is where that is highest,
// the information is its curvature there, and the truth lies within the errors stated.

const N = 5000;
const samples = new Map<Trial, Float64Array>();

test.each(trials)("$name: the kernel's likelihood is the sum of the log-density", async ({ family, at, parameters, theta }) => {
  const x = at.random(4097, { seed: 3 });
  const weights = x.map((_, i) => ((i * 7919) % 1009) / 100 + 0.01);
  const logs = [...x].map((value) => family.logPdf(value, theta));
  const plain = await fit(family, x, { fixed: parameters });
  const weighted = await fit(family, x, { fixed: parameters, weights });
  const size = logs.reduce((sum, log) => sum + Math.abs(log), 0);
  expect(Math.abs(plain.logLik - sum(logs))).toBeLessThan(1e-12 * size);
  expect(Math.abs(weighted.logLik - sum(logs.map((log, i) => log * weights[i]!)))).toBeLessThan(1e-12 * 5 * size);
  expect(plain.estimates).toEqual(parameters);
  expect(plain.nobs).toBe(x.length);
  expect(weighted.nobs).toBeCloseTo(sum([...weights]), 8);
});

test.each(trials)("$name: a fit of its own sample finds the truth within four standard errors", async (trial) => {
  const r = await fitted(trial);
  for (const { name } of r.status === "interior" ? trial.family.parameters : []) {
    expect(Math.abs(r.estimates[name]! - trial.parameters[name]!) / r.standardErrors[name]!, name).toBeLessThan(4);
  }
  expect(["interior", "boundary"]).toContain(r.status);
  expect(r.logLik).toBeGreaterThanOrEqual(await logLikAt(trial, trial.theta));
});

test.each(trials)("$name: nowhere near the estimate is the likelihood higher", async (trial) => {
  const r = await fitted(trial);
  if (r.status !== "interior") return;
  const theta = valuesOf(trial, r.estimates);
  const errors = valuesOf(trial, r.standardErrors);
  const rounding = 1e-13 * Math.abs(r.logLik);
  for (const size of [0.01, 0.1, 0.5]) {
    for (const direction of directions(theta.length)) {
      const there = theta.map((value, i) => value + size * direction[i]! * errors[i]!);
      expect(await logLikAt(trial, there), `${size} × ${direction}`).toBeLessThanOrEqual(r.logLik + rounding);
    }
  }
});

test.each(trials.filter(({ family }) => isRegular(family)))(
  "$name: the covariance is the inverse of the likelihood's curvature",
  async (trial) => {
    const r = await fitted(trial);
    if (r.status !== "interior") return;
    expect(r.certificate.decrement).toBeLessThan(1e-8);
    expect(Math.min(...r.certificate.eigenvalues)).toBeGreaterThan(0);
    // No step may leave the domain, as one of a standard error would where the sample says little about a parameter.
    const errors = trial.family.parameters.map(({ name, domain }) =>
      Math.min(r.standardErrors[name]!, room[domain](r.estimates[name]!) / 4),
    );
    const p = errors.length;
    const unit = (i: number) => errors.map((error, j) => (i === j ? error : 0));
    // In these units information times covariance is 1.
    const alone = await Promise.all(errors.map((_, i) => curvature(trial, r, unit(i))));
    const information = errors.map((_, i) => errors.map((_, j) => (i === j ? alone[i]! : 0)));
    for (let i = 0; i < p; i++) {
      for (let j = 0; j < i; j++) {
        const both = await curvature(
          trial,
          r,
          unit(i).map((step, k) => step + unit(j)[k]!),
        );
        information[i]![j] = information[j]![i] = (both - alone[i]! - alone[j]!) / 2;
      }
    }
    for (let i = 0; i < p; i++) {
      expect(r.vcov[i]![i]! / r.standardErrors[r.parameters[i]!]! ** 2).toBeCloseTo(1, 12);
      for (let j = 0; j < p; j++) {
        const product = information[i]!.reduce((sum, value, k) => sum + (value * r.vcov[k]![j]!) / errors[k]! / errors[j]!, 0);
        expect(Math.abs(product - (i === j ? 1 : 0)), `(${i}, ${j})`).toBeLessThan(1e-6);
      }
    }
  },
);

test.each(trials.filter(({ family }) => scaling(family)))(
  "$name: a log-likelihood near 0 is maximised as exactly as any",
  async (trial) => {
    for (let seed = 1; seed <= 8; seed++) {
      const x = trial.at.random(N, { seed });
      const { logLik, status } = await fit(trial.family, x);
      if (status !== "interior") continue;
      // In a unit where the rounding of the rows' terms is far more than that of their sum.
      const unit = Math.exp(logLik / N);
      const r = await fit(
        trial.family,
        x.map((value) => value * unit),
      );
      expect(Math.abs(r.logLik)).toBeLessThan(1e-6);
      expect(r.certificate.decrement, `seed ${seed}: ${r.certificate.stop}`).toBeLessThan(1e-8);
    }
  },
);

test.each(trials)("$name: criteria and intervals follow from the fit", async (trial) => {
  const r = await fitted(trial);
  const p = trial.family.parameters.length;
  expect(r.parameters).toEqual(trial.family.parameters.map(({ name }) => name));
  expect(r.aic).toBe(2 * p - 2 * r.logLik);
  expect(r.bic).toBeCloseTo(p * Math.log(N) - 2 * r.logLik, 8);
  expect(r.aicc - r.aic).toBeCloseTo((2 * p * (p + 1)) / (N - p - 1), 8);
  const [narrow, wide] = [r.confint({ level: 0.5 }), r.confint()];
  for (const { name, domain } of trial.family.parameters) {
    if (r.status !== "interior") {
      expect([r.standardErrors[name], wide[name]]).toEqual([Number.NaN, [Number.NaN, Number.NaN]]);
      continue;
    }
    const ends = [wide[name]![0], narrow[name]![0], r.estimates[name]!, narrow[name]![1], wide[name]![1]];
    expect(ends).toEqual(ends.toSorted((a, b) => a - b));
    // To first order, where the error is small beside the domain, the interval is the estimate ± 1.96 standard errors.
    if (r.standardErrors[name]! > room[domain](r.estimates[name]!) / 2) continue;
    expect((ends[4]! - ends[0]!) / r.standardErrors[name]! / (2 * 1.959963984540054)).toBeCloseTo(1, 0);
  }
  expect(JSON.parse(JSON.stringify(r))).toMatchObject({ distribution: trial.family.name, parameters: r.parameters, status: r.status });
});

async function fitted(trial: Trial): Promise<Fit> {
  return fit(trial.family, sampleOf(trial));
}

function sampleOf(trial: Trial): Float64Array {
  if (!samples.has(trial)) samples.set(trial, trial.at.random(N, { seed: 11 }));
  return samples.get(trial)!;
}

/** Likelihood of the sample at any parameters: a fit with all of them fixed; -Infinity outside the domain. */
async function logLikAt(trial: Trial, theta: readonly number[]): Promise<number> {
  return (await fit(trial.family, sampleOf(trial), { fixed: named(trial.family, theta) })).logLik;
}

/** Minus the second derivative along a direction, by central differences of order 8. */
async function curvature(trial: Trial, r: Fit, direction: readonly number[]): Promise<number> {
  const theta = valuesOf(trial, r.estimates);
  const h = 0.1;
  let second = (-205 / 72) * (await logLikAt(trial, theta));
  for (const [i, weight] of [8 / 5, -1 / 5, 8 / 315, -1 / 560].entries()) {
    for (const t of [(i + 1) * h, -(i + 1) * h])
      second +=
        weight *
        (await logLikAt(
          trial,
          theta.map((value, k) => value + t * direction[k]!),
        ));
  }
  return -second / (h * h);
}

function valuesOf({ family }: Trial, values: Readonly<Record<string, number>>): number[] {
  return family.parameters.map(({ name }) => values[name]!);
}

/** Along each axis and each diagonal, both ways. */
function directions(p: number): number[][] {
  const all = Array.from({ length: 3 ** p }, (_, k) => Array.from({ length: p }, (_, i) => (Math.floor(k / 3 ** i) % 3) - 1));
  return all.filter((direction) => direction.some((step) => step !== 0));
}

/** Compensated. */
function sum(values: readonly number[]): number {
  let total = 0;
  let rest = 0;
  for (const value of values) {
    const next = total + value;
    rest += Math.abs(total) >= Math.abs(value) ? total - next + value : value - next + total;
    total = next;
  }
  return total + rest;
}
