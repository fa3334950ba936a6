// The numbers of pictures: exact where they can be, against R where not, and sound for whatever is fitted.

import { readFileSync } from "node:fs";
import fc from "fast-check";
import { distribution, type Fit, fit, fitBest, maximize, plotData, plotKinds } from "loglik";
import { describe, expect, test } from "vitest";
import { intervals } from "../src/data/censoring.ts";
import { chosenRanks, orderBand, pointwiseBand } from "../src/empirical/bands.ts";
import { empirical } from "../src/empirical/empirical.ts";
import { histogram } from "../src/empirical/histogram.ts";
import { turnbullMasses } from "../src/empirical/turnbull.ts";
import { windowOf } from "../src/empirical/window.ts";
import { families } from "./trials.ts";

interface Survival {
  readonly time: number[];
  readonly status: number[];
  readonly entry?: number[];
  readonly deaths: number[];
  readonly survival: number[];
  readonly lower: number[];
  readonly upper: number[];
}
const reference = JSON.parse(readFileSync(new URL("data/pictures.json", import.meta.url), "utf8")) as {
  aml: Survival;
  entries: Survival;
  order: { k: number[]; n: number[]; lower: number[]; upper: number[] };
};

const close = (found: number, expected: number) => expect(Math.abs(found - expected)).toBeLessThanOrEqual(1e-12 * Math.abs(expected));
const rightCensored = ({ time, status }: Survival) => ({ lower: time, upper: time.map((t, i) => (status[i] === 1 ? t : Infinity)) });
const sum = (values: readonly number[]) => values.reduce((all, value) => all + value, 0);

describe("estimates without a family", () => {
  for (const [name, own] of [["aml", reference.aml] as const, ["entries", reference.entries] as const]) {
    test(`${name}: Kaplan and Meier's, with Greenwood's bands on the log-log scale, as R's survfit`, () => {
      const truncated = own.entry && { truncated: { lower: own.entry } };
      const found = empirical(intervals(null, { censored: rightCensored(own), ...truncated }), false);
      expect([...found.to]).toEqual(own.deaths);
      for (const [i, survival] of own.survival.entries()) {
        expect(Math.abs(1 - found.cumulative[i]! / found.total - survival)).toBeLessThan(1e-14);
        const band = pointwiseBand(found, i, 0.95)!;
        expect(Math.abs(1 - band[1] - own.lower[i]!)).toBeLessThan(1e-12);
        expect(Math.abs(1 - band[0] - own.upper[i]!)).toBeLessThan(1e-12);
      }
    });
  }

  test("bands of order statistics are R's qbeta", () => {
    const { k, n, lower, upper } = reference.order;
    for (const i of k.keys()) {
      const found = orderBand(k[i]!, n[i]!, 0.95);
      close(found[0], lower[i]!);
      close(found[1], upper[i]!);
    }
  });

  test("Turnbull's estimate of right-censored rows is Kaplan and Meier's", () => {
    const { upper, mass } = turnbullMasses(intervals(null, { censored: rightCensored(reference.aml) }));
    let below = 0;
    for (const [i, time] of reference.aml.deaths.entries()) {
      expect(upper[i]).toBe(time);
      below += mass[i]!;
      expect(Math.abs(1 - below - reference.aml.survival[i]!)).toBeLessThan(1e-5);
    }
  });

  test("Turnbull's estimate of disjoint bins is their counts, of overlapping intervals self-consistent", () => {
    const bins = empirical(intervals(null, { bins: { edges: [-Infinity, 0, 1, 3, Infinity], counts: [2, 5, 0, 3] } }), false);
    expect([...bins.to]).toEqual([0, 1, Infinity]);
    expect([...bins.cumulative].map((value) => Number(value.toFixed(9)))).toEqual([2, 7, 10]);
    // (0, 2], (1, 3], (2, 4]: weight on (1, 2] and (2, 3] alone, by symmetry half each.
    const found = empirical(intervals(null, { censored: { lower: [0, 1, 2], upper: [2, 3, 4] } }), false);
    expect([...found.from]).toEqual([1, 2]);
    expect([...found.to]).toEqual([2, 3]);
    expect(found.cumulative[0]).toBeCloseTo(1.5, 5);
  });

  test("weights repeat rows", () => {
    const of = (x: number[], weights?: number[]) => empirical(intervals(x, weights ? { weights } : {}), false);
    expect(of([3, 1, 2, 9], [2, 1, 3, 0])).toEqual(of([1, 2, 2, 2, 3, 3]));
  });
});

test("chosen ranks: all of few, both ends of many, ascending and no more than a picture holds", () => {
  expect(chosenRanks(5)).toEqual([0, 1, 2, 3, 4]);
  for (const count of [513, 1000, 1e6, 1e9]) {
    const ranks = chosenRanks(count);
    expect(ranks.length).toBeLessThanOrEqual(512);
    expect(ranks.length).toBeGreaterThan(300);
    expect(ranks.slice(0, 16)).toEqual(Array.from({ length: 16 }, (_, i) => i));
    expect(ranks.at(-1)).toBe(count - 1);
    expect(ranks.every((rank, i) => i === 0 || rank > ranks[i - 1]!)).toBe(true);
  }
});

describe("histograms", () => {
  test("every value is counted once, where it lies", () => {
    const columns = fc.array(fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.integer({ min: -50, max: 50 })), {
      minLength: 1,
      maxLength: 60,
    });
    fc.assert(
      fc.property(columns, fc.boolean(), (x, whole) => {
        const values = whole ? x.map((value) => Math.round(value % 1e6)) : x;
        const data = empirical(intervals(values, {}), false);
        const { edges, counts, below, above, total } = histogram(data, windowOf(data, -Infinity), whole);
        expect(edges.length).toBeLessThanOrEqual(113);
        expect(edges.every((edge, i) => Number.isFinite(edge) && (i === 0 || edge > edges[i - 1]!))).toBe(true);
        expect(sum(counts) + below + above).toBe(total);
        expect(total).toBe(values.length);
        const last = counts.length - 1;
        for (const [i, count] of counts.entries()) {
          const inside = values.filter((v) => v >= edges[i]! && (i === last ? v <= edges[i + 1]! : v < edges[i + 1]!));
          expect(count).toBe(inside.length);
        }
      }),
      { numRuns: 300, seed: 7 },
    );
  });

  test("one outlier does not press the others into a bar, and a note tells of it", async () => {
    const x = [...distribution("normal", { mean: 0, sd: 1 }).random(999, { seed: 1 }), 1e6];
    const { histogram: found, notes } = await plotData(await fit("normal", x), "density");
    expect(found.edges.at(-1)).toBeLessThan(10);
    expect(found.above).toBe(1);
    expect(notes).toEqual([expect.stringMatching(/^1 of 1,000 above \S+ not shown, the largest 1,000,000$/)]);
  });

  test("positive data over decades have a logarithmic axis, and areas are probabilities there too", async () => {
    const x = distribution("lognormal", { meanlog: 0, sdlog: 3 }).random(2000, { seed: 2 });
    const { scale, histogram: found, heights, curves } = await plotData(await fit("lognormal", x), "density");
    expect(scale).toBe("log");
    const shares = heights.map((height, i) => height * Math.log10(found.edges[i + 1]! / found.edges[i]!));
    expect(sum(shares)).toBeCloseTo(sum(found.counts) / 2000, 12);
    const { x: at, y } = curves[0]!;
    const area = sum(at.slice(1).map((to, i) => 0.5 * (y[i]! + y[i + 1]!) * Math.log10(to / at[i]!)));
    expect(area).toBeGreaterThan(0.98);
    expect(area).toBeLessThan(1.001);
  });

  test("bins that were given are shown as they are", async () => {
    const r = await fit("normal", null, { bins: { edges: [-Infinity, -1, 0, 2, Infinity], counts: [10, 20, 30, 5] } });
    const { histogram: found } = await plotData(r, "density");
    expect(found.edges).toEqual([-1, 0, 2]);
    expect(found.counts.map(Math.round)).toEqual([20, 30]);
    expect([found.below, found.above].map(Math.round)).toEqual([10, 5]);
  });
});

describe("laws", () => {
  test("truncated data are compared with what could be seen", async () => {
    const x = distribution("normal", { mean: 0, sd: 1 })
      .random(2000, { seed: 3 })
      .filter((v) => v > 1);
    const r = await fit("normal", x, { truncated: { lower: 1 } });
    const { pairs } = await plotData(r, "pp");
    expect(Math.max(...pairs.map(({ theoretical, sample }) => Math.abs(theoretical - sample)))).toBeLessThan(0.06);
    const { pairs: quantiles } = await plotData(r, "qq");
    expect(quantiles.every(({ theoretical }) => theoretical > 1)).toBe(true);
    const { curves } = await plotData(r, "cdf");
    expect(curves[0]!.y[0]).toBeLessThan(0.01);
  });

  test("numbers of trials that differ from row to row are averaged", async () => {
    const size = Array.from({ length: 300 }, (_, i) => 3 + (i % 3));
    const x = size.map((n, i) => Math.min(n, (i * 7) % 5));
    const r = await fit("binomial", x, { size });
    const { curves, histogram: found } = await plotData(r, "density");
    expect(sum([...curves[0]!.y])).toBeGreaterThan(0.9);
    expect(sum([...found.counts])).toBe(300);
    const single = await plotData(await fit("binomial", x, { size: 5 }), "density");
    expect(single.curves[0]!.y).not.toEqual(curves[0]!.y);
  });
});

describe("return levels", () => {
  test("quantiles and the delta method by Gumbel's closed form", async () => {
    const x = distribution("gumbel", { location: 10, scale: 2 }).random(60, { seed: 1 });
    const r = await fit("gumbel", x);
    const { curve, points } = await plotData(r, "returnLevel", { perPeriod: 2, threshold: 5, level: 0.9 });
    expect(points).toHaveLength(60);
    expect(points.at(-1)).toEqual({ period: expect.closeTo(61 / 2, 9), value: Math.max(...x) + 5 });
    const { location, scale } = r.estimates as { location: number; scale: number };
    for (const { period, value, lower, upper } of curve) {
      const reduced = -Math.log(-Math.log1p(-1 / (2 * period)));
      expect(value).toBeCloseTo(location + scale * reduced + 5, 8);
      const error = Math.sqrt(r.vcov[0]![0]! + 2 * reduced * r.vcov[0]![1]! + reduced ** 2 * r.vcov[1]![1]!);
      expect(upper! - value).toBeCloseTo(1.6448536269514722 * error, 6);
      expect(value - lower!).toBeCloseTo(upper! - value, 9);
    }
  });
});

describe("every family", () => {
  for (const family of families) {
    test(`${family.name}: finite, ascending, bands about the pairs`, async () => {
      const constants = (family.constants ?? []).some(({ name }) => name === "size") ? { size: 12 } : {};
      const parameters = Object.fromEntries(
        family.parameters.map(({ name, usual }, i) => [name, usual ? (usual[0] + usual[1]) / 2 : 0.4 + 0.3 * i]),
      );
      const x = await drawn(family.name, { ...parameters, ...constants });
      const r = await fit(family.name, x, constants).catch(() => undefined);
      if (r?.status !== "interior" && r?.status !== "boundary") return;
      if (!Object.values(r.estimates).every(Number.isFinite)) return;
      const density = await plotData(r, "density");
      expect(sum([...density.histogram.counts]) + density.histogram.below + density.histogram.above).toBe(x.length);
      expect(density.curves[0]!.y.every((y) => Number.isFinite(y) && y >= 0)).toBe(true);
      const cdf = await plotData(r, "cdf");
      expectAscending(cdf.steps.map(({ y }) => y));
      expectAscending(cdf.curves[0]!.y);
      for (const kind of ["qq", "pp"] as const) {
        const { pairs } = await plotData(r, kind);
        expect(pairs.length).toBeLessThanOrEqual(512);
        expectAscending(pairs.map(({ sample }) => sample));
        expectAscending(pairs.map(({ theoretical }) => theoretical));
        expect(pairs.every(({ lower, upper }) => lower! <= upper!)).toBe(true);
      }
      const { curve } = await plotData(r, "returnLevel");
      expectAscending(curve.map(({ value }) => value));
    });
  }
});

describe("refusals", () => {
  const x = [1, 2, 3, 4.5, 7];
  test("what cannot be drawn is told", async () => {
    const r = await fit("gamma", x);
    const own = await maximize({ parameters: { mu: { start: 0 } }, logLik: ({ mu }: Record<string, number>) => -((mu! - 1) ** 2) });
    const none = await fit("gamma", [2, 2, 2]);
    const refusals: [Promise<unknown>, string][] = [
      [plotData(r, "pie" as "qq"), 'kind is "pie"; one of density, cdf, qq, pp, profile, contour, returnLevel is needed.'],
      [plotData(own, "density"), '"density" needs a fit of one of the families'],
      [plotData(none, "density"), "there is no fit to draw"],
      [plotData([], "density"), "No fit is given"],
      [plotData([r, r], "qq"), '2 fits are given; "qq" shows one.'],
      [plotData([r, await fit("gamma", [1, 2, 4])], "density"), "fitted to other data"],
      [plotData([await fit("poisson", [1, 2]), r], "density"), "fits of one kind"],
      [plotData(r, "density", { level: 2 }), "level is 2"],
      [plotData(r, "density", { bins: 1 }), "bins is 1"],
      [plotData(await fit("normal", [-1, 2, 5]), "density", { scale: "log" }), "The smallest value is -1"],
      [plotData(r, "profile", { parameters: ["size"] }), 'parameters holds "size"; gamma has no such parameter'],
      [plotData(r, "contour", { parameters: ["shape", "shape"] }), "two different free parameters"],
      [plotData({} as Fit, "density"), "a result of fit, fitBest or maximize"],
    ];
    for (const [call, message] of refusals) await expect(call).rejects.toThrow(message);
  });

  test("of a ranking, as many families as asked for, of the best's kind", async () => {
    const best = await fitBest(distribution("poisson", { lambda: 4 }).random(100, { seed: 1 }));
    expect((await plotData(best, "density", { families: 2 })).curves).toHaveLength(2);
    expect((await plotData(best, "qq")).fit.distribution).toBe(best.best!.distribution);
    expect(plotKinds).toHaveLength(7);
  });
});

async function drawn(name: string, parameters: Record<string, number>): Promise<Float64Array> {
  try {
    return distribution(name, parameters).random(60, { seed: 5 });
  } catch {
    // Parameters in an order of their own: what all such families hold.
    return Float64Array.from({ length: 60 }, (_, i) => 1 + (i % 7));
  }
}

function expectAscending(values: readonly number[]): void {
  expect(values.every((value, i) => Number.isFinite(value) && (i === 0 || value >= values[i - 1]! - 1e-12 * Math.abs(value)))).toBe(true);
}
