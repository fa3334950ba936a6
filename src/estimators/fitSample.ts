import { firstFailing, type Observations } from "../data/observations.ts";
import { type Family, holds } from "../distributions/family.ts";
import { coordinates } from "../likelihood/coordinates.ts";
import { isVerdict } from "../likelihood/model.ts";
import { charts } from "../math/charts.ts";
import type { Evaluated, Optimum } from "../optimize/objective.ts";
import type { Sample } from "../wasm/sample.ts";
import { concluded, type Fitted, ruled } from "./conclusion.ts";
import type { Fit } from "./result.ts";
import { search } from "./search.ts";
import type { FitOptions } from "./settings.ts";

/** Options by index instead of by name. */
export interface Settings extends Omit<FitOptions, "fixed" | "start"> {
  readonly fixed: readonly (number | undefined)[];
  readonly start: readonly (number | undefined)[];
}

/** Rows above which the caller's event loop gets a turn between evaluations. */
const YIELD_ROWS = 1 << 18;

/** @throws RangeError naming the first value outside the family's support. */
export function checkSupport(family: Family, sample: Sample, given: Observations): void {
  const { support } = family;
  const { min, max } = sample.extent;
  const inside = holds({ ...support, whole: false }, min) && holds({ ...support, whole: false }, max);
  if (inside && !(support.whole && typeof sample.counts === "number")) return;
  throw new RangeError(`${firstFailing(given, (value) => holds(support, value))}; ${family.name} needs ${support.text}.`);
}

/** Model, search, conclusion: a fit of one family to a sample that lies in its support. */
export async function fitSample(family: Family, sample: Sample, settings: Settings): Promise<Fit> {
  settings.signal?.throwIfAborted();
  const before = sample.passes;
  const passes = () => sample.passes - before + 1;
  const found = family.model(sample, settings.fixed);
  const fitted: Fitted = { family, sample, fixed: settings.fixed, importance: settings.weightType === "importance" };
  if (isVerdict(found)) return ruled(fitted, found, passes());
  const { parameters } = family;
  const own = parameters.map(({ domain }) => charts[domain]);
  const at = coordinates(found, own, settings.fixed);
  const near = parameters.some((parameter) => parameter.near)
    ? coordinates(
        found,
        parameters.map((parameter, i) => parameter.near ?? own[i]!),
        settings.fixed,
      )
    : undefined;
  const given = found.closed ? undefined : at.start(settings.start);
  const report = (logLik: number) => settings.onProgress?.({ distribution: family.name, passes: passes(), logLik });
  const { verdict, ...end } = await search(found, { at, near }, sample, given, (iteration, which, scale) =>
    run(iteration, sample, settings, which === "evaluate" ? (value) => report(value / scale) : undefined),
  );
  if (verdict) return ruled(fitted, verdict, passes());
  return concluded(fitted, found, at, end, passes());
}

async function run(
  iteration: Generator<Evaluated, Optimum>,
  sample: Sample,
  settings: Settings,
  progress?: (logLik: number) => void,
): Promise<Optimum> {
  for (;;) {
    settings.signal?.throwIfAborted();
    const { done, value } = iteration.next();
    if (done) return value;
    progress?.(value.value);
    if (sample.rows > YIELD_ROWS && (settings.signal || settings.onProgress)) await new Promise((resolve) => setTimeout(resolve));
  }
}
