import { boundary, type Fixed, type Model, nonexistent, type Verdict } from "../likelihood/model.ts";
import { besselRatio, besselRatioGap, besselRatioSlope, logBesselI0Scaled } from "../math/bessel.ts";
import { angleOf, logDensity, logLowerTailAt, lowerQuantile, meanSquare, sineAndVersine } from "../math/circle.ts";
import { exp, log, log1p } from "../math/elementary.ts";
import { logInterval } from "../math/interval.ts";
import { logaddexp } from "../math/logarithms.ts";
import { atan, cos, sin } from "../math/trig.ts";
import type { Sample } from "../wasm/sample.ts";
import { type Family, real } from "./family.ts";

const TURN = 2 * Math.PI;

/**
 * Von Mises on the circle with density e^(kappa cos(x - mu)) / (2 pi I0(kappa)), angles in radians. Every finite x is an angle: the
 * density, and so the likelihood, has the period 2 pi; cdf and quantile belong to the circle cut open at mu ± pi. Intervals of
 * censored or truncated angles are arcs, counterclockwise from one end to the other. mu is the mean
 * direction, given as the angle nearest to the middle of the data; kappa solves I1(kappa)/I0(kappa) = mean resultant length. kappa = ∞
 * where all angles are equal; no unique mu where the resultant is 0 (kappa = 0, uniform).
 * Mardia & Jupp (2000), Directional Statistics, 5.3; Best & Fisher (1979), Appl. Stat. 28, 152, for random angles.
 */
export const vonMises: Family = {
  name: "vonMises",
  parameters: [
    { name: "mu", domain: "real" },
    { name: "kappa", domain: "positive" },
  ],
  support: { ...real, period: TURN },
  density: "e^(kappa cos(x - mu)) / (2 pi I0(kappa)), x in radians",
  source: "Mardia & Jupp (2000), Directional Statistics, 5.3; Best & Fisher (1979), Appl. Stat. 28, 152",
  existence: "not if all angles are equal or their resultant is 0; kappa = 0 (uniform) where a fixed mu points away from them",
  model,
  logPdf: (x, [mu, kappa]) => (Number.isFinite(x) ? logDensity(x - mu!, kappa!) : -Infinity),
  score(x, [mu, kappa]) {
    const [sine, versine] = sineAndVersine(x - mu!);
    return [kappa! * sine, besselRatioGap(kappa!) - versine];
  },
  slide: () => [1, undefined],
  cdf(x, [mu, kappa]) {
    const tail = exp(x < mu! ? logCdf(x, mu!, kappa!) : logSf(x, mu!, kappa!));
    return x < mu! ? tail : 1 - tail;
  },
  logCdf: (x, [mu, kappa]) => logCdf(x, mu!, kappa!),
  logSf: (x, [mu, kappa]) => logSf(x, mu!, kappa!),
  logBetween(a, b, [mu, kappa]) {
    if (b - a >= TURN) return 0;
    const turns = TURN * Math.round((a - mu!) / TURN);
    const [from, to] = [a - turns, b - turns];
    if (to > mu! + Math.PI) return logaddexp(logSf(from, mu!, kappa!), logCdf(to - TURN, mu!, kappa!));
    const tails = {
      logPdf: (x: number) => logDensity(x - mu!, kappa!),
      logCdf: (x: number) => logCdf(x, mu!, kappa!),
      logSf: (x: number) => logSf(x, mu!, kappa!),
    };
    return logInterval(tails, from, to, false);
  },
  // mu + d has the tails of -(-mu - d).
  quantile: (p, [mu, kappa]) => (p <= 0.5 ? lowerQuantile(p, mu!, kappa!) : -lowerQuantile(1 - p, -mu!, kappa!)),
  mean: ([mu]) => mu!,
  variance: ([, kappa]) => meanSquare(kappa!),
  random([mu, kappa], random) {
    // The envelope is a wrapped Cauchy: tan(d/2) = ratio times a Cauchy variate.
    const tau = 1 + Math.sqrt(1 + 4 * kappa! * kappa!);
    const rho = (2 * kappa!) / (tau + Math.sqrt(2 * tau));
    const r = (1 + rho * rho) / (2 * rho);
    const ratio = (1 - rho) / (1 + rho);
    for (;;) {
      const c = random.cauchy();
      const square = c * c;
      // kappa (r - cos d).
      const fall = (kappa! * (r - 1) * (r + 1) * (1 + square)) / (r * (1 + square) + 1 - square);
      if (log(fall / random.uniform()) + 1 - fall >= 0) return mu! + 2 * atan(ratio * c);
    }
  },
};

function logCdf(x: number, mu: number, kappa: number): number {
  return x > mu ? log1p(-exp(logSf(x, mu, kappa))) : logLowerTailAt(x, mu, kappa);
}

function logSf(x: number, mu: number, kappa: number): number {
  return x < mu ? log1p(-exp(logCdf(x, mu, kappa))) : logLowerTailAt(-x, -mu, kappa);
}

/** Mean sine and mean versine (1 - cos) about a center. */
interface Resultant {
  readonly center: number;
  readonly sine: number;
  readonly versine: number;
}

function resultant(sample: Sample, center: number): Resultant {
  return sample.keep(`resultant about ${center}`, () => {
    const totals = sample.totals("vonMises", { center });
    return { center, sine: totals[1]! / sample.weight, versine: totals[2]! / sample.weight };
  });
}

/** A direction close to the mean, where 1 - cos keeps the digits of a narrow sample: the mean direction of the sketch. */
function direction({ sketch }: Sample): number {
  const middle = sketch[sketch.length >> 1]!;
  let [sine, cosine] = [0, 0];
  for (const x of sketch) {
    const [s, v] = sineAndVersine(x - middle);
    sine += s;
    cosine += 1 - v;
  }
  return middle + angleOf(sine, cosine);
}

function model(sample: Sample, fixed: Fixed): Model | Verdict {
  const { min, max } = sample.extent;
  const n = sample.weight;
  const { center, sine, versine } = resultant(sample, fixed[0] ?? direction(sample));
  const blur = 2 ** -52 * Math.max(1, Math.abs(min), Math.abs(max));
  const free = fixed[0] === undefined;
  if (free && Math.sqrt(sine * sine + (1 - versine) * (1 - versine)) <= 4 * blur) {
    const uniform = -n * log(2 * Math.PI);
    return nonexistent(
      "The angles balance: their resultant is 0, kappa = 0 (uniform) and no mu is more likely than another.",
      undefined,
      uniform,
    );
  }
  const turn = free ? angleOf(sine, 1 - versine) : 0;
  // 1 - R and the mean cosine about mu, from the sums about the center.
  const half = sin(0.5 * turn);
  const gap = Math.max(0, versine + (1 - versine) * 2 * half * half - sine * sin(turn));
  const length = 1 - gap;
  const sineAtMu = free ? 0 : sine;
  // Whole turns between equal angles are rounded to doubles.
  const narrow = Math.max(max - center, center - min) < Math.PI ? 0 : blur;
  if (fixed[1] === undefined && gap <= narrow * narrow) {
    return nonexistent("All angles are equal: the likelihood grows without bound as kappa → ∞.");
  }
  if (fixed[1] === undefined && length <= 0) {
    return boundary("The angles point away from mu: the likelihood is highest at kappa = 0, uniform.", [center, 0], -n * log(2 * Math.PI));
  }
  const turns = free ? Math.round((min / 2 + max / 2 - center - turn) / TURN) : 0;
  const mu = fixed[0] ?? center + (turn + turns * TURN);
  const kappa = fixed[1] ?? concentration(length, gap);
  const spread = 1 / Math.sqrt(1 + kappa);
  return {
    origin: [mu, 0],
    unit: [spread, kappa],
    start: [0, 1],
    // A caller's mu may be whole turns away.
    closed: true,
    evaluate([m, k]) {
      const d = spread * m!;
      const concentration = kappa * k!;
      const down = sin(0.5 * d);
      const versines = gap + length * 2 * down * down - sineAtMu * sin(d);
      const across = sineAtMu * cos(d) - length * sin(d);
      const ratio = length > 0.5 ? besselRatioGap(concentration) - versines : 1 - versines - besselRatio(concentration);
      return {
        value: n * (-log(2 * Math.PI) - logBesselI0Scaled(concentration) - concentration * versines),
        score: [n * spread * concentration * across, n * kappa * ratio],
        information: [
          [n * spread * spread * concentration * (length * cos(d) + sineAtMu * sin(d)), -n * spread * kappa * across],
          [-n * spread * kappa * across, n * kappa * kappa * besselRatioSlope(concentration)],
        ],
      };
    },
  };
}

/** kappa with I1/I0 = length, to start from: Best & Fisher (1981), Commun. Stat. B 10, 493. */
function concentration(length: number, gap: number): number {
  if (length < 0.53) return length * (2 + length * length * (1 + (5 / 6) * length * length));
  if (length < 0.85) return -0.4 + 1.39 * length + 0.43 / gap;
  return 1 / (gap * length * (2 + gap));
}
