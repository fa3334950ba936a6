// --prior shape=gamma,2,1 as an option of `fit`.

import type { Prior } from "loglik";
import type { FitOptions } from "./options.ts";
import { Refusal } from "./refusal.ts";

/** Priors with their values by name. */
export async function priorsOf(given: NonNullable<FitOptions["prior"]>): Promise<Record<string, Prior>> {
  const { distribution, distributions } = await import("loglik");
  const named = Object.entries(given).map(([parameter, { distribution: name, values }]): [string, Prior] => {
    distribution(name);
    const entry = distributions.find((own) => own.name === name)!;
    const names = [...entry.parameters, ...entry.constants.filter((constant) => constant.default === undefined)].map((own) => own.name);
    if (values.length !== names.length) {
      throw new Refusal(`--prior ${parameter}=${name},${values.join(",")}: ${name} needs ${names.join(", ")}`);
    }
    return [parameter, { distribution: name, ...Object.fromEntries(names.map((own, i) => [own, values[i]!])) }];
  });
  return Object.fromEntries(named);
}
