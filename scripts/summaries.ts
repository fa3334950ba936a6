// npm run summaries: docs/summaries.md, R's printed summaries beside ours, from test/data/summaries.json.

import { readFileSync, writeFileSync } from "node:fs";
import { type CovarianceKind, type GlmOptions, glm, lm, type RegressionFit } from "loglik";

/** A regression that R has printed. */
export interface PrintedSummary {
  readonly id: string;
  readonly model: "glm" | "lm";
  readonly formula: string;
  readonly family: string | null;
  readonly covariance: (CovarianceKind & string) | null;
  /** The call in R. */
  readonly r: string;
  readonly data: Record<string, (number | null)[] | string[]>;
  readonly levels: Record<string, string[]>;
  /** What R prints at the maximum, and as it ends unless asked. */
  readonly printed: string[];
  readonly default: string[];
}

export const summaries: readonly PrintedSummary[] = JSON.parse(readFileSync("test/data/summaries.json", "utf8"));

export function fitted({ model, formula, data, levels, family }: PrintedSummary): Promise<RegressionFit> {
  return model === "lm" ? lm({ formula, data, levels }) : glm({ formula, data, levels, family } as GlmOptions);
}

/** The page as its text. */
export async function summariesPage(): Promise<string> {
  const parts: string[] = [INTRODUCTION];
  for (const row of summaries) {
    const early = row.default.filter(
      (line, i) => line !== row.printed[i] && !line.startsWith("Number of Fisher") && !line.includes("theta"),
    );
    const summary = (await fitted(row)).summary(row.covariance ?? undefined);
    parts.push(
      `## ${row.id}`,
      `R, \`summary(${row.r})\`:`,
      block(row.printed),
      `loglik, \`${calls(row)}\`:`,
      block(summary.split("\n")),
      ...(early.length > 0 ? ["R unless asked for the maximum, the lines that differ:", block(early)] : []),
    );
  }
  return `${parts.join("\n\n")}\n`;
}

const INTRODUCTION = `# R's summaries

\`r.summary()\` and \`loglik glm\` print what R's \`summary\` prints, to the same digits, without stars; below it the model's own parameters, the
likelihood and how the search ended. \`test/summaries.test.ts\` holds every line and every number below against R's.

R was asked for the maximum (\`glm.control(epsilon = 1e-14)\`): unless asked, its \`glm\` stops a step early and takes standard errors from the weights
before the last step, and some of the digits that it prints are not those of the maximum. Where that is so, those lines stand below. Two things are not
the same: the iterations, which are Newton's here and Fisher's there, and MASS's way to write theta and 2 x log-likelihood.

Standard errors here are from the observed information. R's are from the expected one, with theta held: \`summary("classical")\`, and in a
terminal \`--covariance classical\`. The two differ where the link is not the family's canonical one and where the dispersion is estimated. R 4.2.2; later
ones leave the line of deviance residuals out.

    loglik glm warpbreaks.csv "breaks ~ wool * tension" --family poisson --levels tension=L,M,H
    Rscript scripts/reference/summaries.R > test/data/summaries.json && npm run summaries    # this page`;

function calls({ model, formula, family, covariance }: PrintedSummary): string {
  const kind = covariance === null ? "" : `"${covariance}"`;
  return `${model}({ formula: "${formula}", data${family === null ? "" : `, family: "${family}"`} })\`, \`summary(${kind})`;
}

function block(lines: readonly string[]): string {
  const text = lines
    .join("\n")
    .replace(/^\n+|\n+$/g, "")
    .replaceAll("\t", " ");
  return `\`\`\`\n${text}\n\`\`\``;
}

if (process.argv[1]?.endsWith("summaries.ts")) writeFileSync("docs/summaries.md", await summariesPage());
