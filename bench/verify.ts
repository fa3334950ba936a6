import type { AllFound, Side } from "./contenders.ts";

const ESTIMATES = 1e-8;
const LOG_LIK = 1e-10;

/**
 * Lets every contender compute the case and compares: a wrong kernel has no speed. Nor may the plain loop work harder than the engine: the
 * subsamples differ in a few rows, which may make a difference of one pass, not more; the report shows it.
 *
 * @throws Error naming case, contender, what it found and what the engine found.
 */
export async function verified(sides: readonly Side[], name: string, n: number): Promise<AllFound> {
  const found: AllFound = Object.assign({}, ...(await Promise.all(sides.map((side) => side.find(name, n)))));
  const engine = found.resident!;
  for (const [contender, other] of Object.entries(found)) {
    const where = `${name}, n = ${n}, ${contender}`;
    engine.estimates.forEach((expected, i) => {
      if (!close(other.estimates[i]!, expected, ESTIMATES)) {
        throw new Error(`${where}: estimate ${i} is ${other.estimates[i]}; the engine's is ${expected}.`);
      }
    });
    if (!Number.isNaN(other.logLik) && !close(other.logLik, engine.logLik, LOG_LIK)) {
      throw new Error(`${where}: log-likelihood ${other.logLik}; the engine's is ${engine.logLik}.`);
    }
    if ((contender === "loop" || contender === "reduce") && other.passes > engine.passes + 1) {
      throw new Error(`${where}: ${other.passes} passes where the engine makes ${engine.passes}: the comparison is not fair.`);
    }
  }
  return found;
}

function close(found: number, expected: number, tolerance: number): boolean {
  return Math.abs(found - expected) <= tolerance * Math.abs(expected);
}
