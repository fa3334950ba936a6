// The fits that every platform has to agree on, to the last bit: run by the page's worker and by test/browser/ in Node.

export const ROWS = 1_000_000;

const SAMPLES = [
  { title: "gamma(shape 2.5, rate 0.8)", family: "gamma", at: { shape: 2.5, rate: 0.8 } },
  { title: "negative binomial(size 3, mu 4)", family: "negativeBinomial", at: { size: 3, mu: 4 } },
  { title: "Student t(location 1, scale 2, df 4), weighted", family: "studentT", at: { location: 1, scale: 2, df: 4 }, weighted: true },
];

/**
 * Draws the samples and fits every family that can hold them, best first. `loglik` is the package, `onSample` hears of each sample's fits.
 * What is returned is text: two platforms agree when their texts are equal.
 */
export async function run(loglik, rows = ROWS, onSample = () => {}) {
  const report = [];
  for (const [seed, { title, family, at, weighted }] of SAMPLES.entries()) {
    const x = loglik.distribution(family, at).random(rows, { seed });
    const weights = weighted ? { weights: Float64Array.from(x, (_, i) => 1 + (i % 3)), weightType: "frequency" } : {};
    const start = performance.now();
    const { ranking } = await loglik.fitBest(x, weights);
    onSample({ title, rows, milliseconds: performance.now() - start, fits: ranking.map(summary) });
    report.push({ title, sample: await digest(x), fits: ranking.map(bits) });
  }
  return report;
}

/** What the page shows of a fit. */
function summary({ distribution, discrete, parameters, estimates, standardErrors, logLik, aic, status, passes }) {
  return { distribution, discrete, parameters, estimates, standardErrors, logLik, aic, status, passes };
}

/** A fit with its numbers as the 16 hexadecimal digits of their bits, the decimal beside it for the reader. */
function bits({ distribution, parameters, estimates, standardErrors, logLik, status, passes }) {
  const list = (numbers) => Object.fromEntries(parameters.map((name) => [name, hex(numbers[name])]));
  return { distribution, status, passes, logLik: hex(logLik), estimates: list(estimates), standardErrors: list(standardErrors) };
}

function hex(number) {
  const view = new DataView(new ArrayBuffer(8));
  // Every NaN is one NaN: engines are free in its payload.
  view.setFloat64(0, Number.isNaN(number) ? Number.NaN : number);
  return Number.isNaN(number) ? "NaN" : `${view.getBigUint64(0).toString(16).padStart(16, "0")} ${number}`;
}

async function digest(x) {
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", x));
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
