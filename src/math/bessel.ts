/**
 * Modified Bessel functions as the von Mises distribution asks for them: log I0, A = I1/I0, 1 - A and A'.
 * Up to 20 the power series, whose terms are all positive (DLMF 10.25.2). Beyond, with b_j = ((2j-1)!!)² / (j! (8x)^j),
 *   I0 e^-x sqrt(2 pi x) = Σ b_j,   1 - A = (1 + 2 w)/(2x),   A' = (1/4 + w (2x - w))/x²,   w = Σ j b_j / Σ b_j,
 * where Σ b_j is the asymptotic series (10.40.1), at 20 good to e^-40, and the two others follow from that of I1 without cancellation.
 */
import { log } from "./elementary.ts";
import { HALF_LOG_2PI } from "./stirling.ts";

const SERIES = 20;

/** Σ (x²/4)^k / (k! (k + order)!). */
const series = (x: number, order: 0 | 1): number => {
  const q = 0.25 * x * x;
  let sum = 1;
  let term = 1;
  for (let k = 1; term > 1e-17 * sum; k++) {
    term *= q / (k * (k + order));
    sum += term;
  }
  return sum;
};

/** Σ b_j and w. */
const asymptotic = (x: number): { sum: number; w: number } => {
  let sum = 1;
  let weighted = 0;
  let term = 1;
  for (let j = 1; term > 1e-17; j++) {
    term *= ((2 * j - 1) * (2 * j - 1)) / (8 * j * x);
    sum += term;
    weighted += j * term;
  }
  return { sum, w: weighted / sum };
};

/** log(I0(x) e^-x), x >= 0. */
export function logBesselI0Scaled(x: number): number {
  return x < SERIES ? log(series(x, 0)) - x : log(asymptotic(x).sum) - HALF_LOG_2PI - 0.5 * log(x);
}

/** A(x) = I1(x)/I0(x), x >= 0. */
export function besselRatio(x: number): number {
  return x < SERIES ? (0.5 * x * series(x, 1)) / series(x, 0) : 1 - besselRatioGap(x);
}

/** 1 - A(x). */
export function besselRatioGap(x: number): number {
  return x < SERIES ? 1 - besselRatio(x) : (0.5 + asymptotic(x).w) / x;
}

/** A'(x) = 1 - A/x - A². */
export function besselRatioSlope(x: number): number {
  if (x < SERIES) {
    const half = (0.5 * series(x, 1)) / series(x, 0);
    return 1 - half - x * half * (x * half);
  }
  const { w } = asymptotic(x);
  return (0.25 + w * (2 * x - w)) / x / x;
}
