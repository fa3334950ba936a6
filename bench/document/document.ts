import { writeFile } from "node:fs/promises";
import { ROOT } from "../results.ts";
import { found } from "./found.ts";
import { peersChart } from "./peersChart.ts";
import { ratioChart } from "./ratioChart.ts";
import { bootstrap, machine, memory, native, partial, peers, plain, ranking, roofline } from "./sections.ts";
import { timeChart } from "./timeChart.ts";

// `npm run bench:document`: docs/benchmarks.md and its pictures from bench/results/*.json, nothing measured.

const oldest = found.plain[0]!;
const draw = (name: string, svg: string) => writeFile(new URL(`docs/${name}.svg`, ROOT), svg);
await draw("bench", ratioChart(oldest));
await draw("time", timeChart(oldest, found.roofline.rows.find(({ kernel, n }) => kernel === "copy" && n === 2 ** 24)!.gigabytes));
await draw("peers", peersChart(found.peers));
await writeFile(
  new URL("docs/benchmarks.md", ROOT),
  `# Benchmarks

Written by \`npm run bench:document\` from \`bench/results/*.json\`. All figures are ratios of runs that took turns on one machine, medians, one
thread; every result is verified before anything is timed. ${machine(oldest)}

| command | what it does |
|---|---|
| \`npm run bench\` | against pure JavaScript; writes \`bench/results/<node>.json\` |
| \`npm run bench:peers\` | against R, SciPy and ranjs, as far as they are installed |
| \`npm run bench:partial\` | censored and truncated rows against R |
| \`npm run bench:bootstrap\` | a thousand bootstrap replicates against single fits of R |
| \`npm run bench:native\` | the kernels against C, where a compiler is there |
| \`npm run bench:roofline\` | bytes and operations a second against the machine's peaks |
| \`npm run bench:guard\` | fails where a ratio has fallen by more than 30 % |

## Against plain JavaScript

![Times faster than a plain loop, by family](bench.svg)

${plain(found.plain)}

## Time against rows

![Time of a fit from 10³ to 10⁸ rows](time.svg)

## Against what people use instead

![Times faster than R, SciPy and ranjs, by family](peers.svg)

${peers(found.peers)}

## Censored and truncated rows

${partial(found.partial)}

## The bootstrap

${bootstrap(found.bootstrap)}

## The ranking of all families

${ranking(found.ranking)}

## Memory

${memory(found.peers)}

## Against C

${native(found.native)}

## Against the machine

${roofline(found.roofline)}
`,
);
