import { firstFailing, type Numbers, type Observations } from "../data/observations.ts";
import { bytesOf, copyingEngine, type Engine, ownerOf, trim } from "./engine.ts";
import { type Look, Sample } from "./sample.ts";

/**
 * Runs `work` on the observations as a sample in an engine's memory: in place where they were allocated there, otherwise copied once.
 * Rows of weight 0 are absent. The memory is taken back when the work ends. `look` is what the first pass sums.
 *
 * @throws RangeError for NaN, infinities, negative weights, no positive weight, each with place and value.
 */
export async function withSample<T>(given: Observations, work: (sample: Sample) => Promise<T> | T, look: Look = "scan"): Promise<T> {
  const { x, weights } = given;
  checkWeights(weights);
  const owner = ownerOf(x);
  const thinned = weights !== undefined && hasZero(weights);
  const inPlace = owner !== undefined && !thinned && (weights === undefined || ownerOf(weights) === owner);
  const engine = inPlace ? owner : copyingEngine(bytesOf(x.length) * (weights ? 2 : 1));
  try {
    return await engine.exclusive(async () => {
      const sample = inPlace
        ? new Sample(
            engine,
            (x as Float64Array).byteOffset,
            (weights as Float64Array | undefined)?.byteOffset,
            x.length,
            look,
            columnsOf(given),
          )
        : copied(engine, given, thinned, look);
      if (!sample.finite) {
        const place = firstFailing(given, Number.isFinite);
        if (place) throw new RangeError(`${place}; finite values are needed.`);
      }
      return await work(sample);
    });
  } finally {
    trim(engine);
  }
}

/** The rows' constants, without those of rows of weight 0. */
function columnsOf({ weights, columns }: Observations): ReadonlyMap<string, Float64Array> {
  return new Map([...columns].map(([name, column]) => [name, Float64Array.from(column).filter((_, i) => weights?.[i] !== 0)]));
}

function copied(engine: Engine, given: Observations, thinned: boolean, look: Look): Sample {
  const { x, weights } = given;
  const { arena } = engine;
  if (!thinned) return new Sample(engine, arena.put(x), weights && arena.put(weights), x.length, look, columnsOf(given));
  const [values, counts] = [arena.reserve(x.length), arena.reserve(x.length)];
  const [to, w] = [arena.view(values, x.length), arena.view(counts, x.length)];
  let rows = 0;
  for (let i = 0; i < x.length; i++) {
    if (weights![i] === 0) continue;
    to[rows] = x[i]!;
    w[rows++] = weights![i]!;
  }
  return new Sample(engine, values, counts, rows, look, columnsOf(given));
}

/** @throws RangeError for weights that are not finite or negative, or sum to 0 or beyond the squares of doubles. */
/** @throws RangeError for a weight that is none, at its `place` in the data. */
export function checkWeights(weights: Numbers | undefined, place: (row: number) => number = (row) => row): void {
  if (!weights) return;
  let sum = 0;
  for (let i = 0; i < weights.length; i++) {
    const weight = weights[i]!;
    if (!(weight >= 0 && weight < Number.POSITIVE_INFINITY)) {
      throw new RangeError(`weights[${place(i)}] is ${weight}; weights must be finite and >= 0.`);
    }
    sum += weight;
  }
  if (sum === 0) throw new RangeError("All weights are 0; at least one must be > 0.");
  // Squares of weights and of their inverses must be doubles too.
  if (!(sum > 1e-150 && sum < 1e150)) throw new RangeError(`The weights sum to ${sum}; a sum between 1e-150 and 1e150 is needed.`);
}

function hasZero(weights: Numbers): boolean {
  for (let i = 0; i < weights.length; i++) if (weights[i] === 0) return true;
  return false;
}
