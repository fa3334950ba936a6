// Prints the report of web/fits.js from the Node that runs it, on the built package, with its inlined kernels or those of the file named.
// Plain JavaScript: Node 20 to 26 run it as it is.

import * as loglik from "loglik";
import { run } from "../../web/fits.js";

const [kernels] = process.argv.slice(2);
if (kernels) await loglik.init({ url: kernels });
const start = performance.now();
const report = await run(loglik);
console.log(JSON.stringify({ version: process.version, seconds: (performance.now() - start) / 1000, report }));
