import { expect, test } from "vitest";
import type { Design } from "../src/formula/design.ts";
import { exp, log } from "../src/math/elementary.ts";
import { Random } from "../src/math/random.ts";
import { HALF_LOG_2PI } from "../src/math/stirling.ts";
import type { PartsData } from "../src/regression/partsData.ts";
import { asItIs } from "../src/vglm/vglmFindings.ts";
import { VglmFit } from "../src/vglm/vglmFit.ts";
import { partsOf } from "../src/vglm/vglmParts.ts";
import { vglmSearch } from "../src/vglm/vglmSearch.ts";
import type { PartTerms } from "../src/wasm/partMatrix.ts";

// A normal whose mean and log sd are linear in different columns: against least squares where the sd is one number, and against the
// score equations, summed in plain loops, where it is not.

const normal: PartTerms = ({ y }, [mean, logSd], l, [u, v], [w, c, d]) => {
  for (let i = 0; i < l.length; i++) {
    const scale = exp(-logSd![i]!);
    const z = (y![i]! - mean![i]!) * scale;
    l[i] = -0.5 * z * z - logSd![i]! - HALF_LOG_2PI;
    u![i] = z * scale;
    v![i] = z * z - 1;
    w![i] = scale * scale;
    c![i] = 2 * z * scale;
    d![i] = 2 * z * z;
  }
};

function designOf(columns: readonly Float64Array[]): Design {
  const rows = columns[0]!.length;
  const names = ["(Intercept)", ...columns.map((_, j) => `x${j + 1}`)];
  const blocks = [{ kind: "intercept" as const }, ...columns.map((values) => ({ kind: "column" as const, values }))];
  return { rows, names, blocks, assign: names.map((_, j) => j), terms: names.slice(1) };
}

async function fitted(mean: Design, sd: Design, y: Float64Array, weights?: Float64Array) {
  const parts = partsOf([mean, sd], 0);
  const width = mean.names.length + sd.names.length;
  const start = new Float64Array(width);
  start[0] = y.reduce((a, b) => a + b, 0) / y.length;
  start[mean.names.length] = log(Math.sqrt(y.reduce((a, b) => a + (b - start[0]!) ** 2, 0) / y.length));
  const columns = { y, ...(weights && { weights }) };
  const problem = { parts, width, columns, terms: normal, start };
  const found = await vglmSearch(problem);
  const data: PartsData = {
    rows: y.length,
    designs: [mean, sd],
    response: undefined,
    columns,
    kept: undefined,
    recipe: undefined,
    omitted: 0,
  };
  const names = [...mean.names.map((name) => `mean:${name}`), ...sd.names.map((name) => `sd:${name}`)];
  return new NormalFit({
    model: "test",
    family: "normal",
    link: "identity/log",
    names,
    own: [],
    reported: asItIs,
    given: data,
    data,
    problem,
    found,
  });
}

class NormalFit extends VglmFit {
  protected comparedLaw() {
    return { likelihood: "densities", law: "normal", names: ["mean", "sd"], links: ["identity", "log"], responses: {} };
  }
}

test.each([
  [300, 1, 0],
  [70_000, 1, 0],
  [300, 1e8, 0],
  [300, 1e-8, 0],
  [300, 1, 2000],
  [300_000, 1, 0],
])("%d rows, columns times %d plus %d: the scores are zero", async (rows, scale, center) => {
  const random = new Random(3);
  const x = Float64Array.from({ length: rows }, () => scale * random.normal() + center);
  const z = Float64Array.from({ length: rows }, () => random.normal());
  const y = x.map((value, i) => 1 + (2 * (value - center)) / scale + exp(0.3 + 0.5 * z[i]!) * random.normal());
  const r = await fitted(designOf([x, z]), designOf([z]), y);
  expect(r.status).toBe("interior");
  expect(r.estimates["sd:x1"]).toBeCloseTo(0.5, rows > 1000 ? 1 : 0);
  const b = r.parameters.map((name) => r.estimates[name]!);
  const score = new Float64Array(5);
  const size = new Float64Array(5);
  let logLik = 0;
  for (let i = 0; i < rows; i++) {
    const eta = b[0]! + b[1]! * x[i]! + b[2]! * z[i]!;
    const tau = b[3]! + b[4]! * z[i]!;
    const e = (y[i]! - eta) * exp(-tau);
    logLik += -0.5 * e * e - tau - HALF_LOG_2PI;
    const [u, v] = [e * exp(-tau), e * e - 1];
    [u, u * (x[i]! - center), u * z[i]!, v, v * z[i]!].forEach((s, k) => {
      score[k]! += s;
      size[k]! += Math.abs(s);
    });
  }
  for (let k = 0; k < 5; k++) expect(Math.abs(score[k]!) / size[k]!).toBeLessThan(1e-10);
  expect(Math.abs(r.logLik / logLik - 1)).toBeLessThan(1e-12);
  expect(r.passes).toBeLessThan(30);
});
