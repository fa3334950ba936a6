// log Γ(b + a) - log Γ(b) and ψ(b + a) - ψ(b) for 0 < a <= 1, b > 0, relative to a however large b is. b is brought to z >= 10 by
// Γ(b + 1) = b Γ(b), whose factors 1 + a/b multiply up as 1 + excess; there, with r = a/z and Stirling's series (DLMF 5.11.1, 5.11.2),
//
//   log Γ(z + a) - log Γ(z) = a log z + z (log(1 + r) - r) + (a - 1/2) log(1 + r) + μ(z + a) - μ(z)
//
// a log z is left to the caller, who has a power x^a to join it to. Differences of the series are divided differences by Horner's rule.

import { log1pExcess } from "./excess";
import { BINET_LARGE, PSI_LARGE } from "./gammaSeries";
import { log1pOf } from "./scalar";

const SERIES_FROM: f64 = 10;

/** Of the last `shiftGamma`: z; the product of the factors; ψ(b + a) - log z; ψ(b + a) - ψ(b). */
export let shiftedTo: f64 = 0;
export let shiftedExcess: f64 = 0;
export let shiftedPsi: f64 = 0;
export let psiDifference: f64 = 0;

/** Of the last `divided`: the series at t. */
let value: f64 = 0;

/** (f(s) - f(t))/(s - t) for a series of eight terms. */
function divided(at: usize, t: f64, s: f64): f64 {
  let f = load<f64>(at);
  let slope: f64 = 0;
  for (let q: usize = 8; q < 64; q += 8) {
    slope = slope * s + f;
    f = f * t + load<f64>(at + q);
  }
  value = f;
  return slope;
}

/** log Γ(b + a) - log Γ(b) - a log z + log(1 + excess): small. */
export function shiftGamma(b: f64, a: f64): f64 {
  let z = b;
  let excess: f64 = 0;
  let reciprocals: f64 = 0;
  let difference: f64 = 0;
  for (let k: f64 = 1; z < SERIES_FROM; k++) {
    const ratio = a / z;
    const next = 1 / (z + a);
    excess += ratio + excess * ratio;
    reciprocals += next;
    difference += ratio * next;
    z = b + k;
  }
  const r = a / z;
  const log1pR = log1pOf(r);
  const u1 = 1 / z;
  const u2 = 1 / (z + a);
  const du = -r * u2;
  const t1 = u1 * u1;
  const t2 = u2 * u2;
  const dt = du * (u1 + u2);
  const binetSlope = divided(BINET_LARGE, t1, t2);
  const binet = du * value + u2 * dt * binetSlope;
  const psiSlope = divided(PSI_LARGE, t1, t2);
  const psi = dt * (value + t2 * psiSlope);
  psiDifference = log1pR - 0.5 * du - psi + difference;
  shiftedPsi = log1pR - 0.5 * u2 - t2 * (value + (t2 - t1) * psiSlope) - reciprocals;
  shiftedTo = z;
  shiftedExcess = excess;
  const curvature = f64x2.extract_lane(log1pExcess(f64x2.splat(r)), 0);
  return z * curvature + (a - 0.5) * log1pR + binet;
}
