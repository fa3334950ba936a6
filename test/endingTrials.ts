// Small data sets of every kind, by a seed: few rows, few distinct values, factors, weights, trials, offsets.

/** Links of each family. */
export const LINKS = {
  gaussian: ["identity", "log", "inverse"],
  binomial: ["logit", "probit", "cloglog", "loglog", "cauchit", "log", "identity"],
  poisson: ["log", "identity", "sqrt"],
  gamma: ["inverse", "log", "identity"],
  inverseGaussian: ["1/mu^2", "inverse", "identity", "log"],
  negativeBinomial: ["log", "identity", "sqrt"],
} as const;

export type Family = keyof typeof LINKS;

/** A data set as `glm` takes it. */
export interface Trial {
  readonly family: Family;
  readonly link: string;
  readonly design: { readonly names: string[]; readonly columns: Float64Array[] };
  readonly y: number[];
  readonly weights?: number[];
  readonly trials?: number[];
  readonly theta?: number;
}

/** Mulberry32: uniform numbers between 0 and 1. */
export function uniforms(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

export function trialOf(family: Family, link: string, seed: number): Trial {
  const uniform = uniforms(seed * 7919 + 13);
  const whole = (from: number, to: number) => from + Math.floor(uniform() * (to - from + 1));
  const normal = () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
  const n = uniform() < 0.6 ? whole(5, 15) : whole(16, 60);
  const names: string[] = [];
  const columns: Float64Array[] = [];
  const add = (name: string, value: (i: number) => number) => {
    names.push(name);
    columns.push(Float64Array.from({ length: n }, (_, i) => value(i)));
  };
  const positive = family !== "gaussian" && !["log", "logit"].includes(link);
  if (uniform() < 0.9) add("(Intercept)", () => 1);
  const more = whole(names.length === 0 ? 1 : 0, 3);
  while (names.length - 1 < more && names.length < 4) {
    const kind = uniform();
    const shift = positive && uniform() < 0.5 ? 2.5 : 0;
    if (kind < 0.35) add(`x${names.length}`, () => normal() + shift);
    else if (kind < 0.65) {
      const top = whole(1, 4);
      add(`k${names.length}`, () => whole(0, top));
    } else {
      const levels = whole(2, Math.max(2, Math.min(4, 5 - names.length)));
      const codes = Array.from({ length: n }, () => whole(0, levels - 1));
      for (let level = 1; level < levels; level++) add(`g${names.length}`, (i) => (codes[i] === level ? 1 : 0));
    }
  }
  const strength = uniform() < 0.5 ? 0.3 : 1.5;
  const slopes = names.map((_, j) => (j === 0 ? normal() : strength * normal()));
  const eta = Array.from({ length: n }, (_, i) => slopes.reduce((sum, b, j) => sum + b * columns[j]![i]!, 0));
  const poisson = (mean: number) => {
    let count = 0;
    for (let left = Math.exp(-Math.min(mean, 200)), product = uniform(); product > left && count < 300; product *= uniform()) count++;
    return count;
  };
  const level = [0.2, 1, 5][whole(0, 2)]!;
  const mean = (i: number) => level * (uniform() < 0.5 ? Math.exp(Math.min(4, eta[i]!)) : Math.abs(eta[i]!));
  const trials = family === "binomial" && uniform() < 0.3 ? Array.from({ length: n }, () => whole(1, 6)) : undefined;
  const chance = (i: number) => (level === 5 ? 0.9 : level) * (1 / (1 + Math.exp(-eta[i]!)));
  const y = Array.from({ length: n }, (_, i) => {
    if (family === "binomial") {
      let successes = 0;
      for (let k = 0; k < (trials?.[i] ?? 1); k++) if (uniform() < chance(i)) successes++;
      return successes;
    }
    if (family === "poisson") return poisson(mean(i));
    if (family === "negativeBinomial") return poisson(mean(i) * -Math.log(1 - uniform()));
    if (family === "gaussian") return (link === "identity" || uniform() < 0.1 ? 0 : Math.abs(mean(i)) + 0.2) + 0.3 * normal();
    return (0.05 + mean(i)) * (0.02 - Math.log(1 - uniform()));
  });
  const weighted = uniform();
  const weights = weighted < 0.3 ? Array.from({ length: n }, () => whole(weighted < 0.1 ? 0 : 1, 3)) : undefined;
  if (weights) weights[0] = 1;
  return { family, link, design: { names, columns }, y, ...(weights && { weights }), ...(trials && { trials }) };
}
