import { exp } from "../math/elementary.ts";
import type { CoxModel } from "./coxData.ts";
import { after } from "./eventTimes.ts";
import type { Moments } from "./partialLikelihood.ts";

/** One entry for each distinct time of each stratum. */
export interface BaselineHazard {
  readonly time: Float64Array;
  /** Cumulative. */
  readonly hazard: Float64Array;
  /** e^-hazard. */
  readonly survival: Float64Array;
  /** Of each entry, where there are strata. */
  readonly strata: readonly string[] | undefined;
}

/**
 * The cumulative hazard: Breslow's estimate (1972, J. R. Statist. Soc. B 34, 216), or Efron's, as R's survfit has them. Sums are kept with the
 * exponents of their risk sets.
 */
export class CumulativeHazard {
  private readonly lows: Float64Array;
  private readonly sums: Float64Array;

  constructor(
    private readonly model: CoxModel,
    { hazard, risk }: Moments,
  ) {
    const { lows, sums } = model.likelihood.sets.cumulative(hazard, risk.tops);
    this.lows = lows;
    this.sums = sums;
  }

  /** Up to and including a time, of a row whose predictor differs by eta from that of its stratum's means. */
  at(time: number, stratum: number, eta: number): number {
    const { ranges, times } = this.model.at;
    const place = after(times, time, ranges[stratum]!, ranges[stratum + 1]!);
    return place > ranges[stratum]! ? this.sums[place - 1]! * exp(eta - this.lows[place - 1]!) : 0;
  }

  /** At all times of the rows, for predictors that differ from the strata's means by `shifts`. */
  table(shifts: Float64Array): BaselineHazard {
    const { observed, strata } = this.model;
    const own: number[][] = Array.from(shifts, () => []);
    const { time, stratum } = observed;
    for (let i = 0; i < time.length; i++) own[stratum ? stratum[i]! : 0]!.push(time[i]!);
    const [times, hazards, labels]: [number[], number[], string[]] = [[], [], []];
    own.forEach((all, s) => {
      const sorted = Float64Array.from(all).sort();
      sorted.forEach((t, i) => {
        if (i > 0 && t === sorted[i - 1]) return;
        times.push(t);
        hazards.push(this.at(t, s, shifts[s]!));
        if (strata) labels.push(strata.levels[s]!);
      });
    });
    const hazard = Float64Array.from(hazards);
    return {
      time: Float64Array.from(times),
      hazard,
      survival: hazard.map((h) => exp(-h)),
      strata: strata && labels,
    };
  }
}
