# What R prints of regressions of its own data sets, letter by letter, with the data.
#
#   Rscript scripts/reference/summaries.R > test/data/summaries.json
#
# R's glm stops a step early: its standard errors are of the weights before the last step, and some of their printed digits are not those
# of the maximum. `printed` is asked for the maximum (epsilon 1e-14), `default` is what R prints without being asked.

suppressMessages({library(jsonlite); library(MASS)})
options(width = 120)
tight <- glm.control(epsilon = 1e-14, maxit = 100)

# Columns as they are, factors as text with their levels.
columns <- function(data) lapply(as.list(data), function(column) if (is.factor(column)) as.character(column) else column)
levelsOf <- function(data) Filter(Negate(is.null), lapply(as.list(data), levels))
shown <- function(fit, call) {
  fit$call <- str2lang(call)
  sub("[ \t]+$", "", capture.output(print(summary(fit))))
}

row <- function(id, model, formula, data, r, family = NULL, covariance = NULL, fit) {
  used <- data[all.vars(as.formula(formula))]
  list(id = id, model = model, formula = formula, family = family, covariance = covariance, r = r,
       data = columns(used), levels = levelsOf(used), printed = shown(fit(tight), r), default = shown(fit(NULL), r))
}
generalised <- function(formula, family, data) function(control)
  if (is.null(control)) glm(as.formula(formula), family, data) else glm(as.formula(formula), family, data, control = control)
# glm.nb alternates between theta and the coefficients; its own tolerance ends both.
negative <- function(formula, data) function(control)
  if (is.null(control)) glm.nb(as.formula(formula), data) else glm.nb(as.formula(formula), data, control = control)

rows <- list(
  row("mtcars, logistic", "glm", "am ~ wt", mtcars, "glm(am ~ wt, binomial, mtcars)", "binomial",
      fit = generalised("am ~ wt", binomial, mtcars)),
  row("mtcars, linear", "lm", "mpg ~ wt + hp", mtcars, "lm(mpg ~ wt + hp, mtcars)",
      fit = function(control) lm(mpg ~ wt + hp, mtcars)),
  row("airquality, rows with missing values", "lm", "Ozone ~ Wind + Temp", airquality, "lm(Ozone ~ Wind + Temp, airquality)",
      fit = function(control) lm(Ozone ~ Wind + Temp, airquality)),
  row("airquality, counts with missing values", "glm", "Ozone ~ Solar.R + log(Wind)", airquality,
      "glm(Ozone ~ Solar.R + log(Wind), poisson, airquality)", "poisson", fit = generalised("Ozone ~ Solar.R + log(Wind)", poisson, airquality)),
  row("infert", "glm", "case ~ age + parity + education + spontaneous + induced", infert,
      "glm(case ~ age + parity + education + spontaneous + induced, binomial, infert)", "binomial",
      fit = generalised("case ~ age + parity + education + spontaneous + induced", binomial, infert)),
  row("infert, two terms", "glm", "case ~ spontaneous + induced", infert, "glm(case ~ spontaneous + induced, binomial, infert)", "binomial",
      fit = generalised("case ~ spontaneous + induced", binomial, infert)),
  row("warpbreaks, poisson", "glm", "breaks ~ wool * tension", warpbreaks, "glm(breaks ~ wool * tension, poisson, warpbreaks)", "poisson",
      fit = generalised("breaks ~ wool * tension", poisson, warpbreaks)),
  row("warpbreaks, quasipoisson", "glm", "breaks ~ wool * tension", warpbreaks, "glm(breaks ~ wool * tension, quasipoisson, warpbreaks)",
      "quasipoisson", fit = generalised("breaks ~ wool * tension", quasipoisson, warpbreaks)),
  row("quine", "glm", "Days ~ Sex/(Age + Eth * Lrn)", quine, "glm.nb(Days ~ Sex/(Age + Eth * Lrn), quine)", "negativeBinomial", "classical",
      fit = negative("Days ~ Sex/(Age + Eth * Lrn)", quine)),
  row("quine, main effects", "glm", "Days ~ Eth + Sex + Age + Lrn", quine, "glm.nb(Days ~ Eth + Sex + Age + Lrn, quine)", "negativeBinomial",
      "classical", fit = negative("Days ~ Eth + Sex + Age + Lrn", quine))
)
cat(toJSON(rows, digits = NA, auto_unbox = TRUE, null = "null", na = "null", pretty = 1), "\n")
