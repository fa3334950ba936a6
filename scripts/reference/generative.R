# Answers of MASS's lda and qda and of e1071's naiveBayes as JSON on stdout, with the data that they are of. generative.py adds exact ones.

suppressMessages({ library(MASS); library(e1071); library(jsonlite) })

text <- function(frame) lapply(frame, function(column) if (is.factor(column)) as.character(column) else column)
fresh <- data.frame(
  Sepal.Length = c(6.1, 5.0, 4.0, 9.0), Sepal.Width = c(3.0, 3.4, 1.0, 2.0), Petal.Length = c(4.9, 1.5, 3.0, 9.0), Petal.Width = c(1.6, 0.2, 1.0, 3.5))

discriminant <- function(model, method, prior) {
  args <- list(Species ~ ., iris, method = method)
  if (!is.null(prior)) args$prior <- prior
  fit <- do.call(model, args)
  c(list(model = model, method = method, prior = unname(fit$prior), given = !is.null(prior), posterior = unname(predict(fit, fresh)$posterior)),
    list(confusion = unname(unclass(table(iris$Species, predict(fit)$class)))),
    if (model == "lda") list(scaling = unname(fit$scaling), svd = fit$svd, means = unname(fit$means)))
}
cases <- expand.grid(model = c("lda", "qda"), method = c("moment", "mle"), given = c(FALSE, TRUE), stringsAsFactors = FALSE)
discriminants <- lapply(seq_len(nrow(cases)), function(i) {
  discriminant(cases$model[i], cases$method[i], if (cases$given[i]) c(0.5, 0.3, 0.2) else NULL)
})

ships <- as.data.frame(Titanic)
passengers <- ships[rep(seq_len(nrow(ships)), ships$Freq), 1:4]
bayes <- naiveBayes(Survived ~ ., passengers)
cells <- expand.grid(Class = levels(ships$Class), Sex = levels(ships$Sex), Age = levels(ships$Age), stringsAsFactors = FALSE)
partial <- transform(cells, Sex = NA_character_)
asFactors <- function(frame) {
  for (name in names(frame)) frame[[name]] <- factor(frame[[name]], levels(ships[[name]]))
  frame
}
posterior <- function(frame) unname(predict(bayes, asFactors(frame), type = "raw"))

births <- birthwt[, c("low", "age", "lwt", "race", "ftv")]
births$race <- c("white", "black", "other")[births$race]

cat(toJSON(list(
  iris = text(iris), fresh = fresh, discriminants = discriminants,
  titanic = list(data = text(ships), cells = cells, posterior = posterior(cells), withoutSex = posterior(partial)),
  births = births), digits = I(17), dataframe = "columns", auto_unbox = TRUE, na = "null"))
