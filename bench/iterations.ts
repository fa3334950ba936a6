import { checked, type PlainFit, type PlainFitter } from "./closedForms.ts";
import { type Evaluated, newton } from "./newton.ts";
import type { Passes, StandardSums } from "./passes.ts";
import { digamma, lgamma, trigamma } from "./polygamma.ts";

/** Rows of the subsample, the rows above which it is worth while, the size of its groups, and that of a sketch: the engine's numbers. */
const SUBSAMPLE = 65536;
export const LONG = 4 * SUBSAMPLE;
const GROUP = 64;
const SKETCH = 1024;

/** Sums at one point; `shape` holds the derivatives in a third parameter: of log f, its second, of psi, of z psi. */
type Sums = StandardSums & { readonly z?: number; readonly shape?: readonly [number, number, number, number] };

interface LocationScale {
  /** Quartiles of the standard density, which those of a sketch are matched with. */
  readonly quartiles: readonly [number, number, number];
  /** The variate whose location and scale are fitted; the values themselves if absent. */
  readonly variate?: (x: number) => number;
  readonly df?: number;
  sums(passes: Passes, x: Float64Array, location: number, scale: number, df: number): Sums;
  /** A look at the limit of the family that the iteration does not see. */
  limit?(passes: Passes, rows: Float64Array): void;
  estimates(location: number, scale: number, df: number): readonly number[];
}

const GUMBEL = [-0.3266342599782809, 0.3665129205816643, 1.2458993237072384] as const;

const families = {
  gumbel: {
    quartiles: GUMBEL,
    sums: (passes, x, location, scale) => passes.gumbel(x, location, scale),
    estimates: (location, scale) => [location, scale],
  },
  // -log x is Gumbel with location -log(scale) and scale 1/shape.
  weibull: {
    quartiles: GUMBEL,
    variate: (x) => -Math.log(x),
    sums: (passes, x, location, scale) => passes.weibull(x, location, scale),
    estimates: (location, scale) => [1 / scale, Math.exp(-location)],
  },
  logistic: {
    quartiles: [-1.0986122886681098, 0, 1.0986122886681098],
    sums: (passes, x, location, scale) => passes.logistic(x, location, scale),
    estimates: (location, scale) => [location, scale],
  },
  cauchy: {
    quartiles: [-1, 0, 1],
    sums: (passes, x, location, scale) => ({ ...studentTSums(passes, x, location, scale, 1), shape: undefined! }),
    estimates: (location, scale) => [location, scale],
  },
  studentT: {
    quartiles: [-0.74, 0, 0.74],
    df: 4,
    sums: studentTSums,
    // df = ∞: the moments of the normal.
    limit(passes, rows) {
      if (!(passes.squares(rows, rows[0]!).second > 0)) throw new RangeError("All values are equal.");
    },
    estimates: (location, scale, df) => [location, scale, df],
  },
} satisfies Record<string, LocationScale>;

/** The fits by name; `warm` starts the full passes from the maximum of a subsample, as the engine does. */
export function iteration(name: keyof typeof families, warm: boolean): PlainFitter {
  const family: LocationScale = families[name];
  return (passes, x): PlainFit => {
    checked(passes, x, family.variate ? Number.MIN_VALUE : Number.NEGATIVE_INFINITY);
    const { center, scale } = place(family, x);
    const evaluateOn = (rows: Float64Array) => (eta: readonly number[]) => {
      const at = center + scale * eta[0]!;
      const s = Math.exp(eta[1]!);
      const df = family.df === undefined ? 1 : Math.exp(eta[2]!);
      const sums = family.sums(passes, rows, at, scale * s, df);
      // The sum of log |dy/dx|, y = -log x.
      const jacobian = family.variate ? scale * s * sums.z! + rows.length * at : 0;
      return inEta(sums, rows.length, s, df, jacobian - rows.length * Math.log(scale));
    };
    const long = x.length > LONG;
    const few = warm && long ? thin(x) : x;
    let start: readonly number[] = family.df === undefined ? [0, 0] : [0, 0, Math.log(family.df)];
    if (few !== x) start = newton(evaluateOn(few), start, 0.1, 1e-8).point;
    const { point, value, evaluations } = newton(evaluateOn(x), start, 1e-8, long ? 5e-7 : 1e-8);
    family.limit?.(passes, few);
    const estimates = family.estimates(center + scale * point[0]!, scale * Math.exp(point[1]!), Math.exp(point[2] ?? 0));
    return { estimates, logLik: value, passes: 1 + evaluations + (family.limit && few === x ? 1 : 0) };
  };
}

/** Value, and derivatives in eta = ((location - center) / unit, log s[, log df]) with s = scale / unit. */
function inEta(sums: Sums, n: number, s: number, df: number, constant: number): Evaluated {
  const score = [sums.psi / s, sums.zPsi - n];
  const cross = (sums.psi + sums.zCurvature) / s;
  const information = [
    [sums.curvature / (s * s), cross],
    [cross, sums.zPsi + sums.zzCurvature],
  ];
  if (sums.shape) {
    const [first, second, psi, zPsi] = sums.shape.map((value, i) => value * (i === 1 ? df * df : df)) as [number, number, number, number];
    score.push(first);
    information[0]!.push(-psi / s);
    information[1]!.push(-zPsi);
    information.push([-psi / s, -zPsi, -second - first]);
  }
  return { value: sums.value - n * Math.log(s) + constant, score, information };
}

function studentTSums(passes: Passes, x: Float64Array, location: number, scale: number, df: number): Sums {
  const n = x.length;
  const { logs, r, rr, zr, zrr } = passes.studentT(x, location, scale, df);
  const tail = (df + 1) / df;
  const half = df / 2;
  const constant = lgamma(half + 0.5) - lgamma(half) - 0.5 * Math.log(df * Math.PI);
  const first = 0.5 * (digamma(half + 0.5) - digamma(half)) - 0.5 / df;
  const second = 0.25 * (trigamma(half + 0.5) - trigamma(half)) + 0.5 / (df * df);
  const gap = n - r;
  return {
    value: n * constant - 0.5 * (df + 1) * logs,
    psi: tail * zr,
    zPsi: (df + 1) * gap,
    curvature: tail * (2 * rr - r),
    zCurvature: tail * (2 * zrr - zr),
    zzCurvature: (df + 1) * (3 * r - 2 * rr - n),
    shape: [
      n * first - 0.5 * logs + 0.5 * tail * gap,
      n * second + (0.5 * gap) / df - (0.5 * gap) / (df * df) - (0.5 * tail * (r - rr)) / df,
      (zr - tail * zrr) / df,
      gap - tail * (r - rr),
    ],
  };
}

/** Center and scale from the quartiles of up to 1,024 values, one from each of as many stretches of the column. */
function place({ quartiles, variate = (x) => x }: LocationScale, x: Float64Array) {
  const size = Math.min(x.length, SKETCH);
  const mirrored = variate(2) < variate(1);
  const sketch = Float64Array.from({ length: size }, (_, i) =>
    variate(x[Math.floor(((i + (x.length > size ? jitter(i) : 0)) * x.length) / size)]!),
  ).sort();
  // -log x falls where x rises: its quantile is minus the quantile of log x from the other end.
  const at = (p: number) => sketch[mirrored ? size - 1 - Math.floor((1 - p) * size) : Math.floor(p * size)]!;
  const scale = (at(0.75) - at(0.25)) / (quartiles[2] - quartiles[0]);
  return { center: at(0.5) - scale * quartiles[1], scale };
}

/** A subsample of groups of neighbours, evenly spaced. */
function thin(x: Float64Array): Float64Array {
  const rows = new Float64Array(SUBSAMPLE);
  const groups = SUBSAMPLE / GROUP;
  for (let g = 0; g < groups; g++) {
    const at = Math.floor((g * (x.length - GROUP)) / (groups - 1));
    for (let i = 0; i < GROUP; i++) rows[g * GROUP + i] = x[at + i]!;
  }
  return rows;
}

/** The engine's own, so that both start at the same point. */
function jitter(i: number): number {
  return (Math.imul(Math.imul(i + 1, 0x9e3779b1) ^ (i << 7), 0x85ebca6b) >>> 0) / 2 ** 32;
}
