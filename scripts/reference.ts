// npm run reference: every family against exact maxima, next to what R and SciPy answered for the same data.

import { type Agreement, type Case, cases, examine, isMaximum } from "../test/agreement.ts";

const COLUMNS = ["family", "cases", "estimates", "in SE", "SE", "logLik", "R median", "R worst", "SciPy median", "SciPy worst"];

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
const widths = COLUMNS.map((name, i) => Math.max(name.length, ...rows.map((cells) => cells[i]!.length)));
const line = (cells: readonly string[]) =>
  cells.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!))).join("  ");
console.log("Largest relative errors of loglik against 60-digit references, and the estimates of other packages for the same data.\n");
console.log([COLUMNS, ...rows].map(line).join("\n"));

const failed = results.filter(({ agreement }) => agreement.failures.length > 0);
for (const { given, agreement } of failed) console.log(`\n${given.id} (${given.source})\n  ${agreement.failures.join("\n  ")}`);
const within = `${results.length - failed.length} of ${results.length} within tolerance`;
console.log(`\n${within}, and none further off than R or SciPy by more than rounding`);
process.exitCode = failed.length > 0 ? 1 : 0;

function row(family: string, of: readonly Result[]): string[] {
  const worst = (key: Exclude<keyof Agreement, "failures">) => Math.max(...of.map(({ agreement }) => agreement[key]));
  const passed = of.filter(({ agreement }) => agreement.failures.length === 0).length;
  const smooth = of.some(({ given }) => isMaximum(given.expected) && given.expected.se);
  const inErrors = smooth ? [short(worst("inStandardErrors")), short(worst("standardErrors"))] : ["", ""];
  const peers = of.flatMap(({ given }) => given.peers ?? []);
  return [
    family,
    `${passed} of ${of.length}`,
    short(worst("relative")),
    ...inErrors,
    short(worst("logLik")),
    ...summary(peers.filter((peer) => !peer.package.startsWith("SciPy"))),
    ...summary(peers.filter((peer) => peer.package.startsWith("SciPy"))),
  ];
}

/** Median and worst error; an answer that is none counts as "fails". */
function summary(peers: NonNullable<Case["peers"]>): [string, string] {
  if (peers.length === 0) return ["", ""];
  const errors = peers
    .map(({ ok, max_rel_error }) => (ok ? (max_rel_error ?? Number.NaN) : Number.POSITIVE_INFINITY))
    .sort((a, b) => a - b);
  return [short(errors[Math.floor((errors.length - 1) / 2)]!), short(errors.at(-1)!)];
}

function short(error: number): string {
  return error === 0 ? "0" : Number.isFinite(error) ? error.toExponential(1) : "fails";
}
