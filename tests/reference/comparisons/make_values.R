# Writes values/*.json: what R survey answers for the tests our room of comparisons must equal.
# Rscript tests/reference/comparisons/make_values.R DATA   (DATA: the data folder, for its surveys/)
# Missing answers are put outside the domain first: subset(design, !is.na(a) & !is.na(b)), whose degrees of freedom are
# those of the units left. svyranktest averages cumulated weights of ties in the order of the file: here ties = "order",
# and ties = "middle" is compared where no two answers are equal.

suppressMessages(library(survey))
arguments <- commandArgs(FALSE)
here <- dirname(normalizePath(sub("--file=", "", grep("--file=", arguments, value = TRUE))))
data_folder <- tail(commandArgs(TRUE), 1)

text <- function(x) paste0('"', gsub('"', '\\\\"', x), '"')
json <- function(x) {
  if (is.null(x)) return("null")
  if (is.list(x)) {
    if (is.null(names(x))) return(paste0("[", paste(vapply(x, json, ""), collapse = ", "), "]"))
    return(paste0("{", paste(paste0(text(names(x)), ": ", vapply(x, json, "")), collapse = ", "), "}"))
  }
  if (length(x) != 1) return(paste0("[", paste(vapply(x, json, ""), collapse = ", "), "]"))
  if (is.character(x)) return(text(x))
  if (is.logical(x)) return(if (is.na(x)) "null" else tolower(as.character(x)))
  if (is.nan(x) || is.na(x)) return("null")
  sprintf("%.17g", x)
}

cases <- list()
save_cases <- function(name) {
  head <- list(R = paste(R.version$major, R.version$minor, sep = "."), survey = as.character(packageVersion("survey")))
  body <- paste(vapply(cases, json, ""), collapse = ",\n")
  writeLines(paste0('{"versions": ', json(head), ', "cases": [\n', body, "\n]}"),
             file.path(here, "values", paste0(name, ".json")))
  cat(name, length(cases), "cases\n")
  cases <<- list()
}
add <- function(words, test, about, call, expected)
  cases[[length(cases) + 1]] <<- c(list(name = paste(about$name, "|", words), file = about$file, design = about$design,
    calibration = about$calibration, test = test), call, list(expected = expected))

# The rows that answered; a group of `by` one at a time.
# A calibrated design keeps its rows, with a weight of 0: what is outside must be neither NA nor an answer of its own.
answered <- function(d, names) {
  for (.asked in names) d <- subset(d, !is.na(d$variables[[.asked]]) & d$variables[[.asked]] != "")
  for (.asked in names) {
    values <- d$variables[[.asked]]
    outside <- is.na(values) | values == ""
    d$variables[[.asked]][outside] <- if (is.character(values)) values[!outside][1] else stats::median(values[!outside]) + 1e-5
  }
  d
}
number <- function(x) as.numeric(unname(x))

tables <- function(about, d, a, b, by = NULL) {
  d <- answered(d, c(a, b))
  parts <- if (is.null(by)) list("" ) else sort(unique(d$variables[[by]]))
  for (part in parts) {
    s <- if (is.null(by)) d else subset(d, d$variables[[by]] == part)
    for (statistic in c("F", "Chisq", "Wald", "adjWald", "saddlepoint")) {
      made <- try(suppressWarnings(svychisq(as.formula(paste0("~`", a, "`+`", b, "`")), s, statistic = statistic)), silent = TRUE)
      if (inherits(made, "try-error")) { cat(about$name, a, b, part, statistic, "refused by R\n"); next }
      parameter <- number(made$parameter)
      expected <- list(statistic = number(made$statistic), p = number(made$p.value))
      if (statistic != "saddlepoint") expected$ndf <- parameter[1]
      if (length(parameter) == 2) expected$ddf <- parameter[2]
      if (is.na(expected$statistic)) next
      # X2 counts the rows of the design, of which a calibrated one keeps all.
      if (statistic %in% c("Chisq", "saddlepoint")) expected$statistic <- expected$statistic * sum(weights(s, "sampling") != 0) / nrow(s)
      add(paste(a, "x", b, statistic, part), "independence", about,
          list(rows = a, columns = b, statistic = statistic, by = by, part = if (is.null(by)) NULL else part), expected)
    }
  }
}
means <- function(about, d, y, g) {
  d <- answered(d, c(y, g))
  made <- svyttest(as.formula(paste(y, "~", g)), d)
  ends <- number(made$conf.int)
  add(paste(y, "by", g), "t_test", about, list(column = y, group = g), list(statistic = number(made$statistic),
      ddf = number(made$parameter), p = number(made$p.value), effect = number(made$estimate), low95 = ends[1], high95 = ends[2]))
}
one_mean <- function(about, d, y) {
  d <- answered(d, y)
  made <- svyttest(as.formula(paste(y, "~ 0")), d)
  ends <- number(made$conf.int)
  add(paste(y, "against 0"), "t_test", about, list(column = y, group = NULL), list(statistic = number(made$statistic),
      ddf = number(made$parameter), p = number(made$p.value), effect = number(made$estimate), low95 = ends[1], high95 = ends[2]))
}
ranks <- function(about, d, y, g, ties = "order") {
  d <- answered(d, c(y, g))
  for (test in list("wilcoxon", "vanderWaerden", "median", "score")) {
    # 4.1 stops on several groups under replicate weights.
    made <- try(svyranktest(as.formula(paste(y, "~", g)), d, test = if (test == "score") function(r, N) (r / N)^2 else test), silent = TRUE)
    if (inherits(made, "try-error")) { cat(about$name, y, g, test, "refused by R\n"); next }
    call <- list(column = y, group = g, score = test, ties = ties)
    # Of several groups, the statistic and its degrees of freedom are in each other's place.
    expected <- if (is.null(made$ddf)) list(statistic = number(made$statistic), ddf = number(made$parameter),
        p = number(made$p.value), effect = number(made$estimate))
      else list(statistic = number(made$parameter) / number(made$statistic), ndf = number(made$statistic), ddf = made$ddf,
                p = number(made$p.value))
    add(paste(y, "by", g, test, if (ties == "order") "ties in file order" else "no ties"), "rank_test", about, call, expected)
  }
}
trend <- function(about, d, y, over, scores, of = NULL) {
  d <- answered(d, c(y, over))
  d <- update(d, .x = as.numeric(scores[as.character(d$variables[[over]])]),
              .y = if (is.null(of)) d$variables[[y]] else as.numeric(d$variables[[y]] == of))
  model <- svyglm(.y ~ .x, d)
  line <- summary(model)$coefficients[2, ]
  add(paste(y, "over", over), "trend_test", about, list(column = y, over = over, scores = as.list(scores), of = of),
      list(effect = number(line[1]), standard_error = number(line[2]), statistic = number(line[3]), p = number(line[4]),
           ddf = model$df.residual))
}
fit <- function(about, d, y, shares) {
  d <- answered(d, y)
  made <- svygofchisq(as.formula(paste0("~", y)), p = as.numeric(shares[sort(names(shares))]), d)
  add(paste(y, "fit"), "goodness_of_fit", about, list(column = y, shares = as.list(shares)),
      list(statistic = number(made$statistic), ndf = number(made$parameter[2]), p = number(made$p.value)))
}
# Every pair of columns of a crosstab: the difference of shares, its error, Student's probability.
letters_of <- function(about, d, y, answer, by) {
  d <- answered(d, c(y, by))
  d$variables$.hit <- as.numeric(d$variables[[y]] == answer)
  made <- svyby(~.hit, as.formula(paste0("~", by)), d, svymean, covmat = TRUE)
  for (pair in combn(as.character(made[[by]]), 2, simplify = FALSE)) {
    weights <- c(1, -1); names(weights) <- pair
    gap <- svycontrast(made, weights)
    df <- degf(subset(d, d$variables[[by]] %in% pair))
    add(paste(y, "=", answer, "by", by, pair[1], "-", pair[2]), "crosstab", about,
        list(column = y, answer = answer, by = by, a = pair[1], b = pair[2]),
        list(difference = number(coef(gap)), p_value = 2 * pt(-abs(number(coef(gap)) / number(SE(gap))), df)))
  }
}
# Columns that share respondents: the variance of the difference of influences, by the package's own svyrecvar.
overlapping <- function(about, d, y, answer, columns, ticked) {
  d <- answered(d, y)
  d$variables$.hit <- as.numeric(d$variables[[y]] == answer)
  inside <- lapply(columns, function(one) d$variables[[one]] == ticked)
  parts <- lapply(inside, function(rows) svymean(~.hit, subset(d, rows)))
  w <- weights(d)
  influence <- lapply(seq_along(columns), function(k) inside[[k]] * w * (d$variables$.hit - coef(parts[[k]])) / sum(w * inside[[k]]))
  for (pair in combn(length(columns), 2, simplify = FALSE)) {
    difference <- number(coef(parts[[pair[1]]]) - coef(parts[[pair[2]]]))
    error <- sqrt(number(survey:::svyrecvar(matrix(influence[[pair[1]]] - influence[[pair[2]]]), d$cluster, d$strata, d$fpc, postStrata = d$postStrata)))
    df <- degf(subset(d, inside[[pair[1]]] | inside[[pair[2]]]))
    add(paste(y, "=", answer, "in", columns[pair[1]], "-", columns[pair[2]]), "crosstab", about,
        list(column = y, answer = answer, several = as.list(columns), ticked = ticked, a = columns[pair[1]], b = columns[pair[2]]),
        list(difference = difference, p_value = 2 * pt(-abs(difference / error), df)))
  }
}

# --- our own made-up file --------------------------------------------------------------------------------------------
own <- read.csv(file.path(here, "..", "inputs", "communes.csv"), stringsAsFactors = FALSE, colClasses = c(commune = "character"))
own_tests <- function(about, d) {
  tables(about, d, "group", "answer"); tables(about, d, "sex", "answer")
  # svychisq counts the units of all rows that a calibrated design keeps, not of those of the domain.
  if (is.null(about$calibration)) tables(about, d, "sex", "answer", by = "group")
  means(about, d, "note", "sex"); one_mean(about, d, "note")
  ranks(about, d, "note", "sex"); ranks(about, d, "note", "group"); ranks(about, d, "budget", "group", ties = "middle")
  trend(about, d, "note", "group", c(rural = 1, bourg = 2, ville = 4)); trend(about, d, "answer", "group", c(rural = 1, bourg = 2, ville = 4), "oui")
  fit(about, d, "answer", c(non = 0.4, nsp = 0.2, oui = 0.4))
}
about <- function(name, design, calibration = NULL, file = "communes.csv") list(name = name, file = file, design = design, calibration = calibration)
base <- list(weight = "weight", strata = "stratum", clusters = list("commune"), nest = TRUE)
clustered <- svydesign(~commune, strata = ~stratum, weights = ~weight, data = own, nest = TRUE)
own_tests(about("strata x clusters", base), subset(clustered, weight > 0))
letters_of(about("strata x clusters", base), subset(clustered, weight > 0), "answer", "oui", "group")
two <- c(base[c("weight", "strata", "nest")], list(clusters = list("commune", "id"), fpc = list("communes", "people")))
stages <- svydesign(~commune + id, strata = ~stratum, weights = ~weight, fpc = ~communes + people, data = own, nest = TRUE)
own_tests(about("two stages, fpc", two), subset(stages, weight > 0))
own_tests(about("weights only", list(weight = "weight")), subset(svydesign(~1, weights = ~weight, data = own), weight > 0))
cells <- c(f = 9000, h = 8000); groups <- c(bourg = 8200, rural = 1300, ville = 7500)
raked <- calibrate(subset(clustered, weight > 0), ~sex + group, c(`(Intercept)` = 17000, sexh = 8000, grouprural = 1300, groupville = 7500),
                   calfun = "raking", epsilon = 1e-13, maxit = 200)
raking <- list(method = "rake", margins = list(sex = as.list(cells), group = as.list(groups)))
own_tests(about("strata x clusters, raked", base, raking), raked)
own_tests(about("strata x clusters, JKn", c(base, list(replicates = "JKn"))), subset(as.svrepdesign(clustered, type = "JKn"), weight > 0))
save_cases("communes")

# --- lonely units ----------------------------------------------------------------------------------------------------
alone <- read.csv(file.path(here, "..", "inputs", "lonely.csv"), stringsAsFactors = FALSE, colClasses = c(commune = "character"))
for (rule in c("remove", "adjust")) {
  options(survey.lonely.psu = rule)
  d <- subset(svydesign(~commune, strata = ~stratum, weights = ~weight, data = alone, nest = TRUE), weight > 0)
  spec <- about(paste("lonely", rule), c(base, list(lonely = rule)), file = "lonely.csv")
  tables(spec, d, "sex", "answer"); means(spec, d, "note", "sex"); ranks(spec, d, "note", "sex")
}
options(survey.lonely.psu = "fail")
save_cases("lonely")

# --- the api samples -------------------------------------------------------------------------------------------------
read_sample <- function(name) read.csv(file.path(data_folder, "surveys", paste0(name, ".csv")), stringsAsFactors = FALSE)
api_tests <- function(about, d, fitted = "awards") {
  tables(about, d, "sch.wide", "awards"); tables(about, d, "stype", "awards")
  if (is.null(about$calibration)) tables(about, d, "sch.wide", "comp.imp", by = "stype")
  means(about, d, "api00", "comp.imp"); one_mean(about, d, "api00")
  ranks(about, d, "enroll", "comp.imp"); ranks(about, d, "api00", "stype")
  trend(about, d, "api00", "stype", c(E = 0, M = 1, H = 2)); trend(about, d, "awards", "stype", c(E = 0, M = 1, H = 2), "Yes")
  fit(about, d, "awards", c(No = 0.3, Yes = 0.7))
}
strat <- read_sample("apistrat"); clus1 <- read_sample("apiclus1"); clus2 <- read_sample("apiclus2")
spec <- list(weight = "pw", strata = "stype", fpc = list("fpc"))
dstrat <- svydesign(~1, strata = ~stype, weights = ~pw, fpc = ~fpc, data = strat)
api_tests(about("apistrat, fpc", spec, file = "apistrat.csv"), dstrat)
letters_of(about("apistrat, fpc", spec, file = "apistrat.csv"), dstrat, "awards", "Yes", "stype")
spec1 <- list(weight = "pw", clusters = list("dnum"), fpc = list("fpc"))
dclus1 <- svydesign(~dnum, weights = ~pw, fpc = ~fpc, data = clus1)
api_tests(about("apiclus1, fpc", spec1, file = "apiclus1.csv"), dclus1)
letters_of(about("apiclus1, fpc", spec1, file = "apiclus1.csv"), dclus1, "awards", "Yes", "stype")
overlapping(about("apiclus1, fpc", spec1, file = "apiclus1.csv"), dclus1, "stype", "E", c("sch.wide", "comp.imp", "awards"), "Yes")
by_type <- list(stype = list(E = 4421, H = 755, M = 1018))
post <- about("apiclus1, fpc, post-stratified", spec1, list(method = "poststratify", margins = by_type), "apiclus1.csv")
clus1p <- postStratify(dclus1, ~stype, data.frame(stype = c("E", "H", "M"), Freq = c(4421, 755, 1018)))
api_tests(post, clus1p)
overlapping(post, clus1p, "stype", "E", c("sch.wide", "comp.imp", "awards"), "Yes")
spec2 <- list(weight = "pw", clusters = list("dnum", "snum"), fpc = list("fpc1", "fpc2"))
api_tests(about("apiclus2, two fpc", spec2, file = "apiclus2.csv"), svydesign(~dnum + snum, weights = ~pw, fpc = ~fpc1 + fpc2, data = clus2))
jack <- about("apiclus1, JK1", list(weight = "pw", clusters = list("dnum"), replicates = "JK1"), file = "apiclus1.csv")
replicated <- as.svrepdesign(svydesign(~dnum, weights = ~pw, data = clus1), type = "JK1")
api_tests(jack, replicated)
letters_of(jack, replicated, "awards", "Yes", "stype")
save_cases("api")

# --- Histoire de vie 2003 --------------------------------------------------------------------------------------------
hdv <- read_sample("hdv2003")
spec <- about("hdv2003", list(weight = "poids"), file = "hdv2003.csv")
dh <- svydesign(~1, weights = ~poids, data = hdv)
tables(spec, dh, "qualif", "clso"); tables(spec, dh, "sexe", "trav.imp"); tables(spec, dh, "occup", "relig")
means(spec, dh, "age", "sport"); ranks(spec, dh, "heures.tv", "sexe"); ranks(spec, dh, "age", "clso")
letters_of(spec, dh, "sport", "Oui", "qualif"); letters_of(spec, dh, "trav.imp", "Peu important", "sexe")
overlapping(spec, dh, "sexe", "Femme", c("cuisine", "bricol", "cinema"), "Oui")
fit(spec, dh, "sexe", c(Femme = 0.52, Homme = 0.48))
save_cases("hdv2003")
