import type { Fit } from "../estimators/result.ts";
import { log } from "../math/elementary.ts";
import { normalQuantile } from "../math/normal.ts";
import { cos, sin } from "../math/trig.ts";
import { namedOf } from "./plotData.ts";
import type { ContourData, PlotDataOptions, ProfileData } from "./plotShapes.ts";

// The likelihood about its maximum as a deviance 2 (max logLik - logLik): under regularity chi-squared with as many degrees of freedom as
// parameters are held (Wilks 1938), so that its level sets are the edges of confidence regions.

/** Levels of the regions of two parameters. */
const REGIONS = [0.5, 0.9, 0.95];

/** Profiles of the free parameters, or of those asked for. */
export async function profileData([fit]: readonly Fit[], { level = 0.95, parameters, points }: PlotDataOptions): Promise<ProfileData> {
  const names = parameters ?? freeOf(fit!);
  checkParameters(fit!, names);
  const options = { level, ...(points !== undefined && { points }) };
  const profiles: ProfileData["profiles"][number][] = [];
  for (const name of names) {
    const { estimate, logLik, interval, curve } = await fit!.profile(name, options);
    profiles.push({
      of: name,
      estimate,
      interval,
      standardError: fit!.standardErrors[name]!,
      curve: curve.map((point) => ({ value: point.value, deviance: Math.max(0, 2 * (logLik - point.logLik)) })),
    });
  }
  return { kind: "profile", level, threshold: normalQuantile((1 + level) / 2) ** 2, fit: namedOf(fit!), profiles };
}

/** The surface of two parameters, the others at their best. */
export async function contourData([fit]: readonly Fit[], { parameters, points }: PlotDataOptions): Promise<ContourData> {
  const names = parameters ?? freeOf(fit!).slice(0, 2);
  checkParameters(fit!, names);
  const [first, second] = names;
  if (names.length !== 2 || first === second) {
    throw new RangeError(`${fit!.distribution}: "contour" needs two different free parameters; found ${names.join(", ") || "none"}.`);
  }
  const { x, y, logLik } = await fit!.surface(first!, second!, {
    level: REGIONS.at(-1)!,
    ...(points !== undefined && { points }),
  });
  const regions = REGIONS.map((level) => ({ level, deviance: -2 * log(1 - level) }));
  return {
    kind: "contour",
    fit: namedOf(fit!),
    parameters: [first!, second!],
    x,
    y,
    deviance: logLik.map((row) => row.map((value) => Math.max(0, 2 * (fit!.logLik - value)))),
    regions,
    ellipses: regions.map(({ level, deviance }) => ({ level, ...ellipse(fit!, first!, second!, deviance) })),
  };
}

function freeOf({ parameters, standardErrors }: Fit): readonly string[] {
  return parameters.filter((name) => standardErrors[name] !== 0);
}

function checkParameters({ distribution, parameters }: Fit, names: readonly string[]): void {
  const unknown = names.find((name) => !parameters.includes(name));
  if (unknown !== undefined) {
    throw new RangeError(`parameters holds "${unknown}"; ${distribution} has no such parameter, it has ${parameters.join(", ")}.`);
  }
}

/** Where the quadratic form of the two estimates' covariance equals a deviance, by its Cholesky factor. */
function ellipse({ parameters, estimates, vcov }: Fit, first: string, second: string, deviance: number): { x: number[]; y: number[] } {
  const [i, j] = [parameters.indexOf(first), parameters.indexOf(second)];
  const a = Math.sqrt(vcov[i]![i]!);
  const b = vcov[i]![j]! / a;
  const c = Math.sqrt(vcov[j]![j]! - b * b);
  if (!(a > 0 && c > 0)) return { x: [], y: [] };
  const radius = Math.sqrt(deviance);
  const turns = Array.from({ length: 97 }, (_, k) => (2 * Math.PI * k) / 96);
  return {
    x: turns.map((turn) => estimates[first]! + radius * a * cos(turn)),
    y: turns.map((turn) => estimates[second]! + radius * (b * cos(turn) + c * sin(turn))),
  };
}
