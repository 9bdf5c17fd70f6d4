# Makes values.csv: the weights that R's survey package gives to made-up answers (answers.csv, made here too).
# Run from this folder: Rscript make_values.R   (R 4.2.2, survey 4.1-1; versions are written in versions.txt)
suppressPackageStartupMessages(library(survey))
set.seed(20260101)
n <- 400
answers <- data.frame(
  id = sprintf("r%03d", seq_len(n)),
  region = sample(c("11", "24", "27", "94"), n, TRUE, c(.5, .25, .2, .05)),
  sexe = sample(c("femme", "homme"), n, TRUE),
  age = sample(c("jeune", "milieu", "age"), n, TRUE, c(.2, .5, .3)),
  poids = round(runif(n, 5, 40), 3),
  y = round(rnorm(n, 50, 10), 4)
)
write.csv(answers, "answers.csv", row.names = FALSE, quote = FALSE)

regions <- data.frame(region = c("11", "24", "27", "94"), Freq = c(4100, 2600, 2500, 800))
sexes <- data.frame(sexe = c("femme", "homme"), Freq = c(5200, 4800))
ages <- data.frame(age = c("jeune", "milieu", "age"), Freq = c(2700, 4000, 3300))
crossed <- data.frame(
  sexe = rep(c("femme", "homme"), each = 3), age = rep(c("jeune", "milieu", "age"), 2),
  Freq = c(1300, 2000, 1900, 1400, 2000, 1400)
)
totals <- c(`(Intercept)` = 10000, region24 = 2600, region27 = 2500, region94 = 800, sexehomme = 4800,
            agejeune = 2700, agemilieu = 4000)

with_weights <- svydesign(~1, weights = ~poids, data = answers)
without <- svydesign(~1, weights = rep(1, n), data = answers)
raked <- function(design) calibrate(design, ~region + sexe + age, totals, calfun = "raking", epsilon = 1e-13, maxit = 100)
in_turn <- function(design) rake(
  design, list(~region, ~sexe, ~age), list(regions, sexes, ages), control = list(maxit = 500, epsilon = 1e-11)
)
# A ceiling on the weights is a bound on g that differs from row to row.
ceiling_ratio <- 2.2
ceiling <- ceiling_ratio * median(weights(raked(with_weights)))
upper <- ceiling / weights(with_weights)
bounded <- calibrate(
  with_weights, ~region + sexe + age, totals, calfun = "raking", epsilon = 1e-12, maxit = 1000,
  bounds = list(lower = rep(0, n), upper = upper)
)

values <- data.frame(
  id = answers$id,
  poststratify = weights(postStratify(with_weights, ~sexe + age, crossed)),
  poststratify_ones = weights(postStratify(without, ~sexe + age, crossed)),
  calibrate = weights(raked(with_weights)),
  calibrate_ones = weights(raked(without)),
  rake = weights(in_turn(with_weights)),
  rake_trimmed = weights(bounded)
)
cat("held", sum(abs(values$rake_trimmed - ceiling) < 1e-6), "\n")
values[-1] <- lapply(values[-1], function(column) formatC(column, digits = 17, format = "g"))
write.csv(values, "values.csv", row.names = FALSE, quote = FALSE)
writeLines(c(R.version.string, paste("survey", packageVersion("survey"))), "versions.txt")
