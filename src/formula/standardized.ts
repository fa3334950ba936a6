// R's scale(): a column less its mean, over its standard deviation.

import { Accumulator } from "../math/sum.ts";
import { matched } from "./arguments.ts";
import { deparse } from "./deparse.ts";
import { evaluate, learn, mapped, numeric, type Scope, senseless } from "./evaluate.ts";
import type { Call, Node } from "./syntax.ts";
import type { Value } from "./value.ts";

export function standardized(node: Call, scope: Scope): Value {
  const { nodes } = matched(node, scope, ["x", "center", "scale"], 1);
  const [of] = nodes as [Node];
  const x = numeric(evaluate(of, scope), of, scope);
  if (typeof x === "number") throw senseless(scope, `scales ${deparse(of)}, a constant; a column is needed`, node);
  const setting = (place: number): number | boolean => {
    const given = nodes[place];
    const value = given ? evaluate(given, scope) : undefined;
    if (value === undefined) return true;
    if (value.kind === "constant" && typeof value.value !== "string") return value.value;
    throw senseless(scope, `has ${deparse(given!)} in scale(); TRUE, FALSE or a number is needed`, node);
  };
  const { center, size } = learn(scope, node, () => {
    const [about, over] = [setting(1), setting(2)];
    const center = about === true ? mean(x) : Number(about);
    const size = over === true ? deviation(x, center) : over === false ? 1 : over;
    if (size > 0) return { center, size };
    throw senseless(scope, `scales ${deparse(of)} by ${size}; more than one different value, or a scale > 0, is needed`, node);
  });
  return mapped((value) => (value - center) / size, x);
}

function mean(x: Float64Array): number {
  const total = new Accumulator();
  let rows = 0;
  for (const value of x) {
    if (value !== value) continue;
    total.add(value);
    rows++;
  }
  return total.sum / rows;
}

/** √(Σ (x - center)²/(n - 1)): about another centre than the mean, too. */
function deviation(x: Float64Array, center: number): number {
  const total = new Accumulator();
  let rows = 0;
  for (const value of x) {
    if (value !== value) continue;
    total.add((value - center) * (value - center));
    rows++;
  }
  return Math.sqrt(total.sum / Math.max(1, rows - 1));
}
