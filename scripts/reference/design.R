# Design matrices by R: LC_ALL=C Rscript scripts/reference/design.R > test/data/design.json
#
# Every formula over a small data frame: names and values of model.matrix, terms and their columns; for some of them new rows, too, as
# predict() makes them. Levels that no row has are dropped, as lm and glm do. Numbers have 17 digits. Needs the packages MASS and jsonlite.

suppressPackageStartupMessages({
  library(MASS)
  library(jsonlite)
})
stopifnot(Sys.getlocale("LC_COLLATE") == "C")

plain <- function(d) {
  for (name in names(d)) if (is.ordered(d[[name]])) d[[name]] <- factor(as.character(d[[name]]), levels = levels(d[[name]]))
  rownames(d) <- NULL
  d
}

set.seed(20)
cells <- data.frame(
  y = round(rnorm(24), 3),
  x = round(runif(24, 0.5, 9), 2),
  z = round(rnorm(24, 2), 2),
  n = rep(c(3L, 1L, 2L, 100000L), 6),
  a = rep(c("r", "p", "q"), 8),
  b = rep(c("v", "u"), each = 12),
  c = rep(c("one", "Two", "three", "Four"), times = 6),
  l = rep(c(TRUE, FALSE, FALSE, TRUE, TRUE, FALSE, TRUE, FALSE), 3),
  check.names = FALSE
)
cells[["my var"]] <- rep(c("s", "t", "s"), 8)
cells[["size (cm)"]] <- round(cells$x * 3 + 0.25, 2)
cells[["1st"]] <- cells$z^2
holes <- cells
holes$x[c(2, 7)] <- NA
holes$a[c(3, 7)] <- NA
holes$l[11] <- NA
holes$y[20] <- NA
holes$c[holes$c == "Two" & seq_along(holes$c) > 4] <- "one"

frames <- list(
  mtcars = plain(mtcars),
  warpbreaks = plain(warpbreaks),
  infert = plain(infert[seq(1, 248, by = 5), c("education", "age", "parity", "induced", "case", "spontaneous")]),
  quine = plain(quine[seq(1, 146, by = 2), ]),
  esoph = plain(esoph[seq(1, 88, by = 2), ]),
  ToothGrowth = plain(ToothGrowth),
  airquality = plain(airquality[1:50, ]),
  chickwts = plain(chickwts),
  cells = plain(cells),
  holes = plain(holes)
)

formulas <- list(
  mtcars = c(
    "mpg ~ wt", "mpg ~ 1", "mpg ~ wt - 1", "mpg ~ 0 + wt + hp", "mpg ~ .", "mpg ~ . - cyl - disp", "log(mpg) ~ .", "mpg ~ (wt + hp + qsec)^2",
    "mpg ~ (wt + hp + qsec)^3 - wt:hp:qsec", "am ~ wt + factor(cyl)", "mpg ~ factor(cyl) * factor(gear)", "mpg ~ factor(cyl):wt",
    "mpg ~ wt:factor(cyl)", "mpg ~ factor(cyl)/wt", "mpg ~ factor(cyl)/wt - 1", "mpg ~ 0 + factor(cyl) + factor(am)",
    "mpg ~ 0 + factor(cyl):factor(am)", "mpg ~ factor(cyl):factor(am) + wt", "mpg ~ factor(am) + factor(cyl):factor(am)", "mpg ~ poly(wt, 2)",
    "mpg ~ poly(wt, 3) + poly(hp, 2, raw = TRUE)", "mpg ~ poly(wt, degree = 2) * factor(am)", "mpg ~ factor(am) * poly(wt, 2)",
    "mpg ~ poly(wt, 2):poly(hp, 2)", "mpg ~ poly(wt, hp, degree = 2)", "mpg ~ poly(disp, hp, wt, degree = 2, raw = TRUE)", "mpg ~ poly(disp, 5)",
    "mpg ~ poly(wt, 1)", "mpg ~ log(wt) + log10(hp) + log2(disp) + sqrt(qsec) + exp(-wt)", "mpg ~ log(wt, base = 3) + log1p(hp) + abs(wt - 3)",
    "mpg ~ sin(wt) + cos(wt) + tan(wt)", "mpg ~ I(wt^2) + I(wt * hp) + I(1 / wt) + I(wt^-0.5)", "mpg ~ scale(wt) + scale(hp, scale = FALSE)",
    "mpg ~ scale(wt, center = FALSE) + scale(hp, center = 100, scale = 50)", "mpg ~ wt + offset(log(hp))", "mpg ~ offset(wt) + offset(hp) + qsec",
    "mpg ~ cut(wt, 3)", "mpg ~ cut(hp, c(0, 100, 200, 400)) * wt", "mpg ~ cut(qsec, 4, right = FALSE, include.lowest = TRUE, dig.lab = 2)",
    "mpg ~ cut(disp, c(0, 150, Inf), labels = c(\"small\", \"big\"))", "mpg ~ wt %in% hp", "mpg ~ wt * hp * qsec - wt:hp:qsec", "mpg ~ wt + hp + wt:hp + hp:wt",
    "mpg ~ (hp > 100) + wt", "mpg ~ I(hp > 100) * factor(am)", "mpg ~ factor(hp > 100):wt", "mpg ~ I(cyl == 4 | hp > 200) + I(!(am == 1))", "mpg ~ ifelse(hp > 150, 1, 0) + wt",
    "mpg ~ I(hp %% 7) + I(hp %/% 7)", "mpg ~ factor(cyl, levels = c(8, 6, 4))", "mpg ~ factor(am, labels = c(\"auto\", \"manual\")) * wt",
    "mpg ~ relevel(factor(cyl), ref = \"6\")", "mpg ~ as.factor(gear) + as.numeric(carb)", "mpg ~ factor(wt)", "cbind(am, vs) ~ wt", "~ wt + hp", "mpg ~ I(cyl %in% c(4, 6))",
    "mpg ~ I(wt * 100000) + I(hp + 0.00001) + I(0x10 * wt) + I(wt + 1e15) + I(.5 * wt) + I(123456 * hp)"
  ),
  warpbreaks = c("breaks ~ wool * tension", "breaks ~ wool:tension", "breaks ~ 0 + wool:tension", "breaks ~ wool/tension", "breaks ~ tension - 1", "breaks ~ tension + wool - 1", "log(breaks) ~ .", "breaks ~ .^2", "breaks ~ tension %in% wool"),
  infert = c("case ~ spontaneous + induced", "case ~ education * age", "case ~ education:age + parity", "case ~ factor(induced) * factor(spontaneous) + age", "case ~ education/(age + parity)", "case ~ (education + age + parity)^2 - 1"),
  quine = c("Days ~ Eth * Sex * Age * Lrn", "Days ~ (Eth + Sex + Age + Lrn)^2", "Days ~ Eth + Sex:Age", "Days ~ 0 + Eth:Sex + Lrn", "Days ~ Eth:Sex:Age + Eth", "Days ~ Age + Sex %in% Age", "Days ~ Eth/Sex/Lrn", "Days ~ (Eth + Sex)/Lrn", "Days ~ .", "Days ~ Eth * Sex - Eth", "Days ~ Age * Lrn - 1"),
  esoph = c("cbind(ncases, ncontrols) ~ agegp + alcgp * tobgp", "ncases ~ agegp + tobgp:alcgp", "ncases ~ alcgp:ncontrols - 1", "ncases ~ offset(log(ncontrols + 1)) + alcgp"),
  ToothGrowth = c("len ~ supp * dose", "len ~ supp * factor(dose)", "len ~ 0 + supp + supp:dose", "len ~ supp:dose", "len ~ poly(dose, 2) * supp", "len ~ supp:poly(dose, 2) - 1", "len ~ poly(dose, 2, raw = TRUE):supp"),
  airquality = c("Ozone ~ Solar.R + Wind", "Ozone ~ Solar.R * factor(Month) + Temp", "Wind ~ Temp", "Wind ~ Temp + Ozone - Ozone", "log(Ozone) ~ log(Solar.R) + poly(Temp, 2)", "Ozone ~ ."),
  chickwts = c("weight ~ feed", "weight ~ feed - 1"),
  cells = c(
    "y ~ a * b * c", "y ~ a:b", "y ~ a:b:c", "y ~ 0 + a:b:c", "y ~ x:a", "y ~ x:a:b", "y ~ x:a + a", "y ~ a + x:a", "y ~ a:x + a:z - 1", "y ~ a:b + a:b:l", "y ~ a + a:b:l", "y ~ a:b + x:a", "y ~ b:l + a:b + a:l:b", "y ~ 0 + x + a:b", "y ~ 0 + a:x + b",
    "y ~ l", "y ~ 0 + l", "y ~ l * x", "y ~ l:a", "y ~ a:l:x", "y ~ I(l)", "y ~ factor(l) + as.numeric(l)", "y ~ c", "y ~ c * l - c", "y ~ factor(n)", "y ~ `my var` * x", "y ~ `size (cm)` + I(`size (cm)`^2) + `1st`:a", "y ~ . - `my var` - `1st`", "y ~ I(a == \"p\") + I(b != \"u\" & l)",
    "y ~ (a + b) %in% l", "y ~ a + b %in% a", "y ~ (a + b + c)^2 - a:b", "y ~ (a + b)^5", "y ~ (a + x + l)^3", "y ~ a * x * l - x - a:l", "y ~ a * b - a", "y ~ a * b - 1 - a", "y ~ a/(b + l)", "y ~ a * b/l", "y ~ x:1 + z", "y ~ x * 0 + a", "y ~ (x - 1)^2 + a", "y ~ a:poly(x, 2) + poly(z, 2):b", "y ~ a:poly(x, 2):b", "y ~ poly(x, 2):a:poly(z, 2)", "y ~ poly(x, 2):a:b",
    "y ~ x:poly(z, 2):a", "y ~ poly(z, 2):x", "y ~ poly(z, 2):b:x - 1", "y ~ -1 + 1 + x", "y ~ 0 - 1 + x", "y ~ x - (x + 1) + a", "y ~ x^2 + (x:z)^2", "y ~ +x + (-z)", "y ~ relevel(factor(a), \"q\") * l", "y ~ factor(a, levels = c(\"q\", \"p\", \"r\"))", "y ~ factor(a, levels = c(\"q\", \"p\"))", "y ~ I(x * z / 2 - -x) + I(-x^2) + I((x + z) * 2) + I(2^-1 * x)",
    "y ~ a %in% b %in% c", "y ~ a:b:c - a:b + a", "y ~ x:z:a + z:a", "y ~ l:x + l:z", "y ~ a * l + b:l", "y ~ b + c + b:c:x + x", "I(y > 0) ~ x", "a ~ x + b", "y ~ a:b:x:l"
  ),
  holes = c("y ~ x + a", "y ~ a * l", "y ~ x", "y ~ z + c", "y ~ c * l", "~ x + a", "y ~ factor(a) + x:l", "z ~ scale(x) + b", "z ~ b - x")
)

newRows <- list(
  list("mtcars", "mpg ~ poly(wt, 3) + scale(hp) + factor(cyl)", 5:9),
  list("mtcars", "mpg ~ poly(wt, hp, degree = 2)", c(1, 30, 12)),
  list("mtcars", "mpg ~ poly(disp, 4, raw = TRUE) * factor(gear) + offset(qsec)", 20:22),
  list("mtcars", "mpg ~ scale(wt, center = FALSE) + scale(hp, scale = FALSE)", 3:4),
  list("warpbreaks", "breaks ~ wool * tension", c(50, 2)),
  list("cells", "y ~ a * b + x:c + l", c(24, 1, 7)),
  list("quine", "Days ~ Age:Lrn + Sex", c(70, 3, 20)),
  list("ToothGrowth", "len ~ supp * poly(dose, 2)", c(60, 1))
)

# jsonlite stops at 15 digits.
exact <- function(v) {
  if (is.character(v)) return(v)
  short <- if (is.logical(v)) tolower(as.character(v)) else sprintf("%.15g", v)
  text <- if (is.logical(v)) short else ifelse(suppressWarnings(as.numeric(short)) == v, short, sprintf("%.17g", v))
  structure(paste0("[", paste(ifelse(is.na(v), "null", text), collapse = ","), "]"), class = "json")
}
columns <- function(m) lapply(seq_len(ncol(m)), function(j) exact(unname(m[, j])))

case <- function(frame, formula) {
  mf <- model.frame(as.formula(formula), frames[[frame]], drop.unused.levels = TRUE)
  m <- model.matrix(attr(mf, "terms"), mf)
  offset <- model.offset(mf)
  list(
    data = unbox(frame), formula = unbox(formula), names = as.list(colnames(m)), assign = as.list(attr(m, "assign")),
    terms = as.list(attr(attr(mf, "terms"), "term.labels")), columns = columns(m),
    omitted = unbox(nrow(frames[[frame]]) - nrow(mf)), offset = if (!is.null(offset)) exact(unname(offset))
  )
}

renewed <- function(frame, formula, rows) {
  mf <- model.frame(as.formula(formula), frames[[frame]], drop.unused.levels = TRUE)
  tt <- delete.response(attr(mf, "terms"))
  more <- model.frame(tt, frames[[frame]][rows, ], xlev = .getXlevels(attr(mf, "terms"), mf))
  m <- model.matrix(tt, more)
  list(data = unbox(frame), formula = unbox(formula), rows = as.list(rows - 1), names = as.list(colnames(m)), columns = columns(m))
}

levelsOf <- function(d) Filter(Negate(is.null), lapply(d, function(column) if (is.factor(column)) levels(column)))
asData <- function(d) lapply(d, function(column) exact(if (is.factor(column)) as.character(column) else column))

# Formulas at random over the columns of "cells": names, terms and their columns alone.
grown <- function(depth) {
  if (depth == 0 || runif(1) < 0.15) return(sample(c("a", "b", "l", "x", "z", "poly(x, 2)", "0", "1"), 1, prob = c(5, 5, 5, 5, 3, 1, 0.6, 0.6)))
  operator <- sample(c("+", ":", "*", "/", "%in%", "-", "^"), 1, prob = c(6, 3, 3, 2, 1, 2, 1))
  if (operator == "^") return(paste0("(", grown(depth - 1), ")^", sample(3, 1)))
  left <- grown(depth - 1)
  right <- grown(depth - 1)
  if (runif(1) < 0.5) left <- paste0("(", left, ")")
  if (runif(1) < 0.5) right <- paste0("(", right, ")")
  paste(left, operator, right)
}
drawn <- list()
while (length(drawn) < 400) {
  formula <- paste("y ~", grown(sample(2:4, 1)))
  found <- try(case("cells", formula), silent = TRUE)
  if (!inherits(found, "try-error") && length(found$names) < 40) drawn <- c(drawn, list(found[c("formula", "names", "assign", "terms")]))
}

cases <- do.call(c, lapply(names(formulas), function(frame) lapply(formulas[[frame]], function(formula) case(frame, formula))))
lines <- function(list) paste(vapply(list, toJSON, "", json_verbatim = TRUE, na = "null", null = "null"), collapse = ",\n")
cat("{\"source\": \"R", as.character(getRversion()), "model.matrix; scripts/reference/design.R\",\n")
cat("\"data\": {\n")
cat(paste(vapply(names(frames), function(name) {
  d <- frames[[name]]
  whole <- names(d)[vapply(d, is.integer, NA)]
  sprintf("\"%s\": %s", name, toJSON(list(columns = asData(d), levels = levelsOf(d), integers = as.list(whole)), json_verbatim = TRUE, na = "null"))
}, ""), collapse = ",\n"))
cat("},\n\"cases\": [\n", lines(cases), "],\n\"drawn\": [\n", lines(drawn), "],\n\"newRows\": [\n", lines(lapply(newRows, function(one) do.call(renewed, one))), "]}\n", sep = "")
