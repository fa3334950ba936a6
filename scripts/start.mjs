// npm start, after setup.mjs: the command on a real data set, and on a sample large enough to see the speed.

import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { distribution } from "loglik";

const ROWS = 1_000_000;
const SAMPLE = "build/gamma-sample.csv";

console.log("\n2,167 Danish fire insurance losses, in millions of kroner (data/README.md)");
loglik("fit", "data/danish-fire.csv", "--column", "loss");

console.log(`\n${ROWS.toLocaleString("en")} draws from gamma(shape 2.5, rate 0.8), seed 1`);
const sample = distribution("gamma", { shape: 2.5, rate: 0.8 }).random(ROWS, { seed: 1 });
writeFileSync(SAMPLE, `x\n${sample.join("\n")}\n`);
loglik("fit", SAMPLE, "--column", "x");

function loglik(...args) {
  console.log(`$ loglik ${args.join(" ")}\n`);
  const { status } = spawnSync(process.execPath, ["dist/cli.js", ...args], { stdio: "inherit" });
  if (status !== 0) process.exit(status ?? 1);
}
