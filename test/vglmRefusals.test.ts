import { betareg, coxph, hurdle, survreg, tobit, treg, zeroInflated } from "loglik";
import { expect, test } from "vitest";

// What was fitted, or failed without a word, that cannot be meant.

const x = [0.3, 1.2, -0.7, 0.1, 2.2, 0.4, 1.1, -0.3];
const time = [1, 2.5, 0, 4, 3.1, 2, 7, 0.4];
const status = [1, 1, 0, 1, 0, 1, 1, 1];
const level = ["a", "b", "b", "a", "a", "b", "a", "b"];
const counts = [0, 1, 3, 0, 2, 0, 1, 4];
const design = { names: ["(Intercept)", "x"], columns: [x.map(() => 1), x] };
const fit = await coxph({ formula: "Surv(time, status) ~ x", data: { time, status, x } });
const positive = await hurdle({ formula: "y ~ x", data: { y: counts, x }, family: "poisson" });

test.each<[string, () => unknown, string]>([
  ["a time censored at 0", () => survreg({ design, time, status }), "Row 2 is censored at 0; weibull needs times > 0."],
  [
    "levels for times",
    () => survreg({ formula: "y ~ x", data: { y: level, x } }),
    'formula: "y ~ x" has a factor as its response; numbers or Surv(time, status) are needed.',
  ],
  [
    "levels for numbers",
    () => treg({ formula: "y ~ x", data: { y: level, x } }),
    'formula: "y ~ x" has a factor as its response; numbers or Surv(time, status) are needed.',
  ],
  [
    "a limit that is text",
    () => tobit({ formula: "y ~ x", data: { y: counts, x }, left: "0" as unknown as number }),
    'left is "0" and right is Infinity; a left limit below the right is needed.',
  ],
  [
    "a design beside a formula",
    () => zeroInflated({ formula: "y ~ x", data: { y: counts, x }, zeroDesign: design, family: "poisson" }),
    'zeroDesign is given beside a formula, whose second part it is: "y ~ x | z" is needed.',
  ],
  [
    "a precision beside a formula",
    () => betareg({ formula: "y ~ x", data: { y: x.map((v) => (v + 3) / 6), x }, precisionDesign: design }),
    'precisionDesign is given beside a formula, whose second part it is: "y ~ x | z" is needed.',
  ],
  [
    "rows for a design",
    () => survreg({ design: x.map((v) => [1, v]) as never, time, status }),
    "design is an array; { names, columns } is needed.",
  ],
  ["a level in percent", () => fit.ratios({ level: 95 }), "level is 95; a number between 0 and 1 is needed."],
  [
    "one number for counts",
    () => positive.predict(undefined, { type: "prob", at: 1 as unknown as number[] }),
    "at is 1; an array of whole numbers is needed.",
  ],
])("%s", async (_, run, message) => {
  await expect((async () => run())()).rejects.toThrow(message);
});
