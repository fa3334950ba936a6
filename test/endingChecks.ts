import type { GlmFit } from "loglik";
import { type Trial, uniforms } from "./endingTrials.ts";

// What an ending must satisfy, by formulas of textbooks in plain JavaScript.

/** log Φ(x): the series near 0, Laplace's continued fraction beyond 3. */
function logPhi(x: number): number {
  if (x > 0) return Math.log1p(-Math.exp(logPhi(-x)));
  const density = Math.exp(-0.5 * x * x) / Math.sqrt(2 * Math.PI);
  if (x > -3) {
    let [term, sum] = [x, x];
    for (let k = 1; k < 200; k++) {
      term *= (x * x) / (2 * k + 1);
      sum += term;
    }
    return Math.log(0.5 + density * sum);
  }
  let fraction = 0;
  for (let k = 200; k > 0; k--) fraction = k / (-x + fraction);
  return -0.5 * x * x - 0.5 * Math.log(2 * Math.PI) - Math.log(-x + fraction);
}

const log1mexp = (x: number) => (x > -0.7 ? Math.log(-Math.expm1(x)) : Math.log1p(-Math.exp(x)));

/** log F and log(1 - F). */
const proportions: Readonly<Record<string, (eta: number) => readonly [number, number]>> = {
  logit: (eta) => [
    eta > 0 ? -Math.log1p(Math.exp(-eta)) : eta - Math.log1p(Math.exp(eta)),
    eta > 0 ? -eta - Math.log1p(Math.exp(-eta)) : -Math.log1p(Math.exp(eta)),
  ],
  probit: (eta) => [logPhi(eta), logPhi(-eta)],
  cloglog: (eta) => [log1mexp(-Math.exp(eta)), -Math.exp(eta)],
  loglog: (eta) => [-Math.exp(-eta), log1mexp(-Math.exp(-eta))],
  cauchit: (eta) => [Math.log(Math.atan2(1, -eta) / Math.PI), Math.log(Math.atan2(1, eta) / Math.PI)],
  log: (eta) => [eta, log1mexp(eta)],
  identity: (eta) => [Math.log(eta), Math.log1p(-eta)],
};

const means: Readonly<Record<string, (eta: number) => number>> = {
  identity: (eta) => eta,
  log: Math.exp,
  inverse: (eta) => (eta >= 0 ? 1 / eta : Number.NaN),
  "1/mu^2": (eta) => 1 / Math.sqrt(eta),
  sqrt: (eta) => (eta >= 0 ? eta * eta : Number.NaN),
};

/** Where a row's likelihood has a limit at the end of its domain: the predictor there, and 1 if the row lies above it. */
export function edgeOf({ family, link }: Trial, y: number): readonly [number, 1 | -1] | undefined {
  if (family === "binomial" && link === "identity" && (y === 0 || y === 1)) return [y, y === 0 ? 1 : -1];
  if (family === "binomial" && link === "log" && y === 1) return [0, -1];
  if ((family === "poisson" || family === "negativeBinomial") && link !== "log" && y === 0) return [0, 1];
  return family === "inverseGaussian" && link === "inverse" ? [0, 1] : undefined;
}

/** A row's log-likelihood up to a constant, at dispersion 1; -Infinity outside of the domain. */
export function rowValue({ family, link }: Trial, y: number, eta: number, theta: number): number {
  if (family === "binomial") {
    const [success, failure] = proportions[link]!(eta);
    const value = (y === 0 ? 0 : y * success) + (y === 1 ? 0 : (1 - y) * failure);
    const outside = (link === "log" && eta > 0) || (link === "identity" && (eta < 0 || eta > 1));
    return outside || Number.isNaN(value) ? Number.NEGATIVE_INFINITY : value;
  }
  const mu = means[link]!(eta);
  if (family === "gaussian") return Number.isFinite(mu) ? -0.5 * (y - mu) * (y - mu) : Number.NEGATIVE_INFINITY;
  if (!(mu >= 0)) return Number.NEGATIVE_INFINITY;
  if (family === "inverseGaussian") return -0.5 * (y / mu - 1) * ((y / mu - 1) / y);
  if (family === "gamma") return -Math.log(mu) - y / mu;
  const counted = y === 0 ? 0 : y * Math.log(mu);
  if (family === "poisson" || theta === Number.POSITIVE_INFINITY) return counted - mu;
  let rising = 0;
  for (let k = 0; k < y; k++) rising += Math.log1p(k / theta);
  return counted + rising - (y + theta) * Math.log1p(mu / theta);
}

/** The whole function at coefficients, -Infinity outside. */
export function valueAt(trial: Trial, beta: readonly number[], theta: number): number {
  const { y, weights, trials } = trial;
  let sum = 0;
  for (let i = 0; i < y.length; i++) {
    const size = trials?.[i] ?? 1;
    const weight = (weights?.[i] ?? 1) * size;
    if (weight === 0) continue;
    const eta = predictorAt(trial, beta, i);
    const edge = edgeOf(trial, y[i]! / size);
    // Sums of products that are 0 are 1e-17.
    const near = edge && Math.abs(eta - edge[0]) < 1e-13 ? edge[0] : eta;
    sum += weight * rowValue(trial, y[i]! / size, near, theta);
  }
  return Number.isNaN(sum) ? Number.NEGATIVE_INFINITY : sum;
}

const predictorAt = ({ design }: Trial, beta: readonly number[], i: number) =>
  beta.reduce((sum, b, j) => sum + (Number.isNaN(b) ? 0 : b * design.columns[j]![i]!), 0);

/** dl/deta by differences of sixth order, one-sided next to an edge. */
function slopeAt(trial: Trial, y: number, eta: number, theta: number): number {
  const h = 2e-4 * Math.max(Math.abs(eta), 1e-3);
  const value = (x: number) => rowValue(trial, y, x, theta);
  const edge = edgeOf(trial, y);
  if (edge && Math.abs(eta - edge[0]) < 4 * h) {
    const at = Math.abs(eta - edge[0]) < 1e-12 ? edge[0] : eta;
    const s = edge[1] * 2e-3;
    const terms = [-49 / 20, 6, -15 / 2, 20 / 3, -15 / 4, 6 / 5, -1 / 6];
    return terms.reduce((sum, c, k) => sum + c * value(at + k * s), 0) / s;
  }
  const room =
    (["inverse", "1/mu^2", "sqrt"].includes(trial.link) ||
      ["poisson", "negativeBinomial", "gamma", "inverseGaussian"].includes(trial.family)) &&
    trial.link !== "log";
  const s =
    room || (trial.family === "binomial" && ["log", "identity"].includes(trial.link))
      ? Math.min(1e-2, 0.002 * Math.abs(eta), trial.family === "binomial" && trial.link === "identity" ? 0.002 * Math.abs(1 - eta) : 1) ||
        1e-3
      : 1e-2;
  return (
    (45 * (value(eta + s) - value(eta - s)) - 9 * (value(eta + 2 * s) - value(eta - 2 * s)) + (value(eta + 3 * s) - value(eta - 3 * s))) /
    (60 * s)
  );
}

/** What is wrong with an ending; empty where nothing is. */
export function flaws(trial: Trial, fit: GlmFit): string[] {
  const { design, y, weights, trials } = trial;
  const found: string[] = [];
  const say = (what: string) => found.push(what);
  if (fit.status === "failed") return [`failed: ${fit.reason}`];
  const names = design.names;
  const beta = names.map((name) => fit.estimates[name]!);
  const theta = fit.estimates.theta ?? Number.NaN;
  const errors = names.map((name) => fit.standardErrors[name]!);
  if (fit.status !== "interior" && errors.some((error) => !Number.isNaN(error))) say("standard errors");
  if (fit.status === "nonexistent") return found;
  if (beta.some((b, j) => !Number.isFinite(b) && !fit.aliased.includes(names[j]!))) say("a coefficient is not finite");
  const here = valueAt(trial, beta, theta);
  if (!Number.isFinite(here)) say(`the value is ${here}`);
  const gradient = names.map(() => 0);
  const held: { normal: number[] }[] = [];
  const own = fit.status === "interior" ? names.map((name) => name) : [];
  const scale =
    trial.family === "gaussian"
      ? fit.estimates.sigma! ** 2
      : trial.family === "gamma"
        ? 1 / fit.estimates.shape!
        : trial.family === "inverseGaussian"
          ? 1 / fit.estimates.lambda!
          : 1;
  let size = 0;
  for (let i = 0; i < y.length; i++) {
    const share = trials?.[i] ?? 1;
    const weight = (weights?.[i] ?? 1) * share;
    if (weight === 0) continue;
    const eta = predictorAt(trial, beta, i);
    const slope = weight * slopeAt(trial, y[i]! / share, eta, theta);
    size += Math.abs(slope);
    names.forEach((_, j) => {
      gradient[j]! += slope * design.columns[j]![i]!;
    });
    const edge = edgeOf(trial, y[i]! / share);
    const fitted = fit.fitted[i]!;
    if (edge && (trial.link === "inverse" ? fitted === Number.POSITIVE_INFINITY : fitted === (trial.link === "log" ? 1 : edge[0]))) {
      held.push({ normal: names.map((_, j) => edge[1] * design.columns[j]![i]!) });
    }
  }
  if (fit.status === "interior") {
    if (held.length > 0) say("interior with means at the edge");
    names.forEach((name, j) => {
      if (fit.aliased.includes(name)) return;
      const score = (gradient[j]! / scale) * errors[j]!;
      if (!(Math.abs(score) < 1e-6 + (1e-9 * size * errors[j]!) / scale)) say(`score of ${name} is ${score} standard errors`);
    });
  } else {
    const left = nonnegative(
      gradient,
      held.map(({ normal }) => normal),
    );
    if (!(left < 1e-6 * (1 + size))) say(`the conditions leave ${left} of ${size} at ${held.length} rows`);
  }
  void own;
  // No neighbour is higher.
  const uniform = uniforms(held.length + y.length);
  const normal = () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
  for (const width of [1e-3, 0.1, 1]) {
    for (let k = 0; k < 20; k++) {
      const moved = beta.map((b, j) => b + width * normal() * (Number.isFinite(errors[j]!) ? errors[j]! : 1));
      const value = valueAt(trial, moved, theta);
      if (value > here + 1e-9 * (1 + Math.abs(here))) {
        say(`beaten by ${value - here} at ${width}`);
        break;
      }
    }
  }
  return found;
}

/** What multiples >= 0 of the normals leave of a gradient, by coordinate descent on g + Σ λ a. */
function nonnegative(gradient: readonly number[], normals: readonly (readonly number[])[]): number {
  const rest = [...gradient];
  const times = normals.map(() => 0);
  const squares = normals.map((a) => a.reduce((sum, x) => sum + x * x, 0));
  for (let sweep = 0; sweep < 20000; sweep++) {
    let most = 0;
    normals.forEach((a, k) => {
      if (squares[k] === 0) return;
      const next = Math.max(0, times[k]! - a.reduce((sum, x, j) => sum + x * rest[j]!, 0) / squares[k]!);
      const step = next - times[k]!;
      if (step === 0) return;
      times[k] = next;
      a.forEach((x, j) => {
        rest[j]! += step * x;
      });
      most = Math.max(most, Math.abs(step) * Math.sqrt(squares[k]!));
    });
    if (most < 1e-12) break;
  }
  return Math.sqrt(rest.reduce((sum, x) => sum + x * x, 0));
}
