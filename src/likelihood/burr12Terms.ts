import { exp, log } from "../math/elementary.ts";
import type { Sample } from "../wasm/sample.ts";
import { framedMoments, type LogFrame } from "./logFrame.ts";
import type { Evaluation } from "./model.ts";
import { outside } from "./pullBack.ts";

/** Beyond the Weibull v has an end, and for e < -1 an unbounded likelihood: no step goes as far. */
const LOWEST = -0.5;

/** Values of 1/k below which its powers would cancel in the sums of the logistic. */
const SMALL = 0.1;

/**
 * Burr XII in (m, log b, e) with z = b (y - m), y in the frame, c = b/scale, e = 1/k: v = e^z is generalised Pareto with shape e and scale 1,
 * so with a = log(1 + e v)/e the log-density of y is log b + z - (1 + e) a, smooth through e = 0, the Weibull.
 */
export function burr12Terms(rows: Sample, frame: LogFrame, m: number, b: number, e: number): Evaluation {
  const n = rows.weight;
  if (!(Number.isFinite(m + e) && e > LOWEST && b > 0 && b < Infinity)) return outside(3);
  const near = e < SMALL;
  const highest = b * ((log(rows.extent.max * frame.unit) - frame.center) / frame.scale - m);
  if (near && (highest > 700 || 1 + e * exp(highest) <= 0)) return outside(3);
  const s = near ? nearWeibull(rows, frame, m, b, e) : fromLogistic(rows, frame, m, b, e);
  const z = n * b * (framedMoments(rows, frame).mean - m);
  // h = (1 + e) a and its derivatives in z, by sums of q = v r, r = 1/(1 + e v): h_z = (1 + e) q, h_zz = (1 + e) q r, h_ze = q - (1 + e) q².
  const factor = 1 + e;
  const mixed = s.q - factor * s.qq;
  const zMixed = s.zq - factor * s.zqq;
  const cross = b * (n - factor * (s.q + s.zqr));
  return {
    value: n * log(b) + z - factor * s.a,
    score: [b * (factor * s.q - n), n + z - factor * s.zq, s.minusSlope - s.q],
    information: [
      [b * b * factor * s.qr, cross, -b * mixed],
      [cross, factor * (s.zzqr + s.zq) - z, zMixed],
      [-b * mixed, zMixed, s.bend - s.qq],
    ],
  };
}

interface BurrSums {
  readonly a: number;
  readonly q: number;
  readonly zq: number;
  readonly qr: number;
  readonly zqr: number;
  readonly zzqr: number;
  readonly qq: number;
  readonly zqq: number;
  /** Minus the first derivative of a in e, and the second. */
  readonly minusSlope: number;
  readonly bend: number;
}

function nearWeibull(rows: Sample, { unit, center, scale }: LogFrame, m: number, b: number, e: number): BurrSums {
  const at = { unit, center, location: scale * m, scale: scale / b, shape: e };
  const [, a, q, zq, qr, zqr, zzqr, qq, zqq, minusSlope, bend] = rows.totals("burr12", at) as unknown as Eleven;
  return { a, q, zq, qr, zqr, zzqr, qq, zqq, minusSlope, bend };
}

type Eleven = [number, number, number, number, number, number, number, number, number, number, number];

/** The same from the sums of the logistic, whose variate is w = z + log e: e^z never appears. */
function fromLogistic(rows: Sample, frame: LogFrame, m: number, b: number, e: number): BurrSums {
  const n = rows.weight;
  const { unit, center, scale } = frame;
  const shift = log(e);
  const at = { unit, center, location: scale * (m - shift / b), scale: scale / b };
  const [logs, size, psi, wPsi, slope, wSlope, wwSlope] = rows.totals("logisticOfLog", at) as unknown as Eleven;
  const w = n * b * (framedMoments(rows, frame).mean - m) + n * shift;
  // log(1 + e^w), p = 1/(1 + e^-w) and d = p (1 - p), from |w|, tanh(w/2) and its slope.
  const total = logs + (size + w) / 2;
  const [p, wp] = [(n + psi) / 2, (w + wPsi) / 2];
  const [d, wd, wwd] = [slope / 2, wSlope / 2, wwSlope / 2];
  const [zp, zd] = [wp - shift * p, wd - shift * d];
  const square = e * e;
  return {
    a: total / e,
    q: p / e,
    zq: zp / e,
    qr: d / e,
    zqr: zd / e,
    zzqr: (wwd - 2 * shift * wd + shift * shift * d) / e,
    qq: (p - d) / square,
    zqq: (zp - zd) / square,
    minusSlope: (total - p) / square,
    bend: (2 * (total - p) - (p - d)) / (square * e),
  };
}
