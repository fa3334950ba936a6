import { burrStarts, paretoLimit, weibullLimit } from "../likelihood/burr12Limits.ts";
import { burr12Terms } from "../likelihood/burr12Terms.ts";
import { framedJacobian, logFrame } from "../likelihood/logFrame.ts";
import { type Evaluation, type Fixed, type Model, nonexistent, type Verdict } from "../likelihood/model.ts";
import { pullBack } from "../likelihood/pullBack.ts";
import { exp, expm1, log, log1p, pow } from "../math/elementary.ts";
import { lbeta } from "../math/gamma.ts";
import { log1mexp, log1pexp, logRatio } from "../math/logarithms.ts";
import type { Sample } from "../wasm/sample.ts";
import { type Family, positive } from "./family.ts";

/** Values of k that cannot be told from infinity, and of c (in standard deviations of log x) likewise. */
const K_LIMIT = 1e7;
const C_LIMIT = 1e6;

/**
 * Burr XII (Singh–Maddala) with density (c k/scale) (x/scale)^(c-1) (1 + (x/scale)^c)^(-k-1), x > 0. Iterated in c, 1/k and the scale of the
 * Weibull that 1/k = 0 is: the likelihood goes on smoothly through that limit. The Pareto is the other, c → ∞ and k → 0 with scale = min(x).
 * Whichever is higher than every maximum inside is the answer. Burr (1942), Ann. Math. Statist. 13, 215; Tadikamalla (1980), Int. Stat.
 * Rev. 48, 337.
 */
export const burr12: Family = {
  name: "burr12",
  parameters: [
    { name: "c", domain: "positive" },
    { name: "k", domain: "positive" },
    { name: "scale", domain: "positive" },
  ],
  support: positive,
  density: "(c k/scale) (x/scale)^(c-1) (1 + (x/scale)^c)^(-k-1), x > 0",
  source: "Burr (1942), Ann. Math. Statist. 13, 215; Tadikamalla (1980), Int. Stat. Rev. 48, 337",
  existence:
    "on the boundary k = ∞ (Weibull) where the upper tail is light, c = ∞ (Pareto) where that is more likely; not if all values are equal",
  contains: {
    loglogistic: { held: { k: 1 }, at: ([shape, scale], { k }) => [shape!, k!, scale!] },
    lomax: { held: { c: 1 }, at: ([shape, scale], { c }) => [c!, shape!, scale!] },
    weibull: { held: { k: Number.POSITIVE_INFINITY }, at: ([shape, scale], { k }) => [shape!, k!, scale! * pow(k!, 1 / shape!)] },
    exponential: { held: { c: 1, k: Number.POSITIVE_INFINITY }, at: ([rate], { c, k }) => [c!, k!, k! / rate!] },
    rayleigh: {
      held: { c: 2, k: Number.POSITIVE_INFINITY },
      at: ([sigma], { c, k }) => [c!, k!, Math.SQRT2 * sigma! * Math.sqrt(k!)],
    },
  },
  model,
  logPdf(x, [c, k, scale]) {
    if (!(x > 0) || x === Infinity) return -Infinity;
    const w = c! * logRatio(x, scale!);
    return log(c!) + log(k!) - log(x) + (w > 0 ? -k! * w - (k! + 1) * log1p(exp(-w)) : w - (k! + 1) * log1p(exp(w)));
  },
  score(x, [c, k, scale]) {
    const distance = logRatio(x, scale!);
    const w = c! * distance;
    const p = w > 0 ? 1 / (1 + exp(-w)) : exp(w) / (1 + exp(w));
    const psi = (k! + 1) * p - 1;
    return [1 / c! - distance * psi, 1 / k! - log1pexp(w), (c! / scale!) * psi];
  },
  slide(x, [c, k, scale]) {
    const distance = logRatio(x, scale!);
    const w = c! * distance;
    // (1 + u) log(1 + u) / u, u = (x/scale)^c.
    const ratio = w < -40 ? 1 : log1pexp(w) * (1 + exp(-w));
    return [(-x * distance) / c!, (-x * ratio) / (c! * k!), x / scale!];
  },
  cdf: (x, [c, k, scale]) => (x <= 0 ? 0 : -expm1(-k! * log1pexp(c! * logRatio(x, scale!)))),
  logCdf(x, [c, k, scale]) {
    if (x <= 0) return -Infinity;
    const w = c! * logRatio(x, scale!);
    return w < -600 ? log(k!) + w : log1mexp(-k! * log1pexp(w));
  },
  logSf: (x, [c, k, scale]) => (x <= 0 ? 0 : -k! * log1pexp(c! * logRatio(x, scale!))),
  quantile(p, [c, k, scale]) {
    if (p === 0) return 0;
    return scale! * pow(expm1(-log1p(-p) / k!), 1 / c!);
  },
  mean: ([c, k, scale]) => (c! * k! > 1 ? scale! * moment(1 / c!, k!) : Number.POSITIVE_INFINITY),
  variance([c, k, scale]) {
    if (!(c! * k! > 2)) return Number.POSITIVE_INFINITY;
    const first = moment(1 / c!, k!);
    return scale! * scale! * (moment(2 / c!, k!) - first * first);
  },
  random: ([c, k, scale], random) => scale! * pow(expm1(random.exponential() / k!), 1 / c!),
};

/** E (x/scale)^(c r) = k B(k - r, 1 + r). */
function moment(r: number, k: number): number {
  return k * exp(lbeta(k - r, 1 + r));
}

function model(sample: Sample, fixed: Fixed): Model | Verdict {
  const [givenC, givenK, givenScale] = fixed;
  const { min, max } = sample.extent;
  if (min === max && givenC === undefined) return nonexistent("All values are equal: the likelihood grows without bound as c → ∞.");
  const frame = logFrame(sample);
  const { scale: spread, typical } = frame;
  const free = fixed.every((value) => value === undefined);
  const jacobian = (rows: Sample) => framedJacobian(rows, frame);
  const starts = burrStarts(sample, frame, {
    ...(givenC !== undefined && { b: givenC * spread }),
    ...(givenK !== undefined && { k: givenK }),
    ...(givenScale !== undefined && { ls: logRatio(givenScale, typical) / spread }),
  });
  const inside = (rows: Sample) => (point: readonly number[]) => {
    const found = burr12Terms(rows, frame, point[0]!, exp(point[1]!), point[2]!);
    return { ...found, value: found.value + jacobian(rows) };
  };
  const evaluateOn = (rows: Sample) => (t: readonly number[]) => inParameters(inside(rows), t, spread);
  const thin = sample.thin();
  const inner = starts.map(({ b, k, ls }) => [ls - log(k) / b, log(b), 1 / k]);
  const outer = starts.map(({ b, k, ls }) => [b, k, exp(spread * ls)]);
  return {
    origin: [0, 0, 0],
    unit: [1 / spread, 1, typical],
    start: outer[0]!,
    others: outer.slice(1),
    closed: true,
    evaluate: evaluateOn(sample),
    ...(thin !== sample && { coarse: evaluateOn(thin) }),
    ...(free && {
      inner: {
        start: inner[0]!,
        // From the Weibull's side, too.
        others: [...inner.slice(1), [0.3, 0, 0]],
        evaluate: inside(sample),
        ...(thin !== sample && { coarse: inside(thin) }),
        standardised: ([m, size, e]) => [exp(size!), 1 / e!, exp(spread * (m! - log(e!) / exp(size!)))],
        slopes: ([, size, e]) => [
          [0, 1, 0],
          [0, 0, -1 / e!],
          [spread, (spread * log(e!)) / exp(size!), -spread / (exp(size!) * e!)],
        ],
      },
    }),
    // k from -3 up to 0: far beyond the Weibull.
    nearLimit: ([b, k]) =>
      (free && k! < 0 && k! > -3) ||
      (givenC === undefined && b! > C_LIMIT) ||
      (givenK === undefined && (k! < 1 / K_LIMIT ? k! > 0 : givenScale === undefined && !free && k! > K_LIMIT)),
    settle([b, k, scale], value, { coarse, converged }) {
      if (coarse) {
        // The local maxima beside the Pareto move there as rows are added.
        if (!free || !(b! > 300 && k! < 0.01 && k! > 0) || paretoLimit(thin, undefined).logLik! < value) return undefined;
        return paretoLimit(sample, undefined);
      }
      if (givenK !== undefined) return undefined;
      const pareto = givenC === undefined && (givenScale ?? min) <= min && min < max ? paretoLimit(sample, givenScale) : undefined;
      const light = givenScale === undefined && !(k! > 0 && k! < K_LIMIT);
      const m = Number.isFinite(scale!) && scale! > 0 && k! > 0 ? log(scale!) / spread - log(k!) / b! : 0;
      const limit = light ? weibullLimit(sample, frame, givenC, b!, m) : undefined;
      const reached = limit?.logLik ?? (converged ? value : Number.NEGATIVE_INFINITY);
      return pareto && pareto.logLik! >= reached ? pareto : limit;
    },
  };
}

/** Derivatives in t = (c, k, scale) in units, from those in (m, log b, e). */
function inParameters(evaluate: (point: readonly number[]) => Evaluation, [c, k, scale]: readonly number[], spread: number): Evaluation {
  const [b, logK] = [c!, log(k!)];
  const none = [0, 0, 0];
  return pullBack(evaluate([log(scale!) / spread - logK / b, log(b), 1 / k!]), {
    slopes: [
      [logK / (b * b), -1 / (k! * b), 1 / (spread * scale!)],
      [1 / b, 0, 0],
      [0, -1 / (k! * k!), 0],
    ],
    bends: [
      [
        [(-2 * logK) / (b * b * b), 1 / (k! * b * b), 0],
        [1 / (k! * b * b), 1 / (k! * k! * b), 0],
        [0, 0, -1 / (spread * scale! * scale!)],
      ],
      [[-1 / (b * b), 0, 0], none, none],
      [none, [0, 2 / (k! * k! * k!), 0], none],
    ],
  });
}
