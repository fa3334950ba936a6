// npm run test:package: the tarball that npm would publish, judged by publint and attw, then installed and used in an empty folder:
// imported by Node, run as a command, type-checked, and bundled for browsers by esbuild, Vite and Rollup.

import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { gzipSync } from "node:zlib";
import { bundlers } from "./bundlers.ts";

const consumer = mkdtempSync(join(tmpdir(), "loglik-consumer-"));
const tool = (name: string) => resolve("node_modules/.bin", name);

// In a folder of its own: pack, then look at what it wrote. "prepack" would build again; setup.mjs has.
mkdirSync("build/package", { recursive: true });
const [packed] = JSON.parse(run(".", "npm", "pack", "--json", "--ignore-scripts", "--pack-destination", "build/package"));
const tarball = resolve("build/package", packed.filename);

check("the tarball holds dist/ and what npm adds", () => {
  const strangers = packed.files
    .map(({ path }: { path: string }) => path)
    .filter((path: string) => !/^dist\/|^(?:package\.json|README\.md|LICENSE)$/.test(path));
  if (strangers.length > 0) throw new Error(`also ${strangers.join(", ")}`);
  return `${packed.entryCount} files, ${kilobytes(packed.size)} packed`;
});
check("publint", () => run(".", tool("publint"), tarball, "--strict") && "");
check("attw", () => run(".", tool("attw"), tarball, "--profile", "esm-only", "--format", "ascii", "--no-emoji") && "");

writeFileSync(join(consumer, "package.json"), '{ "type": "module", "private": true }');
writeFileSync(
  join(consumer, "use.ts"),
  `import { fit, gamma } from "loglik";
import type { plot } from "loglik/plot";
export type Picture = ReturnType<typeof plot>;
const x: number[] = Array.from({ length: 1000 }, (_, i) => 1 + (i % 17) / 4);
const byName = await fit("gamma", x);
const byDescriptor = await fit(gamma, Float64Array.from(x));
const shape: number = byName.estimates.shape!;
console.log(byName.status, shape === byDescriptor.estimates.shape, byName.logLik.toFixed(6));
`,
);
// The log-likelihood as R gives it: optim(c(1, 0), \(p) -sum(dgamma(1 + (0:999 %% 17) / 4, exp(p[1]), exp(p[2]), log = TRUE))).
const EXPECTED = "interior true -1627.036590";

check("it installs", () => run(consumer, "npm", "install", "--no-audit", "--no-fund", tarball) && "");
check("its types check, libraries included", () => {
  const options = { strict: true, module: "NodeNext", target: "ES2022", lib: ["ES2022", "DOM"], types: [], skipLibCheck: false };
  writeFileSync(join(consumer, "tsconfig.json"), JSON.stringify({ compilerOptions: options, files: ["use.ts"] }));
  run(consumer, tool("tsc"), "-p", ".");
  return "";
});
check('import { fit } from "loglik" in Node', () => same(run(consumer, process.execPath, "use.js")));
check('import { plot } from "loglik/plot" in Node', () => {
  writeFileSync(
    join(consumer, "picture.js"),
    `import { fit } from "loglik";\nimport { plot } from "loglik/plot";\nconsole.log(await plot(await fit("normal", [1, 2, 4]), "qq"));\n`,
  );
  const svg = run(consumer, process.execPath, "picture.js");
  if (!/^<svg [\s\S]*<\/svg>\s*$/.test(svg)) throw new Error(svg.slice(0, 300));
  return kilobytes(svg.length);
});
check("the command `loglik`", () => {
  const rows = Array.from({ length: 500 }, (_, i) => `${1 + (i % 17) / 4}`);
  writeFileSync(join(consumer, "data.csv"), `loss\n${rows.join("\n")}\n`);
  const out = run(consumer, join(consumer, "node_modules/.bin/loglik"), "fit", "data.csv", "--column", "loss", "--dist", "gamma", "--json");
  const { status, nobs } = JSON.parse(out);
  if (status !== "interior" || nobs !== 500) throw new Error(out);
  return "";
});
check("its pictures and its page, with no font of the system's", () => {
  const made = ["a.png", "a.svg", "a.html"];
  for (const file of made) {
    const flag = file.endsWith("html") ? "--report" : "--plot";
    run(consumer, join(consumer, "node_modules/.bin/loglik"), "fit", "data.csv", "--dist", "gamma", flag, file);
  }
  return made.map((file) => `${file} ${kilobytes(readFileSync(join(consumer, file)).length)}`).join(", ");
});

for (const [name, bundle] of Object.entries(bundlers)) {
  await checkLater(`bundled for browsers by ${name}`, async () => {
    const output = join(consumer, `${name}.mjs`);
    await bundle(consumer, "use.js", output);
    const text = readFileSync(output, "utf8");
    const forbidden = text.match(/["']node:\w+|@duckdb|\brequire\(/);
    if (forbidden) throw new Error(`the bundle speaks of ${forbidden[0]}`);
    same(run(consumer, process.execPath, output));
    return `${kilobytes(text.length)}, ${kilobytes(gzipSync(text).length)} gzipped`;
  });
}
rmSync(consumer, { recursive: true, force: true });

function check(what: string, body: () => string): void {
  try {
    report("ok  ", what, body());
  } catch (error) {
    fail(what, error);
  }
}

async function checkLater(what: string, body: () => Promise<string>): Promise<void> {
  await body().then(
    (note) => report("ok  ", what, note),
    (error) => fail(what, error),
  );
}

function fail(what: string, error: unknown): void {
  process.exitCode = 1;
  const { stdout = "", stderr = "", message } = error as Error & { stdout?: string; stderr?: string };
  report("FAIL", what, `\n${stdout}${stderr || message}`);
}

function report(verdict: string, what: string, note: string): void {
  console.log(`${verdict} ${what}${note && ` (${note})`}`);
}

function run(cwd: string, command: string, ...args: string[]): string {
  return execFileSync(command, args, { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"], maxBuffer: 2 ** 26 });
}

function same(output: string): string {
  if (output.trim() !== EXPECTED) throw new Error(`prints ${output.trim()} where ${EXPECTED} is expected`);
  return "";
}

function kilobytes(bytes: number): string {
  return `${(bytes / 1000).toFixed(0)} kB`;
}
