import { log } from "../math/elementary.ts";
import { comparedEnds } from "./knownRows.ts";
import type { SurvregFindings } from "./survregFit.ts";
import type { ComparedLaw } from "./vglmComparison.ts";

/** How accelerated failure times are compared: exponential and rayleigh are weibull with the scale held. */
export function survregLaw({ distribution, unit, known, data, given }: Omit<SurvregFindings, "withoutColumns">): ComparedLaw {
  const { lower, upper } = data.columns;
  return {
    likelihood: "densities",
    law: distribution.within ?? distribution.name,
    names: ["location", "scale"],
    links: [distribution.logs ? "log" : "identity", "log"],
    held: distribution.scale === undefined ? {} : { scale: distribution.scale },
    responses: comparedEnds(known, given.kept),
    left: (row) => (lower![row] === upper![row] ? -log(unit) - (distribution.logs ? unit * lower![row]! : 0) : 0),
  };
}
