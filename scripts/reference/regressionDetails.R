# What R says of a few regressions beside their coefficients: residuals, leverage, Cook's distances, sandwiches, predictions, tables.
#
#   Rscript scripts/reference/regressionDetails.R > test/data/regressionDetails.json
#
# R's glm.fit is asked for the maximum itself (epsilon 1e-14), so that its figures are those of the estimates. Quantile residuals of the
# continuous families are statmod's; sandwiches are the package sandwich's, which has the expected information as bread where ours is the
# observed one: the rows are of canonical links, where the two are the same, and of lm.

suppressMessages({library(jsonlite); library(MASS); library(sandwich); library(statmod)})
tight <- glm.control(epsilon = 1e-14, maxit = 100)

describe <- function(id, fit, newdata, cluster = NULL, trials = NULL, offset = NULL, robust = TRUE, y = NULL) {
  linear <- !inherits(fit, "glm")
  x <- model.matrix(fit)
  link <- if (linear) "identity" else fit$family$link
  family <- if (linear) "gaussian" else c(gaussian = "gaussian", binomial = "binomial", poisson = "poisson", Gamma = "gamma", inverse.gaussian = "inverseGaussian")[[fit$family$family]]
  new <- model.matrix(delete.response(terms(fit)), newdata)
  types <- if (linear) c("response", "pearson") else c("deviance", "pearson", "response", "working")
  prediction <- function(type) predict(fit, newdata, type = type, se.fit = TRUE)
  tables <- if (linear) { a <- anova(fit); list(df = a$Df[-nrow(a)], sums = a$`Sum Sq`[-nrow(a)], f = a$`F value`[-nrow(a)], p = a$`Pr(>F)`[-nrow(a)]) }
            else { a <- anova(fit, test = "LRT"); list(df = a$Df[-1], sums = a$Deviance[-1], residual = a$`Resid. Dev`, p = if (family %in% c("binomial", "poisson")) a$`Pr(>Chi)`[-1]) }
  list(
    id = id, model = if (linear) "lm" else "glm", family = family, link = link,
    names = colnames(x), columns = unname(lapply(seq_len(ncol(x)), function(j) unname(x[, j]))),
    assign = attr(x, "assign"), terms = attr(terms(fit), "term.labels"),
    y = if (is.null(y)) unname(as.numeric(model.response(model.frame(fit)))) else y, trials = trials,
    weights = if (is.null(trials)) model.weights(model.frame(fit)), offset = offset,
    residuals = c(setNames(lapply(types, function(type) unname(residuals(fit, type))), types),
                  list(standardized = unname(rstandard(fit))), if (linear) list(studentized = unname(rstudent(fit))),
                  if (family %in% c("gamma", "inverseGaussian")) list(quantile = unname(qresiduals(fit, dispersion = attr(fit, "ml"))))),
    hat = unname(hatvalues(fit)), cook = unname(cooks.distance(fit)),
    robust = if (robust) list(HC0 = unname(vcovHC(fit, "HC0")), HC1 = unname(vcovHC(fit, "HC1")), HC2 = unname(vcovHC(fit, "HC2")), HC3 = unname(vcovHC(fit, "HC3"))),
    cluster = cluster, clustered = if (robust && !is.null(cluster)) unname(vcovCL(fit, cluster, type = "HC0")),
    classical = unname(vcov(fit)),
    new = unname(lapply(seq_len(ncol(new)), function(j) unname(new[, j]))),
    link_fit = unname(if (linear) predict(fit, newdata) else prediction("link")$fit), link_se = unname(if (linear) predict(fit, newdata, se.fit = TRUE)$se.fit else prediction("link")$se.fit),
    response_fit = unname(if (linear) predict(fit, newdata) else prediction("response")$fit), response_se = unname(if (linear) predict(fit, newdata, se.fit = TRUE)$se.fit else prediction("response")$se.fit),
    anova = tables,
    linear = if (linear) { s <- summary(fit); list(sigma = s$sigma, r2 = s$r.squared, adjusted = s$adj.r.squared, f = unname(s$fstatistic)) }
  )
}

lowbirth <- birthwt[, c("low", "lwt", "smoke", "age")]
clotting <- data.frame(u = c(5, 10, 15, 20, 30, 40, 60, 80, 100), lot1 = c(118, 58, 42, 35, 27, 25, 21, 19, 18))
gammaFit <- glm(lot1 ~ log(u), data = clotting, family = Gamma("log"), control = tight)
attr(gammaFit, "ml") <- 1 / as.numeric(gamma.shape(gammaFit, it.lim = 100, eps.max = 1e-14)$alpha)
weighted <- lm(dist ~ speed, cars, weights = 1 / speed)
rows <- list(
  describe("lm mtcars", lm(mpg ~ wt + hp, mtcars), mtcars[1:3, ], cluster = mtcars$cyl),
  describe("lm cars weighted", weighted, cars[c(1, 20), ]),
  describe("glm birthwt logit", glm(low ~ lwt + smoke + age, binomial, lowbirth, control = tight), lowbirth[1:3, ], cluster = birthwt$race),
  describe("glm menarche logit", glm(cbind(Menarche, Total - Menarche) ~ Age, binomial, menarche, control = tight), menarche[c(3, 12), ], trials = menarche$Total, y = menarche$Menarche),
  describe("glm menarche probit", glm(cbind(Menarche, Total - Menarche) ~ Age, binomial("probit"), menarche, control = tight), menarche[c(3, 12), ], trials = menarche$Total, y = menarche$Menarche, robust = FALSE),
  describe("glm warpbreaks poisson", glm(breaks ~ wool + tension, poisson, warpbreaks, control = tight), warpbreaks[c(1, 30, 50), ], cluster = as.integer(warpbreaks$tension)),
  describe("glm clotting gamma log", gammaFit, clotting[c(2, 8), ], robust = FALSE)
)
cat("[\n", paste(sapply(rows, toJSON, auto_unbox = TRUE, digits = NA, null = "null"), collapse = ",\n"), "\n]\n", sep = "")
