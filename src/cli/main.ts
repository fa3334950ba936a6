// The command `loglik`. What a command needs is imported when it runs: --help answers at once.

import { createRequire } from "node:module";
import { Command, CommanderError, Option } from "commander";
import { assign, delimiter, type FitOptions, INTERVAL_METHODS, level, number, prior, replicates } from "./options.ts";
import { firstLine } from "./refusal.ts";
import { addModelOptions, COVARIANCES, levels, type RegressionOptions } from "./regressionOptions.ts";

const { version } = createRequire(import.meta.url)("loglik/package.json") as { version: string };

const FILE = ".csv, .tsv, .parquet, .json or .ndjson; - is standard input";

const program = new Command("loglik")
  .description("Maximum-likelihood fits of data in files.")
  .version(version, "-V, --version", "print the version")
  .helpOption("-h, --help", "print this help")
  .exitOverride()
  .configureOutput({ outputError() {} });

const fit = program
  .command("fit")
  .description("Fit one distribution to a column, or rank all that hold its values.")
  .argument("<FILE>", FILE)
  .option("-c, --column <column>", "the values: a column's name or number (from 1); may be left out if only one is numeric")
  .option("-d, --dist <name>", "fit this distribution and show it in full (see: loglik distributions)")
  .option("-w, --weights <column>", "the rows' weights: a column's name or number")
  .addOption(
    new Option("--weight-type <type>", "what a weight is: that many equal rows, or an importance").choices(["frequency", "importance"]),
  )
  .option("--status <column>", "1 where the value is known, 0 where it is only known to be larger (right-censored)")
  .option("--after <number>", "only larger values could be seen (left-truncated)", number)
  .option("--until <number>", "only values up to it could be seen (right-truncated)", number)
  .option("--fix <name=value>", "hold a parameter at a value; may be repeated", assign)
  .option("--min <name=value>", "a parameter's lower bound; may be repeated", assign)
  .option("--max <name=value>", "a parameter's upper bound; may be repeated", assign)
  .option("--prior <name=distribution,...>", "a parameter's prior, such as shape=gamma,2,1; may be repeated", prior)
  .option("--set <name=value>", "a constant of the distribution, such as size=12; may be repeated", assign)
  .addOption(new Option("--level <number>", "level of the confidence intervals").argParser(level).default(0.95))
  .addOption(
    new Option("--ci <method>", "how the confidence intervals are made; all but wald need --dist")
      .choices(INTERVAL_METHODS)
      .default("wald"),
  )
  .addOption(new Option("--boot <number>", "bootstrap replicates for --ci percentile or bca; 1000 unless said").argParser(replicates))
  .addOption(new Option("--seed <number>", "seed of the bootstrap; 1 unless said").argParser(number))
  .addOption(new Option("--criterion <name>", "what ranks the distributions").choices(["aic", "aicc", "bic", "logLik"]).default("aic"))
  .addOption(new Option("--na <action>", "what to do about empty cells, NA, NaN and null").choices(["error", "drop"]).default("error"))
  .option("--gof", "with --dist: test the goodness of fit, with p-values from 1,000 simulated samples")
  .option("--plot-kind <kind>", "density, cdf, qq, pp, profile, contour or returnLevel: density unless said")
  .option("--histogram", "draw a small histogram, as on a terminal")
  .option("--no-histogram", "draw none on a terminal either")
  .addHelpText(
    "after",
    `
Examples:
  loglik fit claims.csv --column loss
  loglik fit claims.csv --column loss --dist gamma --fix shape=2 --json
  loglik fit claims.csv --column loss --dist gamma --ci bca --boot 2000 --seed 7
  loglik fit claims.csv --column loss --dist weibull --gof
  loglik fit lung.csv --column time --status died --dist weibull --ci profile
  loglik fit claims.csv --column loss --plot loss.svg --unit EUR
  loglik fit claims.csv --column loss --dist gamma --report loss.html
  zcat claims.csv.gz | loglik fit - --column 3 --where "year = 2020"

Exit codes: 0 a fit; 1 no fit (it does not exist, or failed); 2 bad usage or bad data, told in one line.`,
  )
  .action(async (file: string, options: FitOptions) => {
    const { fitCommand } = await import("./fit.ts");
    process.exitCode = await fitCommand(file, options);
  });
withOutputs(withReading(fit));

const regression = program
  .command("glm")
  .description("Fit a regression, a generalised linear model unless --model says another, by a formula over a file's columns.")
  .argument("<FILE>", FILE)
  .argument("<FORMULA>", 'in R\'s language, such as "y ~ x + factor(g)"')
  .option("-w, --weights <column>", "the rows' weights: a column's name or number")
  .option("--offset <column>", "what is added to the linear predictor: a column's name or number")
  .option("--levels <column=a,b>", "a factor's levels in their order, the first the base; may be repeated", levels)
  .addOption(
    new Option("--na <action>", "leave rows with empty cells, NA, NaN and null out, or fail").choices(["omit", "fail"]).default("omit"),
  )
  .addOption(new Option("--covariance <kind>", "what the standard errors are from; classical is R's").choices(COVARIANCES))
  .option("--cluster <column>", "rows of one label depend on one another: cluster-robust standard errors")
  .addOption(new Option("--level <number>", "show confidence intervals of this level").argParser(level))
  .option("--plot-kind <kind>", "residuals, qq or effect: residuals unless said")
  .option("--term <column>", "the column that --plot-kind effect shows; the formula's first unless said")
  .addHelpText(
    "after",
    `
Examples:
  loglik glm cars.csv "am ~ wt" --family binomial
  loglik glm claims.csv "claims ~ factor(region) + age" --family poisson --offset logexposure --json
  loglik glm cars.csv "mpg ~ wt + hp" --model lm --covariance HC3 --level 0.95
  loglik glm trial.csv "dead ~ dose" --family binomial --trials n --levels dose=low,middle,high
  loglik glm cars.csv "mpg ~ wt + hp" --model lm --plot effect.svg --plot-kind effect --term hp

Exit codes: 0 a fit; 1 no fit (it does not exist, or failed); 2 bad usage or bad data, told in one line.`,
  )
  .action(async (file: string, formula: string, options: RegressionOptions) => {
    const { regressionCommand } = await import("./regression.ts");
    process.exitCode = await regressionCommand(file, formula, options);
  });
withOutputs(withReading(addModelOptions(regression)));

program
  .command("distributions")
  .description("List the distributions: parameters, support, density.")
  .option("--json", "print one JSON document")
  .action(async (options: { json?: boolean }) => {
    const { distributionsCommand } = await import("./distributions.ts");
    await distributionsCommand(options);
  });

/** Flags that say how a file is read. */
function withReading(command: Command): Command {
  return command
    .option("--where <condition>", "use only the rows that fulfil this SQL condition, such as \"year >= 2010 and region = 'north'\"")
    .option("--header", "the first row of a CSV file holds names (detected unless said)")
    .option("--no-header", "the first row of a CSV file holds values")
    .option("--delimiter <character>", "what divides the fields of a CSV file (detected unless said)", delimiter)
    .addOption(new Option("--decimal <character>", "decimal sign of a CSV file").choices([".", ","]).default("."));
}

/** Flags of what a fit leaves beside its text. */
function withOutputs(command: Command): Command {
  return command
    .option("--json", "print one JSON document")
    .option("--plot <file>", "draw the fit into this .svg or .png")
    .addOption(new Option("--theme <name>", "colours of the picture; auto follows the reader's page").choices(["auto", "light", "dark"]))
    .option("--unit <text>", "what the values are measured in, for axes")
    .option("--report <file>", "write one page, .html, with tables, pictures and the command that makes it");
}

// A reader such as `head` may close the pipe early; that is no error of ours.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit();
  throw error;
});

try {
  if (process.argv.length <= 2) program.outputHelp();
  else await program.parseAsync();
} catch (error) {
  const isAnswer = error instanceof CommanderError && error.exitCode === 0;
  if (!isAnswer) {
    const message = error instanceof CommanderError ? error.message.replace(/^error: /, "").replace(/\s*\n\s*/g, " ") : firstLine(error);
    process.stderr.write(`loglik: ${message.replace(/[^.!?]$/, "$&.")}\n`);
    process.exitCode = 2;
  }
}
