import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { coxph, distribution, glm, multinomial, ordinal, survreg } from "loglik";
import { median } from "../measure.ts";
import { grid, times } from "../report.ts";
import { NODE, ROOT, significant, write } from "../results.ts";

// `npm run bench:models`: the other regressions on 10⁵ rows and five columns, in turns with R's glm, MASS, nnet and survival.
//   -- --rounds 3   turns
//   -- --quick      5,000 rows, one turn, nothing written: that both find the same coefficients
// Elapsed times of an idle machine, formula and design included on both sides.
// It ends with an error where a coefficient is further from R's than a hundredth of its standard error: R's polr and multinom stop early.

const { values } = parseArgs({ options: { rounds: { type: "string", default: "3" }, quick: { type: "boolean", default: false } } });
const ROUNDS = values.quick ? 1 : Number(values.rounds);
const ROWS = values.quick ? 5000 : 1e5;
const BETA = [0.5, -0.3, 0.2, 0, 0.1];
const NEAR = 0.01;

const draw = (family: "normal" | "uniform", seed: number) =>
  family === "normal"
    ? distribution("normal", { mean: 0, sd: 1 }).random(ROWS, { seed })
    : distribution("uniform", { min: 0, max: 1 }).random(ROWS, { seed });
const columns = BETA.map((_, j) => Float64Array.from(draw("normal", j + 1)));
const names = BETA.map((_, j) => `x${j + 1}`);
const eta = Float64Array.from({ length: ROWS }, (_, i) => columns.reduce((sum, column, j) => sum + column[i]! * BETA[j]!, 0));
const [u, v, entered] = [draw("uniform", 11), draw("uniform", 12), draw("uniform", 13)];
const gammas = distribution("gamma", { shape: 2, rate: 2 }).random(ROWS, { seed: 14 });
const noise = draw("normal", 15);
const exponential = Float64Array.from(u, (chance) => -Math.log1p(-chance));
const mixed = gammas.map((gamma, i) => gamma * Math.exp(0.5 + eta[i]!));
const poisson = (mu: number, chance: number) => distribution("poisson", { lambda: mu }).quantile(chance);
const logit = (i: number) => eta[i]! + Math.log(u[i]! / (1 - u[i]!));
const time = exponential.map((e, i) => Math.exp(0.3 - eta[i]!) * e ** (1 / 1.5));
const limit = Float64Array.from(v, (chance) => 4 * chance);
const exit = time.map((t, i) => Math.min(t, limit[i]!));

// In the order of models.R.
const responses = {
  positive: gammas.map((gamma, i) => gamma * Math.exp(eta[i]!)),
  binary: noise.map((z, i) => (z < 0.2 + eta[i]! ? 1 : 0)),
  count: mixed.map((mu, i) => poisson(mu, v[i]!)),
  level: eta.map((_, i) => [-1, 0, 1.5].filter((cut) => logit(i) > cut).length),
  class: eta.map((x, i) => {
    const [second, third] = [Math.exp(x), Math.exp(-0.5 - x)];
    const at = u[i]! * (1 + second + third);
    return at < 1 ? 0 : at < 1 + second ? 1 : 2;
  }),
  time: exit,
  status: time.map((t, i) => (t <= limit[i]! ? 1 : 0)),
  entry: exit.map((end, i) => 0.8 * entered[i]! * end),
  exit,
  event: time.map((t, i) => (t <= limit[i]! ? 1 : 0)),
};
const data = { ...Object.fromEntries(names.map((name, j) => [name, columns[j]!])), ...responses };
const right = names.join(" + ");
const found = (name: string) => name;
const models = {
  gamma: { fit: () => glm({ formula: `positive ~ ${right}`, data, family: "gamma", link: "log" }), name: found },
  probit: { fit: () => glm({ formula: `binary ~ ${right}`, data, family: "binomial", link: "probit" }), name: found },
  negativeBinomial: { fit: () => glm({ formula: `count ~ ${right}`, data, family: "negativeBinomial" }), name: found },
  ordinal: { fit: () => ordinal({ formula: `factor(level) ~ ${right}`, data }), name: found },
  multinomial: { fit: () => multinomial({ formula: `factor(class) ~ ${right}`, data }), name: (name: string) => `1:${name}` },
  survreg: { fit: () => survreg({ formula: `Surv(time, status) ~ ${right}`, data }), name: found },
  coxph: { fit: () => coxph({ formula: `Surv(time, status) ~ ${right}`, data }), name: found },
  "coxph, late entry": { fit: () => coxph({ formula: `Surv(entry, exit, event) ~ ${right}`, data }), name: found },
};
type Model = keyof typeof models;

mkdirSync(new URL("build/bench/", ROOT), { recursive: true });
const file = fileURLToPath(new URL("build/bench/models.f64", ROOT));
writeFileSync(file, Buffer.concat([...columns, ...Object.values(responses)].map(({ buffer }) => Buffer.from(buffer))));

const seconds = new Map<string, number[]>();
const failures: string[] = [];
const note = (of: string, value: number) => seconds.set(of, [...(seconds.get(of) ?? []), value]);
for (let round = 0; round < ROUNDS; round++) {
  const coefficients = new Map<string, readonly (readonly [number, number])[]>();
  for (const [model, { fit, name }] of Object.entries(models)) {
    for (let call = 0; call < 3; call++) {
      const start = performance.now();
      const { estimates, standardErrors } = await fit();
      note(`${model} loglik`, (performance.now() - start) / 1000);
      coefficients.set(
        model,
        names.map((column) => [estimates[name(column)]!, standardErrors[name(column)]!]),
      );
    }
  }
  for (const line of printedByR()) {
    const [model, time, ...theirs] = line.split("\t");
    note(`${model} R`, Number(time));
    theirs.forEach((text, j) => {
      const [value, error] = coefficients.get(model!)![j]!;
      if (!(Math.abs(Number(text) - value) <= NEAR * error))
        failures.push(`${model}: R finds ${names[j]} ${text}, the engine ${value} ± ${error}`);
    });
  }
}
rmSync(file);

/** A line for each model; none where R is not installed. */
function printedByR(): string[] {
  const path = fileURLToPath(new URL("bench/regression/models.R", ROOT));
  try {
    const printed = execFileSync("Rscript", [path, file, String(ROWS), String(names.length)], { encoding: "utf8" });
    return printed.split("\n").filter((line) => line !== "");
  } catch (error) {
    console.log(`Rscript models.R: ${(error as Error).message.split("\n")[0]}`);
    return [];
  }
}

const print = grid(["model", "ms", "R ms", "times"]);
const rows = (Object.keys(models) as Model[]).map((model) => {
  const own = median(seconds.get(`${model} loglik`)!);
  const theirs = seconds.get(`${model} R`);
  const ratio = theirs && significant(median(theirs) / own);
  print.push([model, Math.round(1000 * own), theirs ? Math.round(1000 * median(theirs)) : "", times(ratio)]);
  return { model, milliseconds: significant(1000 * own), ...(ratio !== undefined && { times: { R: ratio } }) };
});
console.log(String(print));
for (const message of failures) console.error(message);
if (failures.length > 0) process.exitCode = 1;
else if (!values.quick) await write(`models-${NODE}`, { rows });
