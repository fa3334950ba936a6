// loglik glm --plot: every model that has quantile residuals.

import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { expectAll, loglik } from "./command.ts";

const rows = Array.from({ length: 60 }, (_, i) => {
  const x = (i * 7) % 11;
  return [1 + x + ((i * 5) % 9), i % 3 === 0 ? 0 : 1, (i * i) % 5, 0.1 + ((i * 13) % 17) / 20, ["low", "mid", "top"][(x + (i % 4)) % 3], x];
});
const file = { "a.csv": `t,status,n,p,level,x\n${rows.map((row) => row.join(",")).join("\n")}\n` };
const models = [
  ["survreg", "Surv(t, status) ~ x"],
  ["zeroInflated", "n ~ x | 1"],
  ["hurdle", "n ~ x"],
  ["betareg", "p ~ x"],
  ["ordinal", "level ~ x"],
] as const;

describe.concurrent("pictures", () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "loglik-pictures-"));
  });
  afterAll(() => rm(folder, { recursive: true }));

  for (const [model, formula] of models) {
    for (const kind of ["residuals", "qq", "effect"]) {
      test(`${model}: ${kind}`, async () => {
        const target = join(folder, `${model}-${kind}.svg`);
        const { code, err } = await loglik(["glm", "a.csv", formula, "--model", model, "--plot", target, "--plot-kind", kind], file);
        expect([code, err]).toEqual([0, ""]);
        expectAll(await readFile(target, "utf8"), [/^<svg /, model]);
      });
    }
  }

  test("none of levels without order", async () => {
    const { code, err } = await loglik(["glm", "a.csv", "level ~ x", "--model", "multinomial", "--plot", "a.svg"], file);
    expect([code, err]).toEqual([2, "loglik: --plot: there are no pictures of --model multinomial.\n"]);
  });
});
