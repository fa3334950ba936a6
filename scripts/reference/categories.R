# Rows of test/data/categories.json: what R's MASS::polr and nnet::multinom answer at their defaults for two tables, with their data.
#
#     Rscript scripts/reference/categories.R > test/data/categories.json

suppressMessages({
  library(MASS)
  library(nnet)
  library(jsonlite)
})

columns <- function(data) lapply(data, function(column) if (is.factor(column)) as.character(column) else column)
answers <- function(fit) {
  list(
    deviance = fit$deviance,
    aic = AIC(fit),
    df = fit$edf,
    probs = unname(fitted(fit)),
    classes = as.character(predict(fit))
  )
}

ordered <- polr(Sat ~ Infl + Type + Cont, weights = Freq, data = housing, Hess = TRUE)
cells <- as.data.frame(HairEyeColor)
nominal <- multinom(Eye ~ Hair + Sex, weights = Freq, data = cells, Hess = TRUE, trace = FALSE)
table <- coef(summary(ordered))
errors <- summary(nominal)$standard.errors
named <- function(matrix) {
  names <- outer(rownames(matrix), colnames(matrix), paste, sep = ":")
  as.list(setNames(as.vector(t(matrix)), as.vector(t(names))))
}
write(toJSON(
  list(
    housing = c(list(
      data = columns(housing),
      estimates = as.list(setNames(table[, "Value"], rownames(table))),
      se = as.list(setNames(table[, "Std. Error"], rownames(table)))
    ), answers(ordered)),
    eyes = c(list(data = columns(cells), estimates = named(coef(nominal)), se = named(errors)), answers(nominal))
  ),
  digits = NA, auto_unbox = TRUE
), stdout())
