# Comparisons of regressions by R: test/data/comparisons.json.
# Rscript scripts/reference/comparisons.R > test/data/comparisons.json
# Log-likelihoods, AIC and BIC are the fits' own, likelihood ratios follow from them (lmtest::lrtest prints the same), and Vuong's z values are
# read from what pscl::vuong prints.
suppressMessages({ library(jsonlite); library(MASS); library(pscl); library(survival); library(nnet); library(lmtest) })

ratio <- function(small, large) {
  t <- lrtest(small, large)
  list(statistic = t$Chisq[2], df = abs(t$Df[2]), p = t[["Pr(>Chisq)"]][2])
}
criteria <- function(fit) list(logLik = as.numeric(logLik(fit)), aic = AIC(fit), k = attr(logLik(fit), "df"))
printed <- function(a, b) {
  lines <- capture.output(invisible(vuong(a, b, digits = 12)))
  z <- sapply(c("Raw", "AIC-corrected", "BIC-corrected"), function(name) {
    as.numeric(strsplit(trimws(sub(name, "", grep(paste0("^", name), lines, value = TRUE), fixed = TRUE)), "[ ]+")[[1]][1])
  })
  list(raw = z[[1]], aic = z[[2]], bic = z[[3]])
}

art <- bioChemists
counts <- with(art, list(art = art, fem = ifelse(fem == "Women", 1, 0), mar = ifelse(mar == "Married", 1, 0), kid5 = kid5, phd = phd, ment = ment))
d <- as.data.frame(counts)
poisson1 <- glm(art ~ fem + ment, poisson, d)
poisson2 <- glm(art ~ fem + mar + kid5 + phd + ment, poisson, d)
nb <- glm.nb(art ~ fem + mar + kid5 + phd + ment, d, control = glm.control(epsilon = 1e-14, maxit = 100))
control <- zeroinfl.control(reltol = 1e-15)
zip1 <- zeroinfl(art ~ fem + mar + kid5 + phd + ment | 1, d, control = control)
zip <- zeroinfl(art ~ fem + mar + kid5 + phd + ment | ment, d, control = control)
zinb <- zeroinfl(art ~ fem + mar + kid5 + phd + ment | ment, d, dist = "negbin", control = control)
hp <- hurdle(art ~ fem + mar + kid5 + phd + ment | ment, d, control = hurdle.control(reltol = 1e-15))

lung <- na.omit(lung[, c("time", "status", "age", "sex", "ph.ecog")])
tight <- survreg.control(rel.tolerance = 1e-14)
weibull1 <- survreg(Surv(time, status) ~ age, lung, control = tight)
weibull2 <- survreg(Surv(time, status) ~ age + sex + ph.ecog, lung, control = tight)
exponential <- survreg(Surv(time, status) ~ age + sex + ph.ecog, lung, dist = "exponential", control = tight)
cox1 <- coxph(Surv(time, status) ~ age, lung, control = coxph.control(eps = 1e-13))
cox2 <- coxph(Surv(time, status) ~ age + sex + ph.ecog, lung, control = coxph.control(eps = 1e-13))
lm1 <- lm(mpg ~ wt, mtcars)
lm2 <- lm(mpg ~ wt + qsec + factor(cyl), mtcars)
h <- housing
polr1 <- polr(Sat ~ Infl, weights = Freq, data = h, control = list(reltol = 1e-15))
polr2 <- polr(Sat ~ Infl + Type + Cont, weights = Freq, data = h, control = list(reltol = 1e-15))

cat(toJSON(list(
  source = "R 4, MASS, pscl (bioChemists), survival (lung without missing values), lmtest; scripts/reference/comparisons.R",
  counts = counts,
  lung = lapply(as.list(setNames(lung, c("time", "status", "age", "sex", "ecog"))), as.numeric),
  mtcars = as.list(mtcars[, c("mpg", "wt", "qsec", "cyl")]),
  housing = lapply(as.list(h), function(column) if (is.factor(column)) as.character(column) else column),
  criteria = list(poisson1 = criteria(poisson1), poisson2 = criteria(poisson2), nb = criteria(nb), zip1 = criteria(zip1), zip = criteria(zip), zinb = criteria(zinb), hp = criteria(hp), weibull1 = criteria(weibull1), weibull2 = criteria(weibull2), exponential = criteria(exponential), cox1 = criteria(cox1), cox2 = criteria(cox2), lm1 = criteria(lm1), lm2 = criteria(lm2), polr1 = criteria(polr1), polr2 = criteria(polr2)),
  ratios = list(poisson1.poisson2 = ratio(poisson1, poisson2), poisson2.nb = ratio(poisson2, nb), poisson2.zip1 = ratio(poisson2, zip1), poisson2.zip = ratio(poisson2, zip), zip.zinb = ratio(zip, zinb), weibull1.weibull2 = ratio(weibull1, weibull2), exponential.weibull2 = ratio(exponential, weibull2), cox1.cox2 = ratio(cox1, cox2), lm1.lm2 = ratio(lm1, lm2), polr1.polr2 = ratio(polr1, polr2)),
  vuong = list(zip.poisson2 = printed(zip, poisson2), zinb.nb = printed(zinb, nb), hp.poisson2 = printed(hp, poisson2), zip.hp = printed(zip, hp))
), auto_unbox = TRUE, digits = NA))
