# What R's survival says of Cox models and matched sets beside their coefficients: residuals, baseline hazards, predictions, tests, sandwiches,
# concordance.
#
#   Rscript scripts/reference/cox.R > test/data/cox.json
#
# Iterations go on until nothing changes, so that the figures are those of the maximum.

suppressMessages({library(jsonlite); library(survival)})
tight <- coxph.control(eps = 1e-14, iter.max = 50, toler.inf = 1e-14)

describe <- function(id, formula, data, ties = "efron", weights = NULL, cluster = NULL, newdata = data[1:5, ], times = NULL) {
  frame <- data
  frame$w <- if (is.null(weights)) rep(1, nrow(data)) else weights
  fit <- coxph(formula, frame, ties = ties, weights = w, control = tight, x = TRUE, model = TRUE)
  clustered <- if (!is.null(cluster)) {
    frame$id <- cluster
    coxph(formula, frame, ties = ties, weights = w, cluster = id, control = tight)$var
  }
  s <- summary(fit)
  columns <- function(m) { m <- as.matrix(m); unname(lapply(seq_len(ncol(m)), function(j) unname(m[, j]))) }
  hazard <- basehaz(fit)
  zero <- basehaz(fit, centered = FALSE)
  counts <- concordance(fit)$count
  if (is.matrix(counts)) counts <- colSums(counts)
  # R's means of counting processes are without weights, others with them; ours always with.
  alike <- is.null(weights) || ncol(fit$y) == 2
  curves <- if (!is.null(times)) summary(survfit(fit, newdata), times = times, extend = TRUE)$surv
  list(
    id = id, formula = paste(deparse(formula, 200), collapse = ""), ties = ties, data = as.list(data), weights = weights,
    coef = unname(coef(fit)), se = unname(sqrt(diag(fit$naive.var %||% fit$var))), loglik = fit$loglik, nevent = fit$nevent,
    martingale = unname(residuals(fit, "martingale")), deviance = unname(residuals(fit, "deviance")),
    score = columns(residuals(fit, "score")), dfbeta = columns(residuals(fit, "dfbeta")), schoenfeld = columns(residuals(fit, "schoenfeld")),
    robust = unname(crossprod(as.matrix(residuals(fit, "dfbeta")))), cluster = cluster, clustered = clustered,
    tests = list(lr = unname(s$logtest), wald = c(sum(coef(fit) * solve(fit$naive.var %||% fit$var, coef(fit))), length(coef(fit))), score = unname(s$sctest)),
    time = hazard$time, hazard = if (alike) hazard$hazard, zero = zero$hazard, strata = as.character(hazard$strata),
    concordance = unname(counts), value = unname(concordance(fit)$concordance), value_se = sqrt(concordance(fit)$var),
    lp = unname(predict(fit)), sample = if (alike) unname(predict(fit, reference = "sample")),
    new = as.list(newdata), new_lp = unname(predict(fit, newdata)), new_sample = if (alike) unname(predict(fit, newdata, reference = "sample")),
    new_risk = unname(predict(fit, newdata, type = "risk")), new_zero = unname(predict(fit, newdata, reference = "zero")),
    times = times, curves = curves
  )
}
`%||%` <- function(a, b) if (is.null(a)) b else a

lung1 <- na.omit(lung[c("time", "status", "age", "sex", "ph.ecog")])
veteran1 <- veteran[c("time", "status", "trt", "karno", "age", "celltype")]
veteran1$celltype <- as.character(veteran1$celltype)
heart1 <- heart[c("start", "stop", "event", "age", "year", "surgery", "id")]
set.seed(8)
w <- rep_len(c(1, 2, 0.5, 1.5), nrow(lung1))
# Times by the month: many ties. Strata of both kinds, late entry.
rough <- data.frame(entry = rep_len(c(0, 1, 0, 3), 60), gone = rep_len(c(4, 5, 7, 6, 9, 5, 8), 60), event = rep_len(c(1, 1, 0), 60),
                    x = round(sin(1:60), 2), g = rep_len(c("a", "b", "b", "a", "b"), 60), k = rep_len(1:2, 60))
rough_w <- rep_len(c(1, 3, 2), 60)

rows <- list(
  describe("lung", Surv(time, status) ~ age + sex + ph.ecog, lung1, times = c(100, 300, 1000)),
  describe("lung, breslow, weights", Surv(time, status) ~ age + sex + ph.ecog, lung1, "breslow", w),
  describe("lung, weights", Surv(time, status) ~ age + sex + ph.ecog, lung1, "efron", w, cluster = rep_len(1:30, nrow(lung1))),
  describe("veteran", Surv(time, status) ~ karno + celltype + trt, veteran1, times = c(50, 200)),
  describe("veteran, strata", Surv(time, status) ~ karno + age + strata(celltype), veteran1, cluster = rep_len(1:40, nrow(veteran1))),
  describe("heart", Surv(start, stop, event) ~ age + year + surgery, heart1, cluster = heart1$id, times = c(30, 300)),
  describe("ties, strata and late entry", Surv(entry, gone, event) ~ x + k + strata(g), rough, "efron", rough_w),
  describe("ties, strata and late entry, breslow", Surv(entry, gone, event) ~ x + strata(g, k), rough, "breslow", rough_w)
)
choices <- lapply(1:3, function(m) {
  set <- rep(1:12, each = 3 + m)
  x <- round(cos(seq_along(set) * 1.7), 3); z <- rep_len(c(0, 1, 1, 0, 2, 0, 1), length(set))
  y <- as.integer(ave(sin(seq_along(set) * 3.1) + x, set, FUN = function(v) rank(-v)) <= m)
  y[set == 12] <- 0
  fit <- clogit(y ~ x + z + strata(set), control = tight)
  list(cases = m, set = set, x = x, z = z, y = y, coef = unname(coef(fit)), var = unname(fit$var), loglik = fit$loglik, score = fit$score)
})
cat(toJSON(list(cox = rows, clogit = choices), digits = I(17), auto_unbox = TRUE, null = "null"), "\n")
