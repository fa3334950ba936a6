# R's MASS::fitdistr and fitdistrplus::fitdist as their help pages and the fitdistrplus FAQ show them, defaults otherwise: r.R <package>
# and the protocol's arguments (protocol.ts).

source(file.path(dirname(sub("^--file=", "", grep("^--file=", commandArgs(), value = TRUE))), "child.R"))

# From the FAQ of fitdistrplus, with its starting values.
dgumbel <- function(x, a, b) 1/b*exp((a-x)/b)*exp(-exp((a-x)/b))
pgumbel <- function(q, a, b) exp(-exp((a-q)/b))
qgumbel <- function(p, a, b) a-b*log(-log(p))

# R's t has no location and scale; MASS gives it both, fitdistrplus takes a density of the user's. Starting values as in MASS.
dlst <- function(x, m, s, df) dt((x - m) / s, df) / s
plst <- function(q, m, s, df) pt((q - m) / s, df)
qlst <- function(p, m, s, df) m + s * qt(p, df)

counterparts <- list(
  MASS = list(
    normal = function(x) fitdistr(x, "normal"),
    gamma = function(x) fitdistr(x, "gamma"),
    weibull = function(x) fitdistr(x, "weibull"),
    logistic = function(x) fitdistr(x, "logistic"),
    studentT = function(x) fitdistr(x, "t"),
    gumbel = function(x) fitdistr(x, dgumbel, start = list(a = 10, b = 10)),
    # Its help: beta needs starting values.
    beta = function(x) fitdistr(x, "beta", start = list(shape1 = 1, shape2 = 1)),
    negativeBinomial = function(x) fitdistr(x, "negative binomial")
  ),
  fitdistrplus = list(
    normal = function(x) fitdist(x, "norm"),
    gamma = function(x) fitdist(x, "gamma"),
    weibull = function(x) fitdist(x, "weibull"),
    logistic = function(x) fitdist(x, "logis"),
    studentT = function(x) fitdist(x, "lst", start = list(m = median(x), s = IQR(x) / 2, df = 10)),
    gumbel = function(x) fitdist(x, "gumbel", start = list(a = 10, b = 10)),
    beta = function(x) fitdist(x, "beta"),
    negativeBinomial = function(x) fitdist(x, "nbinom")
  )
)

serve(
  function(rows) readBin(file, "double", n = rows, size = 8, endian = "little"),
  counterparts[[package]][[family]],
  coef,
  if (package == "MASS" && family == "normal") "closed form" else "generic optimizer"
)
