# glm.fit and lm.fit on the rows of a file, timed: glm.R FILE ROWS COLUMNS. The file holds the columns (without the intercept), then the
# responses 0/1, counts and numbers. Prints model, elapsed seconds, iterations, first coefficients.

arguments <- commandArgs(trailingOnly = TRUE)
n <- as.numeric(arguments[2])
p <- as.numeric(arguments[3])
from <- file(arguments[1], "rb")
numbers <- readBin(from, "double", n = n * (p + 2), size = 8, endian = "little")
close(from)
x <- cbind(1, matrix(numbers[1:(n * (p - 1))], n))
response <- function(k) numbers[(p - 2 + k) * n + 1:n]
report <- function(name, y, fit) {
  gc()
  time <- system.time(found <- fit(x, y))[["elapsed"]]
  iterations <- if (is.null(found$iter)) 1 else found$iter
  cat("R", name, time, iterations, sprintf("%.15g", found$coefficients[1:3]), "\n")
}
report("logit", response(1), function(x, y) glm.fit(x, y, family = binomial()))
report("poisson", response(2), function(x, y) glm.fit(x, y, family = poisson()))
report("lm", response(3), function(x, y) lm.fit(x, y))
