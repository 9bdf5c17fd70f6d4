# Writes values/*.json: what R survey answers for the cases our engine must equal to 1e-9.
# Rscript tests/reference/make_references.R DATA   (DATA: the data folder, for its surveys/)
# Every value is asked of the package itself, domain by domain, the missing answers put outside the domain:
#   subset(design, domain & !is.na(y)); svymean, svytotal, svyratio with deff = "replace"; degf; svyciprop(beta).

suppressMessages(library(survey))
arguments <- commandArgs(FALSE)
here <- dirname(normalizePath(sub("--file=", "", grep("--file=", arguments, value = TRUE))))
data_folder <- tail(commandArgs(TRUE), 1)
options(digits = 17)

source(file.path(here, "json.R"))

cases <- list()
reset <- function() cases <<- list()
save_cases <- function(name) {
  head <- list(R = paste(R.version$major, R.version$minor, sep = "."), survey = as.character(packageVersion("survey")))
  body <- paste(vapply(cases, json, ""), collapse = ",\n")
  writeLines(paste0('{"versions": ', json(head), ', "cases": [\n', body, "\n]}"),
             file.path(here, "values", paste0(name, ".json")))
  cat(name, length(cases), "cases\n")
}

beta <- function(p, v, n, df, level) {
  alpha <- 1 - level
  ne <- p * (1 - p) / v * (qt(alpha / 2, n - 1) / qt(alpha / 2, df))^2
  c(qbeta(alpha / 2, ne * p, ne * (1 - p) + 1), qbeta(1 - alpha / 2, ne * p + 1, ne * (1 - p)))
}

share_ends <- function(sub, p, v, n, df, hits, level) {
  if (p %in% c(0, 1)) return(as.numeric(binom.test(if (p == 1) n else 0, n, conf.level = level)$conf.int))
  if (v == 0) return(c(p, p))
  ends <- beta(p, v, n, df, level)
  # The same as the package, whose n is the rows of the design: all of them once calibrated, zero weights included.
  if (nrow(sub) == n) {
    theirs <- attr(svyciprop(~.hit, sub, method = "beta", level = level), "ci")
    stopifnot(all.equal(as.numeric(theirs), ends, tolerance = 1e-12))
  }
  ends
}

one <- function(d, kind, y, x, of, within) {
  base <- within & !is.na(y) & !is.na(x)
  # A calibrated design keeps its rows: what is outside the base must not be NA there.
  d$variables$.y <- ifelse(base, y, if (is.character(y)) "" else 0)
  d$variables$.x <- ifelse(base, x, 0)
  sub <- subset(d, base)
  w <- weights(sub)
  n <- sum(weights(d)[base] != 0)
  df <- degf(sub)
  inside <- if (nrow(sub) == length(base)) base else rep(TRUE, nrow(sub))
  p <- NULL
  if (kind == "share") {
    sub$variables$.hit <- as.numeric(sub$variables$.y %in% of)
    m <- svymean(~.hit, sub, deff = "replace"); p <- as.numeric(coef(m))
    if (all(sub$variables$.hit[inside & w > 0] == 1)) p <- 1
  } else if (kind == "mean") m <- svymean(~.y, sub, deff = "replace")
  else if (kind == "total") m <- svytotal(~.y, sub, deff = "replace")
  else {
    m <- svyratio(~.y, ~.x, sub, deff = "replace")
    # In 4.1 the ratio's own deff is that of its linearised total, as here.
  }
  se <- as.numeric(SE(m))
  value <- as.numeric(coef(m))
  # What calibration knows without error comes out as 1e-17 here: it is 0, and a zero must stay one.
  exact <- se < 1e-12 * abs(value)
  if (exact) se <- 0
  if (kind == "share") {
    low95 <- share_ends(sub, p, se^2, n, df, NULL, 0.95); low50 <- share_ends(sub, p, se^2, n, df, NULL, 0.5)
  } else {
    half <- function(q) if (se == 0) 0 else qt(q, df) * se
    low95 <- value + c(-1, 1) * half(0.975); low50 <- value + c(-1, 1) * half(0.75)
  }
  list(value = value, standard_error = se, low95 = low95[1], high95 = low95[2], low50 = low50[1], high50 = low50[2],
       deff = if (kind == "share" && p %in% c(0, 1)) NaN else if (exact) 0 else as.numeric(deff(m)),
       df = df, n = n, weight_sum = sum(w), n_effective = sum(w)^2 / sum(w^2))
}

# by: NULL or the names of columns, crossed. of: the answers counted. calibration: what Python must be told, or NULL.
case <- function(name, file, design, d, kind, y, x = NULL, of = NULL, by = NULL, excludes = NULL, calibration = NULL) {
  yy <- d$variables[[y]]
  if (kind == "share") { yy <- as.character(yy); yy[yy == "" | yy %in% excludes] <- NA }
  xx <- if (is.null(x)) rep(1, length(yy)) else d$variables[[x]]
  groups <- if (is.null(by)) list(list()) else {
    keys <- unique(d$variables[by]); keys <- keys[do.call(order, keys), , drop = FALSE]
    lapply(seq_len(nrow(keys)), function(i) lapply(as.list(keys[i, , drop = FALSE]), as.character))
  }
  expected <- lapply(groups, function(g) {
    within <- rep(TRUE, length(yy))
    for (k in names(g)) within <- within & d$variables[[k]] == g[[k]]
    c(list(domain = g), one(d, kind, yy, xx, of, within))
  })
  cases[[length(cases) + 1]] <<- list(name = name, file = file, design = design, kind = kind, y = y, x = x,
    of = if (is.null(of)) NULL else as.list(of), by = as.list(by), excludes = as.list(excludes),
    calibration = calibration, expected = expected)
}

contrast_case <- function(name, file, design, d, kind, y, x = NULL, of = NULL, by, a, b, calibration = NULL) {
  d$variables$.y <- if (kind == "share") as.numeric(d$variables[[y]] %in% of) else d$variables[[y]]
  if (is.null(calibration)) {
    s <- svyby(~.y, as.formula(paste0("~", by)), d, svymean, covmat = TRUE)
    k <- c(1, -1); names(k) <- c(a, b)
    m <- svycontrast(s, k)
    value <- as.numeric(coef(m)); se <- as.numeric(SE(m))
  } else {
    # svyby(covmat = TRUE) of 4.1 stops on a calibrated design; the package's variance of the difference of influences.
    parts <- lapply(c(a, b), function(g) svymean(~.y, subset(d, d$variables[[by]] == g), influence = TRUE))
    value <- as.numeric(coef(parts[[1]]) - coef(parts[[2]]))
    difference <- attr(parts[[1]], "influence") - attr(parts[[2]], "influence")
    se <- sqrt(as.numeric(survey:::svyrecvar(difference, d$cluster, d$strata, d$fpc, postStrata = d$postStrata)))
  }
  both <- subset(d, d$variables[[by]] %in% c(a, b))
  cases[[length(cases) + 1]] <<- list(name = name, file = file, design = design, kind = kind, y = y,
    of = if (is.null(of)) NULL else as.list(of), by = list(by), calibration = calibration,
    contrast = list(a = a, b = b, value = value, standard_error = se, df = degf(both)))
}

# --- our own made-up file: these cases need no data folder -----------------------------------------------------------
reset()
own <- read.csv(file.path(here, "inputs", "communes.csv"), stringsAsFactors = FALSE, colClasses = c(commune = "character"))
designs <- list(
  list("strata x clusters", list(weight = "weight", strata = "stratum", clusters = list("commune"), nest = TRUE),
       svydesign(~commune, strata = ~stratum, weights = ~weight, data = own, nest = TRUE)),
  list("strata x clusters, fpc", list(weight = "weight", strata = "stratum", clusters = list("commune"), fpc = list("communes"), nest = TRUE),
       svydesign(~commune, strata = ~stratum, weights = ~weight, fpc = ~communes, data = own, nest = TRUE)),
  list("two stages, fpc", list(weight = "weight", strata = "stratum", clusters = list("commune", "id"), fpc = list("communes", "people"), nest = TRUE),
       svydesign(~commune + id, strata = ~stratum, weights = ~weight, fpc = ~communes + people, data = own, nest = TRUE)),
  list("weights only", list(weight = "weight"), svydesign(~1, weights = ~weight, data = own)),
  list("strata only", list(weight = "weight", strata = "stratum"), svydesign(~1, strata = ~stratum, weights = ~weight, data = own))
)
own_cases <- function(words, spec, d, calibration = NULL) {
  add <- function(...) case(file = "communes.csv", design = spec, d = d, calibration = calibration, ...)
  add(paste(words, "| share"), kind = "share", y = "answer", of = "oui")
  add(paste(words, "| share, two answers counted, one outside the base"), kind = "share", y = "answer", of = "oui", excludes = "nsp", by = "sex")
  add(paste(words, "| share by group, all yes in one, all no in another"), kind = "share", y = "member", of = "oui", by = "group")
  add(paste(words, "| share by crossing"), kind = "share", y = "answer", of = c("oui", "nsp"), by = c("group", "sex"))
  add(paste(words, "| mean with missing"), kind = "mean", y = "note")
  add(paste(words, "| mean by group"), kind = "mean", y = "note", by = "group")
  add(paste(words, "| mean of large numbers"), kind = "mean", y = "budget", by = "group")
  add(paste(words, "| mean by stratum"), kind = "mean", y = "note", by = "stratum")
  add(paste(words, "| total"), kind = "total", y = "helpers", by = "group")
  add(paste(words, "| ratio"), kind = "ratio", y = "note", x = "helpers", by = "sex")
}
for (one_design in designs) {
  own_cases(one_design[[1]], one_design[[2]], one_design[[3]])
  for (pair in list(c("bourg", "rural"), c("ville", "bourg")))
    contrast_case(paste(one_design[[1]], "| contrast", pair[1], "-", pair[2]), "communes.csv", one_design[[2]],
                  one_design[[3]], "mean", "helpers", by = "group", a = pair[1], b = pair[2])
  contrast_case(paste(one_design[[1]], "| contrast of shares by sex"), "communes.csv", one_design[[2]],
                one_design[[3]], "share", "member", of = "oui", by = "sex", a = "f", b = "h")
}
# Calibration: cells, then two margins. Python is told the columns and the known counts; codes are made there.
cells <- c(f = 9000, h = 8000)
for (k in c(2, 3, 4)) {
  words <- designs[[k]][[1]]
  population <- data.frame(sex = names(cells), Freq = as.numeric(cells))
  # Rows that weigh 0 are dropped first, their units still counted: postStratify of 4.1 gives them the residual of a
  # weight of 1, calibrate divides by their initial weight.
  d <- subset(designs[[k]][[3]], weight > 0)
  post <- postStratify(d, ~sex, population)
  own_cases(paste(words, "post-stratified", sep = ", "), designs[[k]][[2]], post,
            list(method = "poststratify", margins = list(sex = as.list(cells))))
  contrast_case(paste0(words, ", post-stratified | contrast"), "communes.csv", designs[[k]][[2]], post, "mean", "helpers",
                by = "group", a = "ville", b = "bourg", calibration = list(method = "poststratify", margins = list(sex = as.list(cells))))
  groups <- c(bourg = 8200, rural = 1300, ville = 7500)
  totals <- c(`(Intercept)` = 17000, sexh = 8000, grouprural = 1300, groupville = 7500)
  raked <- calibrate(d, ~sex + group, totals, calfun = "raking", epsilon = 1e-13, maxit = 200)
  stopifnot(!anyNA(weights(raked)))
  own_cases(paste(words, "raked", sep = ", "), designs[[k]][[2]], raked,
            list(method = "rake", margins = list(sex = as.list(cells), group = as.list(groups))))
}
save_cases("communes")

# --- lonely units ----------------------------------------------------------------------------------------------------
reset()
alone <- read.csv(file.path(here, "inputs", "lonely.csv"), stringsAsFactors = FALSE, colClasses = c(commune = "character"))
for (rule in c("remove", "adjust", "average")) {
  options(survey.lonely.psu = rule)
  d <- svydesign(~commune, strata = ~stratum, weights = ~weight, data = alone, nest = TRUE)
  f <- svydesign(~commune, strata = ~stratum, weights = ~weight, fpc = ~communes, data = alone, nest = TRUE)
  for (fpc in c(FALSE, TRUE)) {
    spec <- list(weight = "weight", strata = "stratum", clusters = list("commune"), nest = TRUE, lonely = rule)
    if (fpc) spec$fpc <- list("communes")
    words <- paste("lonely", rule, if (fpc) "fpc" else "no fpc")
    use <- if (fpc) f else d
    case(paste(words, "| mean"), "lonely.csv", spec, use, "mean", "note")
    case(paste(words, "| mean by sex"), "lonely.csv", spec, use, "mean", "note", by = "sex")
    case(paste(words, "| total"), "lonely.csv", spec, use, "total", "helpers", by = "group")
    case(paste(words, "| share"), "lonely.csv", spec, use, "share", "answer", of = "oui", by = "sex")
  }
}
options(survey.lonely.psu = "fail")
save_cases("lonely")

# --- the api samples -------------------------------------------------------------------------------------------------
reset()
read_sample <- function(name) read.csv(file.path(data_folder, "surveys", paste0(name, ".csv")), stringsAsFactors = FALSE)
api_cases <- function(words, file, spec, d, calibration = NULL, by = "stype") {
  add <- function(...) case(file = file, design = spec, d = d, calibration = calibration, ...)
  add(paste(words, "| mean"), kind = "mean", y = "api00")
  add(paste(words, "| mean by type"), kind = "mean", y = "api00", by = by)
  add(paste(words, "| mean by crossing"), kind = "mean", y = "enroll", by = c("stype", "sch.wide"))
  add(paste(words, "| total"), kind = "total", y = "enroll")
  add(paste(words, "| total by type"), kind = "total", y = "enroll", by = by)
  add(paste(words, "| share"), kind = "share", y = "awards", of = "Yes")
  add(paste(words, "| share by type"), kind = "share", y = "awards", of = "Yes", by = by)
  add(paste(words, "| share of a category"), kind = "share", y = "stype", of = "E")
  add(paste(words, "| ratio"), kind = "ratio", y = "api00", x = "api99")
  add(paste(words, "| ratio by type"), kind = "ratio", y = "api.stu", x = "enroll", by = by)
  contrast_case(paste(words, "| contrast"), file, spec, d, "mean", "api00", by = "stype", a = "E", b = "H", calibration = calibration)
}
srs <- read_sample("apisrs"); strat <- read_sample("apistrat"); clus1 <- read_sample("apiclus1"); clus2 <- read_sample("apiclus2")
api_cases("apisrs", "apisrs.csv", list(weight = "pw"), svydesign(~1, weights = ~pw, data = srs))
api_cases("apisrs, fpc", "apisrs.csv", list(weight = "pw", fpc = list("fpc")), svydesign(~1, weights = ~pw, fpc = ~fpc, data = srs))
api_cases("apistrat", "apistrat.csv", list(weight = "pw", strata = "stype"), svydesign(~1, strata = ~stype, weights = ~pw, data = strat))
dstrat <- svydesign(~1, strata = ~stype, weights = ~pw, fpc = ~fpc, data = strat)
api_cases("apistrat, fpc", "apistrat.csv", list(weight = "pw", strata = "stype", fpc = list("fpc")), dstrat)
api_cases("apiclus1", "apiclus1.csv", list(weight = "pw", clusters = list("dnum")), svydesign(~dnum, weights = ~pw, data = clus1))
dclus1 <- svydesign(~dnum, weights = ~pw, fpc = ~fpc, data = clus1)
spec1 <- list(weight = "pw", clusters = list("dnum"), fpc = list("fpc"))
api_cases("apiclus1, fpc", "apiclus1.csv", spec1, dclus1)
api_cases("apiclus2", "apiclus2.csv", list(weight = "pw", clusters = list("dnum", "snum")), svydesign(~dnum + snum, weights = ~pw, data = clus2))
api_cases("apiclus2, two fpc", "apiclus2.csv", list(weight = "pw", clusters = list("dnum", "snum"), fpc = list("fpc1", "fpc2")),
          svydesign(~dnum + snum, weights = ~pw, fpc = ~fpc1 + fpc2, data = clus2))
clus1p <- postStratify(dclus1, ~stype, data.frame(stype = c("E", "H", "M"), Freq = c(4421, 755, 1018)))
by_type <- list(stype = list(E = 4421, H = 755, M = 1018))
api_cases("apiclus1, fpc, post-stratified", "apiclus1.csv", spec1, clus1p, list(method = "poststratify", margins = by_type))
wide <- list(sch.wide = list(No = 1072, Yes = 5122))
clus1r <- calibrate(dclus1, ~stype + sch.wide, c(`(Intercept)` = 6194, stypeH = 755, stypeM = 1018, sch.wideYes = 5122),
                    calfun = "raking", epsilon = 1e-13, maxit = 200)
api_cases("apiclus1, fpc, raked", "apiclus1.csv", spec1, clus1r, list(method = "rake", margins = c(by_type, wide)))
spec2 <- list(weight = "pw", strata = "stype", fpc = list("fpc"))
stratr <- calibrate(dstrat, ~stype + sch.wide, c(`(Intercept)` = 6194, stypeH = 755, stypeM = 1018, sch.wideYes = 5122),
                    calfun = "raking", epsilon = 1e-13, maxit = 200)
api_cases("apistrat, fpc, raked", "apistrat.csv", spec2, stratr, list(method = "rake", margins = c(by_type, wide)))
stratp <- postStratify(dstrat, ~sch.wide, data.frame(sch.wide = c("No", "Yes"), Freq = c(1072, 5122)))
api_cases("apistrat, fpc, post-stratified on another variable", "apistrat.csv", spec2, stratp, list(method = "poststratify", margins = wide))
# The package's own rake(), equal initial weights: the same residuals (see calibrations.py for unequal ones).
clus1k <- rake(dclus1, list(~stype, ~sch.wide),
               list(data.frame(stype = c("E", "H", "M"), Freq = c(4421, 755, 1018)), data.frame(sch.wide = c("No", "Yes"), Freq = c(1072, 5122))),
               control = list(maxit = 200, epsilon = 1e-11))
api_cases("apiclus1, fpc, rake()", "apiclus1.csv", spec1, clus1k, list(method = "rake", margins = c(by_type, wide)))
save_cases("api")

# --- Histoire de vie 2003 --------------------------------------------------------------------------------------------
reset()
hdv <- read_sample("hdv2003")
dh <- svydesign(~1, weights = ~poids, data = hdv)
spec <- list(weight = "poids")
for (y in c("sport", "cinema", "cuisine")) {
  case(paste("hdv2003 |", y), "hdv2003.csv", spec, dh, "share", y, of = "Oui")
  case(paste("hdv2003 |", y, "by sex"), "hdv2003.csv", spec, dh, "share", y, of = "Oui", by = "sexe")
}
case("hdv2003 | job satisfaction, asked of those who work", "hdv2003.csv", spec, dh, "share", "trav.satisf", of = "Satisfaction", by = "sexe")
case("hdv2003 | hours of television", "hdv2003.csv", spec, dh, "mean", "heures.tv", by = "sexe")
case("hdv2003 | age", "hdv2003.csv", spec, dh, "mean", "age")
contrast_case("hdv2003 | sport, women - men", "hdv2003.csv", spec, dh, "share", "sport", of = "Oui", by = "sexe", a = "Femme", b = "Homme")
save_cases("hdv2003")
