import { exp, log1p } from "../math/elementary.ts";
import { entry } from "../math/triangle.ts";
import type { PartTerms } from "./partTerms.ts";

// The multinomial logit: p_k = e^(eta_k)/(1 + Σ e^(eta_j)), level 0 the base with eta_0 = 0. log p by the largest eta and log1p of what the
// others are beside it, so that neither a certain level nor an impossible one loses digits.

/** Name of the column of counts of a level. */
export const countOf = (level: number) => `count of level ${level}`;

/** What the rows' probabilities are made of: the largest predictor, whose level, and Σ e^(eta - largest) of the others. */
interface Shares {
  readonly top: Float64Array;
  readonly leader: Float64Array;
  readonly rest: Float64Array;
}

/** Log-probabilities of levels, one observation a row: its level's number is `y`. */
export function multinomialTerms(): PartTerms {
  let shares = sharesFor(0);
  return ({ y }, eta, l, u, w) => {
    if (l.length > shares.top.length) shares = sharesFor(l.length);
    const { top, leader, rest } = shares;
    fill(eta, shares, u, w);
    for (let i = 0; i < l.length; i++) {
      const level = y![i]!;
      l[i] = (level === 0 ? 0 : eta[level - 1]![i]!) - top[i]! - log1p(rest[i]!);
      // Of the largest, 1 - p by what the others are.
      if (level > 0) u[level - 1]![i] = leader[i] === level ? rest[i]! / (1 + rest[i]!) : 1 + u[level - 1]![i]!;
    }
  };
}

/** Log-probabilities of counts, one column for each level, without the multinomial coefficient. */
export function cellTerms(levels: number): PartTerms {
  let shares = sharesFor(0);
  let total = new Float64Array(0);
  return (columns, eta, l, u, w) => {
    if (l.length > shares.top.length) shares = sharesFor(l.length);
    if (l.length > total.length) total = new Float64Array(l.length);
    const { top, leader, rest } = shares;
    const counts = Array.from({ length: levels }, (_, k) => columns[countOf(k)]!);
    fill(eta, shares, u, w);
    for (let i = 0; i < l.length; i++) {
      l[i] = total[i] = 0;
      const log = -top[i]! - log1p(rest[i]!);
      for (let k = 0; k < levels; k++) {
        const count = counts[k]![i]!;
        total[i]! += count;
        if (count > 0) l[i]! += count * ((k === 0 ? 0 : eta[k - 1]![i]!) + log);
      }
    }
    for (const column of w) for (let i = 0; i < column.length; i++) column[i]! *= total[i]!;
    for (let k = 1; k < levels; k++) {
      const [p, count] = [u[k - 1]!, counts[k]!];
      for (let i = 0; i < p.length; i++) {
        const other = leader[i] === k ? rest[i]! / (1 + rest[i]!) : 1 + p[i]!;
        p[i] = count[i]! * other + (total[i]! - count[i]!) * p[i]!;
      }
    }
  };
}

function sharesFor(rows: number): Shares {
  return { top: new Float64Array(rows), leader: new Float64Array(rows), rest: new Float64Array(rows) };
}

/** Fills the shares, u = -p and w, the covariances of one observation. */
function fill(eta: readonly Float64Array[], shares: Shares, u: readonly Float64Array[], w: readonly Float64Array[]): void {
  const { top, leader, rest } = shares;
  lead(eta, u[0]!.length, shares);
  eta.forEach((x, k) => {
    const [p, own] = [u[k]!, w[entry(k, k)]!];
    for (let i = 0; i < p.length; i++) {
      const all = 1 + rest[i]!;
      const share = exp(x[i]! - top[i]!) / all;
      own[i] = share * (leader[i] === k + 1 ? rest[i]! / all : 1 - share);
      p[i] = -share;
    }
    for (let j = 0; j < k; j++) {
      const [q, both] = [u[j]!, w[entry(k, j)]!];
      for (let i = 0; i < both.length; i++) both[i] = -p[i]! * q[i]!;
    }
  });
}

function lead(eta: readonly Float64Array[], rows: number, { top, leader, rest }: Shares): void {
  top.fill(0, 0, rows);
  leader.fill(0, 0, rows);
  eta.forEach((x, k) => {
    for (let i = 0; i < rows; i++) {
      if (x[i]! <= top[i]!) continue;
      top[i] = x[i]!;
      leader[i] = k + 1;
    }
  });
  for (let i = 0; i < rows; i++) rest[i] = leader[i]! > 0 ? exp(-top[i]!) : 0;
  eta.forEach((x, k) => {
    for (let i = 0; i < rows; i++) if (leader[i] !== k + 1) rest[i]! += exp(x[i]! - top[i]!);
  });
}
