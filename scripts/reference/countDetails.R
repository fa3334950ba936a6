# What R's pscl says of zero-inflated and hurdle models beside their coefficients: predictions, probabilities, Pearson residuals; and their
# log-likelihoods by the links of the zeros. Its optimiser ends some 1e-6 before the maximum.
#
#   Rscript scripts/reference/countDetails.R > test/data/countDetails.json

suppressMessages({library(jsonlite); library(pscl)})
data(bioChemists)
d <- bioChemists[seq(1, nrow(bioChemists), by = 3), ]
d$fem <- as.character(d$fem)
control <- function(kind) kind(reltol = 1e-15, maxit = 20000)

describe <- function(model, dist, link) {
  fit <- if (model == "zeroInflated") zeroinfl(art ~ fem + ment | kid5 + ment, d, dist = dist, link = link, control = control(zeroinfl.control))
         else hurdle(art ~ fem + ment | kid5 + ment, d, dist = dist, link = link, control = control(hurdle.control))
  first <- head(d, 12)
  list(
    model = model, family = if (dist == "poisson") dist else "negativeBinomial", link = link, logLik = as.numeric(logLik(fit)),
    response = unname(predict(fit, first, type = "response")), count = unname(predict(fit, first, type = "count")),
    zero = unname(predict(fit, first, type = "zero")), prob = unname(predict(fit, first, type = "prob", at = 0:6))[, 1:7],
    pearson = unname(head(residuals(fit, "pearson"), 12))
  )
}

rows <- list()
for (model in c("zeroInflated", "hurdle")) for (dist in c("poisson", "negbin")) for (link in c("logit", "probit", "cloglog", "cauchit"))
  rows <- c(rows, list(describe(model, dist, link)))
cat(toJSON(list(data = as.list(d[c("art", "fem", "kid5", "ment")]), rows = rows), auto_unbox = TRUE, digits = 12))
