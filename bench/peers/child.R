# The protocol's other end (protocol.ts), for peers in R: sourced by the script of a peer, which calls `serve`. Base R only: packages for
# JSON or clocks may be missing.

args <- commandArgs(trailingOnly = TRUE)
package <- args[1]
family <- args[2]
file <- args[3]
n <- as.integer(args[4])
seconds <- as.numeric(args[5])
warm_rows <- as.integer(args[6])
most_runs <- as.integer(args[7])
suppressPackageStartupMessages(library(package, character.only = TRUE))

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

# load(n) gives n rows, fit(rows) is timed, estimates(fitted) are the engine's parameters.
serve <- function(load, fit, estimates, method) {
  if (is.null(fit)) {
    reply(skip = sprintf('"no counterpart of %s is known"', family))
    quit()
  }
  invisible(try(suppressWarnings(fit(load(warm_rows))), silent = TRUE))
  x <- load(n)
  invisible(gc())
  if (file.exists("/proc/self/clear_refs")) cat("5", file = "/proc/self/clear_refs")
  loaded <- bytes_of("VmRSS")
  cat("{}\n")
  flush(stdout())

  ms <- numeric()
  processor <- function() 1000 * sum(proc.time()[1:2])
  before <- processor()
  peak <- NULL
  while (length(ms) == 0 || (sum(ms) < 1000 * seconds && length(ms) < most_runs)) {
    start <- Sys.time()
    found <- suppressWarnings(fit(x))
    ms <- c(ms, 1000 * as.numeric(difftime(Sys.time(), start, units = "secs")))
    if (is.null(peak)) peak <- bytes_of("VmHWM")
  }
  answer <- list(ms = array(ms), estimates = array(unname(estimates(found))), method = sprintf('"%s"', method))
  answer <- c(answer, processorMs = number(processor() - before))
  # survreg says that of the constant alone before that of the model.
  if (!is.null(found$loglik)) answer <- c(answer, logLik = number(tail(found$loglik, 1)))
  if (!is.null(peak)) answer <- c(answer, loadedBytes = number(loaded), peakBytes = number(peak))
  do.call(reply, answer)
}
