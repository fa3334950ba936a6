// Linear discriminants, naive Bayes and logistic regression on the same rows: how often more than the best rule each errs, over seeded samples.
//
// `npx tsx scripts/classifiers.ts`; `--samples 100` fewer; `--write` puts the table into docs/classifiers.md.

import { readFile, writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { distribution, generative, glm } from "loglik";

const DOC = "docs/classifiers.md";
const HEAD = "| rows of the classes | n | best | lda | naive Bayes | logistic | no logistic maximum |";
const COLUMNS = 4;
const JUDGED = 20_000;

interface Law {
  readonly name: string;
  readonly family: "normal" | "exponential";
  /** Parameters of column `j` in class `k`. */
  at(k: number, j: number): Record<string, number>;
}

/** The means differ in one direction by so many standard deviations, as in Efron's table. */
const normals = (distance: number): Law => ({
  name: `normal, means ${distance} sd apart`,
  family: "normal",
  at: (k, j) => ({ mean: j === 0 ? (k - 0.5) * distance : 0, sd: 1 }),
});
const exponentials: Law = { name: "exponential, rates 1 and 4", family: "exponential", at: (k) => ({ rate: k === 0 ? 1 : 4 }) };

interface Rows {
  readonly columns: Float64Array[];
  readonly y: Float64Array;
}

function draw({ family, at }: Law, n: number, seed: number): Rows {
  const half = n / 2;
  const columns = Array.from({ length: COLUMNS }, (_, j) => {
    const both = [0, 1].map((k) => distribution(family, at(k, j)).random(half, { seed: 1000 * seed + 2 * j + k + 1 }));
    return Float64Array.from({ length: n }, (__, i) => both[i < half ? 0 : 1]![i % half]!);
  });
  return { columns, y: Float64Array.from({ length: n }, (_, i) => (i < half ? 0 : 1)) };
}

/** Share of the rows on the wrong side of a plane. */
function error({ columns, y }: Rows, constant: number, slopes: readonly number[]): number {
  let wrong = 0;
  for (let i = 0; i < y.length; i++) {
    let odds = constant;
    for (let j = 0; j < slopes.length; j++) odds += slopes[j]! * columns[j]![i]!;
    if (odds > 0 !== (y[i] === 1)) wrong++;
  }
  return wrong / y.length;
}

async function compared(law: Law, n: number, samples: number): Promise<string> {
  const judged = draw(law, JUDGED, 1e6);
  const names = judged.columns.map((_, j) => `x${j + 1}`);
  // The best log odds are linear in the row: their values at the origin (of the exponentials' support) and one step along each column say all.
  const odds = (j: number, x: number) => {
    const [zero, one] = [0, 1].map((k) => distribution(law.family, law.at(k, j)).logPdf(x)) as [number, number];
    return one - zero;
  };
  const best = error(
    judged,
    names.reduce((sum, _, j) => sum + odds(j, 0), 0),
    names.map((_, j) => odds(j, 1) - odds(j, 0)),
  );
  const families = Object.fromEntries(names.map((name) => [name, law.family]));
  const sums = { lda: 0, bayes: 0, logistic: 0 };
  let lost = 0;
  for (let seed = 1; seed <= samples; seed++) {
    const rows = draw(law, n, seed);
    const design = { names, columns: rows.columns };
    const ones = { names: ["one", ...names], columns: [new Float64Array(n).fill(1), ...rows.columns] };
    const logistic = await glm({ design: ones, y: rows.y, family: "binomial" });
    if (logistic.status !== "interior") {
      lost++;
      continue;
    }
    sums.logistic +=
      error(
        judged,
        logistic.estimates.one!,
        names.map((name) => logistic.estimates[name]!),
      ) - best;
    const { discriminants } = await generative({ design, y: rows.y, model: "lda" });
    const between = (name: string) => discriminants["1"]![name]! - discriminants["0"]![name]!;
    sums.lda += error(judged, between("(Intercept)"), names.map(between)) - best;
    const bayes = await generative({ design, y: rows.y, model: "naiveBayes", families });
    const predicted = bayes.predict({ names, columns: judged.columns });
    sums.bayes += predicted.reduce((wrong, label, i) => wrong + (label === String(judged.y[i]) ? 0 : 1), 0) / JUDGED - best;
  }
  const percent = (sum: number) => {
    const mean = (100 * sum) / (samples - lost);
    return `${mean < 0 ? "−" : "+"}${Math.abs(mean).toFixed(2)}`;
  };
  const cells = [
    law.name,
    n,
    (100 * best).toFixed(2),
    percent(sums.lda),
    percent(sums.bayes),
    percent(sums.logistic),
    `${lost} of ${samples}`,
  ];
  return `| ${cells.join(" | ")} |`;
}

const { values } = parseArgs({ options: { samples: { type: "string", default: "200" }, write: { type: "boolean", default: false } } });
const lines = [HEAD, "|---|---|---|---|---|---|---|"];
for (const law of [normals(2), normals(3), exponentials]) {
  for (const n of [40, 200, 2000]) lines.push(await compared(law, n, Number(values.samples)));
}
console.log(lines.join("\n"));
if (values.write) {
  const text = await readFile(DOC, "utf8");
  const at = text.indexOf(HEAD);
  await writeFile(DOC, `${at < 0 ? `${text.trimEnd()}\n\n` : text.slice(0, at)}${lines.join("\n")}\n`);
}
