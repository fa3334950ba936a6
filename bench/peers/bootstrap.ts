import { parseArgs } from "node:util";
import { type Bootstrap, bootstrap, type Fit, fit } from "loglik";
import { median } from "../measure.ts";
import { power, times } from "../report.ts";
import { significant, write } from "../results.ts";
import { ask } from "./ask.ts";
import { GOAL_ROWS } from "./goals.ts";
import type { EngineAnswer } from "./protocol.ts";
import { javascript, peers } from "./roster.ts";
import { type SampleFile, sampleFile } from "./samples.ts";
import { printVerdicts } from "./tables.ts";

// A thousand bootstrap replicates against single fits in R, each in a process of its own, the engine before and after each of R's:
// `npm run bench:bootstrap` checks the replicates, prints ratios and writes bench/results/bootstrap.json.
//   -- --rows 1e6           other sizes; nothing is written
//   -- --quick              the replicates of 10⁵ rows are checked, nothing is timed
//   -- --limit 120          seconds after which a process is stopped
// It ends with an error if the replicates are wrong, or R takes less time than was promised.

/** How many of R's fits a thousand replicates may take as long as. */
const FITS: Readonly<Record<string, number>> = { gamma: 1, weibull: 10 };

const R = peers.filter(({ name }) => /^(?:MASS|fitdistrplus)::/.test(name));
/** Seconds during which a process repeats what it does. */
const SECONDS = 4;
const REPLICATES = 1000;

export interface BootstrapRow {
  readonly family: string;
  readonly n: number;
  readonly replicates: number;
  readonly peer: string;
  readonly version: string;
  readonly milliseconds: number;
  /** Of one of the peer's fits. */
  readonly peerMilliseconds: number;
  /** The peer's fits that are compared: their time over the replicates' is the ratio. */
  readonly fits: number;
  readonly ratio: number;
  /** The same of processor time, which other programs on the machine do not stretch. */
  readonly processorRatio: number;
  /** Replicates' largest distance from their maxima, in standard errors, among those that were fitted again. */
  readonly error: number;
}

const { values } = parseArgs({
  options: {
    rows: { type: "string", default: "1e6" },
    limit: { type: "string", default: "120" },
    quick: { type: "boolean", default: false },
  },
});
const n = values.quick ? 1e5 : Number(values.rows);
if (!(Number.isInteger(n) && n > 1000)) throw new RangeError(`--rows ${values.rows}: a whole number > 1000 is needed.`);

const rows: BootstrapRow[] = [];
const failures: string[] = [];
for (const family of Object.keys(FITS)) {
  const sample = await sampleFile(family, n);
  try {
    const fitted = await fit(family, sample.x);
    const replicated = await bootstrap(fitted, { B: REPLICATES });
    verify(fitted, replicated);
    console.log(`${family}, ${power(n)} rows: ${REPLICATES} replicates, at most ${replicated.error.toExponential(0)} SE from their maxima`);
    for (const peer of values.quick ? [] : R) {
      const installed = await peer.find();
      if (!installed) console.log(`${peer.name}: skipped, not installed: ${peer.install}`);
      else rows.push(await compared(family, sample, fitted, peer.name, installed));
    }
  } catch (error) {
    failures.push((error as Error).message);
  }
  await sample.remove();
}

if (!values.quick)
  printVerdicts(
    rows.map(({ family, peer, fits, ratio, processorRatio, milliseconds, peerMilliseconds }) => ({
      goal: `${family}: ${REPLICATES} replicates in less time than ${fits === 1 ? "one fit" : `${fits} fits`} of ${peer}`,
      found: `${times(ratio)}, of processor time ${times(processorRatio)} (${(milliseconds / 1000).toFixed(2)} s; a fit ${(peerMilliseconds / 1000).toFixed(2)} s)`,
      met: Math.min(ratio, processorRatio) > 1 ? "met" : "MISSED",
    })),
  );
if (n === GOAL_ROWS && rows.length === R.length * Object.keys(FITS).length) await write("bootstrap", { rows });
failures.push(
  ...rows
    .filter(({ ratio, processorRatio }) => !(ratio > 1 && processorRatio > 1))
    .map(({ family, peer }) => `${family}: ${peer} took less time.`),
);
for (const message of failures) console.error(message);
if (failures.length > 0) process.exitCode = 1;

/** Nothing is timed whose replicates fail, are no maxima, or do not have the spread and the centre that theory gives them. */
function verify(fitted: Fit, { failed, error, standardErrors, bias }: Bootstrap): void {
  const { distribution, parameters } = fitted;
  if (failed.count > 0) throw new Error(`${distribution}: ${failed.count} replicates have no maximum.`);
  if (!(error < 1e-6)) throw new Error(`${distribution}: a replicate lies ${error} standard errors from its maximum.`);
  for (const name of parameters) {
    const stated = fitted.standardErrors[name]!;
    const apart = Math.abs(standardErrors[name]! / stated - 1) * Math.sqrt(2 * REPLICATES);
    const off = (Math.abs(bias[name]!) / stated) * Math.sqrt(REPLICATES);
    if (!(apart < 4.5))
      throw new Error(`${distribution}: the replicates' standard error of ${name} is ${standardErrors[name]}, for ${stated}.`);
    if (!(off < 4.5)) throw new Error(`${distribution}: the replicates' bias of ${name} is ${bias[name]}.`);
  }
}

async function compared(
  family: string,
  { file }: SampleFile,
  fitted: Fit,
  peer: string,
  { version, command }: { readonly version: string; readonly command: readonly string[] },
): Promise<BootstrapRow> {
  const question = { family, file, n, seconds: SECONDS };
  const answer = async <A extends EngineAnswer>(program: readonly string[], name: string) => {
    const outcome = await ask<A>(program, question, Number(values.limit));
    if (outcome.kind === "answer") return outcome.answer;
    throw new Error(`${family}: ${name}: ${"reason" in outcome ? outcome.reason : `stopped after ${values.limit} s`}`);
  };
  const engine = () => answer<EngineAnswer & { readonly error: number }>(javascript("bootstrapEngine"), "loglik");
  const before = await engine();
  const theirs = await answer(command, peer);
  const after = await engine();
  fitted.parameters.forEach((name, i) => {
    const apart = Math.abs(theirs.estimates[i]! - fitted.estimates[name]!) / fitted.standardErrors[name]!;
    if (!(apart < 0.5)) throw new Error(`${family}: ${peer} ends at ${name} = ${theirs.estimates[i]}, ${apart.toFixed(2)} SE off.`);
  });
  const milliseconds = median([...before.ms, ...after.ms]);
  const peerMilliseconds = median(theirs.ms);
  const fits = FITS[family]!;
  const processor = (answers: readonly EngineAnswer[]) =>
    answers.reduce((sum, { processorMs }) => sum + processorMs!, 0) / answers.reduce((sum, { ms }) => sum + ms.length, 0);
  return {
    family,
    n,
    replicates: REPLICATES,
    peer,
    version,
    milliseconds: significant(milliseconds),
    peerMilliseconds: significant(peerMilliseconds),
    fits,
    ratio: significant((fits * peerMilliseconds) / milliseconds),
    processorRatio: significant((fits * processor([theirs])) / processor([before, after])),
    error: Math.max(before.error, after.error),
  };
}
