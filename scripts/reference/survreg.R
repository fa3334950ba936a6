# What R's survival says of a few regressions beside their coefficients: predictions with standard errors, residuals, and the printed table.
#
#   Rscript scripts/reference/survreg.R > test/data/survreg.json

suppressMessages({library(jsonlite); library(survival)})
tight <- survreg.control(rel.tolerance = 1e-15, maxiter = 200)
pick <- lung[!is.na(lung$ph.ecog), c("time", "status", "age", "sex", "ph.ecog")]
new <- data.frame(age = c(50, 70), sex = c(1, 2), ph.ecog = c(0, 2))
tobin <- survival::tobin
intervals <- data.frame(lower = c(NA, 2, 3, 5, 8, 4, NA, 9, 1, 6, 2, 7, 3, 1, 5), upper = c(3, 4, 3, NA, 11, 5, 6, 9, NA, 7, 2.5, 7.5, 4, 1, 6),
                        x = c(1, 3, 2, 5, 7, 6, 4, 8, 2, 5, 6, 2, 7, 3, 1))

describe <- function(id, formula, data, newdata, dist) {
  fit <- survreg(as.formula(formula), data, dist = dist, control = tight)
  p <- function(type, ...) predict(fit, newdata, type = type, se.fit = TRUE, ...)
  table <- summary(fit)$table
  list(
    id = id, formula = formula, distribution = dist, data = lapply(as.list(data), unname), new = as.list(newdata),
    chisq = 2 * diff(fit$loglik), logLik = fit$loglik,
    table = list(names = rownames(table), values = unname(split(table, row(table)))),
    lp = unname(p("lp")$fit), lp_se = unname(p("lp")$se.fit), response = unname(p("response")$fit), response_se = unname(p("response")$se.fit),
    quantile = unname(p("quantile", p = 0.25)$fit), quantile_se = unname(p("quantile", p = 0.25)$se.fit),
    residuals = list(response = unname(residuals(fit, "response")), deviance = unname(residuals(fit, "deviance"))))
}
lungs <- "Surv(time, status) ~ age + sex + ph.ecog"
rows <- c(
  lapply(c("weibull", "exponential", "rayleigh", "lognormal", "loglogistic", "gaussian", "logistic", "extreme"),
         function(dist) describe(paste("lung", dist), lungs, pick, new, dist)),
  list(
    describe("lung strata", "Surv(time, status) ~ age + ph.ecog + strata(sex)", pick, new, "weibull"),
    describe("tobin", 'Surv(durable, durable > 0, type = "left") ~ age + quant', tobin, data.frame(age = c(40, 50), quant = c(220, 280)), "gaussian")),
  lapply(c("weibull", "lognormal", "loglogistic", "extreme", "gaussian"),
         function(dist) describe(paste("intervals", dist), 'Surv(lower, upper, type = "interval2") ~ x', intervals, data.frame(x = c(2, 6)), dist)))
cat(toJSON(rows, digits = NA, auto_unbox = TRUE, na = "null"))
