import type { Fit } from "loglik";
import { expect } from "vitest";

/** How far two fits may differ: estimates relative and in standard errors, standard errors relative, log-likelihoods relative to their size. */
export interface Closeness {
  readonly relative?: number;
  readonly inErrors?: number;
  readonly errors?: number;
  readonly logLik?: number;
}

const TIGHT = { relative: 1e-12, inErrors: 1e-9, errors: 1e-7, logLik: 1e-12 };

/** Expects the same status, estimates, standard errors and likelihood. */
export function expectSame(found: Fit, expected: Fit, allowed: Closeness = {}): void {
  const { relative, inErrors, errors, logLik } = { ...TIGHT, ...allowed };
  expect(found.status, found.reason).toBe(expected.status);
  for (const name of expected.parameters) {
    const value = expected.estimates[name]!;
    const error = expected.standardErrors[name]!;
    near(found.estimates[name]!, value, relative * Math.abs(value) + (error > 0 ? inErrors * error : 0), name);
    near(found.standardErrors[name]!, error, errors * error, `standard error of ${name}`);
  }
  near(found.logLik, expected.logLik, logLik * (Math.abs(expected.logLik) + expected.nobs), "logLik");
}

/** Equal, infinities and NaN included, or within the tolerance. */
export function near(found: number, expected: number, tolerance: number, what: string): void {
  if (Object.is(found, expected) || found === expected) return;
  expect(Math.abs(found - expected), `${what}: ${found} for ${expected}`).toBeLessThanOrEqual(tolerance);
}

/** A fit's numbers, to compare two bit by bit. */
export function bits(r: Fit): unknown {
  return r.toJSON();
}
