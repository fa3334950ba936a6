# Censored and truncated rows in R: survival::survreg, which knows no gamma; fitdistrplus::fitdistcens for that; and fitdistrplus::fitdist with
# a truncated density and probability of the user's as its FAQ writes them. Defaults otherwise. partial.R <package> and the protocol's
# arguments (protocol.ts); the family is a case of partialCases.ts, the file holds all lower bounds, then all upper ones.

source(file.path(dirname(sub("^--file=", "", grep("^--file=", commandArgs(), value = TRUE))), "child.R"))

total <- file.info(file)$size / 16
bounds <- function(rows) {
  from <- file(file, "rb")
  on.exit(close(from))
  lower <- readBin(from, "double", n = rows, size = 8, endian = "little")
  seek(from, 8 * total)
  list(lower = lower, upper = readBin(from, "double", n = rows, size = 8, endian = "little"))
}

# A time, and whether it is an event's.
right <- function(d) data.frame(time = d$lower, event = as.integer(d$upper == d$lower))
left <- function(d) data.frame(time = d$upper, event = as.integer(d$upper == d$lower))
# NA where there is no bound; the Weibull's support starts at 0.
interval <- function(d) data.frame(lower = ifelse(d$lower > 0, d$lower, NA), upper = ifelse(is.finite(d$upper), d$upper, NA))

anywhere <- function(d) data.frame(lower = ifelse(is.finite(d$lower), d$lower, NA), upper = ifelse(is.finite(d$upper), d$upper, NA))

# R's regression on the logarithm, as ?survreg.distributions gives it.
weibull <- function(s) c(1 / s$scale, exp(coef(s)))
rate <- function(s) exp(-coef(s))
plain <- function(s) c(coef(s), s$scale)

dtnorm <- function(x, mean, sd, low, upp) {
  PU <- pnorm(upp, mean = mean, sd = sd)
  PL <- pnorm(low, mean = mean, sd = sd)
  dnorm(x, mean, sd) / (PU - PL) * (x >= low) * (x <= upp)
}
ptnorm <- function(q, mean, sd, low, upp) {
  PU <- pnorm(upp, mean = mean, sd = sd)
  PL <- pnorm(low, mean = mean, sd = sd)
  (pnorm(q, mean, sd) - PL) / (PU - PL) * (q >= low) * (q <= upp) + 1 * (q > upp)
}
dtweibull <- function(x, shape, scale, low, upp) {
  PU <- pweibull(upp, shape = shape, scale = scale)
  PL <- pweibull(low, shape = shape, scale = scale)
  dweibull(x, shape, scale) / (PU - PL) * (x >= low) * (x <= upp)
}
ptweibull <- function(q, shape, scale, low, upp) {
  PU <- pweibull(upp, shape = shape, scale = scale)
  PL <- pweibull(low, shape = shape, scale = scale)
  (pweibull(q, shape, scale) - PL) / (PU - PL) * (q >= low) * (q <= upp) + 1 * (q > upp)
}
dtgamma <- function(x, shape, rate, low, upp) {
  PU <- pgamma(upp, shape = shape, rate = rate)
  PL <- pgamma(low, shape = shape, rate = rate)
  dgamma(x, shape, rate) / (PU - PL) * (x >= low) * (x <= upp)
}
ptgamma <- function(q, shape, rate, low, upp) {
  PU <- pgamma(upp, shape = shape, rate = rate)
  PL <- pgamma(low, shape = shape, rate = rate)
  (pgamma(q, shape, rate) - PL) / (PU - PL) * (q >= low) * (q <= upp) + 1 * (q > upp)
}

# How the rows are given, the fit, and from it the engine's parameters.
cases <- list(
  "weibull, right-censored" = list(right, function(d) survreg(Surv(time, event) ~ 1, data = d, dist = "weibull"), weibull),
  "lognormal, right-censored" = list(right, function(d) survreg(Surv(time, event) ~ 1, data = d, dist = "lognormal"), plain),
  "exponential, right-censored" = list(right, function(d) survreg(Surv(time, event) ~ 1, data = d, dist = "exponential"), rate),
  "loglogistic, right-censored" = list(right, function(d) survreg(Surv(time, event) ~ 1, data = d, dist = "loglogistic"), weibull),
  "normal, left-censored" = list(left, function(d) survreg(Surv(time, event, type = "left") ~ 1, data = d, dist = "gaussian"), plain),
  "weibull, interval-censored" = list(
    interval,
    function(d) survreg(Surv(lower, upper, type = "interval2") ~ 1, data = d, dist = "weibull"),
    weibull
  ),
  "weibull, intervals, all different" = list(
    interval,
    function(d) survreg(Surv(lower, upper, type = "interval2") ~ 1, data = d, dist = "weibull"),
    weibull
  ),
  "lognormal, intervals, all different" = list(
    interval,
    function(d) survreg(Surv(lower, upper, type = "interval2") ~ 1, data = d, dist = "lognormal"),
    plain
  ),
  "normal, intervals, all different" = list(
    anywhere,
    function(d) survreg(Surv(lower, upper, type = "interval2") ~ 1, data = d, dist = "gaussian"),
    plain
  ),
  "gamma, right-censored" = list(
    function(d) data.frame(left = d$lower, right = ifelse(is.finite(d$upper), d$upper, NA)),
    function(d) fitdistcens(d, "gamma"),
    coef
  ),
  "normal, truncated" = list(
    function(d) d$lower,
    function(x) fitdist(x, "tnorm", start = list(mean = mean(x), sd = sd(x)), fix.arg = list(low = 0, upp = 3)),
    coef
  ),
  "weibull, left-truncated" = list(
    function(d) d$lower,
    function(x) fitdist(x, "tweibull", start = list(shape = 1, scale = mean(x)), fix.arg = list(low = 1, upp = Inf)),
    coef
  ),
  "gamma, truncated" = list(
    function(d) d$lower,
    function(x) {
      fitdist(x, "tgamma", start = list(shape = mean(x)^2 / var(x), rate = mean(x) / var(x)), fix.arg = list(low = 1, upp = 6))
    },
    coef
  )
)

case <- cases[[family]]
serve(
  function(rows) case[[1]](bounds(rows)),
  case[[2]],
  case[[3]],
  if (package == "survival") "own iteration" else "generic optimizer"
)
