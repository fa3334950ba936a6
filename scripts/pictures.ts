// npm run pictures: docs/pictures/*.svg, the pictures of docs/pictures.md.

import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { type DrawableRegression, distribution, fit, fitBest, glm, type PlotKind, type RegressionResult, survreg, threshold } from "loglik";
import { type PlotOptions, plot } from "loglik/plot";
import { fitted, summaries } from "./summaries.ts";

const FOLDER = new URL("../docs/pictures/", import.meta.url);
mkdirSync(FOLDER, { recursive: true });

const loss = Float64Array.from(readFileSync("data/danish-fire.csv", "utf8").trim().split("\n").slice(1), (line) =>
  Number(line.split(",")[1]),
);
const losses = { label: "loss", unit: "million kr" };
await save("density", await fitBest(loss), "density", losses);
await save("qq", await fit("lognormal", loss), "qq", losses);

const excesses = threshold(loss, 10);
const tail = { ...losses, threshold: 10, perPeriod: excesses.length / 11, periodUnit: "years" };
await save("return-level", await fit("generalizedPareto", excesses), "returnLevel", tail);

const claims = distribution("negativeBinomial", { size: 3, mu: 6 }).random(400, { seed: 3 });
await save("counts", await fitBest(claims), "density", { label: "claims per policy" });
await save("pp", await fit("poisson", claims), "pp", { label: "claims per policy" });

const days = distribution("weibull", { shape: 1.5, scale: 100 }).random(120, { seed: 4 });
const ends = distribution("exponential", { rate: 1 / 120 }).random(120, { seed: 5 });
const censored = { lower: days.map((day, i) => Math.min(day, ends[i]!)), upper: days.map((day, i) => (day <= ends[i]! ? day : Infinity)) };
const families = ["weibull", "gamma", "lognormal"];
await save("censored", await fitBest(null, { censored, families }), "cdf", { label: "survival", unit: "days" });

const few = await fit("gamma", days.subarray(0, 40));
await save("profile", few, "profile", { label: "survival", unit: "days" });
await save("contour", few, "contour", { label: "survival", unit: "days" });

const drawn = async (name: string) => (await fitted(summaries.find(({ id }) => id === name)!)) as RegressionResult & DrawableRegression;
const cars = await drawn("mtcars, linear");
const absences = await drawn("quine, main effects");
const fuel = { unit: "miles per gallon" };
await save("residuals", cars, "residuals", fuel);
await save("scores", absences, "qq", {});
await save("effect", cars, "effect", fuel);
await save("effect-levels", absences, "effect", { term: "Age" });
const { lung } = JSON.parse(readFileSync("test/data/comparisons.json", "utf8")) as { lung: Record<string, number[]> };
const survival = await survreg({ formula: "Surv(time, status) ~ age + sex + ecog", data: lung });
await save("residuals-censored", survival, "residuals", {});
await save("effect-median", survival, "effect", { term: "age", unit: "days" });
const many = distribution("uniform", { min: 0, max: 3 }).random(200_000, { seed: 6 });
const counts = many.map((at, i) => distribution("poisson", { lambda: 1 + at * (5 - at) }).random(1, { seed: i + 1 })[0]!);
await save("residuals-many", await glm({ formula: "y ~ x", data: { x: many, y: counts }, family: "poisson" }), "residuals", {});

async function save(name: string, subject: Parameters<typeof plot>[0], kind: PlotKind, options: PlotOptions): Promise<void> {
  const svg = await plot(subject, kind, options);
  writeFileSync(new URL(`${name}.svg`, FOLDER), svg);
  console.log(`docs/pictures/${name}.svg: ${(svg.length / 1000).toFixed(0)} kB`);
}
