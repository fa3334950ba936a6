import { constant } from "../lanes/constant";
import { exp } from "../lanes/exp";
import { log } from "../lanes/log";
import { log1p } from "../lanes/log1p";

// One row's share of the log-likelihood as a function of its linear predictor eta, where eta is the canonical parameter, and its two
// derivatives: l, u = dl/deta and w = -d²l/deta², for two rows at a time. The rows' weights are at `weights`, or all are 1 where that is 0.

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

/** The kinds that `glmTile` knows. */
export const LOGISTIC = 1;
export const LOG_POISSON = 2;
