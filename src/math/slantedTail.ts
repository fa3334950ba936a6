/**
 * log ∫ φ(t) Φ(-αt) dt over t >= a, for a, α >= 0: what the skew-normal's tails are made of (Owen 1956, Ann. Math. Stat. 27, 1075, has
 * it as ½ Φ(-a) - T(a, α), which cancels). The integrand is a Gaussian times erfcx, so 28 points do for every a and α.
 */
import { log } from "./elementary.ts";
import { erfcx } from "./normal.ts";
import { HALF_LOG_2PI } from "./stirling.ts";
import { integrateTail } from "./tail.ts";

const SQRT_HALF = 0.7071067811865476;

export function logSlantedTail(a: number, alpha: number): number {
  const slant = Math.min(alpha, 1e150);
  const precision = 1 + slant * slant;
  const integral = integrateTail({
    value: (s) => -precision * s * (a + 0.5 * s),
    slope: (s) => -precision * (a + s),
    weight: (s) => 0.5 * erfcx(slant * (a + s) * SQRT_HALF),
    curvature: precision,
    end: Infinity,
  });
  return integral > 0 ? log(integral) - HALF_LOG_2PI - 0.5 * precision * a * a : -Infinity;
}
