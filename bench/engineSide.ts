import { allocate, fit, sum, sumLog } from "loglik";
import { cases, samples, sizesOf } from "./cases.ts";
import type { Contender, Entry, Side } from "./contenders.ts";
import { Contest } from "./measure.ts";

/** The engine, on a column in the heap and on its twin in the engine's memory. */
export function engineSide(quick: boolean): Side {
  const column = samples(quick);
  const twin = allocate(Math.max(...cases.flatMap((each) => sizesOf(each, quick))));
  let filled = "";
  return new Contest((name, n) => {
    const { case: each, x } = column(name);
    if (filled !== name) twin.set(x);
    filled = name;
    const work = (data: Float64Array) => () =>
      each.work === "fit" ? fit(each.family, data) : each.work === "sum" ? sum(data) : sumLog(data);
    return [entry("copied", work(x.subarray(0, n))), entry("resident", work(twin.subarray(0, n)))];
  });
}

function entry(contender: Contender, run: () => Promise<number> | ReturnType<typeof fit>): Entry {
  return {
    contender,
    async: true,
    run,
    async find() {
      const found = await run();
      if (typeof found === "number") return { estimates: [found], logLik: Number.NaN, passes: Number.NaN };
      if (found.status !== "interior") throw new Error(`${contender}: ${found.status}: ${found.reason}`);
      return { estimates: found.parameters.map((name) => found.estimates[name]!), logLik: found.logLik, passes: found.passes };
    },
  };
}
