// npm run reference: every family against exact maxima, next to what R and SciPy answered for the same data.

import { type Agreement, type Case, cases, examine, isMaximum } from "../test/agreement.ts";
import { casesOf, examineRegression, regressionGroups } from "../test/regressionAgreement.ts";

const COLUMNS = ["family", "cases", "estimates", "in SE", "SE", "logLik", "R median", "R worst", "SciPy median", "SciPy worst"];

type Peers = NonNullable<Case["peers"]>;

interface Result {
  readonly given: Case;
  readonly agreement: Agreement;
}

const results: Result[] = [];
for (const given of cases) results.push({ given, agreement: await examine(given) });

const families = [...new Set(cases.map(({ distribution }) => distribution))];
const rows = families.map((family) =>
  row(
    family,
    results.filter(({ given }) => given.distribution === family),
  ),
);
console.log("Largest relative errors of loglik against 60-digit references, and the estimates of other packages for the same data.\n");
console.log(table(COLUMNS, rows));

interface Regressed {
  readonly id: string;
  readonly source: string;
  readonly group: string;
  readonly peers: Peers;
  readonly agreement: Agreement;
}

const regressions: Regressed[] = [];
for (const group of regressionGroups) {
  for (const given of casesOf(group)) regressions.push({ ...given, group, agreement: await examineRegression(given) });
}
const regressionRows = regressionGroups.map((group) => {
  const of = regressions.filter((one) => one.group === group);
  const peers = of.flatMap((one) => one.peers);
  return [group, ...errorsOf(of), ...summaries(peers, "statsmodels")];
});
console.log("\nRegressions.\n");
console.log(table(["model", ...COLUMNS.slice(1, 8), "statsmodels median", "statsmodels worst"], regressionRows));

const examined = [...results.map(({ given, agreement }) => ({ id: given.id, source: given.source, agreement })), ...regressions];
const failed = examined.filter(({ agreement }) => agreement.failures.length > 0);
for (const { id, source, agreement } of failed) console.log(`\n${id} (${source})\n  ${agreement.failures.join("\n  ")}`);
const count = results.length + regressions.length;
console.log(
  `\n${count - failed.length} of ${count} within tolerance, and no distribution further off than R or SciPy by more than rounding`,
);
process.exitCode = failed.length > 0 ? 1 : 0;

function row(family: string, of: readonly Result[]): string[] {
  const smooth = of.some(({ given }) => isMaximum(given.expected) && given.expected.se);
  const peers = of.flatMap(({ given }) => given.peers ?? []);
  return [family, ...errorsOf(of, smooth), ...summaries(peers, "SciPy")];
}

/** How many agree, and the largest errors. */
function errorsOf(of: readonly { readonly agreement: Agreement }[], smooth = true): string[] {
  const worst = (key: Exclude<keyof Agreement, "failures">) => Math.max(...of.map(({ agreement }) => agreement[key]));
  const passed = of.filter(({ agreement }) => agreement.failures.length === 0).length;
  const inErrors = smooth ? [short(worst("inStandardErrors")), short(worst("standardErrors"))] : ["", ""];
  return [`${passed} of ${of.length}`, short(worst("relative")), ...inErrors, short(worst("logLik"))];
}

/** Of R and its packages, and of another. */
function summaries(peers: Peers, other: string): string[] {
  const isOther = (peer: Peers[number]) => peer.package.startsWith(other);
  return [...summary(peers.filter((peer) => !isOther(peer))), ...summary(peers.filter(isOther))];
}

function table(head: readonly string[], body: readonly (readonly string[])[]): string {
  const widths = head.map((name, i) => Math.max(name.length, ...body.map((cells) => cells[i]!.length)));
  const line = (cells: readonly string[]) =>
    cells.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!))).join("  ");
  return [head, ...body].map(line).join("\n");
}

/** Median and worst error; an answer that is none counts as "fails". */
function summary(peers: Peers): [string, string] {
  if (peers.length === 0) return ["", ""];
  const errors = peers
    .map(({ ok, max_rel_error }) => (ok ? (max_rel_error ?? Number.NaN) : Number.POSITIVE_INFINITY))
    .sort((a, b) => a - b);
  return [short(errors[Math.floor((errors.length - 1) / 2)]!), short(errors.at(-1)!)];
}

function short(error: number): string {
  return error === 0 ? "0" : Number.isFinite(error) ? error.toExponential(1) : "fails";
}
