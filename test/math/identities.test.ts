/** The identities that tie the special functions to one another. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { exp, expm1, log, log1p, pow } from "../../src/math/elementary.ts";
import { lbeta, lgamma, lgamma1p, lgammaDifference } from "../../src/math/gamma.ts";
import { betaI, betaIComplement, betaQuantileLogit, logBetaI } from "../../src/math/incompleteBeta.ts";
import { gammaP, gammaQ, gammaQuantile, gammaUpperQuantile, logGammaP, logGammaQ } from "../../src/math/incompleteGamma.ts";
import { log1mexp, log1pexp, log1pmx, log2, log10, logaddexp } from "../../src/math/logarithms.ts";
import { erf, erfc, logNormalCdf, normalCdf, normalQuantile, normalQuantileOfLog, normalUpper } from "../../src/math/normal.ts";
import {
  digamma,
  digammaDifference,
  logMinusDigamma,
  logMinusDigammaDerivative,
  tetragamma,
  trigamma,
  trigammaDifference,
} from "../../src/math/polygamma.ts";
import { deviance, stirlingError } from "../../src/math/stirling.ts";
import { atan, cos, cospi, sin, sinpi, tan, tanpi } from "../../src/math/trig.ts";
import { close, decades, holds, real, signed, tuple, ULP } from "./property.ts";

describe("elementary", () => {
  holds("log undoes exp", tuple(real(-700, 700)), (x) => close(log(exp(x)), x, 2 * ULP, Math.max(1, Math.abs(x))));
  holds("expm1 undoes log1p", tuple(signed(decades(-300, 0)).filter((x) => x > -0.9)), (x) => close(expm1(log1p(x)), x, 1e-14));
  holds("pow(x, n) is the product", tuple(decades(-3, 3), fc.integer({ min: 1, max: 5 })), (x, n) => {
    let product = 1;
    for (let i = 0; i < n; i++) product *= x;
    close(pow(x, n), product, 3 * ULP);
  });
  holds("pow undoes its root at huge exponents", tuple(real(-600, 600), decades(3, 12)), (l, y) => {
    const x = exp(l / y);
    close(log(pow(x, y)), y * log(x), 4 * ULP, Math.max(1, Math.abs(l)));
  });
  test("log2 and log10 of powers of their bases", () => {
    for (let k = -1074; k < 1024; k++) expect(log2(2 ** k)).toBe(k);
    for (let k = -300; k <= 300; k++) expect(log10(Number(`1e${k}`))).toBe(k);
  });

  test("special cases of IEEE 754", () => {
    const cases: [number, number, number][] = [
      [0, 3, 0],
      [-0, 3, -0],
      [-0, 2, 0],
      [0, -1, Infinity],
      [-0, -1, -Infinity],
      [-0, -2, Infinity],
      [-2, 3, -8],
      [-2, 2, 4],
      [-2, 0.5, NaN],
      [1, NaN, 1],
      [NaN, 0, 1],
      [NaN, 1, NaN],
      [-1, Infinity, 1],
      [2, Infinity, Infinity],
      [0.5, Infinity, 0],
      [-Infinity, 3, -Infinity],
      [-Infinity, -3, -0],
      [Infinity, -1, 0],
      [10, 400, Infinity],
      [10, -400, 0],
      [-10, 401, -Infinity],
      [2, -1074, 5e-324],
      [2, 1023, 8.98846567431158e307],
      [9, 0.5, 3],
      [1e-300, 1e300, 0],
      [0.5, -Infinity, Infinity],
    ];
    for (const [x, y, z] of cases) expect(pow(x, y), `pow(${x}, ${y})`).toBe(z);
    expect([exp(Infinity), exp(-Infinity), exp(NaN), exp(-0), exp(-745.2)]).toEqual([Infinity, 0, NaN, 1, 0]);
    expect([log(0), log(-1), log(Infinity), log(NaN), log(1)]).toEqual([-Infinity, NaN, Infinity, NaN, 0]);
    expect([log1p(-1), log1p(-0), log1p(-2), expm1(-0), expm1(-Infinity)]).toEqual([-Infinity, -0, NaN, -0, -1]);
  });
  holds("log1pmx is log1p(x) - x where that is safe", tuple(real(-0.999, 50)), (x) =>
    close(log1pmx(x), log1p(x) - x, 4 * ULP, Math.max(Math.abs(x), 1)),
  );
  holds("log1pmx is -x²/2 + x³/3 at 0", tuple(signed(decades(-100, -6))), (x) => close(log1pmx(x), -0.5 * x * x + (x * x * x) / 3, 1e-11));
  holds("log1pexp(x) - log1pexp(-x) = x", tuple(real(-800, 800)), (x) =>
    close(log1pexp(x) - log1pexp(-x), x, 4 * ULP, Math.max(1, Math.abs(x))),
  );
  holds("log1mexp is its own inverse", tuple(real(-30, -1e-10)), (x) =>
    close(log1mexp(log1mexp(x)), x, 1e-12 * Math.max(1, exp(-x) * ULP * 1e4)),
  );
  test("logaddexp at the limits", () => {
    expect(logaddexp(-Infinity, -Infinity)).toBe(-Infinity);
    expect(logaddexp(1000, 1000)).toBe(1000.6931471805599);
    expect(logaddexp(3, -Infinity)).toBe(3);
  });
});

describe("trigonometry", () => {
  holds("sin² + cos² = 1", tuple(real(-1e6, 1e6)), (x) => close(sin(x) * sin(x) + cos(x) * cos(x), 1, 4 * ULP));
  holds("close to the engine's own", tuple(real(-100, 100)), (x) => {
    close(sin(x), Math.sin(x), 2 * ULP, 1);
    close(cos(x), Math.cos(x), 2 * ULP, 1);
    close(tan(x), Math.tan(x), 4 * ULP);
    close(atan(x), Math.atan(x), 2 * ULP);
  });
  holds("atan undoes tan", tuple(real(-1.57, 1.57)), (x) => close(atan(tan(x)), x, 4 * ULP, Math.max(1e-300, Math.abs(x))));
  holds("half-turns have period 2 exactly", tuple(real(0, 1)), (x) => {
    const y = x + 4 - 4;
    expect(sinpi(y + 4)).toBe(sinpi(y));
    expect(cospi(y + 4)).toBe(cospi(y));
  });
  test("half-turns are exact at multiples of ½", () => {
    expect([sinpi(1), sinpi(0.5), cospi(0.5), cospi(1), tanpi(1), tanpi(0.5)].map(Math.abs)).toEqual([0, 1, 0, 1, 0, Infinity]);
  });
});

describe("gamma functions", () => {
  const shape = decades(-3, 10);
  holds("Γ(x + 1) = x Γ(x)", tuple(decades(-3, 3)), (x) =>
    close(lgamma(x + 1), lgamma(x) + log(x), 8 * ULP, Math.max(1, Math.abs(lgamma(x)))),
  );
  holds("reflection", tuple(real(-20, -0.01).filter((x) => Math.abs(x - Math.round(x)) > 0.01)), (x) =>
    close(lgamma(x) + lgamma(1 - x), 1.1447298858494002 - log(Math.abs(sinpi(x))), 16 * ULP, Math.max(1, lgamma(1 - x))),
  );
  holds("lgamma1p keeps relative accuracy at 0", tuple(signed(decades(-200, -9))), (x) =>
    close(lgamma1p(x), -0.5772156649015329 * x, 1e-8),
  );
  holds("Stirling's formula and its error", tuple(decades(-2, 5)), (x) =>
    close((x + 0.5) * log(x) - x + 0.9189385332046728 + stirlingError(x), lgamma(x + 1), 16 * ULP, Math.max(1, x * Math.abs(log(x)))),
  );
  holds("deviance = x log(x/mu) + mu - x", tuple(decades(-2, 2), decades(-2, 2)), (x, mu) =>
    close(deviance(x, mu), x * log(x / mu) + mu - x, 8 * ULP, Math.max(x, mu) * (1 + Math.abs(log(x / mu)))),
  );
  holds("lgammaDifference", tuple(decades(-1, 3), decades(-1, 3)), (x, d) =>
    close(lgammaDifference(x, d), lgamma(x + d) - lgamma(x), 16 * ULP, Math.max(1, Math.abs(lgamma(x + d)), Math.abs(lgamma(x)))),
  );
  holds("integer steps are products", tuple(decades(-1, 12), fc.integer({ min: 1, max: 5 })), (x, n) => {
    let product = 1;
    let reciprocals = 0;
    let squares = 0;
    for (let i = 0; i < n; i++) {
      product *= x + i;
      reciprocals += 1 / (x + i);
      squares -= 1 / ((x + i) * (x + i));
    }
    close(lgammaDifference(x, n), log(product), 8 * ULP, Math.max(1, Math.abs(log(product))));
    close(digammaDifference(x, n), reciprocals, 1e-14);
    close(trigammaDifference(x, n), squares, 1e-14);
  });
  holds("small steps are derivatives", tuple(shape, signed(decades(-12, -9))), (x, r) => {
    close(lgammaDifference(x, r * x), r * x * digamma(x), 1e-7, Math.abs(r * x) * (Math.abs(digamma(x)) + 1));
    close(digammaDifference(x, r * x), r * x * trigamma(x), 1e-7);
    close(trigammaDifference(x, r * x), r * x * tetragamma(x), 1e-7);
  });
  holds("log x - ψ(x) and its derivative where the difference is safe", tuple(decades(-2, 1)), (x) => {
    close(logMinusDigamma(x), log(x) - digamma(x), 1e-14, Math.abs(log(x)) + Math.abs(digamma(x)));
    close(logMinusDigammaDerivative(x), 1 / x - trigamma(x), 1e-14, trigamma(x));
  });
  holds("log x - ψ(x) = 1/(2x) + 1/(12x²) far out", tuple(decades(5, 300)), (x) => {
    close(logMinusDigamma(x), 0.5 / x + 1 / x / (12 * x), 4 * ULP);
    if (x < 1e150) close(logMinusDigammaDerivative(x), -0.5 / x / x - 1 / (6 * x * x * x), 4 * ULP);
  });
  test("B(½, ½) = π and poles", () => {
    close(lbeta(0.5, 0.5), 1.1447298858494002, 4 * ULP);
    expect([lgamma(0), lgamma(-3), lgamma(Infinity), lgamma(1), lgamma(2), digamma(0), trigamma(0)]).toEqual([
      Infinity,
      Infinity,
      Infinity,
      0,
      0,
      -Infinity,
      Infinity,
    ]);
    expect(digamma(-2)).toBeNaN();
  });
});

describe("normal distribution", () => {
  holds("quantile undoes the cdf", tuple(real(-37, 5)), (z) =>
    close(normalQuantile(normalCdf(z)), z, 1e-12 + (z > 0 ? ULP * exp(0.5 * z * z) : 0), Math.max(1, Math.abs(z))),
  );
  holds("quantile of a log probability", tuple(real(-1e4, 3)), (z) =>
    close(normalQuantileOfLog(logNormalCdf(z)), z, 1e-12, Math.max(1, Math.abs(z))),
  );
  holds("the tails sum to 1", tuple(real(-9, 9)), (z) => close(normalCdf(z) + normalUpper(z), 1, 2 * ULP));
  holds("erf + erfc = 1", tuple(real(-6, 6)), (x) => close(erf(x) + erfc(x), 1, 2 * ULP));
});

describe("incomplete gamma and beta", () => {
  const shape = decades(-3, 10);
  const probability = decades(-12, -0.01);
  holds("P + Q = 1", tuple(shape, decades(-3, 3)), (a, x) => close(gammaP(a, a * x) + gammaQ(a, a * x), 1, 4 * ULP));
  holds("logarithms agree", tuple(shape, real(-4, 4)), (a, z) => {
    const x = a * exp(z / (1 + Math.sqrt(a)));
    close(exp(logGammaP(a, x)), gammaP(a, x), 1e-13, Math.max(gammaP(a, x), 1e-300));
    close(exp(logGammaQ(a, x)), gammaQ(a, x), 1e-13, Math.max(gammaQ(a, x), 1e-300));
  });
  holds("P(a + 1, x) = P(a, x) - x^a exp(-x)/Γ(a + 1), across all methods", tuple(decades(-3, 2.5), decades(-2, 1)), (a, r) => {
    const x = a * r;
    close(gammaP(a + 1, x), gammaP(a, x) - exp(a * log(x) - x - lgamma1p(a)), 1e-13, gammaP(a, x));
  });
  holds("quantiles round-trip", tuple(shape, probability), (a, p) => {
    // log x has a spread of 1/√a: an ulp of x moves the probability by some √a ulp.
    const tolerance = 1e-12 * Math.max(1, 2e-3 * Math.sqrt(a));
    const x = gammaQuantile(p, a);
    if (x > 1e-290) close(gammaP(a, x), p, tolerance);
    const y = gammaUpperQuantile(p, a);
    if (y > 1e-290) close(gammaQ(a, y), p, tolerance);
  });
  holds("I_x(a, b) = 1 - I_(1-x)(b, a)", tuple(decades(-3, 5), decades(-3, 5), fc.integer({ min: 1, max: 1023 })), (a, b, k) => {
    const x = k / 1024;
    close(betaI(a, b, x), betaIComplement(b, a, 1 - x), 1e-12, Math.max(1e-290, betaI(a, b, x)));
    close(betaI(a, b, x) + betaIComplement(a, b, x), 1, 4 * ULP);
  });
  holds("I_x(a + 1, b) from I_x(a, b), across all methods", tuple(decades(-2, 2.5), decades(-2, 2.5), real(0.01, 0.99)), (a, b, x) => {
    const w = exp(a * log(x) + b * log1p(-x) - log(a) - lbeta(a, b));
    close(betaI(a + 1, b, x), betaI(a, b, x) - w, 1e-12, Math.max(1e-290, betaI(a, b, x)));
  });
  holds("quantiles round-trip through the logit", tuple(decades(-1, 8), decades(-1, 8), probability), (a, b, p) => {
    const l = betaQuantileLogit(p, a, b);
    if (l < -600) return;
    const x = 1 / (1 + exp(-l));
    const y = 1 / (1 + exp(l));
    // The logit's spread is 1/√min(a, b): an ulp of it moves the probability by √min ulp.
    const tolerance = 1e-12 * Math.max(1, 1e-2 * Math.sqrt(Math.min(a, b))) * Math.max(1, Math.abs(l));
    close(betaI(a, b, x, y), p, tolerance);
    close(logBetaI(a, b, x, y), log(p), tolerance, Math.max(1, -log(p)));
  });
  test("limits and refusals", () => {
    expect([gammaP(2, 0), gammaQ(2, 0), gammaP(2, Infinity), betaI(2, 3, 0), betaI(2, 3, 1)]).toEqual([0, 1, 1, 0, 1]);
    expect([gammaP(-1, 2), gammaP(2, -1), betaI(1, 1, 2), gammaQuantile(2, 1)]).toEqual([NaN, NaN, NaN, NaN]);
    expect([gammaQuantile(0, 3), gammaQuantile(1, 3), gammaUpperQuantile(0, 3)]).toEqual([0, Infinity, Infinity]);
  });
});

describe("monotonicity", () => {
  const increasing: [string, (x: number) => number, number, number][] = [
    ["exp", exp, -700, 700],
    ["log", log, 1e-6, 1e6],
    ["erf", erf, -4, 4],
    ["normalCdf", normalCdf, -30, 6],
    ["gammaP(50, x)", (x) => gammaP(50, x), 1, 90],
    ["gammaP(39.9, x)", (x) => gammaP(39.9, x), 1, 90],
    ["betaI(60, 50, x)", (x) => betaI(60, 50, x), 0.1, 0.8],
    ["digamma", digamma, 0.01, 30],
  ];
  for (const [name, f, from, to] of increasing)
    test(name, () => {
      let last = f(from);
      for (let k = 1; k <= 2000; k++) {
        const next = f(from + ((to - from) * k) / 2000);
        expect(next).toBeGreaterThanOrEqual(last);
        last = next;
      }
    });
});
