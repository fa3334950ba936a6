// Arguments of a call against a function's parameters, matched as R matches them: by name, by the beginning of a name, by place.

import { deparse } from "./deparse.ts";
import { described, evaluate, type Scope, senseless } from "./evaluate.ts";
import type { Call, Node } from "./syntax.ts";

interface Kinds {
  readonly number: number;
  readonly string: string;
  readonly boolean: boolean;
}

export interface Matched {
  /** By parameter; undefined where one is not given. */
  readonly nodes: readonly (Node | undefined)[];
  /** What "..." takes. */
  readonly rest: readonly Node[];
  /** The constant given for a parameter. */
  constant<K extends keyof Kinds>(name: string, kind: K): Kinds[K] | undefined;
  /** The constants given for a parameter: one, or several in c(). */
  list(name: string): readonly (number | string | boolean)[] | undefined;
}

/**
 * @param parameters - In order; what is behind "..." is taken by name alone.
 * @param required - How many of the first must be given.
 * @throws RangeError naming an argument that the function does not have, or one that is missing.
 */
export function matched(node: Call, scope: Scope, parameters: readonly string[], required: number): Matched {
  const dots = parameters.indexOf("...");
  const nodes: (Node | undefined)[] = parameters.map(() => undefined);
  const rest: Node[] = [];
  const unnamed: Node[] = [];
  const refuse = (wrong: string) => senseless(scope, `calls ${deparse(node)}: ${wrong}`, node);
  for (const operand of node.operands) {
    if (operand.name === undefined) {
      unnamed.push(operand.node);
      continue;
    }
    const { name } = operand;
    const starts = parameters.flatMap((parameter, k) => (parameter.startsWith(name) && k !== dots ? [k] : []));
    const place = parameters.includes(name) ? parameters.indexOf(name) : starts.length === 1 ? starts[0]! : -1;
    if (place < 0 || nodes[place]) {
      throw refuse(`${name} is ${place < 0 ? "no argument of it" : "given twice"}; it takes ${parameters.join(", ")}`);
    }
    nodes[place] = operand.node;
  }
  for (const one of unnamed) {
    const place = nodes.findIndex((given, k) => !given && k !== dots && (dots < 0 || k < dots));
    if (place >= 0) nodes[place] = one;
    else if (dots >= 0) rest.push(one);
    else throw refuse(`it takes ${parameters.length} at most: ${parameters.join(", ")}`);
  }
  const missing = nodes.findIndex((given, k) => !given && k < required);
  if (missing >= 0) throw refuse(`${parameters[missing]} is missing`);

  const argument = (name: string) => {
    const node = nodes[parameters.indexOf(name)];
    return node && { node, value: evaluate(node, scope) };
  };
  return {
    nodes,
    rest,
    constant<K extends keyof Kinds>(name: string, kind: K): Kinds[K] | undefined {
      const found = argument(name);
      if (!found) return undefined;
      const { node: at, value } = found;
      const is = value.kind === "constant" ? typeof value.value : undefined;
      if (value.kind === "constant" && is === kind) return value.value as Kinds[K];
      throw senseless(scope, `has ${described(value)} as ${name} of ${node.name}(); a ${kind} is needed`, at);
    },
    list(name) {
      const found = argument(name);
      if (!found) return undefined;
      const { node: at, value } = found;
      if (value.kind === "constant") return [value.value];
      if (value.kind === "list" && value.values.length > 0) return value.values;
      throw senseless(scope, `has ${described(value)} as ${name} of ${node.name}(); constants as c(1, 2) are needed`, at);
    },
  };
}
