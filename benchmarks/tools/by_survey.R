# R survey (Lumley): the reference.

own <- sub("^--file=", "", grep("^--file=", commandArgs(FALSE), value = TRUE))
source(file.path(dirname(own), "measuring.R"))
suppressPackageStartupMessages(library(survey))

versions <- c(R = as.character(getRversion()), survey = as.character(packageVersion("survey")))

clustered <- function(answers) {
  svydesign(ids = ~cluster, strata = ~stratum, weights = ~weight, data = answers, nest = TRUE)
}
plain <- function(answers) svydesign(ids = ~1, weights = ~weight, data = answers)
items <- function(data) grep("^y", names(data), value = TRUE)
sum_of <- function(names) as.formula(paste("~", paste(names, collapse = " + ")))

# Figures go by domain, then by item: R keeps a matrix by column, hence the transposition.
by_domain <- function(made) {
  found <- items(made)
  made <- made[order(made[[1]]), ]
  list(value = t(as.matrix(made[found])), se = t(as.matrix(made[paste0("se.", found)])))
}

margins_of <- function(design) {
  margins <- read_margins()
  names <- unique(margins$variable)
  totals <- c("(Intercept)" = sum(margins$count[margins$variable == names[1]]))
  for (name in names) {
    here <- margins[margins$variable == name, ]
    totals[paste0(name, here$category[-1])] <- here$count[-1]
  }
  list(formula = sum_of(names), totals = totals)
}

calibrated <- function(method) {
  function(ready) {
    bounds <- if (method == "logit") c(0.2, 5) else c(-Inf, Inf)
    made <- calibrate(ready$design, ready$margins$formula, ready$margins$totals,
      calfun = method, bounds = bounds, epsilon = 1e-9, maxit = 100
    )
    weights(made)
  }
}
with_margins <- function(answers) {
  for (name in grep("^v", names(answers), value = TRUE)) answers[[name]] <- factor(answers[[name]])
  design <- plain(answers)
  list(design = design, margins = margins_of(design))
}

replicated <- function(type) {
  function(design) {
    count <- option("replicates")
    made <- if (type == "JKn") as.svrepdesign(design, type = type) else
      as.svrepdesign(design, type = type, replicates = as.integer(count))
    svymean(sum_of(items(design$variables)), made)
  }
}

# Where all the domains together are more than R can hold, it is asked for a part of them.
means <- function(design) {
  by <- option("by")
  asked <- sum_of(items(design$variables))
  if (is.null(by)) return(svymean(asked, design))
  some <- option("some_domains")
  if (!is.null(some)) {
    wanted <- sort(unique(design$variables[[by]]))[seq_len(as.integer(some))]
    design <- design[design$variables[[by]] %in% wanted, ]
  }
  svyby(asked, sum_of(by), design, svymean)
}

set.seed(1)
works <- list(
  means = list(clustered, means, by_domain),
  raking = list(with_margins, calibrated("raking"), function(made) list(weights = made)),
  logit = list(with_margins, calibrated("logit"), function(made) list(weights = made)),
  bootstrap = list(clustered, replicated("subbootstrap"), function(made) list(value = coef(made), random_se = SE(made))),
  jackknife = list(clustered, replicated("JKn"), function(made) list(value = coef(made), se = SE(made))),
  crosstab = list(
    clustered,
    function(design) svychisq(~ y00 + y01, design, statistic = "F"),
    function(made) list(statistic = made$statistic, df = made$parameter)
  ),
  regression = list(
    clustered,
    # Its errors come from the step before the last: the default stop at 1e-8 leaves 3e-8 on them.
    function(design) {
      formula <- reformulate(grep("^x", names(design$variables), value = TRUE), "outcome")
      svyglm(formula, design, family = quasibinomial(), control = list(epsilon = 1e-15))
    },
    function(made) list(value = coef(made), se = SE(made))
  ),
  quantiles = list(
    clustered,
    function(design) svyquantile(~income, design, as.numeric(strsplit(option("probabilities"), ",")[[1]]), ci = TRUE),
    function(made) list(value = made$income[, 1], low = made$income[, 2], high = made$income[, 3])
  )
)
chosen <- works[[work]]
measure(chosen[[1]], chosen[[2]], chosen[[3]], versions)
