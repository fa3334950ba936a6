# R's MASS::fitdistr and fitdistrplus::fitdist as their help pages and the fitdistrplus FAQ show them, defaults otherwise: r.R <package>
# and the protocol's arguments (protocol.ts). Base R only: packages for JSON or clocks may be missing.

args <- commandArgs(trailingOnly = TRUE)
package <- args[1]
family <- args[2]
file <- args[3]
n <- as.integer(args[4])
seconds <- as.numeric(args[5])
warm_rows <- as.integer(args[6])
most_runs <- as.integer(args[7])
suppressPackageStartupMessages(library(package, character.only = TRUE))

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

number <- function(x) sprintf("%.17g", x)
reply <- function(...) {
  fields <- list(...)
  cat("{", paste(sprintf('"%s": %s', names(fields), unlist(fields)), collapse = ", "), "}\n", sep = "")
  flush(stdout())
}
array <- function(x) paste0("[", paste(number(x), collapse = ", "), "]")
bytes_of <- function(field) {
  if (!file.exists("/proc/self/status")) return(NULL)
  line <- grep(paste0("^", field, ":"), readLines("/proc/self/status"), value = TRUE)
  1024 * as.numeric(gsub("[^0-9]", "", line))
}

fit <- counterparts[[package]][[family]]
if (is.null(fit)) {
  reply(skip = sprintf('"no counterpart of %s is known"', family))
  quit()
}
x <- readBin(file, "double", n = n, size = 8, endian = "little")
invisible(try(suppressWarnings(fit(x[seq_len(warm_rows)])), silent = TRUE))
invisible(gc())
if (file.exists("/proc/self/clear_refs")) cat("5", file = "/proc/self/clear_refs")
loaded <- bytes_of("VmRSS")
cat("{}\n")
flush(stdout())

ms <- numeric()
peak <- NULL
while (length(ms) == 0 || (sum(ms) < 1000 * seconds && length(ms) < most_runs)) {
  start <- Sys.time()
  found <- suppressWarnings(fit(x))
  ms <- c(ms, 1000 * as.numeric(difftime(Sys.time(), start, units = "secs")))
  if (is.null(peak)) peak <- bytes_of("VmHWM")
}
method <- if (package == "MASS" && family == "normal") "closed form" else "generic optimizer"
answer <- list(ms = array(ms), estimates = array(unname(coef(found))), method = sprintf('"%s"', method))
if (!is.null(peak)) answer <- c(answer, loadedBytes = number(loaded), peakBytes = number(peak))
do.call(reply, answer)
