import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";
import { reach, sourcesIn } from "./test/imports.ts";

// A test that reaches the engine runs on both builds, any other once. Which is which, its imports say; nobody keeps a list.
const ENGINE = ["src/wasm/load.ts", "test/build.ts"];
const tests = sourcesIn("test").filter((file) => file.endsWith(".test.ts"));
const onEngine = tests.filter((file) => ENGINE.some((part) => reach(file).has(part)));
const once = tests.filter((file) => !onEngine.includes(file));

function project(name: string, include: string[]) {
  const engine = name === "once" ? {} : { env: { LOGLIK_BUILD: name }, setupFiles: ["test/setup.ts"] };
  return { extends: true as const, test: { name, include, testTimeout: 60_000, ...engine } };
}

export default defineConfig({
  resolve: {
    alias: [
      { find: /^loglik$/, replacement: new URL("src/index.ts", import.meta.url).pathname },
      { find: /^loglik\/plot$/, replacement: new URL("src/plot/node.ts", import.meta.url).pathname },
    ],
  },
  test: {
    // Files share their worker's modules: reading some 450 of them anew for each file took a minute of every run.
    isolate: false,
    // Vitest leaves one processor out, which of two is half.
    maxWorkers: availableParallelism(),
    projects: [project("debug", onEngine), project("release", onEngine), project("once", once)].filter(
      ({ test }) => test.include.length > 0,
    ),
  },
});
