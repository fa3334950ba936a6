import { median } from "../measure.ts";
import { significant } from "../results.ts";
import { ask } from "./ask.ts";
import type { Contestant, Effort } from "./match.ts";
import { javascript } from "./roster.ts";
import type { SampleFile } from "./samples.ts";

/** Times of both on the same positive column. */
export interface RankingTimes {
  readonly n: number;
  readonly milliseconds: number;
  readonly weibull: number;
  readonly ratio: number;
}

/** `fitBest` over the catalogue, before and after SciPy's fit of one family. */
export async function ranking(n: number, { file }: SampleFile, scipy: Contestant, effort: Effort): Promise<RankingTimes | undefined> {
  const one = async (command: readonly string[], family: string) => {
    const outcome = await ask(command, { family, file, n, seconds: effort.seconds }, effort.limit);
    return outcome.kind === "answer" ? [...outcome.answer.ms] : undefined;
  };
  const before = await one(javascript("engine"), "fitBest");
  const weibull = await one(scipy.installed.command, "weibull");
  const after = await one(javascript("engine"), "fitBest");
  if (!before || !weibull || !after) return undefined;
  const [ours, theirs] = [median([...before, ...after]), median(weibull)];
  return { n, milliseconds: significant(ours), weibull: significant(theirs), ratio: significant(theirs / ours) };
}
