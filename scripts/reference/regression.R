# Design matrices of formulas, for regression.py: reads cases {id, formula, columns, factors} as JSON on stdin, writes for each the columns'
# names, the matrix, the response and the offset, with 17 digits.

suppressMessages(library(jsonlite))

cases <- fromJSON(file("stdin"), simplifyVector = FALSE)
numbers <- function(x) paste0("[", paste(sprintf("%.17g", x), collapse = ","), "]")
rows <- character()
for (case in cases) {
  data <- lapply(names(case$columns), function(name) {
    column <- lapply(case$columns[[name]], function(x) if (is.null(x)) NA else x)
    column <- unlist(column)
    factor <- case$factors[[name]]
    if (!is.null(factor)) factor(column, levels = unlist(factor$levels), ordered = isTRUE(factor$ordered)) else column
  })
  names(data) <- names(case$columns)
  data <- as.data.frame(data, stringsAsFactors = TRUE, check.names = FALSE)
  frame <- model.frame(as.formula(case$formula), data, na.action = na.omit)
  design <- model.matrix(attr(frame, "terms"), frame)
  response <- model.response(frame)
  trials <- "null"
  if (is.matrix(response)) {
    trials <- numbers(rowSums(response))
    response <- response[, 1]
  } else if (is.factor(response)) response <- as.integer(response) - 1
  offset <- model.offset(frame)
  columns <- apply(design, 2, numbers)
  rows <- c(rows, sprintf(
    '{"id":%s,"names":%s,"columns":[%s],"y":%s,"trials":%s,"offset":%s,"assign":%s}',
    toJSON(case$id, auto_unbox = TRUE), toJSON(colnames(design)), paste(columns, collapse = ","), numbers(response), trials,
    if (is.null(offset)) "null" else numbers(offset), numbers(attr(design, "assign"))
  ))
}
cat("[", paste(rows, collapse = ",\n"), "]")
