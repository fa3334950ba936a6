// One of the two tails of a distribution as exp(E) f, E in two doubles, its logarithm's slopes in the parameters, and the other tail.
// From these follow both tails, both logarithms and all slopes, also where a tail underflows. A kernel that needs several of them
// computes the tails once (`gammaTails`, `betaTails`) and asks here for each.

import { low, twoSum } from "./doubleDouble";
import { expOf, log1pOf, logOf } from "./scalar";

let upper: bool = false;
let exponent: f64 = 0;
let exponentRest: f64 = 0;
let factor: f64 = 0;
let size: f64 = 0;
let complement: f64 = 0;
let slope1: f64 = 0;
let slope2: f64 = 0;

const LIMIT: f64 = -600;
// 2^512 and its logarithm.
const UP: f64 = 354.891356446692;
const UP_REST: f64 = 1.1873519686893054e-14;
const DOWN: f64 = 7.458340731200207e-155;

/** exp(e + e2) by, rounded last where it is subnormal. */
function scaledExp(e: f64, e2: f64, by: f64): f64 {
  if (e > LIMIT) {
    const p = expOf(e);
    return (p + p * e2) * by;
  }
  if (!(e > -1200)) return 0 * by;
  const near = twoSum(e, UP);
  const p = expOf(near);
  return (p + p * (low + (e2 + UP_REST))) * by * DOWN;
}

/** The upper (or lower) tail is exp(e + e2) by; the logarithm has slopes s1, s2 in the parameters. */
export function setTail(isUpper: bool, e: f64, e2: f64, by: f64, s1: f64, s2: f64): void {
  upper = isUpper;
  exponent = e;
  exponentRest = e2;
  factor = by;
  size = scaledExp(e, e2, by);
  complement = 1 - size;
  slope1 = s1;
  slope2 = s2;
}

/** The other tail, where 1 minus this one would not be it. */
export function setComplement(other: f64): void {
  complement = other;
}

/** A tail of 0 beside one of 1, or NaN beside NaN. */
export function setLimit(isUpper: bool, value: f64, s1: f64, s2: f64): void {
  upper = isUpper;
  exponent = value === 0 ? -Infinity : value;
  exponentRest = 0;
  factor = 1;
  size = value;
  complement = 1 - value;
  slope1 = s1;
  slope2 = s2;
}

export function probability(ofUpper: bool): f64 {
  if (ofUpper !== upper) return complement;
  return size > 0.5 ? 1 - complement : size;
}

export function logProbability(ofUpper: bool): f64 {
  if (ofUpper !== upper) return complement <= 0.5 ? logOf(complement) : log1pOf(0 - size);
  if (size > 0.5) return log1pOf(0 - complement);
  if (!(exponent > -Infinity)) return exponent;
  const sum = twoSum(exponent, logOf(factor));
  return sum + (low + exponentRest);
}

/** The slope of a tail's logarithm in a parameter. */
function logSlope(ofUpper: bool, slope: f64): f64 {
  if (ofUpper === upper) return slope;
  return exponent === -Infinity ? 0 : -scaledExp(exponent, exponentRest, (factor * slope) / complement);
}

export function logSlope1(ofUpper: bool): f64 {
  return logSlope(ofUpper, slope1);
}

export function logSlope2(ofUpper: bool): f64 {
  return logSlope(ofUpper, slope2);
}

/** The slope of the lower tail in its first parameter. */
export function probabilitySlope1(): f64 {
  const slope = factor * slope1;
  return exponent === -Infinity ? 0 : scaledExp(exponent, exponentRest, upper ? -slope : slope);
}
