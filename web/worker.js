import * as loglik from "../dist/index.js";
import { run } from "./fits.js";

run(loglik, undefined, (sample) => postMessage({ sample })).then(
  (report) => postMessage({ report }),
  (error) => postMessage({ error: String(error?.stack ?? error) }),
);
