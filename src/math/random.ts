/**
 * A seeded generator and the variates the simulations need. On our own exp, log and log Γ: a seed names one stream of
 * bits in every engine.
 * Generator: xoshiro128** 1.1 (D. Blackman & S. Vigna, "Scrambled linear pseudorandom number generators", ACM TOMS 47,
 * 2021), period 2^128 - 1, on 32-bit integers, which JavaScript multiplies exactly. Seeded by four outputs of splitmix32.
 */
import { exp, log, log1p, pow } from "./elementary.ts";
import { lgamma } from "./gamma.ts";
import { logaddexp } from "./logarithms.ts";
import { tanpi } from "./trig.ts";

export class Random {
  private a: number;
  private b: number;
  private c: number;
  private d: number;
  private spare = NaN;

  /** `seed` is any finite number; `stream` tells apart independent streams of one seed. */
  constructor(seed = 1, stream = 0) {
    const bits = new Int32Array(new Float64Array([seed + 0, stream + 0]).buffer);
    let state = 0;
    const next = (word: number): number => {
      state = (state + word + 0x9e3779b9) | 0;
      let z = state;
      z = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
      z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
      return z ^ (z >>> 15);
    };
    for (const word of bits) state = next(word);
    this.a = next(0);
    this.b = next(0);
    this.c = next(0);
    // The state of all zeros is the one xoshiro cannot leave.
    this.d = next(0) | (this.a === 0 && this.b === 0 && this.c === 0 ? 1 : 0);
  }

  /** 32 random bits as a signed integer. */
  int32(): number {
    const x = Math.imul(this.b, 5);
    const result = Math.imul((x << 7) | (x >>> 25), 9);
    const t = this.b << 9;
    this.c ^= this.a;
    this.d ^= this.b;
    this.b ^= this.c;
    this.a ^= this.d;
    this.c ^= t;
    this.d = (this.d << 11) | (this.d >>> 21);
    return result;
  }

  /** k 2^-53 with k uniform on 1 .. 2^53 - 1: never 0 nor 1, and symmetric about ½. */
  uniform(): number {
    for (;;) {
      const k = (this.int32() >>> 5) * 67108864 + (this.int32() >>> 6);
      if (k > 0) return k * 1.1102230246251565e-16;
    }
  }

  /** Standard normal by G. Marsaglia's polar method (1964); the second of each pair is kept for the next call. */
  normal(): number {
    if (this.spare === this.spare) {
      const z = this.spare;
      this.spare = NaN;
      return z;
    }
    for (;;) {
      const u = 2 * this.uniform() - 1;
      const v = 2 * this.uniform() - 1;
      const s = u * u + v * v;
      if (s >= 1 || s === 0) continue;
      const f = Math.sqrt((-2 * log(s)) / s);
      this.spare = v * f;
      return u * f;
    }
  }

  /** Standard exponential. */
  exponential(): number {
    return -log(this.uniform());
  }

  /** Standard Cauchy. */
  cauchy(): number {
    return tanpi(this.uniform() - 0.5);
  }

  /**
   * Gamma with rate 1. G. Marsaglia & W. W. Tsang, "A simple method for generating gamma variables", ACM TOMS 26, 2000;
   * a shape below 1 is one higher and multiplied by U^(1/shape), their section 6.
   */
  gamma(shape: number): number {
    if (shape < 1) return this.gamma(shape + 1) * pow(this.uniform(), 1 / shape);
    const d = shape - 1 / 3;
    const c = 1 / Math.sqrt(9 * d);
    for (;;) {
      const z = this.normal();
      const w = 1 + c * z;
      if (w <= 0) continue;
      const v = w * w * w;
      const u = this.uniform();
      if (u < 1 - 0.0331 * z * z * z * z || log(u) < 0.5 * z * z + d * (1 - v + log(v))) return d * v;
    }
  }

  /**
   * Beta as G/(G + H); where both shapes are below 1 and G, H may underflow, by the method of M. D. Jöhnk (Metrika 8, 1964), in logarithms.
   */
  beta(a: number, b: number): number {
    if (a >= 1 || b >= 1) {
      const g = this.gamma(a);
      return g / (g + this.gamma(b));
    }
    for (;;) {
      const x = log(this.uniform()) / a;
      const total = logaddexp(x, log(this.uniform()) / b);
      if (total <= 0) return exp(x - total);
    }
  }

  /**
   * Binomial. Below a mean of 10 by its waiting times (Devroye, Non-Uniform Random Variate Generation, 1986, ch. X.4.3), above it BTRS:
   * W. Hörmann, "The generation of binomial random variates", J. Stat. Comput. Simul. 46, 1993.
   */
  binomial(n: number, p: number): number {
    if (p > 0.5) return n - this.binomial(n, 1 - p);
    if (n * p < 10) {
      // Failures up to the next success are geometric; a probability of 0 never has one.
      const rate = -log1p(-p);
      let k = -1;
      for (let trials = 0; trials <= n; k++) trials += 1 + Math.floor(this.exponential() / rate);
      return k;
    }
    const q = 1 - p;
    const deviation = Math.sqrt(n * p * q);
    const b = 1.15 + 2.53 * deviation;
    const a = -0.0873 + 0.0248 * b + 0.01 * p;
    const squeeze = 0.92 - 4.2 / b;
    const alpha = (2.83 + 5.1 / b) * deviation;
    const mode = Math.floor((n + 1) * p);
    const peak = lgamma(mode + 1) + lgamma(n - mode + 1);
    for (;;) {
      const v = this.uniform();
      const u = this.uniform() - 0.5;
      const us = 0.5 - Math.abs(u);
      const k = Math.floor(((2 * a) / us + b) * u + n * p + 0.5);
      if (k < 0 || k > n) continue;
      if (us >= 0.07 && v <= squeeze) return k;
      const bound = peak - lgamma(k + 1) - lgamma(n - k + 1) + (k - mode) * log(p / q);
      if (log((v * alpha) / (a / (us * us) + b)) <= bound) return k;
    }
  }

  /**
   * Poisson. Below 10 products of uniforms (Knuth, TAOCP 2, 3.4.1), above it PTRS, transformed rejection with squeeze:
   * W. Hörmann, "The transformed rejection method for generating Poisson random variables", Insurance: Math. & Econ. 12, 1993.
   */
  poisson(mean: number): number {
    if (mean < 10) {
      const limit = exp(-mean);
      let k = 0;
      for (let p = this.uniform(); p > limit; p *= this.uniform()) k++;
      return k;
    }
    const b = 0.931 + 2.53 * Math.sqrt(mean);
    const a = -0.059 + 0.02483 * b;
    const inverseAlpha = 1.1239 + 1.1328 / (b - 3.4);
    const squeeze = 0.9277 - 3.6224 / (b - 2);
    const logMean = log(mean);
    for (;;) {
      const u = this.uniform() - 0.5;
      const v = this.uniform();
      const us = 0.5 - Math.abs(u);
      const k = Math.floor(((2 * a) / us + b) * u + mean + 0.43);
      if (us >= 0.07 && v <= squeeze) return k;
      if (k < 0 || (us < 0.013 && v > us)) continue;
      if (log((v * inverseAlpha) / (a / (us * us) + b)) <= k * logMean - mean - lgamma(k + 1)) return k;
    }
  }
}
