import fc from "fast-check";
import leven from "leven";
import {
  betareg,
  clogit,
  coxph,
  distreg,
  generative,
  glm,
  glmPath,
  hurdle,
  lm,
  multinomial,
  ordinal,
  survreg,
  tobit,
  treg,
  zeroInflated,
} from "loglik";
import { describe, expect, test } from "vitest";

// A name that is no option is refused, with the nearest that is. What is known the refusal itself says: there is no list of it here.

const x = Array.from({ length: 40 }, (_, i) => (i % 10) / 10);
const data = {
  x,
  y: x.map((value, i) => value + ((7 * i) % 5) / 5),
  n: x.map((_, i) => (3 * i) % 4),
  b: x.map((_, i) => ((i * i) % 3 === 0 ? 1 : 0)),
  p: x.map((value, i) => 0.1 + 0.4 * value + (i % 3) / 10),
  g: x.map((_, i) => ["a", "b", "c"][(5 * i + (i % 2)) % 3]!),
  time: x.map((value, i) => 1 + value + ((11 * i) % 13)),
  status: x.map((_, i) => (i % 4 === 0 ? 0 : 1)),
  set: x.map((_, i) => Math.floor(i / 4)),
  case: x.map((_, i) => (i % 4 === 1 ? 1 : 0)),
};

/** What each takes at least. */
const functions = {
  lm: [lm, { formula: "y ~ x" }],
  glm: [glm, { formula: "n ~ x", family: "poisson" }],
  glmPath: [glmPath, { formula: "n ~ x", family: "poisson", count: 3 }],
  survreg: [survreg, { formula: "Surv(time, status) ~ x" }],
  tobit: [tobit, { formula: "y ~ x" }],
  treg: [treg, { formula: "y ~ x", df: 5 }],
  distreg: [distreg, { family: "normal", response: "y", parameters: { mean: "~ x" } }],
  "distreg by name": [distreg, { normal: { mean: "~ x" }, response: "y" }],
  coxph: [coxph, { formula: "Surv(time, status) ~ x" }],
  clogit: [clogit, { formula: "case ~ x + strata(set)" }],
  ordinal: [ordinal, { formula: "g ~ x" }],
  multinomial: [multinomial, { formula: "g ~ x" }],
  zeroInflated: [zeroInflated, { formula: "n ~ x | 1", family: "poisson" }],
  hurdle: [hurdle, { formula: "n ~ x", family: "poisson" }],
  betareg: [betareg, { formula: "p ~ x" }],
  naiveBayes: [generative, { formula: "g ~ x + y", model: "naiveBayes" }],
  lda: [generative, { formula: "g ~ x + y", model: "lda" }],
  qda: [generative, { formula: "g ~ x + y", model: "qda" }],
} as const;

type Any = (options: object) => Promise<Record<string, (...given: unknown[]) => unknown>>;

const cases = Object.entries(functions).map(([name, [fit, own]]) => {
  return { name, fit: (more: object = {}) => (fit as unknown as Any)({ ...more, ...own, data }) };
});

/** The message of what is thrown, now or later. */
async function refusal(call: () => unknown): Promise<string> {
  try {
    await call();
  } catch (error) {
    return (error as Error).message;
  }
  return "nothing was refused";
}

async function knownOf(call: (options: object) => unknown): Promise<string[]> {
  const message = await refusal(() => call({ "?": 1 }));
  expect(message).toMatch(/^Unknown option ".*\?"; did you mean ".+"\? Known: .+\.$/);
  return message
    .replace(/^.*Known: /, "")
    .replace(/\.$/, "")
    .split(", ");
}

/** A name that is another by one letter: left out, put in or in place of one. */
function misspelt(names: readonly string[]): fc.Arbitrary<{ name: string; meant: string }> {
  const letter = fc.constantFrom(..."abcdefghijklmnopqrstuvwxyz");
  return fc
    .record({ meant: fc.constantFrom(...names), place: fc.nat(20), letter, how: fc.constantFrom("out", "in", "instead") })
    .map(({ meant, place, letter: put, how }) => {
      const at = place % (meant.length + (how === "in" ? 1 : 0));
      return { meant, name: meant.slice(0, at) + (how === "out" ? "" : put) + meant.slice(how === "in" ? at : at + 1) };
    })
    .filter(({ name }) => !names.includes(name));
}

/** @param call - With options that do not exist. */
async function refusesMisspelt(call: (options: object) => unknown, names: readonly string[], runs = 60): Promise<void> {
  const property = fc.asyncProperty(misspelt(names), fc.constantFrom(1, "text", undefined, null), async ({ name, meant }, value) => {
    const message = await refusal(() => call({ [name]: value }));
    const [, unknown, suggested] = /^Unknown (?:option|distribution) "(.*?)"; did you mean "(.*?)"\?/.exec(message) ?? [];
    expect(unknown?.split(".").at(-1)).toBe(name);
    const proposal = suggested!.split(".").at(-1)!;
    expect(names).toContain(proposal);
    // One letter may lie between two names: "n" between "na" and "y".
    if (proposal !== meant) expect(leven(proposal.toLowerCase(), name.toLowerCase())).toBeLessThanOrEqual(1);
  });
  await fc.assert(property, { numRuns: runs, seed: 6 });
}

describe.each(cases)("$name", ({ fit }) => {
  test("a name at distance 1 from an option's is refused, and that option named", async () => {
    await refusesMisspelt(fit, await knownOf(fit));
  });

  test("options of undefined or null are not given", async () => {
    const names = await knownOf(fit);
    const plain = JSON.stringify(await fit());
    for (const nothing of [undefined, null]) {
      const others = Object.fromEntries(names.map((name) => [name, nothing]));
      expect(JSON.stringify(await fit(others))).toBe(plain);
    }
  });

  test("a design beside a formula is refused", async () => {
    if (!(await knownOf(fit)).includes("formula")) return;
    const message = await refusal(() => fit({ design: { names: ["x"], columns: [x] } }));
    expect(message).toBe("Both formula and design are given; one of them is needed.");
  });
});

describe("methods", () => {
  const methods = [
    ["lm", "predict", [undefined]],
    ["lm", "confint", []],
    ["glm", "predict", [undefined]],
    ["glm", "residuals", ["quantile"]],
    ["glm", "confint", []],
    ["survreg", "predict", [undefined]],
    ["survreg", "residuals", ["quantile"]],
    ["tobit", "predict", [undefined]],
    ["treg", "predict", [undefined]],
    ["treg", "confint", []],
    ["distreg", "predict", [undefined]],
    ["distreg", "residuals", ["quantile"]],
    ["coxph", "predict", [undefined]],
    ["coxph", "basehaz", []],
    ["coxph", "ratios", []],
    ["coxph", "confint", []],
    ["clogit", "ratios", []],
    ["ordinal", "predict", [undefined]],
    ["ordinal", "residuals", ["quantile"]],
    ["multinomial", "predict", [undefined]],
    ["zeroInflated", "predict", [undefined]],
    ["hurdle", "residuals", ["quantile"]],
    ["betareg", "predict", [undefined]],
    ["lda", "confint", []],
    ["glmPath", "cv", []],
  ] as const;

  test.each(methods)("%s: %s", async (model, method, before) => {
    const r = await cases.find(({ name }) => name === model)!.fit();
    const call = (options: object) => r[method]!(...before, options);
    await refusesMisspelt(call, await knownOf(call), 20);
    await expect(refusal(() => call(null as never))).resolves.toBe("options is null; an object is needed.");
  });

  test("kinds of covariances", async () => {
    for (const model of ["lm", "glm", "survreg", "coxph"]) {
      const r = await cases.find(({ name }) => name === model)!.fit();
      for (const method of ["coefficients", "vcovOf"] as const) {
        await expect(refusal(() => r[method]!({ clusters: x }))).resolves.toContain(
          'Unknown option "covariance.clusters"; did you mean "covariance.cluster"?',
        );
        await expect(refusal(() => r[method]!({}))).resolves.toBe("covariance.cluster is undefined; one label per row is needed.");
      }
    }
  });

  test("an interval of the ratios has a level between 0 and 1", async () => {
    const r = await coxph({ formula: "Surv(time, status) ~ x", data });
    expect(() => r.ratios({ level: 95 })).toThrow("level is 95; a number between 0 and 1 is needed.");
  });
});

describe("options within options", () => {
  const rows = { formula: "n ~ x", data, family: "poisson" } as const;
  const cases = [
    ["penalty", () => glm({ ...rows, penalty: { lamda: 1 } as never }), "penalty.lamda", "penalty.lambda"],
    ["truncated", () => survreg({ formula: "time ~ x", data, truncated: { lowr: 0 } as never }), "truncated.lowr", "truncated.lower"],
    [
      "a column's family",
      () =>
        generative({
          formula: "g ~ x",
          data,
          model: "naiveBayes",
          families: { x: { distribution: "normal", sise: 1, fixd: {} } as never },
        }),
      "families.x.sise",
      "families.x.fixed",
    ],
  ] as const;
  test.each(cases)("%s", async (_, call, name, meant) => {
    expect(await refusal(call)).toMatch(`Unknown option "${name}"; did you mean "${meant}"?`);
  });
});

describe("distreg", () => {
  const given = { response: "n", data } as const;

  test("constants are those of the family", async () => {
    const options = { ...given, family: "poisson", size: 10, parameters: { lambda: "~ x" } };
    await expect(distreg(options)).rejects.toThrow('Unknown option "size"');
    const r = await distreg({ ...given, family: "binomial", size: 4, parameters: { prob: "~ x" } });
    expect(r.status).toBe("interior");
  });

  test("one family", async () => {
    await expect(distreg({ ...given, poisson: { lambda: "~ x" }, geometric: { prob: "~ x" } })).rejects.toThrow(
      "poisson and geometric are given; one family is needed.",
    );
    await expect(distreg({ ...given, poisson: { lambda: "~ x" }, parameters: { lambda: "~ x" } })).rejects.toThrow(
      "parameters and poisson are given; one of them is needed.",
    );
    await expect(distreg({ ...given, poison: { lambda: "~ x" } } as never)).rejects.toThrow('did you mean "poisson"?');
    await expect(distreg({ ...given, family: "poisson", poisson: { lambda: "~ x" } })).rejects.toThrow('Unknown option "poisson"');
    await expect(distreg(given)).rejects.toThrow("No family is given");
  });
});
