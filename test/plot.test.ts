// Pictures: well-formed whatever the names, the same bits each time, in colours that follow the theme.

import { Resvg } from "@resvg/resvg-js";
import { parseHTML } from "linkedom";
import { type ContourData, distribution, type Fit, fit, fitBest, type PlotData, type PlotKind, type ProfileData, plotData } from "loglik";
import { plot, plotText } from "loglik/plot";
import { describe, expect, test } from "vitest";
import { interpolated } from "../src/plot/contour.ts";
import { draw } from "../src/plot/draw.ts";
import { logTicks, readable } from "../src/plot/number.ts";

const EVERY: readonly PlotKind[] = ["density", "cdf", "qq", "pp", "returnLevel"];
const HOSTILE = `</text><script>alert("1")</script> & ' \u0000\u001b[31m \ud800 ]]> <!-- ${"long ".repeat(60)}`;

/** resvg reads XML strictly: it throws where a tag, an attribute or a character is wrong. */
function expectPicture(svg: string): void {
  expect(() => new Resvg(svg, { font: { loadSystemFonts: false } })).not.toThrow();
  expect(svg).not.toMatch(/NaN|Infinity|undefined|<script/);
}

const fits: Record<string, () => Promise<Fit>> = {
  gamma: () => fit("gamma", distribution("gamma", { shape: 2, rate: 1 }).random(200, { seed: 1 })),
  poisson: () => fit("poisson", distribution("poisson", { lambda: 3 }).random(200, { seed: 1 })),
  cauchy: () => fit("cauchy", distribution("cauchy", { location: 0, scale: 1 }).random(3000, { seed: 1 })),
  censored: () => fit("weibull", null, { censored: { lower: [1, 2, 3, 4, 5.5, 6], upper: [1, 2, Infinity, 4, Infinity, 6] } }),
  bins: () => fit("normal", null, { bins: { edges: [-Infinity, 0, 1, 2, Infinity], counts: [3, 9, 8, 2] } }),
  "two values": () => fit("normal", [1, 2]),
  uniform: () => fit("uniform", [0, 0.25, 1]),
};

describe.each(Object.entries(fits))("%s", (_, make) => {
  test("is well-formed in every kind, with any name", async () => {
    const r = await make();
    for (const kind of EVERY) expectPicture(await plot(r, kind, { label: HOSTILE, unit: "<&>", title: HOSTILE }));
    expectPicture(await plot(r, "density", { theme: "dark", label: HOSTILE }));
  });
});

test("a ranking: a line of the legend for each of the best, each with colour and dashes of its own", async () => {
  const best = await fitBest(distribution("weibull", { shape: 2, scale: 3 }).random(300, { seed: 2 }), {
    families: ["weibull", "gamma", "normal"],
  });
  const svg = await plot(best, "density", { label: "wind", unit: "m/s" });
  for (const words of ["weibull", "ΔAIC 0 ·", "wind (m/s)", "density (1/m/s)", 'aria-label="Density of wind"'])
    expect(svg).toContain(words);
  expect(new Set(svg.match(/stroke-dasharray="[^"]+"/g)).size).toBeGreaterThanOrEqual(3);
  expect(await plot(best, "density", { label: "wind", unit: "m/s" })).toBe(svg);
  expect(await plotText(best, "density", { label: "wind", unit: "m/s" })).toBe(svg);
});

test("themes: auto has both in a style sheet, light and dark have their own in the attributes", async () => {
  const r = await fit("normal", [1, 2, 4]);
  const [auto, light, dark] = await Promise.all((["auto", "light", "dark"] as const).map((theme) => plot(r, "density", { theme })));
  expect(auto).toContain("prefers-color-scheme: dark");
  expect(light).not.toContain("prefers-color-scheme");
  expect(light).toContain("#ffffff");
  expect(dark).not.toContain("#ffffff");
});

test("with a document, an element of it", async () => {
  const { document } = parseHTML("<html><body></body></html>");
  const svg = await plot(await fit("normal", [1, 2, 4]), "cdf", { document, width: 320, height: 260 });
  expect(svg.ownerDocument).toBe(document);
  expect(svg.getAttribute("viewBox")).toMatch(/^0 0 320 /);
});

test("sizes and themes that there are not are refused", async () => {
  const r = await fit("normal", [1, 2, 4]);
  await expect(plot(r, "cdf", { width: 10 })).rejects.toThrow("width is 10; a number of pixels from 240 to 8000 is needed.");
  await expect(plot(r, "cdf", { theme: "pink" as "dark" })).rejects.toThrow('theme is pink; "auto", "light" or "dark" is needed.');
});

describe("pictures of the likelihood", () => {
  const named = { distribution: "gamma", parameters: ["shape", "rate"], estimates: { shape: 2, rate: 0.5 }, aic: 10 };
  const document = () => parseHTML("<html></html>").document;
  const text = <K extends PlotKind>(data: PlotData[K]) => draw<K>(data, document(), { label: "loss" }).outerHTML;

  test("a fit's own profiles and regions", async () => {
    const r = await fits.gamma!();
    for (const kind of ["profile", "contour"] as const) expectPicture(await plot(r, kind, { points: 15, label: HOSTILE }));
    const { profiles, threshold } = await plotData(r, "profile", { parameters: ["rate"] });
    expect(profiles).toHaveLength(1);
    expect(threshold).toBeCloseTo(3.841458820694124, 12);
    const { deviance, x, y } = await plotData(r, "contour", { points: 9 });
    expect([deviance.length, deviance[0]!.length]).toEqual([y.length, x.length]);
  });

  test("profiles: a panel each, the interval marked, open ends told", () => {
    const curve = Array.from({ length: 41 }, (_, i) => ({ value: 1 + i / 20, deviance: 8 * (i / 20 - 1) ** 2 }));
    const data: ProfileData = {
      kind: "profile",
      level: 0.95,
      threshold: 3.84,
      fit: named,
      profiles: [
        { of: "shape", estimate: 2, interval: [1.3, 2.7], standardError: 0.3, curve },
        { of: "rate", estimate: 2, interval: [1.3, Number.POSITIVE_INFINITY], standardError: Number.NaN, curve: curve.slice(0, 25) },
      ],
    };
    const svg = text<"profile">(data);
    expectPicture(svg);
    for (const words of ["shape 2 [1.3, 2.7]", "rate 2 [1.3, ∞]", "open →", "95 % interval", "open at an end"])
      expect(svg).toContain(words);
  });

  test("contours: three regions and their ellipses, on a grid that need not be even", () => {
    const x = Array.from({ length: 15 }, (_, i) => 1 + (i / 14) ** 2 * 2);
    const data: ContourData = {
      kind: "contour",
      fit: named,
      parameters: ["shape", "rate"],
      x,
      y: x,
      deviance: x.map((b) => x.map((a) => 20 * ((a - 2) ** 2 + (b - 2) ** 2))),
      regions: [0.5, 0.9, 0.95].map((level) => ({ level, deviance: -2 * Math.log(1 - level) })),
      ellipses: [{ level: 0.5, x: [1.9, 2, 2.1, 1.9], y: [2, 2.1, 2, 2] }],
    };
    const svg = text<"contour">(data);
    expectPicture(svg);
    expect(svg.match(/aria-label="contour"/g)).toHaveLength(3);
    expect(svg).toContain("50 %, 90 %, 95 %");
  });

  test("interpolation goes through the values and keeps parabolas", () => {
    const at = [0, 1, 3, 4, 7];
    const found = interpolated(
      at,
      at.map((v) => v * v - 2 * v),
      [0, 0.5, 2, 3.5, 6, 7],
    );
    for (const [i, v] of [0, 0.5, 2, 3.5, 6, 7].entries()) expect(found[i]).toBeCloseTo(v * v - 2 * v, 12);
  });
});

test.each([
  [0, "0"],
  [1500, "1,500"],
  [-0.02, "−0.02"],
  [2.5e-7, "2.5×10⁻⁷"],
  [1e6, "10⁶"],
  [-3e12, "−3×10¹²"],
  [Number.POSITIVE_INFINITY, "∞"],
])("%d is read %s", (value, read) => expect(readable(value)).toBe(read));

test("ticks of logarithmic axes", () => {
  expect(logTicks(1, 100)).toEqual([1, 2, 5, 10, 20, 50, 100]);
  expect(logTicks(1e-3, 1e3)).toEqual([1e-3, 1e-2, 0.1, 1, 10, 100, 1000]);
  expect(logTicks(1, 3)).toEqual([]);
});
