import { constant } from "../lanes/constant";
import { exp } from "../lanes/exp";
import { log } from "../lanes/log";
import { log1p } from "../lanes/log1p";
import { LOG_PHI, normalRatios, SLOPE } from "../reduce/normalRatios";

// One row's share of the log-likelihood as a function of its linear predictor eta and its two derivatives: l, u = dl/deta and w = -d²l/deta²,
// for two rows at a time. The rows' weights are at `weights`, or all are 1 where that is 0.
// Each writes its end out: weights and the odd last row in one inlined function were 1 ms more of a million rows' 59.

const ZERO = memory.data<f64>([0]);
const ONE = memory.data<f64>([1]);

/** Bernoulli and binomial, y a proportion: l = y eta - log(1 + e^eta), u = y - p, w = p (1 - p). Returns the block's sum of l. */
export function logistic(eta: usize, y: usize, weights: usize, rows: i32, u: usize, w: usize): f64 {
  const bytes = <usize>((rows + 1) & ~1) << 3;
  const odd = (rows & 1) != 0;
  let sum = f64x2.splat(0), product = f64x2.splat(1);
  for (let q: usize = 0; q < bytes; q += 16) {
    const x = v128.load(eta + q);
    const e = exp(f64x2.neg(f64x2.abs(x)));
    const f = f64x2.add(constant(ONE), e);
    const r = f64x2.div(constant(ONE), f);
    const small = f64x2.mul(e, r);
    const p = v128.bitselect(small, r, f64x2.lt(x, constant(ZERO)));
    const t = v128.load(y + q);
    let l = f64x2.sub(f64x2.mul(t, x), f64x2.pmax(constant(ZERO), x));
    let residual = f64x2.sub(t, p);
    let weight = f64x2.mul(small, r);
    let factor = f;
    if (weights) {
      const v = v128.load(weights + q);
      l = f64x2.mul(v, f64x2.sub(l, log1p(e)));
      residual = f64x2.mul(v, residual);
      weight = f64x2.mul(v, weight);
    }
    if (odd && q + 16 == bytes) {
      l = f64x2.replace_lane(l, 1, 0);
      residual = f64x2.replace_lane(residual, 1, 0);
      weight = f64x2.replace_lane(weight, 1, 0);
      factor = f64x2.replace_lane(factor, 1, 1);
    }
    // 128 factors of at most 2 in a lane: one logarithm a block.
    if (!weights) product = f64x2.mul(product, factor);
    sum = f64x2.add(sum, l);
    v128.store(u + q, residual);
    v128.store(w + q, weight);
  }
  if (!weights) sum = f64x2.sub(sum, log(product));
  return f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1);
}

/** Poisson with the log link: l = y eta - mu, u = y - mu, w = mu; log y! is left out. Returns the block's sum of l. */
export function logPoisson(eta: usize, y: usize, weights: usize, rows: i32, u: usize, w: usize): f64 {
  const bytes = <usize>((rows + 1) & ~1) << 3;
  const odd = (rows & 1) != 0;
  let sum = f64x2.splat(0);
  for (let q: usize = 0; q < bytes; q += 16) {
    const x = v128.load(eta + q);
    let mu = exp(x);
    const t = v128.load(y + q);
    let l = f64x2.sub(f64x2.mul(t, x), mu);
    let residual = f64x2.sub(t, mu);
    if (weights) {
      const v = v128.load(weights + q);
      l = f64x2.mul(v, l);
      residual = f64x2.mul(v, residual);
      mu = f64x2.mul(v, mu);
    }
    if (odd && q + 16 == bytes) {
      l = f64x2.replace_lane(l, 1, 0);
      residual = f64x2.replace_lane(residual, 1, 0);
      mu = f64x2.replace_lane(mu, 1, 0);
    }
    sum = f64x2.add(sum, l);
    v128.store(u + q, residual);
    v128.store(w + q, mu);
  }
  return f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1);
}

/**
 * Bernoulli and binomial with the probit link, y a proportion: l = y log Φ(eta) + (1 - y) log Φ(-eta); with h = φ/Φ, u = y h(eta) - (1 - y) h(-eta)
 * and w = -y h'(eta) - (1 - y) h'(-eta), or its expected value h(eta) h(-eta). Returns the block's sum of l.
 */
export function probit(eta: usize, y: usize, weights: usize, rows: i32, u: usize, w: usize, expected: i32): f64 {
  const bytes = <usize>((rows + 1) & ~1) << 3;
  const odd = (rows & 1) != 0;
  let sum = f64x2.splat(0);
  for (let q: usize = 0; q < bytes; q += 16) {
    const x = v128.load(eta + q), t = v128.load(y + q);
    // Seen from the response: a failure at eta is a success at -eta.
    const failed = f64x2.lt(t, f64x2.splat(0.5));
    const sign = v128.bitselect(f64x2.splat(-1), constant(ONE), failed);
    const share = v128.bitselect(f64x2.sub(constant(ONE), t), t, failed);
    const z = f64x2.mul(sign, x);
    const h = ratios(z);
    let l = v128.load(LOG_PHI), score = h, weight = v128.load(SLOPE);
    if (expected || i64x2.bitmask(f64x2.lt(share, constant(ONE)))) {
      const rest = f64x2.sub(constant(ONE), share), other = ratios(f64x2.neg(z));
      // A share of 0 takes an infinite logarithm with it.
      const none = f64x2.eq(rest, constant(ZERO));
      l = f64x2.add(f64x2.mul(share, l), v128.andnot(f64x2.mul(rest, v128.load(LOG_PHI)), none));
      score = f64x2.sub(f64x2.mul(share, h), f64x2.mul(rest, other));
      weight = f64x2.add(f64x2.mul(share, weight), f64x2.mul(rest, v128.load(SLOPE)));
      if (expected) weight = f64x2.neg(f64x2.mul(h, other));
    }
    score = f64x2.mul(sign, score);
    weight = f64x2.neg(weight);
    if (weights) {
      const v = v128.load(weights + q);
      l = f64x2.mul(v, l);
      score = f64x2.mul(v, score);
      weight = f64x2.mul(v, weight);
    }
    if (odd && q + 16 == bytes) {
      l = f64x2.replace_lane(l, 1, 0);
      score = f64x2.replace_lane(score, 1, 0);
      weight = f64x2.replace_lane(weight, 1, 0);
    }
    sum = f64x2.add(sum, l);
    v128.store(u + q, score);
    v128.store(w + q, weight);
  }
  return f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1);
}

/** One body for both sides: inlined twice it is 2 kB more. */
function ratios(z: v128): v128 {
  return normalRatios(z);
}

/** The kinds that `glmTile` knows. */
export const LOGISTIC = 1;
export const LOG_POISSON = 2;
