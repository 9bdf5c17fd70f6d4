# Makes weights.csv and values.json: what trimWeights(strict = TRUE) of R survey gives. Run from this folder:
# Rscript make_values.R DATA_FOLDER   (DATA_FOLDER/surveys)
suppressPackageStartupMessages(library(survey))
SHOWN <- 400  # weights written, of the first rows; their sum stands for the others
set.seed(20261124)
n <- 400
weights_file <- data.frame(id = sprintf("w%03d", seq_len(n)), poids = round(rlnorm(n, 3, .9), 4))
write.csv(weights_file, "weights.csv", row.names = FALSE, quote = FALSE)
folder <- file.path(commandArgs(TRUE)[1], "surveys")
hdv <- read.csv(file.path(folder, "hdv2003.csv"))$poids
api <- read.csv(file.path(folder, "apistrat.csv"))$pw

number <- function(x) if (is.null(x) || is.infinite(x)) "null" else trimws(formatC(x, digits = 17, format = "g"))
case <- function(name, file, column, weights, upper = Inf, lower = -Inf) {
  design <- svydesign(~1, weights = ~w, data = data.frame(w = weights))
  made <- weights(trimWeights(design, upper = upper, lower = lower, strict = TRUE))
  sprintf('{"name": "%s", "file": "%s", "column": "%s", "ceiling": %s, "floor": %s, "first": [%s], "sum": %s}',
          name, file, column, number(upper), number(lower),
          paste(vapply(head(unname(made), SHOWN), number, ""), collapse = ", "), number(sum(made)))
}
w <- weights_file$poids
cases <- c(
  case("a few at the ceiling", "weights.csv", "poids", w, upper = 150),
  case("one in five at the ceiling", "weights.csv", "poids", w, upper = 50),
  # Nearer the mean (1.02 times it), trimWeights() runs out of stack: it calls itself once a round.
  case("most at the ceiling", "weights.csv", "poids", w, upper = mean(w) * 1.3),
  case("under a floor", "weights.csv", "poids", w, lower = 10),
  case("between two bounds", "weights.csv", "poids", w, upper = 90, lower = 8),
  case("between two close bounds", "weights.csv", "poids", w, upper = 40, lower = 25),
  case("histoire de vie 2003, four times the median", "hdv2003.csv", "poids", hdv, upper = 4 * median(hdv)),
  case("histoire de vie 2003, between two bounds", "hdv2003.csv", "poids", hdv, upper = 15000, lower = 1500),
  case("schools of California", "apistrat.csv", "pw", api, upper = 40)
)
head <- sprintf('{"versions": {"R": "%s.%s", "survey": "%s"}, "cases": [\n', R.version$major, R.version$minor,
                packageVersion("survey"))
writeLines(paste0(head, paste(cases, collapse = ",\n"), "\n]}"), "values.json")
