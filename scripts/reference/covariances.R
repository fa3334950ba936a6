# Rows of test/data/covariances.json: observed, robust and cluster-robust covariances by R's packages survival and sandwich.
#
#     Rscript scripts/reference/covariances.R > test/data/covariances.json
#
# survreg and glm fit on other scales (log scale, log mean); the Jacobian of the natural parameters brings their matrices here.
suppressMessages({ library(survival); library(sandwich) })
set.seed(11)
n <- 90
cluster <- rep(1:15, length.out = n)
effect <- rnorm(15, sd = 0.4)[cluster]
x <- round(exp(1 + effect + 0.5 * rnorm(n)), 4)
count <- rpois(n, exp(1 + effect))
status <- as.integer(runif(n) < 0.7)
weight <- rep(c(1, 2, 3), length.out = n)

number <- function(v) paste(formatC(v, digits = 17, format = "g", width = 1), collapse = ",")
column <- function(v) paste0("[", number(v), "]")
matrixOf <- function(m) paste0("[", paste(apply(unname(m), 1, column), collapse = ","), "]")
row <- function(distribution, fit, jacobian, data, ...) {
  natural <- function(m) jacobian %*% m %*% t(jacobian)
  paste0('{"distribution":"', distribution, '",', data, ',"cluster":', column(cluster), ',"logLik":', number(as.numeric(logLik(fit))),
    ',"observed":', matrixOf(natural(vcov(fit))), ',"robust":', matrixOf(natural(sandwich(fit))),
    ',"clustered":', matrixOf(natural(vcovCL(fit, cluster = cluster))), "}")
}
tight <- survreg.control(rel.tolerance = 1e-14, toler.chol = 1e-14, maxiter = 100)
values <- function(v) paste0('"x":', column(v))
censored <- paste0('"lower":', column(x), ',"upper":[', paste(ifelse(status == 1, formatC(x, digits = 17, format = "g", width = 1), "null"), collapse = ","), "]")
ofWeibull <- function(f) rbind(c(0, -1 / f$scale), c(exp(coef(f)[[1]]), 0))
ofNormal <- function(f) rbind(c(1, 0), c(0, f$scale))

p <- glm(count ~ 1, family = poisson, control = list(epsilon = 1e-15))
w <- survreg(Surv(x) ~ 1, dist = "weibull", control = tight)
wc <- survreg(Surv(x, status) ~ 1, dist = "weibull", control = tight)
g <- survreg(Surv(x) ~ 1, dist = "gaussian", control = tight)
gc <- survreg(Surv(x, status) ~ 1, dist = "gaussian", control = tight)
l <- survreg(Surv(x) ~ 1, dist = "loglogistic", control = tight)
e <- survreg(Surv(x) ~ 1, dist = "exponential", control = tight)
rows <- c(
  row("poisson", p, matrix(exp(coef(p))), values(count)),
  row("exponential", e, matrix(-exp(-coef(e))), values(x)),
  row("weibull", w, ofWeibull(w), values(x)),
  row("weibull", wc, ofWeibull(wc), censored),
  row("normal", g, ofNormal(g), values(x)),
  row("normal", gc, ofNormal(gc), censored),
  row("loglogistic", l, ofWeibull(l), values(x))
)
cat("[\n", paste(rows, collapse = ",\n"), "\n]\n", sep = "")
