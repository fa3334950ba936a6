# How R writes numbers: format(), format.pval(), formatC() and printCoefmat's zapsmall of seeded ones.
#
#   Rscript scripts/reference/printed.R > test/data/printed.json

suppressMessages(library(jsonlite))
set.seed(1)
drawn <- function() {
  n <- sample(1:6, 1)
  size <- sample(c(0, 0, 2, 6, 12, 150), 1)
  round(rnorm(n), sample(c(1, 3, 15), 1)) * 10^sample(c(0, 0, -3, 2, 7), 1) * 10^(runif(n, -size, size) %/% 1) + 0
}
rows <- lapply(1:400, function(i) {
  x <- drawn(); digits <- sample(1:8, 1)
  p <- pmin(1, 10^runif(sample(1:6, 1), -20, 0)); p[runif(length(p)) < 0.1] <- NA
  list(x = I(sprintf("%.17g", x)), digits = digits, format = I(format(x, digits = digits, trim = TRUE)),
       general = I(formatC(x, digits = digits)), zapped = I(sprintf("%.17g", zapsmall(x, digits))),
       p = I(sprintf("%.17g", p)), pdigits = min(4, digits), pval = I(trimws(format.pval(p, digits = min(4, digits), eps = .Machine$double.eps))))
})
cat(toJSON(rows, digits = NA, na = "null"), "\n")
