# Bootstrap intervals by R's package boot: Rscript scripts/reference/bootstrap.R > test/data/bootstrap.json
#
# `formula`: replicates and influences with the intervals that boot.ci makes of them, to the last digits. `sampled`: intervals of many
# replicates (means of eight runs), with the standard deviation of one run: the Monte-Carlo error.

library(boot)
set.seed(20260102)

number <- function(x) sprintf("%.17g", x)
array <- function(x) paste0("[", paste(number(x), collapse = ", "), "]")
object <- function(...) {
  fields <- list(...)
  paste0("{", paste(sprintf('"%s": %s', names(fields), unlist(fields)), collapse = ", "), "}")
}

rate <- function(x, i) 1 / mean(x[i])
rate_influence <- function(x) (mean(x) - x) / mean(x)^2

shape <- function(x, i) {
  y <- x[i]
  gap <- log(mean(y)) - mean(log(y))
  uniroot(function(a) log(a) - digamma(a) - gap, c(0.01, 1e4), tol = 1e-13)$root
}
# Inverse information times score: the shape's row, with the rate at its maximum.
shape_influence <- function(x) {
  a <- shape(x, seq_along(x))
  r <- a / mean(x)
  information <- matrix(c(trigamma(a), -1 / r, -1 / r, a / r^2), 2)
  scores <- rbind(log(r * x) - digamma(a), a / r - x)
  (solve(information) %*% scores)[1, ]
}

# Davison & Hinkley (1997), example 1.1: hours between failures of an air-conditioning unit.
hours <- aircondit$hours
# Whole numbers have replicates that equal the estimate: boot.ci takes them for larger, and here they count half.
untied <- hours + sqrt(seq_along(hours)) / 10
weights <- c(3.4, 0.7, 1.9, 5.2, 2.8, 1.1, 0.4, 7.3, 2.2, 3.1, 1.6, 4.4, 0.9, 2.5, 6.1, 1.3, 3.7, 2.0, 0.5, 4.9, 1.8, 2.7, 3.3, 1.0, 5.8,
             0.8, 2.1, 1.5, 3.9, 2.4)

intervals <- function(b, L, level) {
  ci <- boot.ci(b, conf = level, type = c("perc", "basic", "bca"), L = L)
  list(percentile = ci$percent[4:5], basic = ci$basic[4:5], bca = ci$bca[4:5])
}

formula <- function(x, statistic, influence, R, level) {
  b <- boot(x, statistic, R)
  found <- intervals(b, influence(x), level)
  object(estimate = number(b$t0), replicates = array(b$t[, 1]), influences = array(influence(x)), level = number(level),
         percentile = array(found$percentile), basic = array(found$basic), bca = array(found$bca))
}

sampled <- function(distribution, parameter, x, statistic, influence) {
  B <- 40000
  L <- influence(x)
  runs <- lapply(1:8, function(i) boot(x, statistic, B))
  ends <- sapply(runs, function(b) c(unlist(intervals(b, L, 0.95)), sd(b$t[, 1]), mean(b$t[, 1]) - b$t0))
  mean <- rowMeans(ends)
  # Of one run of B replicates.
  error <- apply(ends, 1, sd)
  object(distribution = sprintf('"%s"', distribution), parameter = sprintf('"%s"', parameter), x = array(x), B = number(B),
         percentile = array(mean[1:2]), basic = array(mean[3:4]), bca = array(mean[5:6]),
         standardError = number(mean[7]), bias = number(mean[8]), errors = array(error))
}

cat('{"formula": [\n')
cat(formula(untied, rate, rate_influence, 999, 0.95), ",\n")
cat(formula(untied, rate, rate_influence, 500, 0.9), ",\n")
cat(formula(weights, shape, shape_influence, 799, 0.99), "\n")
cat('], "sampled": [\n')
cat(sampled("exponential", "rate", hours, rate, rate_influence), ",\n")
cat(sampled("gamma", "shape", weights, shape, shape_influence), "\n")
cat("]}\n")
