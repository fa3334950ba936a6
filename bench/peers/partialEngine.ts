import { statSync } from "node:fs";
import { fit } from "loglik";
import { question, readInto, serve } from "./childSide.ts";
import { type Columns, partialCases } from "./partialCases.ts";

// The engine as a peer, for rows of which only bounds are known: the file holds all lower bounds, then all upper ones.

const { family: name, file } = question();
const { family, data } = partialCases.find((each) => each.name === name)!;
const rows = statSync(file).size / 16;

await serve(
  (n): Columns => ({ lower: readInto(new Float64Array(n), file), upper: readInto(new Float64Array(n), file, rows) }),
  (columns) => fit(family, ...data(columns)),
  ({ parameters, estimates }) => parameters.map((parameter) => estimates[parameter]!),
  "own iteration",
  ({ status, logLik, parameters, standardErrors }) => ({
    status,
    logLik,
    standardErrors: parameters.map((parameter) => standardErrors[parameter]!),
  }),
);
