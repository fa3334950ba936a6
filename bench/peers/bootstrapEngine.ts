import { allocate, bootstrap, fit } from "loglik";
import { question, readInto, serve } from "./childSide.ts";

// The engine as a peer: a fit and a thousand bootstrap replicates of it, BCa intervals included.

const { family, file } = question();
await serve(
  (n) => readInto(allocate(n), file),
  async (x) => {
    const fitted = await fit(family, x);
    const replicated = await bootstrap(fitted);
    return { fitted, replicated, intervals: replicated.confint() };
  },
  ({ fitted }) => fitted.parameters.map((name) => fitted.estimates[name]!),
  "own iteration",
  ({ fitted, replicated }) => ({
    status: fitted.status,
    logLik: fitted.logLik,
    standardErrors: fitted.parameters.map((name) => fitted.standardErrors[name]!),
    error: replicated.error,
    failed: replicated.failed.count,
    bootstrapErrors: fitted.parameters.map((name) => replicated.standardErrors[name]!),
  }),
);
