# Regressions by formula over columns of any scale: LC_ALL=C Rscript scripts/reference/formulaFits.R > test/data/formulaFits.json
#
# Everything that R says of each: coefficients, their covariance, residuals of every kind, leverage, Cook's distances, new rows, the table of
# terms, the printed summary. R's glm.fit is asked for the maximum itself (epsilon 1e-14), with the tolerance for aliased columns that it
# has by default; R's cut() finds new breaks in new rows, so no formula here has one.

suppressPackageStartupMessages({
  library(MASS)
  library(jsonlite)
})
options(width = 200)
tolerant <- gsub("min(1e-07, control$epsilon/1000)", "1e-11", deparse(glm.fit, width.cutoff = 500L), fixed = TRUE)
exact.fit <- eval(parse(text = tolerant), envir = environment(glm.fit))
tight <- glm.control(epsilon = 1e-14, maxit = 100)

set.seed(6)
n <- 40
d <- data.frame(
  x = signif(rnorm(n) * 1e8, 6), z = signif(runif(n, 0.5, 9), 4), v = signif(1e4 + rnorm(n), 8), t = signif(rnorm(n) * 1e-8, 6),
  a = sample(c("r", "p", "q"), n, TRUE), b = sample(c("v", "u"), n, TRUE), l = runif(n) < 0.5, k = sample(c(1, 2, 10), n, TRUE),
  w = sample(c(0, 1, 2.5), n, TRUE), h = signif(rnorm(n, 0, 0.3), 3)
)
signal <- 0.4 * d$x / 1e8 + 0.1 * d$z + 0.3 * (d$a == "p") - 0.2 * (d$b == "u")
d$y <- round(signal + rnorm(n), 4)
d$m <- sample(2:20, n, TRUE)
d$s <- rbinom(n, d$m, plogis(signal - 1))
d$f <- d$m - d$s
d$won <- rbinom(n, 1, plogis(signal - 1)) == 1
d$count <- rpois(n, exp(1 + signal))
d$many <- rnbinom(n, mu = exp(1.5 + signal), size = 2)
d$size <- signif(rgamma(n, 5, 5 / exp(signal)), 6)
d$x[c(3, 17)] <- NA
d$a[c(3, 30)] <- NA

families <- list(binomial = binomial, poisson = poisson, gamma = Gamma, inverseGaussian = inverse.gaussian, gaussian = gaussian, quasipoisson = quasipoisson)
cases <- list(
  list("lm", "identity", "y ~ a:x:b"),
  list("lm", "identity", "y ~ a/x + x:l + offset(h)", weights = TRUE),
  list("lm", "identity", "y ~ 0 + b:t + poly(z, 3) + I(z^2)"),
  list("lm", "identity", "y ~ (a + b + z)^2 - a:b + v + I(2 * v - 1)"),
  list("gaussian", "log", "I(y + 9) ~ b * x"),
  list("binomial", "logit", "cbind(s, f) ~ a * x", weights = FALSE),
  list("binomial", "cauchit", "cbind(s, f) ~ b %in% l + log(z)"),
  list("binomial", "cloglog", "won ~ scale(v) * b + offset(h)", weights = FALSE),
  list("poisson", "log", "count ~ 0 + a + x:a + factor(k)"),
  list("poisson", "sqrt", "count ~ a - 1 + poly(z, 2)", weights = TRUE),
  list("quasipoisson", "log", "many ~ b:x + b + z %in% b"),
  list("gamma", "log", "size ~ l / (b + t) + sqrt(z)", weights = TRUE),
  list("inverseGaussian", "log", "size ~ I(b == \"u\") + z:l"),
  list("negativeBinomial", "log", "many ~ a + x:b + offset(h)")
)

describe <- function(case) {
  model <- case[[1]]
  d <- d
  arguments <- list(formula = as.formula(case[[3]]), data = as.name("d"))
  if (isTRUE(case$weights)) arguments$weights <- as.name("w")
  controls <- list(control = tight, method = "exact.fit")
  fit <- if (model == "lm") eval(as.call(c(as.name("lm"), arguments)))
         else if (model == "negativeBinomial") eval(as.call(c(as.name("glm.nb"), arguments, controls)))
         else eval(as.call(c(as.name("glm"), arguments, list(family = families[[model]](case[[2]])), controls)))
  known <- !is.na(coef(fit))
  covariance <- vcov(fit, complete = FALSE)
  new <- which(complete.cases(d))[c(21, 4, 33, 8)]
  prediction <- function(type) {
    p <- if (model == "lm") predict(fit, d[new, ], se.fit = TRUE) else predict(fit, d[new, ], type = type, se.fit = TRUE)
    list(fit = unname(p$fit), se = unname(p$se.fit))
  }
  kinds <- c("response", "pearson", if (model != "lm") c("deviance", "working"))
  counted <- weights(fit, "prior")
  counted <- if (is.null(counted)) rep(TRUE, length(fitted(fit))) else counted > 0
  table <- if (model != "negativeBinomial") suppressWarnings(if (model == "lm") anova(fit) else anova(fit, test = "LRT"))
  only <- function(v) { v <- unname(v); if (length(v) == length(counted)) v[counted] else v }
  list(
    model = model, link = case[[2]], formula = case[[3]], weighted = isTRUE(case$weights),
    names = names(coef(fit)), coef = unname(coef(fit)), known = unname(known), vcov = unname(covariance),
    logLik = if (model %in% c("binomial", "poisson", "negativeBinomial") || !isTRUE(case$weights) && model %in% c("lm", "gaussian")) as.numeric(logLik(fit)),
    deviance = deviance(fit), nullDeviance = if (model != "lm") fit$null.deviance,
    dispersion = if (model == "lm") summary(fit)$sigma^2 else summary(fit)$dispersion, dfResidual = fit$df.residual,
    counted = which(counted) - 1, fitted = unname(fitted(fit)),
    residuals = c(sapply(kinds, function(kind) only(residuals(fit, kind)), simplify = FALSE), list(standardized = only(rstandard(fit)))),
    hat = only(hatvalues(fit)), cook = only(cooks.distance(fit)),
    new = new - 1, link_ = prediction("link"), response = prediction("response"),
    anova = if (!is.null(table)) list(terms = trimws(rownames(table)), df = table$Df, residual = if (model != "lm") table$`Resid. Dev`, squares = if (model == "lm") table$`Sum Sq`),
    theta = if (model == "negativeBinomial") c(fit$theta, fit$SE.theta),
    printed = capture.output(print(summary(fit), signif.stars = FALSE))
  )
}
line <- function(value) as.character(toJSON(value, auto_unbox = TRUE, digits = NA, na = "null", null = "null"))
cat("{\"data\":", line(as.list(d)), ",\n\"cases\":[\n", paste(vapply(cases, function(case) line(describe(case)), ""), collapse = ",\n"), "\n]}\n", sep = "")
