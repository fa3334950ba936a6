import { eigenSymmetric } from "../math/symmetric.ts";

/** A step that maximises the quadratic model g'p - p'Hp/2 within a ball. */
export interface TrustStep {
  readonly step: number[];
  /** Gain that the model predicts. */
  readonly gain: number;
  readonly length: number;
  /** sqrt(g' H^-1 g), the step's length in standard errors where H is positive definite; else NaN. */
  readonly decrement: number;
}

/**
 * Exact step for a small symmetric H by its eigenvalues: Newton's where H is positive definite and its step fits, otherwise
 * (H + lambda I)^-1 g with lambda from the secular equation. Moré & Sorensen (1983), SIAM J. Sci. Stat. Comput. 4, 553.
 */
export function trustStep(score: readonly number[], information: readonly (readonly number[])[], radius: number): TrustStep {
  const p = score.length;
  const { values, vectors } = eigenSymmetric(Float64Array.from(information.flat()), p);
  const along = Array.from({ length: p }, (_, k) => score.reduce((sum, g, i) => sum + g * vectors[k * p + i]!, 0));
  const norm = (vector: readonly number[]) => Math.sqrt(vector.reduce((sum, component) => sum + component * component, 0));
  const lengthAt = (lambda: number) => norm(along.map((g, k) => g / (values[k]! + lambda)));
  const smallest = Math.min(...values);
  const definite = smallest > 0;
  let lambda = 0;
  if (!definite || lengthAt(0) > radius) {
    // Above -smallest the length falls from infinity to 0; bisection in log(lambda + smallest) finds the radius to 1 %.
    const floor = Math.max(0, -smallest);
    const size = Math.max(...values.map(Math.abs), norm(along) / radius, Number.MIN_VALUE);
    let low = size * 1e-14;
    let high = size * 4;
    for (let i = 0; i < 60 && high / low > 1.01; i++) {
      const middle = Math.sqrt(low * high);
      if (lengthAt(floor + middle) > radius) low = middle;
      else high = middle;
    }
    lambda = floor + high;
  }
  const inBasis = along.map((g, k) => g / (values[k]! + lambda));
  // The hard case: a flat or rising direction without slope. Any step along it does.
  if (!definite && norm(inBasis) < 0.5 * radius && smallest < 0) {
    inBasis[values.indexOf(smallest)] = 0.9 * radius;
  }
  return {
    step: Array.from({ length: p }, (_, i) => inBasis.reduce((sum, s, k) => sum + s * vectors[k * p + i]!, 0)),
    gain: inBasis.reduce((sum, s, k) => sum + s * along[k]! - 0.5 * values[k]! * s * s, 0),
    length: norm(inBasis),
    decrement: definite ? Math.sqrt(along.reduce((sum, g, k) => sum + (g * g) / values[k]!, 0)) : Number.NaN,
  };
}
