// What --ci makes: intervals by any method, and what the bootstrap says besides.

import type { Fit } from "loglik";
import type { IntervalsMade } from "../report/summary.ts";
import type { FitOptions } from "./options.ts";
import { bar } from "./progress.ts";

type Intervals = Readonly<Record<string, readonly [number, number]>>;

interface Made {
  readonly confint: Intervals;
  readonly made: IntervalsMade;
  /** Fields of the document. */
  readonly json: Readonly<Record<string, unknown>>;
}

/** The intervals that were asked for; where there is no fit, those of Wald, which say so. */
export async function intervalsOf(result: Fit, options: FitOptions): Promise<Made> {
  const { ci: method, level } = options;
  const fitted = result.status === "interior" || result.status === "boundary";
  const finite = Object.values(result.estimates).every(Number.isFinite);
  if (method === "profile" && fitted) {
    const confint = await result.confint({ level, method });
    return { confint, made: { method }, json: { ci: method, confint: spelled(confint) } };
  }
  if ((method === "percentile" || method === "bca") && fitted && finite) return replicated(result, method, options);
  const confint = result.confint({ level });
  return { confint, made: { method: "wald" }, json: { ci: "wald", confint } };
}

async function replicated(result: Fit, method: "percentile" | "bca", { level, boot: B = 1000, seed }: FitOptions): Promise<Made> {
  const { bootstrap } = await import("loglik");
  const shown = bar(B, "bootstrap", "replicates");
  try {
    const found = await bootstrap(result, { B, ...(seed !== undefined && { seed }), onProgress: ({ done }) => shown.update(done) });
    const { kind, standardErrors, bias, failed, error } = found;
    const numbers = { B, seed: found.seed, kind, standardErrors, bias, failed, error };
    const confint = found.confint({ level, method });
    return { confint, made: { method, bootstrap: numbers }, json: { ci: method, confint, bootstrap: numbers } };
  } finally {
    shown.stop();
  }
}

/** JSON has no infinities, and an end that is one must not read as missing. */
function spelled(intervals: Intervals): Record<string, (number | string)[]> {
  const end = (value: number) => (Math.abs(value) === Number.POSITIVE_INFINITY ? String(value) : value);
  return Object.fromEntries(Object.entries(intervals).map(([name, ends]) => [name, ends.map(end)]));
}
