# Rows of test/data/penalties.json: paths by R's glmnet (Friedman, Hastie & Tibshirani 2010) at a tight threshold, and its cross-validation with
# folds that are given. lambda is glmnet's, per observation; penalty factors are as glmnet rescales them, to sum to the number of columns.
#
#     Rscript scripts/reference/glmnet.R > test/data/penalties.json

suppressMessages({
  library(glmnet)
  library(MASS)
  library(jsonlite)
})

numbers <- function(x) paste0("[", paste(ifelse(is.na(x), "null", sprintf("%.17g", x)), collapse = ","), "]")
glmnet.control(fdev = 0, devmax = 1, epsnr = 1e-13, mxitnr = 100)

case <- function(id, x, y, name, family, link, alpha = 1, standardize = TRUE, factors = rep(1, ncol(x)), weights = NULL, offset = NULL, folds = NULL) {
  given <- list(x = x, y = y, family = family, alpha = alpha, standardize = standardize, penalty.factor = factors, nlambda = 25, thresh = 1e-20, maxit = 1e7)
  if (!is.null(weights)) given$weights <- weights
  if (!is.null(offset)) given$offset <- offset
  fit <- do.call(glmnet, given)
  beta <- as.matrix(coef(fit))
  loss <- "null"
  if (!is.null(folds)) {
    given$nlambda <- NULL
    cv <- do.call(cv.glmnet, c(given, list(lambda = fit$lambda, foldid = folds + 1)))
    loss <- sprintf('{"folds":%s,"mean":%s,"se":%s,"lambdaMin":%.17g,"lambda1se":%.17g}', numbers(folds), numbers(cv$cvm), numbers(cv$cvsd), cv$lambda.min, cv$lambda.1se)
  }
  sprintf(
    '{"id":"%s","family":"%s","link":"%s","alpha":%s,"standardize":%s,"names":%s,"columns":[%s],"y":%s,"factors":%s,"weights":%s,"offset":%s,"lambda":%s,"beta":[%s],"nonzero":%s,"explained":%s,"cv":%s}',
    id, name, link, format(alpha), tolower(standardize), toJSON(c("(Intercept)", colnames(x))),
    paste(c(numbers(rep(1, nrow(x))), apply(x, 2, numbers)), collapse = ","), numbers(y), numbers(c(0, factors * ncol(x) / sum(factors))),
    if (is.null(weights)) "null" else numbers(weights), if (is.null(offset)) "null" else numbers(offset),
    numbers(fit$lambda), paste(apply(beta, 2, numbers), collapse = ","), numbers(fit$df), numbers(fit$dev.ratio), loss
  )
}

pima <- model.matrix(type ~ ., Pima.tr)[, -1]
diabetic <- as.integer(Pima.tr$type) - 1
boston <- model.matrix(medv ~ ., Boston)[, -1]
absences <- model.matrix(Days ~ Eth * Sex + Age + Lrn, quine[quine$Age != "F3" | TRUE, ])
absences <- absences[, qr(absences)$pivot[seq_len(qr(absences)$rank)]][, -1]
claims <- model.matrix(~ District + Group + as.integer(Age), Insurance)[, -1]
folds <- (seq_len(nrow(pima)) * 7) %% 10

cat("[", paste(c(
  case("pima-lasso", pima, diabetic, "binomial", "binomial", "logit", folds = folds),
  case("pima-net-factors", pima, diabetic, "binomial", "binomial", "logit", alpha = 0.5, factors = c(1, 0, 2, 1, 1, 1, 0.5)),
  case("pima-probit", pima, diabetic, "binomial", binomial("probit"), "probit", alpha = 0.3),
  case("boston-lasso", boston, Boston$medv, "gaussian", gaussian(), "identity", folds = seq_len(nrow(boston)) %% 5),
  case("boston-ridge", boston, Boston$medv, "gaussian", gaussian(), "identity", alpha = 0, standardize = FALSE),
  case("boston-gamma", boston, Boston$medv, "gamma", Gamma("log"), "log", alpha = 0.7, weights = seq_len(nrow(boston)) %% 3 + 0.5),
  case("quine-poisson", absences, quine$Days, "poisson", "poisson", "log", alpha = 0.9),
  case("insurance-poisson-offset", claims, Insurance$Claims, "poisson", "poisson", "log", offset = log(Insurance$Holders)),
  case("quine-negative-binomial", absences, quine$Days, "negativeBinomial", negative.binomial(1.5), "log")
), collapse = ",\n"), "]\n", sep = "")
