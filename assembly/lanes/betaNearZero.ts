// The incomplete beta function where a < 1, x <= 1/2 and b x <= 0.4: I may be near 1 however small x is, and 1 - I of the size of a.
//
//   I = exp(v) (1 + a Σ (1-b)_k x^k/(k! (a+k))),   v = log(x^a/(a B(a, b)))                                      (DLMF 8.17.8)
//   1 - I = -expm1(v) - exp(v) a Σ ...
//
// v = a log(x z) + [log Γ(a+b) - log Γ(b) - a log z] - log Γ(1 + a) is accurate relative to a: x^a and Γ(a+b)/Γ(b) are small and large
// together, so their logarithms are one (gammaShift.ts). I itself takes the factors of that shift as a quotient. The slopes are taken term
// by term: the one in b is of the size of a, like 1 - I.

import { low, multiply, twoSum } from "./doubleDouble";
import { lgamma1p, psi1p } from "./gammaPeak";
import { psiDifference, shiftedExcess, shiftedPsi, shiftedTo, shiftGamma } from "./gammaShift";
import { longLogRatio, scaleOf } from "./longLog";
import { expm1Of, expOf, log1pOf } from "./scalar";
import { setComplement, setTail } from "./tail";

const ENOUGH: f64 = 1e-18;

export function betaNearZero(a: f64, b: f64, x: f64, x2: f64, mirrored: bool): void {
  let term: f64 = 1;
  let termB: f64 = 0;
  let sum: f64 = 0;
  let sumA: f64 = 0;
  let sumB: f64 = 0;
  const least = ENOUGH * x;
  for (let k: f64 = 1; abs(term) > least || abs(termB) > least; k++) {
    const xk = x / k;
    const ratio = (k - b) * xk;
    termB = termB * ratio - term * xk;
    term *= ratio;
    const q = 1 / (a + k);
    sum += term * q;
    sumA -= term * q * q;
    sumB += termB * q;
  }
  const shift = shiftGamma(b, a);
  const by = scaleOf(x);
  const product = multiply(x * by, x2 * by, shiftedTo, 0);
  const logProduct = longLogRatio(product, low, by);
  const power = multiply(logProduct, low, a, 0);
  const powerRest = low;
  const e = twoSum(power, shift - lgamma1p(a));
  const e2 = low + powerRest;
  const factor = 1 + a * sum;
  const slopeA = logProduct + (shiftedPsi - psi1p) + (sum + a * sumA) / factor;
  const slopeB = psiDifference + (a * sumB) / factor;
  setTail(mirrored, e, e2, factor / (1 + shiftedExcess), mirrored ? slopeB : slopeA, mirrored ? slopeA : slopeB);
  const v = twoSum(e, -log1pOf(shiftedExcess));
  const v2 = low + e2;
  setComplement(-expm1Of(v) - expOf(v) * (v2 + a * sum));
}
