# Makes sample.csv, a made-up sample where not everybody answers, and values.json: response rates by group, propensities
# of glm() and the weights they give. Run from this folder: Rscript make_values.R DATA_FOLDER  (DATA_FOLDER/surveys)
SHOWN <- 300  # weights and propensities written, of the first rows; their sum stands for the others
json <- function(x) {
  if (is.null(x)) return("null")
  if (is.list(x)) {
    body <- vapply(x, json, "")
    if (is.null(names(x))) return(paste0("[", paste(body, collapse = ",\n"), "]"))
    return(paste0("{", paste(paste0('"', names(x), '": ', body), collapse = ", "), "}"))
  }
  words <- if (is.character(x)) paste0('"', x, '"') else ifelse(is.na(x), "null", formatC(x, digits = 17, format = "g"))
  if (length(x) == 1 && !inherits(x, "AsIs")) words else paste0("[", paste(trimws(words), collapse = ", "), "]")
}
first <- function(x) list(first = head(x, SHOWN), sum = sum(x, na.rm = TRUE))
set.seed(20261123)
n <- 600
sample_file <- data.frame(
  id = sprintf("s%03d", seq_len(n)),
  region = sample(c("11", "24", "27", "94"), n, TRUE, c(.45, .25, .2, .1)),
  sexe = sample(c("femme", "homme"), n, TRUE),
  age = sample(18:90, n, TRUE),
  revenu = round(rlnorm(n, 10, .6), 2),
  poids = round(runif(n, 5, 40), 3)
)
logit <- with(sample_file, -1.2 + .02 * age + .5 * (sexe == "femme") - .8 * (region == "94") + .3 * (region == "24"))
sample_file$repondu <- as.integer(runif(n) < plogis(logit))
sample_file$poids[c(7, 300)] <- 0
write.csv(sample_file, "sample.csv", row.names = FALSE, quote = FALSE)

folder <- file.path(commandArgs(TRUE)[1], "surveys")
hdv <- read.csv(file.path(folder, "hdv2003.csv"), stringsAsFactors = FALSE, na.strings = c("", "NA"))
hdv$repondu <- as.integer(!is.na(hdv$heures.tv) & hdv$heures.tv >= 2)
api <- read.csv(file.path(folder, "apistrat.csv"), stringsAsFactors = FALSE)
api$repondu <- as.integer(api$comp.imp == "Yes")

# R leaves a row of weight zero out of the fit; its propensity is not asked.
full <- function(drawn, values, nothing) { all <- rep(nothing, length(drawn)); all[drawn] <- values; all }

groups <- function(data, by, weight) {
  w <- if (is.null(weight)) rep(1, nrow(data)) else data[[weight]]
  name <- do.call(paste, c(data[by], sep = "/"))
  rate <- tapply(w * data$repondu, name, sum) / tapply(w, name, sum)
  list(names = names(rate), n = as.vector(tapply(w > 0, name, sum)),
       respondents = as.vector(tapply(w > 0 & data$repondu == 1, name, sum)),
       rates = as.vector(rate), weights = first(as.vector(ifelse(data$repondu == 1, w / rate[name], 0))))
}
propensity <- function(data, by, weight, classes, floor) {
  data$w <- if (is.null(weight)) rep(1, nrow(data)) else data[[weight]]
  drawn <- data$w > 0
  kept <- data[drawn, ]
  # Weights are divided by their mean, which changes nothing: glm() starts so far away with weights of thousands that it
  # never comes back (coefficients of 1e14 on the data of 2003).
  kept$scaled <- kept$w / mean(kept$w)
  fit <- glm(reformulate(by, "repondu"), quasibinomial, data = kept, weights = scaled,
                              control = glm.control(epsilon = 1e-14, maxit = 25))
  p <- fitted(fit)
  inverse <- ifelse(kept$repondu == 1, kept$w / pmax(p, floor), 0)
  told <- round(p, 10)
  class <- cut(told, unique(c(-Inf, quantile(told, seq_len(classes - 1) / classes), Inf)))
  class <- as.integer(droplevels(class))
  rate <- tapply(kept$w * kept$repondu, class, sum) / tapply(kept$w, class, sum)
  by_class <- ifelse(kept$repondu == 1, kept$w / rate[as.character(class)], 0)
  list(coefficients = unname(coef(fit)), propensities = first(full(drawn, unname(p), NA)),
       inverse = first(full(drawn, unname(inverse), 0)), rates = I(as.vector(rate)),
       by_class = first(full(drawn, unname(by_class), 0)))
}

cases <- list(
  list(name = "made-up sample, four regions", file = "sample.csv", by = I("region"), weight = "poids"),
  list(name = "made-up sample, regions crossed with sex", file = "sample.csv", by = c("region", "sexe"), weight = "poids"),
  list(name = "made-up sample, without weights", file = "sample.csv", by = I("sexe"), weight = NULL),
  list(name = "histoire de vie 2003, sex crossed with class", file = "hdv2003.csv", by = c("sexe", "clso"), weight = "poids"),
  list(name = "schools of California, by type", file = "apistrat.csv", by = I("stype"), weight = "pw")
)
models <- list(
  list(name = "made-up sample, region, sex and age", file = "sample.csv", by = c("region", "sexe", "age"), weight = "poids",
       classes = 5, floor = .3),
  list(name = "made-up sample, income too (large numbers)", file = "sample.csv", by = c("sexe", "age", "revenu"),
       weight = "poids", classes = 10, floor = 0),
  list(name = "made-up sample, few profiles (ties)", file = "sample.csv", by = c("region", "sexe"), weight = NULL,
       classes = 5, floor = .05),
  list(name = "histoire de vie 2003, sex, age, class, leisure", file = "hdv2003.csv",
       by = c("sexe", "age", "clso", "sport", "cinema"), weight = "poids", classes = 5, floor = .05),
  list(name = "schools of California, type, meals, results", file = "apistrat.csv", by = c("stype", "meals", "api99"),
       weight = "pw", classes = 4, floor = 0)
)
data_of <- function(file) switch(file, sample.csv = sample_file, hdv2003.csv = hdv, apistrat.csv = api)
out <- list(
  versions = list(R = paste(R.version$major, R.version$minor, sep = ".")),
  groups = lapply(cases, function(case) c(case, list(expected = groups(data_of(case$file), case$by, case$weight)))),
  models = lapply(models, function(case) c(case, list(
    expected = propensity(data_of(case$file), case$by, case$weight, case$classes, case$floor))))
)
writeLines(json(out), "values.json")
