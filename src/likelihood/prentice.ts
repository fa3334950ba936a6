import { log } from "../math/elementary.ts";
import { logMinusDigamma, logMinusDigammaDerivative } from "../math/polygamma.ts";
import { HALF_LOG_2PI, stirlingError } from "../math/stirling.ts";
import type { Sample } from "../wasm/sample.ts";
import { framedMoments, type LogFrame } from "./logFrame.ts";
import type { Evaluation } from "./model.ts";
import { outside } from "./pullBack.ts";

/** Sizes of Q below which its powers would cancel in the sums of the Gumbel kernel: some 1e-13 standard errors are lost there. */
const SMALL = 0.2;

/**
 * Generalised gamma in (m, log s, Q), Prentice (1974), Biometrika 61, 539: w = (y - m)/s, y in the frame, log-density of y
 * c(Q) - log s - D, D = (e^(Q w) - 1 - Q w)/Q²: Q = 0 is the lognormal, 1 the Weibull, s the gamma.
 */
export function prentice(rows: Sample, frame: LogFrame, m: number, s: number, Q: number): Evaluation {
  if (!(Number.isFinite(m + Q) && s > 0 && s < Infinity)) return outside(3);
  const n = rows.weight;
  const d = Math.abs(Q) < SMALL ? nearLognormal(rows, frame, m, s, Q) : fromGumbel(rows, frame, m, s, Q);
  const c = constantOf(Q);
  const cross = (d.w + d.wWw) / s;
  return {
    value: n * (c.value - log(s)) - d.value,
    score: [d.w / s, d.wW - n, n * c.first - d.q],
    information: [
      [d.ww / (s * s), cross, -d.wq / s],
      [cross, d.wW + d.wwWw, -d.wWq],
      [-d.wq / s, -d.wWq, d.qq - n * c.second],
    ],
  };
}

/** Sums of D and of its derivatives in w and Q, times powers of w where capital letters say so. */
interface PrenticeSums {
  readonly value: number;
  readonly w: number;
  readonly wW: number;
  readonly ww: number;
  readonly wWw: number;
  readonly wwWw: number;
  readonly q: number;
  readonly qq: number;
  readonly wq: number;
  readonly wWq: number;
}

type Eleven = [number, number, number, number, number, number, number, number, number, number, number];

function nearLognormal(rows: Sample, { unit, center, scale }: LogFrame, m: number, s: number, Q: number): PrenticeSums {
  const at = { unit, center, location: scale * m, scale: scale * s, shape: Q };
  const [, value, w, wW, ww, wWw, wwWw, q, qq, wq, wWq] = rows.totals("generalizedGamma", at) as unknown as Eleven;
  return { value, w, wW, ww, wWw, wwWw, q, qq, wq, wWq };
}

/** The same from the sums of u = e^v, v u, v² u, v = Q w, which is minus the Gumbel's variate. */
function fromGumbel(rows: Sample, frame: LogFrame, m: number, s: number, Q: number): PrenticeSums {
  const n = rows.weight;
  const { unit, center, scale } = frame;
  const at = { unit, center, location: scale * m, scale: (-scale * s) / Q };
  const [, minusV, u, minusVu, vvu] = rows.totals("gumbelOfLog", at) as unknown as Eleven;
  const [v, vu] = [-minusV, -minusVu];
  const [q2, q3] = [Q * Q, Q * Q * Q];
  return {
    value: (u - n - v) / q2,
    w: (u - n) / Q,
    wW: (vu - v) / q2,
    ww: u,
    wWw: vu / Q,
    wwWw: vvu / q2,
    q: (vu - 2 * u + v + 2 * n) / q3,
    qq: (vvu - 4 * vu + 6 * u - 2 * v - 6 * n) / (q2 * q2),
    wq: (vu - u + n) / q2,
    wWq: (vvu - vu + v) / q3,
  };
}

/** c(Q) = -log(2 pi)/2 - mu(1/Q²), mu the error of Stirling's formula, with its derivatives; by mu's series where that would cancel. */
function constantOf(Q: number): { readonly value: number; readonly first: number; readonly second: number } {
  const square = Q * Q;
  if (square < 0.04) {
    const fourth = square * square;
    return {
      value: -HALF_LOG_2PI - square * (1 / 12 - fourth * (1 / 360 - fourth * (1 / 1260 - fourth / 1680))),
      first: -Q * (1 / 6 - fourth * (1 / 60 - fourth * (1 / 126 - fourth / 120))),
      second: -(1 / 6 - fourth * (1 / 12 - fourth * (1 / 14 - (13 / 120) * fourth))),
    };
  }
  const k = 1 / square;
  const slope = 0.5 / k - logMinusDigamma(k);
  const bend = -logMinusDigammaDerivative(k) - 0.5 / (k * k);
  return {
    value: -HALF_LOG_2PI - stirlingError(k),
    first: (2 * slope * k) / Q,
    second: -4 * bend * k * k * k - 6 * slope * k * k,
  };
}

/** The lognormal of the rows, in the frame: Q = 0. */
export function lognormalOf(sample: Sample, frame: LogFrame): { readonly m: number; readonly s: number; readonly value: number } {
  const { mean, variance } = framedMoments(sample, frame);
  return { m: mean, s: Math.sqrt(variance), value: -sample.weight * (HALF_LOG_2PI + 0.5 * log(variance) + 0.5) };
}
