# Rows of test/data/tests.json: tests of nested fits and Vuong's test, from densities, scores and informations written out here.
#
#     Rscript scripts/reference/tests.R > test/data/tests.json
#
# Maxima by R's optim to a score of 1e-10 (Newton at the end), tails of weighted chi-squares by Imhof's integral (integrate). nonnest2's
# formulas (Merkle, You & Preacher 2016, Psychol. Methods 21, 151), with n in the variance.
suppressMessages(library(MASS))
set.seed(7)
x <- round(rgamma(120, 1.6, 0.8), 4)
y <- rnbinom(150, size = 4, mu = 3)

families <- list(
  exponential = list(names = "rate", start = 1, l = function(x, t) dexp(x, t[1], log = TRUE)),
  gamma = list(names = c("shape", "rate"), start = c(1.5, 0.8), l = function(x, t) dgamma(x, t[1], t[2], log = TRUE)),
  weibull = list(names = c("shape", "scale"), start = c(1.2, 2), l = function(x, t) dweibull(x, t[1], t[2], log = TRUE)),
  lognormal = list(names = c("meanlog", "sdlog"), start = c(0.3, 0.9), l = function(x, t) dlnorm(x, t[1], t[2], log = TRUE)),
  poisson = list(names = "lambda", start = 3, l = function(x, t) dpois(x, t[1], log = TRUE)),
  geometric = list(names = "prob", start = 0.3, l = function(x, t) dgeom(x, t[1], log = TRUE)),
  negativeBinomial = list(names = c("size", "mu"), start = c(4, 3), l = function(x, t) dnbinom(x, size = t[1], mu = t[2], log = TRUE))
)
# Derivatives by differences of order 8 with steps of 1 % of a parameter.
c1 <- c(4 / 5, -1 / 5, 4 / 105, -1 / 280)
scores <- function(f, x, t) sapply(seq_along(t), function(i) {
  h <- 0.01 * abs(t[i]); e <- replace(0 * t, i, h)
  Reduce(`+`, lapply(1:4, function(k) c1[k] * (f$l(x, t + k * e) - f$l(x, t - k * e)))) / h
})
information <- function(f, x, t) -sapply(seq_along(t), function(i) {
  h <- 0.01 * abs(t[i]); e <- replace(0 * t, i, h)
  Reduce(`+`, lapply(1:4, function(k) c1[k] * (colSums(scores(f, x, t + k * e)) - colSums(scores(f, x, t - k * e))))) / h
})
maximum <- function(name, x) {
  f <- families[[name]]; t <- f$start
  for (i in 1:200) {
    step <- solve(information(f, x, t), colSums(scores(f, x, t)))
    while (any(t + step <= 0) && name != "lognormal" || !is.finite(sum(f$l(x, t + step))) || sum(f$l(x, t + step)) < sum(f$l(x, t)) - 1e-9) step <- step / 2
    t <- t + step
    if (max(abs(step)) < 1e-13) break
  }
  info <- information(f, x, t)
  list(name = name, f = f, t = t, l = f$l(x, t), s = scores(f, x, t), v = solve((info + t(info)) / 2))
}
imhof <- function(q, w) {
  f <- function(u) sapply(u, function(v) sin(sum(atan(w * v)) / 2 - q * v / 2) / (v * prod((1 + (w * v)^2)^0.25)))
  0.5 + integrate(f, 0, 2000, rel.tol = 1e-10, subdivisions = 100000, stop.on.error = FALSE)$value / pi
}
number <- function(v) formatC(v, digits = 15, format = "g", width = 1)
list2 <- function(...) { v <- c(...); paste0("{", paste0('"', names(v), '":', sapply(v, number), collapse = ","), "}") }
column <- function(v) paste0("[", paste(number(v), collapse = ","), "]")

vuong <- function(a, b, x) {
  m1 <- maximum(a, x); m2 <- maximum(b, x); n <- length(x)
  d <- m1$l - m2$l; k <- length(m1$t) - length(m2$t); w2 <- mean((d - mean(d))^2)
  z <- function(lr) lr / sqrt(n * w2)
  A1 <- solve(n * m1$v); A2 <- solve(n * m2$v)
  B1 <- crossprod(m1$s) / n; B2 <- crossprod(m2$s) / n; Bc <- crossprod(m1$s, m2$s) / n
  W <- cbind(rbind(-B1 %*% solve(A1), t(Bc) %*% solve(A1)), rbind(-Bc %*% solve(A2), B2 %*% solve(A2)))
  lambda <- Re(eigen(W)$values)
  paste0('{"kind":"vuong","first":"', a, '","second":"', b, '","x":', column(x), ',"expected":',
    list2(ratio = sum(d), variance = w2, raw = z(sum(d)), aic = z(sum(d) - k), bic = z(sum(d) - k * log(n) / 2),
      pFirst = pnorm(z(sum(d)), lower.tail = FALSE), n = n, distinguishable = imhof(n * w2, lambda^2)), "}")
}
nested <- function(a, b, x, at, held, boundary) {
  m0 <- maximum(a, x); m1 <- maximum(b, x)
  lr <- 2 * (sum(m1$l) - sum(m0$l))
  v <- c(ratio = lr, p = pchisq(lr, 1, lower.tail = FALSE) * (if (boundary) 0.5 else 1))
  if (!boundary) {
    i <- match(names(held), m1$f$names)
    # In logarithms of the parameters, which are positive all: s t, and -d(s t)/d log t = I t t - diag(s t).
    theta <- at(m0$t); s <- colSums(scores(m1$f, x, theta)); info <- information(m1$f, x, theta)
    info <- (info + t(info)) / 2 * outer(theta, theta) - diag(s * theta)
    v <- c(v, wald = (log(m1$t[i]) - log(held[[1]]))^2 / (m1$v[i, i] / m1$t[i]^2), score = drop((s * theta) %*% solve(info, s * theta)))
  }
  paste0('{"kind":"nested","first":"', a, '","second":"', b, '","x":', column(x), ',"expected":', do.call(list2, as.list(v)), "}")
}
rows <- c(
  nested("exponential", "gamma", x, function(t) c(1, t), c(shape = 1), FALSE),
  nested("exponential", "weibull", x, function(t) c(1, 1 / t), c(shape = 1), FALSE),
  nested("geometric", "negativeBinomial", y, function(t) c(1, (1 - t) / t), c(size = 1), FALSE),
  nested("poisson", "negativeBinomial", y, NULL, NULL, TRUE),
  vuong("gamma", "lognormal", x), vuong("weibull", "gamma", x), vuong("exponential", "lognormal", x),
  vuong("poisson", "geometric", y), vuong("negativeBinomial", "poisson", y)
)
cat("[\n", paste(rows, collapse = ",\n"), "\n]\n", sep = "")
