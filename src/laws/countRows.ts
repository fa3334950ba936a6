import { exp, expm1 } from "../math/elementary.ts";
import { logaddexp } from "../math/logarithms.ts";
import { type CountLaw, count, HIGHEST } from "./countLaws.ts";
import { tails, type UnitLink } from "./links.ts";
import type { PartTerms } from "./partTerms.ts";

// Likelihoods of counts whose zeros are too many or of their own: D. Lambert, Technometrics 34 (1992), 1; J. Mullahy, J. Econometrics 33
// (1986), 341. Columns: `y`, and `floor` = log y! + y - y log y. Predictors: eta, then zeta of the zeros where there is one, then tau.

const LARGEST_THETA = 690;

/** Whether tau belongs to a theta; if so, the law takes it. */
function takes(law: CountLaw, tau: Float64Array | undefined): boolean {
  if (!tau || tau.length === 0) return true;
  if (!(Math.abs(tau[0]!) < LARGEST_THETA)) return false;
  law.at(tau[0]!);
  return true;
}

/** The counts alone; with `truncated`, given that they are positive. */
export function countTerms(law: CountLaw, truncated: boolean): PartTerms {
  const fill = truncated ? law.positive : law.mass;
  return ({ y, floor }, [eta, tau], l, u, w) => {
    const holds = takes(law, tau);
    for (let i = 0; i < l.length; i++) {
      if (!holds || !(eta![i]! < HIGHEST)) {
        l[i] = Number.NEGATIVE_INFINITY;
        continue;
      }
      fill(y![i]!, floor![i]!, eta![i]!);
      l[i] = count.value;
      u[0]![i] = count.e;
      w[0]![i] = count.ee;
      if (!tau) continue;
      u[1]![i] = count.t;
      w[1]![i] = count.et;
      w[2]![i] = count.tt;
    }
  };
}

/** What `chance` leaves: log-likelihood, score and information of a binary response. */
const binary = { value: 0, u: 0, w: 0 };

/** A response t of 0 or 1, or a share. */
function chance(link: UnitLink, t: number, zeta: number): void {
  link.tails(zeta);
  const { logMu, logRest, lower, upper, bend } = tails;
  // A factor of 0 takes an infinite one with it.
  const success = t === 0 ? 0 : t * lower;
  const failure = t === 1 ? 0 : (1 - t) * upper;
  binary.value = (t === 0 ? 0 : t * logMu) + (t === 1 ? 0 : (1 - t) * logRest);
  binary.u = success - failure;
  binary.w = (success === 0 ? 0 : success * (lower - bend)) + (failure === 0 ? 0 : failure * (upper + bend));
}

/** A binary response, or the share of one: `y` from 0 to 1. */
export function binaryTerms(link: UnitLink): PartTerms {
  return ({ y }, [zeta], l, [u], [w]) => {
    for (let i = 0; i < l.length; i++) {
      chance(link, y![i]!, zeta![i]!);
      l[i] = binary.value;
      u![i] = binary.u;
      w![i] = binary.w;
    }
  };
}

/** Counts of which each, with the probability that `link` gives zeta, is a zero that the count's law has no part in. */
export function inflatedTerms(law: CountLaw, link: UnitLink): PartTerms {
  return ({ y, floor }, [eta, zeta, tau], l, u, w) => {
    const holds = takes(law, tau);
    for (let i = 0; i < l.length; i++) {
      if (!holds || !(eta![i]! < HIGHEST)) {
        l[i] = Number.NEGATIVE_INFINITY;
        continue;
      }
      link.tails(zeta![i]!);
      const { logMu, logRest, lower, upper, bend } = tails;
      // What the count's derivatives are multiplied by, and what their products gain; and the mixed ones with zeta.
      let [own, both, cross] = [1, 0, 0];
      if (y![i]! > 0) {
        law.mass(y![i]!, floor![i]!, eta![i]!);
        l[i] = logRest + count.value;
        u[1]![i] = -upper;
        w[2]![i] = upper * (upper + bend);
      } else {
        law.zero(eta![i]!);
        const total = logaddexp(logMu, logRest + count.value);
        own = exp(logRest + count.value - total);
        const structural = exp(logMu - total);
        const slope = structural * lower * -expm1(count.value);
        both = own * structural;
        cross = both === 0 ? 0 : both * (lower + upper);
        l[i] = total;
        u[1]![i] = slope;
        w[2]![i] = slope * (slope - bend);
      }
      const { e, t, ee, et, tt } = count;
      u[0]![i] = own * e;
      w[0]![i] = own * ee - both * e * e;
      w[1]![i] = cross * e;
      if (!tau) continue;
      u[2]![i] = own * t;
      w[3]![i] = own * et - both * e * t;
      w[4]![i] = cross * t;
      w[5]![i] = own * tt - both * t * t;
    }
  };
}

/** Counts that are positive with the probability that `link` gives zeta, and then follow the law without its zero. */
export function hurdleTerms(law: CountLaw, link: UnitLink): PartTerms {
  return ({ y, floor }, [eta, zeta, tau], l, u, w) => {
    const holds = takes(law, tau);
    // The parts share nothing; a zero says nothing of the count's law.
    for (const column of [...u, ...w]) column.fill(0);
    for (let i = 0; i < l.length; i++) {
      const positive = y![i]! > 0;
      if (!holds || (positive && !(eta![i]! < HIGHEST))) {
        l[i] = Number.NEGATIVE_INFINITY;
        continue;
      }
      chance(link, positive ? 1 : 0, zeta![i]!);
      l[i] = binary.value;
      u[1]![i] = binary.u;
      w[2]![i] = binary.w;
      if (!positive) continue;
      law.positive(y![i]!, floor![i]!, eta![i]!);
      l[i]! += count.value;
      u[0]![i] = count.e;
      w[0]![i] = count.ee;
      if (!tau) continue;
      u[2]![i] = count.t;
      w[3]![i] = count.et;
      w[5]![i] = count.tt;
    }
  };
}
