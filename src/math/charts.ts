import { exp, log, log1p } from "./elementary.ts";

// Unconstrained coordinates: eta = t on the real line, log t for a positive parameter, log (t - 1) above 1, logit t for a probability.

/** Where a parameter may lie; open intervals. */
export type Domain = "real" | "whole" | "positive" | "aboveOne" | "unit";

/** One coordinate's map: t from eta, with its first and second derivative. */
export interface Chart {
  toEta(t: number): number;
  at(eta: number): readonly [t: number, first: number, second: number];
  holds(theta: number): boolean;
  /** Largest |eta| before the parameter counts as run away to the edge of its domain. */
  readonly reach: number;
  /** The ends of the open interval. */
  readonly ends: readonly [lower: number, upper: number];
  readonly text: string;
}

/** Beyond this, e^eta leaves the range of doubles. */
const REACH = 600;

const { NEGATIVE_INFINITY, POSITIVE_INFINITY } = Number;

const real: Chart = {
  toEta: (t) => t,
  at: (eta) => [eta, 1, 0],
  holds: Number.isFinite,
  reach: 1e100,
  ends: [NEGATIVE_INFINITY, POSITIVE_INFINITY],
  text: "a finite number",
};

export const charts: Record<Domain, Chart> = {
  real,
  whole: { ...real, holds: Number.isInteger, text: "a whole number" },
  positive: {
    toEta: log,
    at: (eta) => {
      const t = exp(eta);
      return [t, t, t];
    },
    holds: (theta) => theta > 0 && theta < POSITIVE_INFINITY,
    reach: REACH,
    ends: [0, POSITIVE_INFINITY],
    text: "a number > 0",
  },
  aboveOne: {
    toEta: (t) => log(t - 1),
    at: (eta) => {
      const t = exp(eta);
      return [1 + t, t, t];
    },
    holds: (theta) => theta > 1 && theta < POSITIVE_INFINITY,
    reach: REACH,
    ends: [1, POSITIVE_INFINITY],
    text: "a number > 1",
  },
  unit: {
    toEta: (t) => log(t) - log1p(-t),
    at: (eta) => {
      const t = eta < 0 ? exp(eta) / (1 + exp(eta)) : 1 / (1 + exp(-eta));
      const slope = eta < 0 ? t / (1 + exp(eta)) : (t * exp(-eta)) / (1 + exp(-eta));
      return [t, slope, slope * (1 - 2 * t)];
    },
    holds: (theta) => theta > 0 && theta < 1,
    reach: REACH,
    ends: [0, 1],
    text: "a number between 0 and 1, both excluded",
  },
};

/**
 * 1/t, for coming to the maximum of a likelihood that is nearly quadratic in 1/t from close by. No map of the real line to positive t:
 * a step past 0 leads to negative t, where nothing is finite.
 */
export const reciprocal: Chart = {
  ...charts.positive,
  toEta: (t) => 1 / t,
  at: (eta) => [1 / eta, -1 / (eta * eta), 2 / (eta * eta * eta)],
};
