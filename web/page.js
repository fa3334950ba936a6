// Shows the worker's fits as they come. When it has ended, body[data-state] says "done" or "failed", and window.report holds the bits.

const results = document.getElementById("results");
const state = document.getElementById("state");
const start = performance.now();

const worker = new Worker(new URL("worker.js", import.meta.url), { type: "module" });
worker.onmessage = ({ data: { sample, report, error } }) => {
  if (sample) show(sample);
  if (report) finish("done", `All fitted in ${seconds(performance.now() - start)}, samples drawn and module loaded.`, report);
  if (error) finish("failed", error);
};
worker.onerror = ({ message }) => finish("failed", message || "The worker did not start: is dist/ built?");

function show({ title, rows, milliseconds, fits }) {
  const section = element("section");
  section.append(
    element("h2", title),
    element("p", `${rows.toLocaleString("en")} rows, ${fits.length} families, ${seconds(milliseconds)}`),
  );
  const table = element("table");
  table.append(row("th", "family", "parameters ± SE", "log-likelihood", "ΔAIC", "passes", "status"));
  for (const fit of fits) {
    const values = fit.parameters.map((name) => `${name} ${digits(fit.estimates[name])} ± ${digits(fit.standardErrors[name], 2)}`);
    // Densities are compared with densities, masses with masses.
    const best = fits.find(({ discrete }) => discrete === fit.discrete);
    const delta = (fit.aic - best.aic).toLocaleString("en", { maximumFractionDigits: 1 });
    const logLik = fit.logLik.toLocaleString("en", { minimumFractionDigits: 2, maximumFractionDigits: 2 });
    table.append(row("td", fit.distribution, values.join(", "), logLik, delta, String(fit.passes), fit.status));
  }
  section.append(table);
  results.append(section);
}

function finish(outcome, text, report) {
  state.textContent = text;
  window.report = report;
  document.body.dataset.state = outcome;
}

function row(tag, ...texts) {
  const line = element("tr");
  line.append(...texts.map((text) => element(tag, text)));
  return line;
}

function element(tag, text = "") {
  const node = document.createElement(tag);
  node.textContent = text;
  return node;
}

function digits(value, count = 6) {
  return Number.isFinite(value) ? String(Number(value.toPrecision(count))) : "–";
}

function seconds(milliseconds) {
  return `${(milliseconds / 1000).toFixed(2)} s`;
}
