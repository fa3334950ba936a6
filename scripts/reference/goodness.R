# Goodness of fit, survival curves and return levels by R: Rscript scripts/reference/goodness.R > test/data/goodness.json
# Debian: r-cran-goftest, r-cran-nortest, r-cran-survival, r-cran-evd, r-cran-jsonlite. Nothing here comes from this project's code.
suppressPackageStartupMessages({ library(survival); library(jsonlite) })
options(digits = 17)
x <- c(4.1, 1.42, 1.11, 2.93, 1.31, 0.37, 2.2, 3.74, 0.95, 1.88, 5.6, 0.62, 2.41, 1.7, 0.81, 2.05, 3.2, 1.55, 0.22, 2.77)
known <- function(name, parameters, cdf, ...) {
  ks <- ks.test(x, cdf, ..., exact = TRUE)
  ad <- goftest::ad.test(x, cdf, ...)
  cvm <- goftest::cvm.test(x, cdf, ...)
  list(distribution = name, parameters = parameters,
       ks = list(statistic = unname(ks$statistic), pValue = ks$p.value),
       cvm = list(statistic = unname(cvm$statistic), pValue = cvm$p.value),
       ad = list(statistic = unname(ad$statistic), pValue = ad$p.value))
}
normality <- list(
  parameters = list(mean = mean(x), sd = sd(x)),
  ks = unname(nortest::lillie.test(x)$statistic),
  cvm = unname(nortest::cvm.test(x)$statistic),
  ad = unname(nortest::ad.test(x)$statistic))
curve <- function(s) list(time = s$time, atRisk = s$n.risk, events = s$n.event, censored = s$n.censor, survival = s$surv,
                          standardError = s$std.err * s$surv, lower = s$lower, upper = s$upper)
survived <- function(name, time, status, entry = NULL, ...) {
  y <- if (is.null(entry)) Surv(time, status) else Surv(entry, time, status)
  list(name = name, time = time, status = status, entry = entry,
       curves = sapply(c("log", "log-log", "plain"), function(type) curve(survfit(y ~ 1, conf.type = type)), simplify = FALSE))
}
lung1 <- lung[1:60, ]
heart1 <- subset(heart, stop > start)[1:80, ]
# Finkelstein & Wolfe (1985), breast cosmesis after radiotherapy alone: months between which deterioration began.
left <- c(45, 6, 0, 46, 46, 7, 17, 7, 37, 0, 4, 15, 11, 22, 46, 46, 25, 46, 26, 46, 27, 36, 46, 36, 37, 40, 17, 46, 11, 38, 5, 37, 0, 18, 24, 36, 5, 19, 17, 24, 32, 33, 19, 37, 34, 36)
right <- c(NA, 10, 7, NA, NA, 16, NA, 14, 44, 8, 11, NA, 15, NA, NA, NA, 37, NA, 40, NA, 34, 44, NA, 48, NA, NA, 25, NA, 18, NA, 12, NA, 5, NA, NA, NA, 11, 35, 25, NA, NA, NA, 26, NA, NA, NA)
# survfit takes closed intervals; half a month more on the left keeps months in order and makes (left, right] of [left + 0.5, right].
npmle <- survfit(Surv(ifelse(left == 0, NA, left + 0.5), right, type = "interval2") ~ 1)
data(portpirie, package = "evd")
gev <- evd::fgev(portpirie)
periods <- c(10, 100)
levels <- evd::qgev(1 - 1 / periods, gev$estimate[1], gev$estimate[2], gev$estimate[3])
delta <- sapply(periods, function(T) {
  y <- -log(1 - 1 / T); b <- gev$estimate[2]; k <- gev$estimate[3]
  g <- c(1, -(1 - y^-k) / k, b * (1 - y^-k) / k^2 - b / k * y^-k * log(y))
  sqrt(g %*% gev$var.cov %*% g)
})
out <- list(
  x = x,
  known = list(
    known("normal", list(mean = 2, sd = 1.4), "pnorm", 2, 1.4),
    known("gamma", list(shape = 2, rate = 1), "pgamma", 2, 1),
    known("weibull", list(shape = 1.2, scale = 2), "pweibull", 1.2, 2),
    known("exponential", list(rate = 0.6), "pexp", 0.6)),
  normality = normality,
  survival = list(
    survived("aml", aml$time, aml$status),
    survived("lung", lung1$time, lung1$status - 1),
    survived("heart", heart1$stop, heart1$event, heart1$start)),
  breast = list(left = left, right = ifelse(is.na(right), -1, right), time = npmle$time, survival = npmle$surv),
  returnLevels = list(x = as.numeric(portpirie), periods = periods, estimates = unname(gev$estimate), level = levels, standardError = delta))
cat(toJSON(out, digits = NA, auto_unbox = TRUE, null = "null"))
