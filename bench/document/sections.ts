import { memoryVerdicts, partialVerdicts, rankingVerdicts, ratioVerdicts } from "../peers/goals.ts";
import { optimum, rankedOptimum } from "../peers/tables.ts";
import { power, times } from "../report.ts";
import type { Results, Setting } from "../results.ts";
import type { BootstrapResults, NativeResults, PeerResults, RankingResults, RooflineResults } from "./found.ts";

export function machine({ machine: { cpu, cores, memoryGiB, platform }, node, date }: Setting): string {
  return `${cpu}, ${cores} cores, ${memoryGiB} GiB, ${platform}; Node ${node} unless another is named; ${date}.`;
}

/** By case and size, for each Node. */
export function plain(results: readonly Results[]): string {
  return results
    .map(({ node, rows }) => {
      const sizes = distinct(rows.map(({ n }) => n));
      const at = (name: string, n: number) => rows.find((row) => row.case === name && row.n === n);
      const of = (ratio: "loop" | "copied" | "reduce") =>
        markdown(
          [ratio === "loop" ? "data in memory" : ratio === "copied" ? "copy included" : "against `reduce`", ...sizes.map(power)],
          distinct(rows.map((row) => row.case)).map((name) => [name, ...sizes.map((n) => times(at(name, n)?.ratios[ratio]))]),
        );
      return `Node ${node}: how many times longer a plain loop of the same passes takes, or \`reduce\`.\n\n${[of("loop"), of("copied"), of("reduce")].join("\n\n")}`;
    })
    .join("\n\n");
}

export function peers({ versions, rows, limitSeconds }: PeerResults): string {
  const names = distinct(rows.map(({ peer }) => peer)).filter((peer) => peer !== "loglik");
  const at = (family: string, n: number, peer: string) => rows.find((row) => row.family === family && row.n === n && row.peer === peer);
  const tables = distinct(rows.map(({ n }) => n)).map((n) => {
    const cell = (family: string, peer: string) => {
      const row = at(family, n, peer);
      if (!row?.ratio) return row?.overSeconds ? `> ${limitSeconds} s` : "–";
      const optimum = row.optimum && !row.optimum.same ? " *" : "";
      return `${row.overSeconds ? "> " : ""}${times(row.ratio)}${optimum}`;
    };
    const families = distinct(rows.map(({ family }) => family));
    return markdown(
      [`${power(n)} rows`, ...names],
      families.map((family) => [family, ...names.map((peer) => cell(family, peer))]),
    );
  });
  const goals = ratioVerdicts(rows).map(({ goal, found, met }) => [goal, found, met]);
  return `Times longer than loglik. \`*\`: ended elsewhere than at the maximum, see the results' \`optimum\`; –: not asked, or not offered. ${listed(versions)}.

${tables.join("\n\n")}

${markdown(["goal", "found", ""], goals)}`;
}

/** A thousand replicates against single fits. */
export function bootstrap({ rows }: BootstrapResults): string {
  const seconds = (milliseconds: number) => `${(milliseconds / 1000).toFixed(2)} s`;
  return `A fit, its bootstrap replicates and their BCa intervals, against fits alone. Before anything is timed the replicates farthest from the
estimate are compared with their weighted fits, and all together with the standard errors of theory. Ratios are of times on the clock and of
processor times, which other programs on the machine change less.
${listed(Object.fromEntries(rows.map(({ peer, version }) => [peer, version])))}.

${markdown(
  ["", "peer", "replicates", "one fit of the peer", "peer's fits", "times longer", "of processor time", "SE from the maximum"],
  rows.map(({ family, n, peer, replicates, milliseconds, peerMilliseconds, fits, ratio, processorRatio, error }) => [
    `${family}, ${power(n)} rows, ${replicates} replicates`,
    peer,
    seconds(milliseconds),
    seconds(peerMilliseconds),
    String(fits),
    times(ratio),
    times(processorRatio),
    error.toExponential(0),
  ]),
)}`;
}

/** Censored and truncated rows. */
export function partial({ versions, rows, limitSeconds }: PeerResults): string {
  const goals = partialVerdicts(rows);
  const found = rows.filter(({ peer }) => peer !== "loglik");
  return `A million rows each; the log-likelihoods at both answers are the engine's. An answer is the same where they differ by less than
0.001; ${limitSeconds} s are the limit. ${listed(versions)}.

${markdown(
  ["case", "peer", "times longer", "SE off", "log-likelihood", "goal"],
  found.map((row, i) => [
    row.family,
    row.peer,
    goals[i]?.found ?? "–",
    row.optimum?.standardErrors.toPrecision(2) ?? "–",
    row.optimum && !row.optimum.same ? `${row.optimum.deficit.toPrecision(2)} below` : optimum(row),
    goals[i]?.met ?? "–",
  ]),
)}`;
}

/** fitBest against SciPy's fits of the same families. */
export function ranking(results: RankingResults): string {
  const { version, n, milliseconds, scipy, stopped, limitSeconds, rows } = results;
  const goals = rankingVerdicts(results).map(({ goal, found, met }) => [goal, found, met]);
  const failed = rows.filter(({ failure }) => failure !== undefined).map(({ family }) => family);
  return `\`fitBest\` ranks ${rows.length} continuous families that hold ${power(n)} rows of a Weibull sample in ${milliseconds} ms, in whose place SciPy ${version}
takes ${stopped ? "more than " : ""}${Math.round(scipy / 1000)} s: \`fit\` of each, stopped after ${limitSeconds} s. ${failed.length} of SciPy's fits fail, end
below the maximum or are stopped: ${failed.join(", ")}.

${markdown(["goal", "found", ""], goals)}

${markdown(
  ["family", "loglik's status", "SciPy, times as long as all of `fitBest`", "SciPy's fit"],
  rows.map((row) => {
    const time = row.milliseconds ?? 1000 * (row.overSeconds ?? 0);
    return [row.family, row.status, `${row.overSeconds ? "> " : ""}${times(time / milliseconds)}`, rankedOptimum(row)];
  }),
)}`;
}

function listed(versions: PeerResults["versions"]): string {
  return Object.entries(versions)
    .map(([name, version]) => `${name} ${version}`)
    .join(", ");
}

export function memory({ rows }: PeerResults): string {
  const mebibytes = rows.filter(({ peakMiB, n }) => peakMiB !== undefined && n === 1e6);
  const names = distinct(mebibytes.map(({ peer }) => peer));
  const families = distinct(mebibytes.map(({ family }) => family));
  const at = (family: string, peer: string) => mebibytes.find((row) => row.family === family && row.peer === peer)?.beyondDataMiB;
  const goals = memoryVerdicts(rows).map(({ goal, found, met }) => [goal, found, met]);
  return `Resident mebibytes that a fit of 10⁶ rows (8 MB) needs beyond the loaded data.

${markdown(
  ["family", ...names],
  families.map((family) => [family, ...names.map((peer) => String(at(family, peer) ?? "–"))]),
)}

${markdown(["goal", "found", ""], goals)}`;
}

export function native(results: readonly NativeResults[]): string {
  return results
    .map(({ node, compiler, flags, rows }) => {
      const kernels = distinct(rows.map(({ kernel }) => kernel));
      const sizes = distinct(rows.map(({ n }) => n));
      const cells = kernels.map((kernel) => {
        const of = sizes.map((n) => rows.find((row) => row.kernel === kernel && row.n === n)!);
        return [kernel, ...of.map(({ ratio, goal }) => `${ratio}${ratio <= goal ? "" : " (missed)"}`), String(of[0]!.goal)];
      });
      return `Wasm's time over that of \`bench/native/*.c\` (${compiler}, \`${flags}\`), Node ${node}.\n\n${markdown(
        ["kernel", ...sizes.map((n) => `2^${Math.log2(n)} rows`), "at most"],
        cells,
      )}`;
    })
    .join("\n\n");
}

export function roofline({ peaks, rows }: RooflineResults): string {
  const percent = (share: number) => `${Math.round(100 * share)} %`;
  return `One thread can do ${peaks.fused} Gflop/s with fused multiply-adds over full vectors, ${peaks.pairs} with pairs (f64x2, no FMA).

${markdown(
  ["kernel", "rows", "GB/s", "of memcpy", "Gflop/s", "of f64x2", "of FMA"],
  rows.map(({ kernel, n, gigabytes, ofCopy, gigaflops, ofPairs, ofFused }) => [
    kernel,
    `2^${Math.log2(n)}`,
    String(gigabytes),
    percent(ofCopy),
    ...(gigaflops ? [String(gigaflops), percent(ofPairs), percent(ofFused)] : ["", "", ""]),
  ]),
)}`;
}

function markdown(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map((_, i) => (i === 0 ? "---" : "---:")), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

function distinct<T>(values: readonly T[]): T[] {
  return [...new Set(values)];
}
