import fc from "fast-check";
import { glm, type OrdinalOptions, ordinal } from "loglik";
import { describe, expect, test } from "vitest";
import { exp, log } from "../src/math/elementary.ts";
import { normalCdf } from "../src/math/normal.ts";
import { ordinalSample } from "./ordinalSample.ts";

type Link = NonNullable<OrdinalOptions["link"]>;

/** Distribution functions, in their plain forms. */
const plain: Record<Link, (x: number) => number> = {
  logit: (x) => 1 / (1 + exp(-x)),
  probit: normalCdf,
  cloglog: (x) => 1 - exp(-exp(x)),
  loglog: (x) => exp(-exp(-x)),
  cauchit: (x) => 0.5 + Math.atan(x) / Math.PI,
};
const links = Object.keys(plain) as Link[];

const sizes = fc.record({
  rows: fc.integer({ min: 150, max: 400 }),
  levels: fc.integer({ min: 2, max: 6 }),
  seed: fc.nat(1e6),
  link: fc.constantFrom(...links),
});
type Fitted = Awaited<ReturnType<typeof ordinal>>;

function near(one: Fitted, other: Fitted, of = (name: string) => ({ name, sign: 1 })) {
  expect(other.status).toBe(one.status);
  for (const name of one.parameters) {
    const { name: same, sign } = of(name);
    expect(Math.abs(one.estimates[name]! - sign * other.estimates[same]!)).toBeLessThan(1e-7 * one.standardErrors[name]!);
    expect(Math.abs(one.standardErrors[name]! / other.standardErrors[same]! - 1)).toBeLessThan(1e-5);
  }
  expect(Math.abs(one.logLik / other.logLik - 1)).toBeLessThan(1e-12);
}

describe("properties", () => {
  test("the score of a plain log-likelihood is zero", async () => {
    await fc.assert(
      fc.asyncProperty(sizes, async ({ rows, levels, seed, link }) => {
        const { design, x, z, y } = ordinalSample(rows, levels, seed);
        const r = await ordinal({ design, y, link });
        expect(r.status).toBe("interior");
        const F = plain[link];
        const logLik = (theta: readonly number[]) => {
          let sum = 0;
          for (let i = 0; i < rows; i++) {
            const eta = theta[0]! * x[i]! + theta[1]! * z[i]!;
            const upper = y[i] === levels ? 1 : F(theta[1 + y[i]!]! - eta);
            const lower = y[i] === 1 ? 0 : F(theta[y[i]!]! - eta);
            sum += log(upper - lower);
          }
          return sum;
        };
        const theta = r.parameters.map((name) => r.estimates[name]!);
        expect(Math.abs(logLik(theta) / r.logLik - 1)).toBeLessThan(1e-11);
        theta.forEach((value, k) => {
          const error = Object.values(r.standardErrors)[k]!;
          const slope = (h: number) => {
            const at = (step: number) => logLik(theta.with(k, value + step * h * error));
            return (at(1) - at(-1)) / (2 * h);
          };
          // Richardson's extrapolation, in standard errors.
          expect(Math.abs((4 * slope(0.005) - slope(0.01)) / 3)).toBeLessThan(1e-6);
        });
      }),
      { numRuns: 25 },
    );
  });

  test("levels the other way round: the signs change", async () => {
    const mirrored: Record<Link, Link> = { logit: "logit", probit: "probit", cauchit: "cauchit", cloglog: "loglog", loglog: "cloglog" };
    await fc.assert(
      fc.asyncProperty(sizes, async ({ rows, levels, seed, link }) => {
        const { design, y } = ordinalSample(rows, levels, seed);
        const order = Array.from({ length: levels }, (_, k) => levels - k);
        const [one, other] = await Promise.all([ordinal({ design, y, link }), ordinal({ design, y, levels: order, link: mirrored[link] })]);
        near(one, other, (name) => ({ name: name.startsWith("zeta") ? `zeta${levels - Number(name.slice(4))}` : name, sign: -1 }));
      }),
      { numRuns: 15 },
    );
  });

  test("identical rows as weights, and rows in any order", async () => {
    await fc.assert(
      fc.asyncProperty(sizes, fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 400, maxLength: 400 }), async (size, weights) => {
        const { rows, levels, seed, link } = size;
        const { x, z, y } = ordinalSample(rows, levels, seed);
        const counts = weights.slice(0, rows).map((weight, i) => (i < 60 ? Math.max(1, weight) : weight));
        const places = counts.flatMap((count, i) => new Array<number>(count).fill(i)).reverse();
        const taken = (of: Float64Array) => Float64Array.from(places, (place) => of[place]!);
        fc.pre(new Set(taken(y)).size === levels);
        const one = await ordinal({ design: { names: ["x", "z"], columns: [x, z] }, y, weights: counts, link });
        const other = await ordinal({ design: { names: ["x", "z"], columns: [taken(x), taken(z)] }, y: taken(y), link });
        near(one, other);
        expect(one.nobs).toBe(other.nobs);
      }),
      { numRuns: 15 },
    );
  });

  test("two levels are a binomial glm", async () => {
    const same: Record<Link, string> = { logit: "logit", probit: "probit", cauchit: "cauchit", cloglog: "loglog", loglog: "cloglog" };
    await fc.assert(
      fc.asyncProperty(sizes, async ({ rows, seed, link }) => {
        const { x, z, y } = ordinalSample(rows, 2, seed);
        const offset = x.map((value) => 0.2 * value);
        const weights = x.map((_, i) => i % 3);
        const r = await ordinal({ design: { names: ["x", "z"], columns: [x, z] }, y, link, offset, weights });
        const columns = [new Float64Array(rows).fill(1), x, z];
        const g = await glm({
          design: { names: ["(Intercept)", "x", "z"], columns },
          y: y.map((level) => level - 1),
          family: "binomial",
          link: same[link],
          offset,
          weights,
        });
        expect(Math.abs(r.logLik / g.logLik - 1)).toBeLessThan(1e-12);
        for (const [mine, theirs, sign] of [
          ["x", "x", 1],
          ["z", "z", 1],
          ["zeta1", "(Intercept)", -1],
        ] as const) {
          expect(Math.abs(r.estimates[mine]! - sign * g.estimates[theirs]!)).toBeLessThan(1e-7 * g.standardErrors[theirs]!);
          expect(Math.abs(r.standardErrors[mine]! / g.standardErrors[theirs]! - 1)).toBeLessThan(1e-5);
        }
        const [robust, expected] = [r.vcovOf("HC0"), g.vcovOf("HC0")];
        expect(Math.abs(robust[0]![1]! / expected[1]![2]! - 1)).toBeLessThan(1e-4);
        expect(Math.max(...r.fitted.values.map((p, i) => Math.abs(p - (i % 2 ? g.fitted[i >> 1]! : 1 - g.fitted[i >> 1]!))))).toBeLessThan(
          1e-8,
        );
      }),
      { numRuns: 15 },
    );
  });
});

describe.each(links)("%s", (link) => {
  const { design, x, z, y, latent } = ordinalSample(500, 4, 11);

  test("scales and centers of columns do not matter", async () => {
    const one = await ordinal({ design, y, link });
    const columns = [x.map((value) => 3e9 + 1e8 * value), z.map((value) => 1e-8 * value)];
    const other = await ordinal({ design: { names: ["x", "z"], columns }, y, link });
    expect(Math.abs((1e8 * other.estimates.x!) / one.estimates.x! - 1)).toBeLessThan(1e-9);
    expect(Math.abs((1e-8 * other.estimates.z!) / one.estimates.z! - 1)).toBeLessThan(1e-12);
    expect(Math.abs(other.logLik / one.logLik - 1)).toBeLessThan(1e-12);
  });

  test("separated levels: what runs away, and the limit of the rest", async () => {
    const first = y.map((level) => (level === 1 ? 1 : 0));
    const r = await ordinal({ design: { names: ["x", "first"], columns: [x, first] }, y, link });
    expect(r.status).toBe("nonexistent");
    expect(r.reason).toMatch(/levels are separated.*first to -infinity/);
    expect(r.estimates.first).toBe(Number.NEGATIVE_INFINITY);
    expect(r.standardErrors.x).toBeNaN();
    const rest = Int32Array.from(y.keys()).filter((row) => y[row]! > 1);
    const without = await ordinal({
      design: { names: ["x"], columns: [Float64Array.from(rest, (row) => x[row]!)] },
      y: Float64Array.from(rest, (row) => y[row]!),
      link,
    });
    expect(Math.abs(r.estimates.x! - without.estimates.x!)).toBeLessThan((link === "cauchit" ? 1e-2 : 1e-6) * without.standardErrors.x!);
    const all = await ordinal({ design: { names: ["t"], columns: [latent] }, y, link });
    expect(all.estimates.t).toBe(Number.POSITIVE_INFINITY);
    expect(Math.abs(all.logLik)).toBeLessThan(link === "cauchit" ? 1e-3 : 1e-8);
  });

  test("predictions: cumulative probabilities, their differences, and errors by the delta method", async () => {
    const r = await ordinal({ design, y, link });
    const rows = { x: [0.3, -2], z: [1, 0.5] };
    const [probs, cumulative, eta] = (["probs", "cumprobs", "link"] as const).map((type) => r.predict(rows, { type, se: true }));
    expect(probs!.names).toEqual(["1", "2", "3", "4"]);
    const theta = r.parameters.map((name) => r.estimates[name]!);
    const at = (t: readonly number[], row: number, j: number) => t[2 + j]! - t[0]! * rows.x[row]! - t[1]! * rows.z[row]!;
    const below = (t: readonly number[], row: number, j: number) => (j < 0 ? 0 : j > 2 ? 1 : plain[link](at(t, row, j)));
    const error = (of: (t: readonly number[]) => number) => {
      const slopes = theta.map((value, k) => (of(theta.with(k, value + 1e-5)) - of(theta.with(k, value - 1e-5))) / 2e-5);
      return Math.sqrt(slopes.reduce((sum, a, i) => sum + slopes.reduce((own, b, j) => own + a * b * r.vcov[i]![j]!, 0), 0));
    };
    for (let row = 0; row < 2; row++) {
      for (let j = 0; j < 4; j++) {
        const of = (t: readonly number[]) => below(t, row, j) - below(t, row, j - 1);
        expect(probs!.values[row * 4 + j]).toBeCloseTo(of(theta), 12);
        expect(probs!.se![row * 4 + j]! / error(of)).toBeCloseTo(1, 6);
        if (j === 3) continue;
        expect(cumulative!.values[row * 3 + j]).toBeCloseTo(below(theta, row, j), 12);
        expect(cumulative!.se![row * 3 + j]! / error((t) => below(t, row, j))).toBeCloseTo(1, 6);
        expect(eta!.values[row * 3 + j]).toBeCloseTo(at(theta, row, j), 10);
        expect(eta!.se![row * 3 + j]! / error((t) => at(t, row, j))).toBeCloseTo(1, 6);
      }
    }
  });

  test("hundreds of levels", async () => {
    const r = await ordinal({ design, y: latent.map((value) => Math.floor(40 * value)), link });
    expect(r.status).toBe("interior");
    expect(r.certificate.decrement).toBeLessThan(1e-9);
    expect(r.levels.length).toBeGreaterThan(200);
  });
});

test("many rows, a level of two of them and one of the last: a subsample without them does not lead astray", async () => {
  const { design, y } = ordinalSample(300_000, 3, 5);
  const levels = y.map((level, i) => (i === 1000 || i === 2000 ? 1.5 : i === 299_999 ? 9 : level));
  const r = await ordinal({ design, y: levels });
  expect(r.status).toBe("interior");
  expect(r.estimates.zeta2! - r.estimates.zeta1!).toBeLessThan(1e-4);
  const whole = await ordinal({ design, y });
  expect(Math.abs(r.estimates.x! - whole.estimates.x!)).toBeLessThan(0.01);
  expect(whole.passes).toBeLessThan(6);
});
