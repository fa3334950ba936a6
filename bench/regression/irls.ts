// Iteratively reweighted least squares as it is written in plain JavaScript: loops over typed arrays, R's convergence rule, nothing clever.

export interface Irls {
  readonly beta: Float64Array;
  readonly iterations: number;
}

/** Logistic or log-Poisson regression of y on an intercept and columns. */
export function irls(columns: readonly Float64Array[], y: Float64Array, family: "logit" | "poisson"): Irls {
  const n = y.length;
  const p = columns.length;
  const beta = new Float64Array(p);
  const eta = y.map((value) => (family === "logit" ? Math.log((value + 0.5) / (1.5 - value)) : Math.log(value + 0.1)));
  let before = Number.POSITIVE_INFINITY;
  for (let iterations = 1; iterations <= 25; iterations++) {
    const gram = new Float64Array(p * p);
    const right = new Float64Array(p);
    const row = new Float64Array(p);
    for (let i = 0; i < n; i++) {
      const mu = family === "logit" ? 1 / (1 + Math.exp(-eta[i]!)) : Math.exp(eta[i]!);
      const weight = family === "logit" ? mu * (1 - mu) : mu;
      const z = weight * eta[i]! + (y[i]! - mu);
      for (let j = 0; j < p; j++) row[j] = columns[j]![i]!;
      for (let j = 0; j < p; j++) {
        right[j]! += row[j]! * z;
        const weighted = weight * row[j]!;
        for (let k = 0; k <= j; k++) gram[j * p + k]! += weighted * row[k]!;
      }
    }
    solve(gram, right, p);
    beta.set(right);
    let deviance = 0;
    for (let i = 0; i < n; i++) {
      let sum = 0;
      for (let j = 0; j < p; j++) sum += columns[j]![i]! * beta[j]!;
      eta[i] = sum;
      const mu = family === "logit" ? 1 / (1 + Math.exp(-sum)) : Math.exp(sum);
      if (family === "logit") deviance -= 2 * Math.log(y[i] === 1 ? mu : 1 - mu);
      else deviance += 2 * ((y[i]! > 0 ? y[i]! * Math.log(y[i]! / mu) : 0) - (y[i]! - mu));
    }
    if (Math.abs(deviance - before) / (Math.abs(deviance) + 0.1) < 1e-8) return { beta, iterations };
    before = deviance;
  }
  return { beta, iterations: 25 };
}

/** Cholesky in place, lower triangle. */
function solve(a: Float64Array, b: Float64Array, p: number): void {
  for (let j = 0; j < p; j++) {
    for (let i = j; i < p; i++) {
      let sum = a[i * p + j]!;
      for (let k = 0; k < j; k++) sum -= a[i * p + k]! * a[j * p + k]!;
      a[i * p + j] = i === j ? Math.sqrt(sum) : sum / a[j * p + j]!;
    }
  }
  for (let i = 0; i < p; i++) {
    for (let k = 0; k < i; k++) b[i]! -= a[i * p + k]! * b[k]!;
    b[i]! /= a[i * p + i]!;
  }
  for (let i = p - 1; i >= 0; i--) {
    for (let k = i + 1; k < p; k++) b[i]! -= a[k * p + i]! * b[k]!;
    b[i]! /= a[i * p + i]!;
  }
}
