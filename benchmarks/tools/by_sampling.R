# R sampling (Tillé, Matei): calibration on a matrix of indicators.

own <- sub("^--file=", "", grep("^--file=", commandArgs(FALSE), value = TRUE))
source(file.path(dirname(own), "measuring.R"))
suppressPackageStartupMessages(library(sampling))

versions <- c(R = as.character(getRversion()), sampling = as.character(packageVersion("sampling")))

# One column of 1 and, for each variable, every category but the first, as calib() asks.
coded <- function(answers) {
  margins <- read_margins()
  columns <- list(rep(1, nrow(answers)))
  totals <- sum(margins$count[margins$variable == margins$variable[1]])
  for (name in unique(margins$variable)) {
    here <- margins[margins$variable == name, ]
    for (rank in seq_len(nrow(here))[-1]) {
      columns[[length(columns) + 1]] <- as.numeric(answers[[name]] == here$category[rank])
    }
    totals <- c(totals, here$count[-1])
  }
  list(matrix = do.call(cbind, columns), totals = totals, weight = answers$weight)
}

calibrated <- function(method) {
  function(ready) {
    g <- if (method == "logit") {
      calib(ready$matrix, ready$weight, ready$totals, method = method, bounds = c(low = 0.2, upp = 5), max_iter = 100)
    } else {
      calib(ready$matrix, ready$weight, ready$totals, method = method, max_iter = 100)
    }
    ready$weight * g
  }
}

works <- list(
  raking = calibrated("raking"),
  logit = calibrated("logit")
)
measure(coded, works[[work]], function(made) list(weights = made), versions)
