# Maxima at an edge of the means, by constrOptim (Lange's adaptive barrier), and log-binomial maxima within by glm from good starts.
# Rscript scripts/reference/glmEndings.R > test/data/glmEndings.json
x <- c(0.2, 0.5, 1.1, 1.6, 2.3, 2.9, 3.4, 4.2, 4.8, 5.5)
k <- c(0, 1, 0, 2, 1, 0, 2, 1, 2, 0)
binary <- c(0, 0, 0, 1, 0, 1, 1, 1, 1, 1)
counts <- c(0, 0, 1, 1, 3, 2, 4, 6, 5, 9)
times <- c(0.6, 1.4, 0.9, 2.1, 3.8, 2.2, 9.5, 6.1, 14.2, 30.5)

# Of a barrier's maximum, the rows at their edges; on these exactly, Newton's method with `slope` = dl/deta.
climb <- function(value, slope, X, y, lower, upper, start) {
  at <- function(b) value(drop(X %*% b), y)
  ui <- rbind(if (is.finite(lower)) X, if (is.finite(upper)) -X)
  ci <- c(if (is.finite(lower)) rep(lower, nrow(X)), if (is.finite(upper)) rep(-upper, nrow(X)))
  best <- start
  for (mu in 10^-(4:9)) {
    best <- constrOptim(best, at, NULL, ui, ci, control = list(fnscale = -1, reltol = 1e-15, maxit = 5000), mu = mu, outer.eps = 1e-13)$par
  }
  held <- which(drop(ui %*% best) - ci < 1e-4)
  A <- ui[held, , drop = FALSE]
  free <- if (length(held) > 0) { q <- qr(t(A)); qr.Q(q, complete = TRUE)[, -seq_len(q$rank), drop = FALSE] } else diag(ncol(X))
  if (length(held) > 0) best <- best - drop(t(A) %*% solve(A %*% t(A), A %*% best - ci[held]))
  gradient <- function(s) { b <- best + drop(free %*% s); drop(t(free) %*% crossprod(X, slope(drop(X %*% b), y))) }
  s <- rep(0, ncol(free))
  for (i in 1:60) {
    J <- sapply(seq_along(s), function(j) { e <- replace(0 * s, j, 1e-6); (gradient(s + e) - gradient(s - e)) / 2e-6 })
    s <- s - drop(solve(J, gradient(s)))
  }
  best <- best + drop(free %*% s)
  multipliers <- if (length(held) > 0) -drop(solve(A %*% t(A), A %*% crossprod(X, slope(drop(X %*% best), y))))
  stopifnot(abs(gradient(0 * s)) < 1e-12, multipliers > 0)
  eta <- pmin(pmax(drop(X %*% best), lower), upper)
  list(estimates = best, value = value(eta, y))
}
logs <- function(p, y) sum(ifelse(y == 1, log(p), log1p(-p)))
unit <- function(eta, y) ifelse(y == 1, 1 / eta, -1 / (1 - eta))
risks <- function(eta, y) ifelse(y == 1, 1, exp(eta) / expm1(eta))
rows <- list()
add <- function(id, family, link, X, y, r) {
  rows[[length(rows) + 1]] <<- list(id = id, family = family, link = link, columns = lapply(seq_len(ncol(X)), function(j) X[, j]), y = y,
                                    estimates = r$estimates, logLik = r$value)
}
X <- cbind(1, x)
add("binomial identity", "binomial", "identity", X, binary, climb(logs, unit, X, binary, 0, 1, c(0.1, 0.1)))
add("binomial log", "binomial", "log", X, binary, climb(function(eta, y) logs(exp(eta), y), risks, X, binary, -Inf, 0, c(-3, 0.4)))
Y <- cbind(1, x, k)
add("binomial log, two columns", "binomial", "log", Y, binary, climb(function(eta, y) logs(exp(eta), y), risks, Y, binary, -Inf, 0, c(-3, 0.4, 0.01)))
add("poisson identity", "poisson", "identity", X, counts, climb(function(eta, y) sum(dpois(y, eta, log = TRUE)), function(eta, y) ifelse(y == 0, -1, y / eta - 1), X, counts, 0, Inf, c(0.5, 1)))
add("poisson sqrt", "poisson", "sqrt", X, counts, climb(function(eta, y) sum(dpois(y, eta^2, log = TRUE)), function(eta, y) ifelse(y == 0, 0, 2 * y / eta) - 2 * eta, X, counts, 0, Inf, c(0.5, 0.3)))
inverse <- function(eta, y) {
  d <- sum((y * eta - 1)^2 / y)
  n <- length(y)
  n / 2 * log(n / d / (2 * pi)) - 1.5 * sum(log(y)) - n / 2
}
add("inverseGaussian inverse", "inverseGaussian", "inverse", X, times, climb(inverse, function(eta, y) 1 - y * eta, X, times, 0, Inf, c(1, -0.1)))

# A relative risk whose maximum lies within, and from whose default start glm.fit does not get anywhere.
risk <- c(0, 0, 1, 0, 0, 1, 0, 1, 0, 1, 1, 0)
z <- c(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 14)
Z <- cbind(1, z)
message(tryCatch(format(coef(glm(risk ~ z, family = binomial("log")))), error = conditionMessage))
r <- glm(risk ~ z, family = binomial("log"), start = c(-2, 0.05), control = list(epsilon = 1e-15, maxit = 200))
add("binomial log within", "binomial", "log", Z, risk, list(estimates = unname(coef(r)), value = as.numeric(logLik(r))))
cat(jsonlite::toJSON(rows, digits = 17, auto_unbox = TRUE, pretty = TRUE))
