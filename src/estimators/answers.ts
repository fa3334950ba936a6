import { deltaMethod } from "../inference/delta.ts";
import { checkInterval } from "../inference/wald.ts";
import { charts } from "../math/charts.ts";
import { type Asked, answering } from "./asked.ts";
import { withGround } from "./ground.ts";
import { type Open, profileIntervals, profileOf, surfaceOf } from "./profile.ts";
import type { Fit, Found, IntervalOptions, ProfileIntervalOptions } from "./result.ts";
import { atValues } from "./track.ts";

/** An estimate with all that can be asked about it; `open` leads to its likelihood, `holds` says where its parameters may lie. */
export function withQuestions(found: Found, open: Open, holds: (theta: readonly number[]) => boolean): Fit {
  const { names, estimates, errors } = vectors(found);
  function confint(options?: IntervalOptions): Record<string, [number, number]>;
  function confint(options: ProfileIntervalOptions): Promise<Record<string, [number, number]>>;
  function confint(options: IntervalOptions | ProfileIntervalOptions = {}) {
    if (options.method === "profile") return profileIntervals(found, open, options.level ?? 0.95, options.signal);
    return found.confint(options);
  }
  return {
    ...found,
    confint,
    profile: (of, options) => profileOf(found, open, of, options),
    surface: (a, b, options) => surfaceOf(found, open, a, b, options),
    estimate: (fn, { level = 0.95 } = {}) => {
      checkInterval(level, "wald");
      const value = (theta: readonly number[]) => (theta === estimates || holds(theta) ? atValues(fn, names, theta) : Number.NaN);
      return deltaMethod(value, estimates, found.vcov, errors, level);
    },
  };
}

/** The answer to what was asked of data. */
export function answered(found: Found, asked: Asked): Fit {
  const open: Open = (signal, work) => {
    const { weightType, cluster, prior } = asked.options;
    if (weightType === "importance") throw new RangeError(refusal("With importance weights"));
    if (cluster) throw new RangeError(refusal("With rows that depend on one another within clusters"));
    if (prior) throw new RangeError(PRIOR);
    return withGround(found, asked, signal, work);
  };
  const domains = asked.family.parameters.map(({ domain }) => charts[domain]);
  return answering(
    withQuestions(found, open, (theta) => theta.every((value, i) => domains[i]!.holds(value))),
    asked,
  );
}

const refusal = (where: string) =>
  `${where} the likelihood ratio has no chi-squared distribution, so that profile intervals are not valid; the Wald intervals of confint({ method: "wald" }), from the sandwich, are.`;

const PRIOR =
  "The estimate is the mode of a posterior, and a profile is the likelihood's alone; the intervals of confint({ method: \"wald\" }) are the posterior's.";

function vectors({ parameters, estimates, standardErrors }: Found) {
  return {
    names: parameters,
    estimates: parameters.map((name) => estimates[name]!),
    errors: parameters.map((name) => standardErrors[name]!),
  };
}
