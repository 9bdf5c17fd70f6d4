# How the scripts of this folder write their values: every digit, nothing for what is not a number.

text <- function(x) paste0('"', gsub('"', '\\\\"', x), '"')
json <- function(x) {
  if (is.null(x)) return("null")
  if (is.list(x)) {
    if (is.null(names(x))) return(paste0("[", paste(vapply(x, json, ""), collapse = ", "), "]"))
    if (length(x) == 0) return("{}")
    return(paste0("{", paste(paste0(text(names(x)), ": ", vapply(x, json, "")), collapse = ", "), "}"))
  }
  if (length(x) != 1) return(paste0("[", paste(vapply(x, json, ""), collapse = ", "), "]"))
  if (is.character(x)) return(text(x))
  if (is.logical(x)) return(if (is.na(x)) "null" else tolower(as.character(x)))
  if (!is.finite(x)) return("null")
  sprintf("%.17g", x)
}
