import type { Status } from "../estimators/result.ts";
import { endOf } from "../regression/searchEnd.ts";
import { scalesOf, type VglmFindings } from "./vglmFindings.ts";

/** How a search ended, in words. */
export function conclusionOf(findings: VglmFindings): { status: Status; reason: string } {
  const { names, own, found, limit, conclusion, remark } = findings;
  const { peak, runaway, aliased } = found;
  const all = [...names, ...own.map(({ name }) => name)];
  const left = all.filter((_, k) => aliased[k]);
  const without = left.length > 0 ? ` Combinations of columns before them, and left out: ${left.join(", ")}.` : "";
  const open = conclusion ? [] : all.filter((_, k) => runaway?.open?.[k]);
  const untold = open.length > 0 ? ` Nothing tells ${open.join(", ")} at the limit.` : "";
  const say = ({ status, reason }: { status: Status; reason: string }) => ({
    status,
    reason: reason + untold + without + (remark && status !== "interior" ? ` ${remark}` : ""),
  });
  if (conclusion) return say(conclusion);
  if (runaway) {
    const runs = all.filter((_, k) => runaway.runs[k]);
    const signs = reportedDirection(findings)
      .filter((_, k) => runaway.runs[k])
      .map(Math.sign);
    const known = limit?.(runs, runaway.bounded, signs);
    if (known) return say(known);
    const which = runs.map((name, k) => `${name} to ${signs[k]! > 0 ? "+" : "-"}infinity`).join(", ");
    const how = runaway.bounded ? "rises to a limit" : "rises without bound";
    return say({ status: "nonexistent", reason: `There is no maximum: the likelihood ${how} as coefficients run away (${which}).` });
  }
  const lost = peak.factored?.aliased.some((is, k) => is && !aliased[k]);
  return say(endOf(lost && peak.end !== "not-finite" ? "singular" : peak.end, peak.decrement));
}

/** The coefficients that run away, in these proportions. */
export function directionOf(findings: VglmFindings, parameters: readonly string[]): Record<string, number> {
  const { runs } = findings.found.runaway!;
  const direction = reportedDirection(findings);
  return Object.fromEntries(parameters.flatMap((name, k) => (runs[k] ? [[name, direction[k]!]] : [])));
}

/** Where the coefficients run away to, in the signs that they are reported with. */
function reportedDirection(findings: VglmFindings): number[] {
  const signs = scalesOf(findings).map(({ slope }) => Math.sign(slope(0)));
  return Array.from(findings.found.runaway!.direction, (value, k) => signs[k]! * value);
}
