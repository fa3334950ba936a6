import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { distribution, glm, lm } from "loglik";
import { median } from "../measure.ts";
import { grid } from "../report.ts";
import { NODE, ROOT, significant, write } from "../results.ts";
import { irls } from "./irls.ts";
import { productsSpeed } from "./products.ts";

// `npm run bench:regression`: logistic, Poisson and linear regression of 10⁶ rows on 10 columns, the engine in turns with R's glm.fit and lm.fit,
// scikit-learn, statsmodels, and plain iteratively reweighted least squares in this process; then X'WX of 10⁶ x 50 against the machine's peak.
//   -- --rounds 5   turns
//   -- --quick      10⁵ rows, one turn, nothing written: that all find the same coefficients
// Elapsed times of an idle machine: the engine and the plain loop take one thread, the others as many as their libraries do.
// It ends with an error where two of them find different coefficients.

const { values } = parseArgs({ options: { rounds: { type: "string", default: "5" }, quick: { type: "boolean", default: false } } });
const ROUNDS = values.quick ? 1 : Number(values.rounds);
const ROWS = values.quick ? 1e5 : 1e6;
const COLUMNS = 10;
const BETA = [-1, 0.5, -0.3, 0.2, 0.1, 0, 0.4, -0.2, 0.05, 0.3];

const normal = distribution("normal");
const uniform = distribution("uniform");
const draw = (seed: number) => Float64Array.from(normal.random(ROWS, { mean: 0, sd: 1 }, { seed }));
const columns = [new Float64Array(ROWS).fill(1), ...Array.from({ length: COLUMNS - 1 }, (_, j) => draw(j + 1))];
const eta = new Float64Array(ROWS).map((_, i) => columns.reduce((sum, column, j) => sum + column[i]! * BETA[j]!, 0));
const chance = uniform.random(ROWS, { min: 0, max: 1 }, { seed: 100 });
const noise = draw(101);
const responses = {
  logit: eta.map((x, i) => (chance[i]! < 1 / (1 + Math.exp(-x)) ? 1 : 0)),
  poisson: eta.map((x, i) => {
    const mu = Math.exp(x);
    let mass = Math.exp(-mu);
    let below = mass;
    let count = 0;
    while (chance[i]! > below && count < 1000) {
      mass *= mu / ++count;
      below += mass;
    }
    return count;
  }),
  lm: eta.map((x, i) => x + noise[i]!),
};
type Model = keyof typeof responses;
const models = Object.keys(responses) as Model[];
const names = columns.map((_, j) => (j === 0 ? "(Intercept)" : `x${j}`));
const design = { names, columns };
const fits = {
  logit: () => glm({ design, y: responses.logit, family: "binomial" }),
  poisson: () => glm({ design, y: responses.poisson, family: "poisson" }),
  lm: () => lm({ design, y: responses.lm }),
};

mkdirSync(new URL("build/bench/", ROOT), { recursive: true });
const file = fileURLToPath(new URL("build/bench/regression.f64", ROOT));
writeFileSync(file, Buffer.concat([...columns.slice(1), ...Object.values(responses)].map(({ buffer }) => Buffer.from(buffer))));

const seconds = new Map<string, number[]>();
const passes = new Map<string, number>();
const failures: string[] = [];
const note = (of: string, value: number) => seconds.set(of, [...(seconds.get(of) ?? []), value]);
for (let round = 0; round < ROUNDS; round++) {
  const found = new Map<Model, Float64Array>();
  for (const model of models) {
    for (let call = 0; call < 7; call++) {
      const start = performance.now();
      const fit = await fits[model]();
      note(`${model} loglik`, secondsSince(start));
      passes.set(model, fit.certificate.evaluations);
      found.set(
        model,
        Float64Array.from(names, (name) => fit.coef[name]!),
      );
    }
    if (model === "lm") continue;
    const start = performance.now();
    const { beta, iterations } = irls(columns, responses[model], model);
    note(`${model} irls`, secondsSince(start));
    passes.set(`${model} irls`, iterations);
    for (let j = 0; j < COLUMNS; j++) agree(model, "plain JavaScript", j, beta[j]!, found.get(model)![j]!);
  }
  for (const line of [...others("Rscript", "glm.R"), ...others("/usr/bin/python3", "glm.py")]) {
    const [who, model, time, iterations, ...beta] = line.split(" ");
    note(`${model} ${who}`, Number(time));
    passes.set(`${model} ${who}`, Number(iterations));
    for (let j = 0; j < beta.length; j++) agree(model!, who!, j, Number(beta[j]), found.get(model as Model)![j]!);
  }
}
rmSync(file);

function secondsSince(start: number): number {
  return (performance.now() - start) / 1000;
}

function agree(model: string, who: string, j: number, theirs: number, ours: number): void {
  if (!(Math.abs(theirs - ours) <= 1e-6 * (1 + Math.abs(ours))))
    failures.push(`${model}: ${who} finds ${names[j]} ${theirs}, the engine ${ours}`);
}

/** What a program prints of the rows; nothing where it is not installed. */
function others(program: string, script: string): string[] {
  const path = fileURLToPath(new URL(`bench/regression/${script}`, ROOT));
  try {
    const printed = execFileSync(program, [path, file, String(ROWS), String(COLUMNS)], { encoding: "utf8" });
    return printed.split("\n").flatMap((line) => line.trim() || []);
  } catch (error) {
    console.log(`${program} ${script}: ${(error as Error).message.split("\n")[0]}`);
    return [];
  }
}

const peers = ["R", "scikit-learn", "statsmodels", "irls"];
const print = grid([
  "model",
  "ms",
  "evaluations",
  ...peers.flatMap((who) => [`${who === "irls" ? "plain JS" : who} ms`, "iterations", "times"]),
]);
const rows = models.map((model) => {
  const time = (who: string) => (seconds.has(`${model} ${who}`) ? median(seconds.get(`${model} ${who}`)!) : Number.NaN);
  const own = time("loglik");
  const cells = peers.flatMap((who): (string | number)[] =>
    seconds.has(`${model} ${who}`)
      ? [Math.round(1000 * time(who)), passes.get(`${model} ${who}`)!, significant(time(who) / own)]
      : ["", "", ""],
  );
  print.push([model, Math.round(1000 * own), passes.get(model)!, ...cells]);
  const times = Object.fromEntries(peers.flatMap((who) => (seconds.has(`${model} ${who}`) ? [[who, significant(time(who) / own)]] : [])));
  return { model, milliseconds: significant(1000 * own), passes: passes.get(model)!, times };
});
console.log(String(print));
const products = await productsSpeed(ROWS, 50, values.quick ? 1 : 9);
const share = products.ofPairs === undefined ? "" : `, ${Math.round(100 * products.ofPairs)} % of the peak of pairs`;
console.log(`X'WX of 10^6 x 50: ${products.gigaflops.toFixed(1)} Gflop/s${share}`);
for (const message of failures) console.error(message);
if (failures.length > 0) process.exitCode = 1;
else if (!values.quick) await write(`regression-${NODE}`, { rows, products });
