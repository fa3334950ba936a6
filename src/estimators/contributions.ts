import { boundOf, isPartial } from "../data/censoring.ts";
import { logInterval } from "../math/interval.ts";
import { type Asked, settingsOf } from "./asked.ts";
import { scoredRows } from "./partialScores.ts";
import { problemOf, tailsOf } from "./problem.ts";
import type { Fit } from "./result.ts";

/** What a row that counts adds to the log-likelihood, and its derivatives in the natural parameters. */
export interface ContributingRow {
  /** Place among the rows that count. */
  readonly row: number;
  readonly weight: number;
  readonly logLik: number;
  score(): readonly number[];
}

/** The rows' contributions at a fit's estimates. */
export function contributions(asked: Asked, r: Fit): Iterable<ContributingRow> {
  const theta = r.parameters.map((name) => r.estimates[name]!);
  if (!isPartial(asked.options)) return ofValues(asked, theta);
  // A standard error of one row is the spread of the data, as far as a parameter sees it.
  const unit = r.parameters.map((name, i) => r.standardErrors[name]! * Math.sqrt(r.nobs) || Math.abs(theta[i]!) || 1);
  return ofPartial(asked, theta, unit);
}

function* ofValues(asked: Asked, theta: readonly number[]): Generator<ContributingRow> {
  const { family, options } = asked;
  const x = asked.x!;
  const { constants } = settingsOf(asked);
  const columns = options as Record<string, ArrayLike<number>>;
  for (let i = 0, row = 0; i < x.length; i++) {
    const weight = options.weights?.[i] ?? 1;
    if (weight === 0) continue;
    const own = [...theta, ...constants.map((value, k) => value ?? columns[family.constants![k]!.name]![i]!)];
    yield { row: row++, weight, logLik: family.logPdf(x[i]!, own), score: () => family.score(x[i]!, own) };
  }
}

function* ofPartial(asked: Asked, theta: readonly number[], unit: readonly number[]): Generator<ContributingRow> {
  const { problem } = problemOf(asked.family, asked.x, settingsOf(asked));
  const { family, rows, constants, shift } = problem;
  const { whole, lower: lowest, upper: highest } = family.support;
  const moved = theta.map((value, i) => (family.parameters[i]!.shifts ? value - shift : value));
  const tails = tailsOf(family, [...moved, ...constants]);
  const log = (a: number, b: number) => logInterval(tails, a - shift, b - shift, whole);
  for (const scored of scoredRows(problem, unit, theta)) {
    const at = scored.at;
    const [lower, upper] = [rows.lower[at]!, rows.upper[at]!];
    const [after, until] = [boundOf(rows.after, at), boundOf(rows.until, at)];
    const seen = after <= lowest && until >= highest && !whole ? 0 : log(after, until);
    const own = lower === upper ? tails.logPdf(lower - shift) : log(Math.max(lower, after), Math.min(upper, until));
    yield { row: scored.row, weight: scored.weight, logLik: own - seen, score: () => scored.score };
  }
}
