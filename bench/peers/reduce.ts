import { cases } from "../cases.ts";
import { reductions } from "../reductions.ts";
import { question, readInto, reply, serve } from "./childSide.ts";

// Plain JavaScript with the typed array's own `reduce`: the engine's algorithm and passes. The engine is imported with the cases, but not
// run: a program in which a WebAssembly memory grew has slower loops.

const { family, file } = question();
const plain = cases.find(({ name }) => name === family)?.plain;

if (!plain) reply({ skip: `no ${family} is written with reduce` });
else {
  await serve(
    (n) => readInto(new Float64Array(n), file),
    (x) => plain(reductions, x),
    ({ estimates }) => estimates,
    family === "normal" ? "closed form" : family === "gamma" ? "equation of sums" : "own iteration",
  );
}
