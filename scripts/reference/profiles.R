# Profile intervals of R, where R has them: Rscript scripts/reference/profiles.R > test/data/profilesR.json, with bbmle, evd, MASS, boot, jsonlite.
#
# bbmle and evd interpolate a profile of a few dozen points by splines, and their optimisers stop at a relative tolerance of 1e-8; MASS's
# confint of a glm does the same on the scale of the link. So they are right to some three digits of the interval's width, which is what
# `tolerance` says, as a part of the width.
suppressMessages({library(bbmle); library(evd); library(MASS)})
cases <- function(family) jsonlite::fromJSON(sprintf("test/data/reference/%s.json", family), simplifyDataFrame = FALSE)
case <- function(family, id) Filter(function(row) row$id == id, cases(family))[[1]]
rows <- list()
say <- function(case, of, source, interval, tolerance) {
  rows[[length(rows) + 1]] <<- list(case = case, of = of, source = source, interval = as.numeric(interval), tolerance = tolerance)
}
version <- function(package) paste(package, packageVersion(package))

fitted <- function(id, family, density) {
  row <- case(family, id)
  x <- row$x
  start <- row$expected$estimates
  minus <- density(x)
  parnames(minus) <- names(start)
  found <- mle2(minus, start = unlist(start), vecpar = TRUE, method = "BFGS", control = list(reltol = 1e-14))
  ends <- confint(profile(found, std.err = row$expected$se |> unlist(), maxsteps = 200, del = 0.1), level = 0.95)
  for (name in names(start)) say(id, name, version("bbmle"), ends[name, ], 2e-3)
}
fitted("uni-gamma-aircondit", "gamma", function(x) function(p) -sum(dgamma(x, p[1], p[2], log = TRUE)))
fitted("uni-grid-weibull-n40", "weibull", function(x) function(p) -sum(dweibull(x, p[1], p[2], log = TRUE)))
fitted("uni-grid-normal-n40", "normal", function(x) function(p) -sum(dnorm(x, p[1], p[2], log = TRUE)))
fitted("uni-negbin-toxocara", "negativeBinomial", function(x) function(p) -sum(dnbinom(x, size = p[1], mu = p[2], log = TRUE)))
fitted("uni-logistic-nhtemp", "logistic", function(x) function(p) -sum(dlogis(x, p[1], p[2], log = TRUE)))

x <- case("generalizedExtremeValue", "uni-gev-portpirie")$x
found <- fgev(x, control = list(reltol = 1e-14))
invisible(capture.output(profiled <- profile(found, mesh = c(0.002, 0.002, 0.005))))
ends <- confint(profiled, level = 0.95)
names <- c(loc = "location", scale = "scale", shape = "shape")
for (name in names(names)) say("uni-gev-portpirie", names[[name]], version("evd"), ends[name, ], 2e-3)

x <- case("poisson", "uni-poisson-discoveries")$x
ends <- suppressMessages(confint(glm(x ~ 1, family = poisson, control = glm.control(epsilon = 1e-14))))
say("uni-poisson-discoveries", "lambda", paste("glm,", version("MASS")), exp(ends), 2e-3)

cat("[\n", paste(vapply(rows, jsonlite::toJSON, "", auto_unbox = TRUE, digits = 15), collapse = ",\n"), "\n]\n", sep = "")
