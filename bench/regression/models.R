# R's regressions on the rows of a file, timed: models.R FILE ROWS COLUMNS. The file holds the columns, then the responses in the order of
# models.ts. Prints model, elapsed seconds, coefficients of the columns.

suppressMessages({
  library(MASS)
  library(nnet)
  library(survival)
})
arguments <- commandArgs(trailingOnly = TRUE)
n <- as.numeric(arguments[2])
p <- as.numeric(arguments[3])
from <- file(arguments[1], "rb")
numbers <- readBin(from, "double", n = n * (p + 10), size = 8, endian = "little")
close(from)
x <- matrix(numbers[1:(n * p)], n, dimnames = list(NULL, paste0("x", 1:p)))
responses <- matrix(numbers[n * p + 1:(n * 10)], n)
colnames(responses) <- c("positive", "binary", "count", "level", "class", "time", "status", "entry", "exit", "event")
data <- data.frame(x, responses)
right <- paste(colnames(x), collapse = " + ")
report <- function(name, left, fit, coefficients = function(found) coef(found)[colnames(x)]) {
  model <- as.formula(paste(left, "~", right))
  gc()
  time <- system.time(found <- fit(model))[["elapsed"]]
  cat(paste(c(name, time, sprintf("%.15g", coefficients(found))), collapse = "\t"), "\n", sep = "")
}
report("gamma", "positive", function(model) glm(model, Gamma("log"), data))
report("probit", "binary", function(model) glm(model, binomial("probit"), data))
report("negativeBinomial", "count", function(model) glm.nb(model, data))
report("ordinal", "factor(level)", function(model) polr(model, data))
report("multinomial", "factor(class)", function(model) multinom(model, data, trace = FALSE), function(found) coef(found)[1, colnames(x)])
report("survreg", "Surv(time, status)", function(model) survreg(model, data))
report("coxph", "Surv(time, status)", function(model) coxph(model, data))
report("coxph, late entry", "Surv(entry, exit, event)", function(model) coxph(model, data))
