# test/data/pictures.json: what pictures estimate without a family, by R (survival, stats). Rscript scripts/reference/pictures.R
library(survival)
json <- function(x) paste0("[", paste(sprintf("%.17g", x), collapse = ", "), "]")
estimate <- function(name, s, time, status, entry) {
  died <- s$n.event > 0
  paste0(
    "  \"", name, "\": {\n    \"time\": ", json(time), ",\n    \"status\": ", json(status),
    if (is.null(entry)) "" else paste0(",\n    \"entry\": ", json(entry)),
    ",\n    \"deaths\": ", json(s$time[died]), ",\n    \"survival\": ", json(s$surv[died]),
    ",\n    \"lower\": ", json(s$lower[died]), ",\n    \"upper\": ", json(s$upper[died]), "\n  }"
  )
}
entry <- pmin(4, floor(0.4 * aml$time)) * rep(c(0, 1, 1), length.out = nrow(aml))
k <- c(1, 3, 10, 500, 1000)
n <- c(10, 10, 10, 1000, 1000)
bands <- paste0(
  "  \"order\": { \"k\": ", json(k), ", \"n\": ", json(n),
  ", \"lower\": ", json(qbeta(0.025, k, n + 1 - k)), ", \"upper\": ", json(qbeta(0.975, k, n + 1 - k)), " }"
)
writeLines(c(
  "{",
  paste(
    estimate("aml", survfit(Surv(time, status) ~ 1, aml, conf.type = "log-log"), aml$time, aml$status, NULL),
    estimate("entries", survfit(Surv(entry, time, status) ~ 1, aml, conf.type = "log-log"), aml$time, aml$status, entry),
    bands,
    sep = ",\n"
  ),
  "}"
), "test/data/pictures.json")
