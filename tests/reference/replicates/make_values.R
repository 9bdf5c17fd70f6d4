# Writes values.json and weights.csv: what R survey answers on replicate designs.
# Rscript tests/reference/replicates/make_values.R DATA   (DATA: the data folder, for its surveys/)
# Deterministic replicates are made by both sides from the same declaration. Drawn ones are R's: weights.csv holds the
# factors it drew for the rows of pairs.csv, and Alliage reads them as weights that come with a file.

suppressMessages(library(survey))
arguments <- commandArgs(FALSE)
here <- dirname(normalizePath(sub("--file=", "", grep("--file=", arguments, value = TRUE))))
data_folder <- tail(commandArgs(TRUE), 1)
options(digits = 17)

source(file.path(here, "..", "json.R"))

cases <- list()
add <- function(case) cases[[length(cases) + 1]] <<- case

one <- function(d, kind, y, x, of, within) {
  base <- within & !is.na(y) & !is.na(x)
  d$variables$.y <- y; d$variables$.x <- x
  sub <- subset(d, base)
  if (kind == "share") { sub$variables$.hit <- as.numeric(sub$variables$.y %in% of); m <- svymean(~.hit, sub) }
  else if (kind == "mean") m <- svymean(~.y, sub)
  else if (kind == "total") m <- svytotal(~.y, sub)
  else m <- svyratio(~.y, ~.x, sub)
  value <- as.numeric(coef(m)); se <- as.numeric(SE(m))
  # What no replicate moves comes out as 1e-16 of the value here: it is 0, and a zero must stay one.
  if (isTRUE(se < 1e-12 * abs(value))) se <- 0
  list(value = value, standard_error = se, df = degf(sub))
}

estimates <- function(name, file, design, d, kind, y, x = NULL, of = NULL, by = NULL, calibration = NULL) {
  yy <- d$variables[[y]]
  if (kind == "share") { yy <- as.character(yy); yy[yy == ""] <- NA }
  xx <- if (is.null(x)) rep(1, length(yy)) else d$variables[[x]]
  groups <- if (is.null(by)) list(list()) else lapply(sort(unique(as.character(d$variables[[by]]))), function(g) setNames(list(g), by))
  expected <- lapply(groups, function(g) {
    within <- rep(TRUE, length(yy))
    for (k in names(g)) within <- within & d$variables[[k]] == g[[k]]
    c(list(domain = g), one(d, kind, yy, xx, of, within))
  })
  add(list(name = paste(name, "|", kind, y, if (is.null(by)) "" else paste("by", by)), file = file, design = design,
           calibration = calibration, kind = kind, y = y, x = x, of = if (is.null(of)) NULL else as.list(of),
           by = as.list(by), expected = expected))
}

contrasted <- function(name, file, design, d, y, by, a, b, calibration = NULL) {
  # svyby() leaves a replicate aside for every group when one of them has nobody in it: only the two are asked.
  d <- subset(d, d$variables[[by]] %in% c(a, b))
  s <- svyby(as.formula(paste0("~", y)), as.formula(paste0("~", by)), d, svymean, covmat = TRUE)
  k <- c(1, -1); names(k) <- c(a, b)
  m <- svycontrast(s, k)
  v <- vcov(s)[c(a, b), c(a, b)]
  add(list(name = paste(name, "| contrast", y, a, "-", b), file = file, design = design, calibration = calibration,
           kind = "mean", y = y, by = list(by),
           contrast = list(a = a, b = b, value = as.numeric(coef(m)), standard_error = as.numeric(SE(m)), df = degf(d),
                           # With figures around a million, R's own products keep seven digits of a covariance.
                           covariance = if (y == "budget") NULL else as.numeric(v[1, 2]))))
}

ours <- function(name, file, design, d, calibration = NULL, totals = TRUE) {
  go <- function(...) estimates(name, file, design, d, ..., calibration = calibration)
  go("mean", "note")
  go("mean", "note", by = "group")
  go("mean", "budget", by = "group")
  if (totals) go("total", "helpers", by = "group")
  go("share", "member", of = "oui", by = "group")
  go("ratio", "note", x = "helpers", by = "sex")
  contrasted(name, file, design, d, "helpers", "group", "bourg", "ville", calibration)
  contrasted(name, file, design, d, "budget", "sex", "f", "h", calibration)
}
# Any statistic: two nonlinear ones at once, the spread of helpers over their mean, their correlation with the budget.
any_of <- function(name, file, design, d) {
  theta <- function(w, data) {
    m <- sum(w * data$helpers) / sum(w); b <- sum(w * data$budget) / sum(w)
    vm <- sum(w * (data$helpers - m)^2) / sum(w); vb <- sum(w * (data$budget - b)^2) / sum(w)
    c(sqrt(vm) / m, sum(w * (data$helpers - m) * (data$budget - b)) / sum(w) / sqrt(vm * vb))
  }
  r <- withReplicates(d, theta)
  add(list(name = paste(name, "| any statistic"), file = file, design = design, calibration = NULL, kind = "any",
           value = as.list(as.numeric(coef(r))), covariance = as.list(as.numeric(vcov(r)))))
}
api <- function(name, file, design, d) {
  go <- function(...) estimates(name, file, design, d, ...)
  go("mean", "api00", by = "stype")
  go("total", "enroll")
  go("total", "enroll", by = "stype")
  go("ratio", "api.stu", x = "enroll")
  go("share", "sch.wide", of = "Yes", by = "stype")
  contrasted(name, file, design, d, "api00", "stype", "E", "H")
}

both <- function(f) for (mse in c(FALSE, TRUE)) f(mse, if (mse) ", mse" else "")
read_own <- function(name, folder = file.path(here, "..", "inputs"))
  read.csv(file.path(folder, name), stringsAsFactors = FALSE, na.strings = c("", "NA"), colClasses = c(group = "character"))

# --- jackknife made by both sides
own <- read_own("communes.csv")
plain <- list(weight = "weight", strata = "stratum", clusters = "commune", nest = TRUE)
d <- svydesign(~commune, strata = ~stratum, weights = ~weight, data = own, nest = TRUE)
f <- svydesign(~commune, strata = ~stratum, weights = ~weight, fpc = ~communes, data = own, nest = TRUE)
two <- svydesign(~commune + id, strata = ~stratum, weights = ~weight, fpc = ~communes + people, data = own, nest = TRUE)
both(function(mse, words) {
  ours(paste0("JKn", words), "communes.csv", c(plain, replicates = "JKn", mse = mse), as.svrepdesign(d, type = "JKn", mse = mse))
  ours(paste0("JKn, fpc", words), "communes.csv", c(plain, fpc = "communes", replicates = "JKn", mse = mse),
       as.svrepdesign(f, type = "JKn", mse = mse))
})
suppressWarnings(ours("JKn, two stages, fpc", "communes.csv", list(weight = "weight", strata = "stratum", clusters = list("commune", "id"),
     fpc = list("communes", "people"), nest = TRUE, replicates = "JKn"), as.svrepdesign(two, type = "JKn")))
u <- svydesign(~1, weights = ~weight, data = own)
ours("JK1, no cluster", "communes.csv", list(weight = "weight", replicates = "JK1"), as.svrepdesign(u, type = "JK1"))

both(function(mse, words) any_of(paste0("JKn, fpc", words), "communes.csv", c(plain, fpc = "communes", replicates = "JKn", mse = mse),
                                 as.svrepdesign(f, type = "JKn", mse = mse)))

alone <- read_own("lonely.csv")
for (rule in c("remove", "adjust", "average")) {
  options(survey.lonely.psu = rule)
  for (fpc in c(FALSE, TRUE)) {
    declared <- c(plain, lonely = rule, replicates = "JKn", if (fpc) c(fpc = "communes"))
    s <- if (fpc) svydesign(~commune, strata = ~stratum, weights = ~weight, fpc = ~communes, data = alone, nest = TRUE)
         else svydesign(~commune, strata = ~stratum, weights = ~weight, data = alone, nest = TRUE)
    ours(paste0("JKn, lonely ", rule, if (fpc) ", fpc" else ""), "lonely.csv", declared, as.svrepdesign(s, type = "JKn"),
         # svytotal() leaves strata taken whole out of the replicates, svymean() does not: "adjust" weights them anew.
         totals = !(fpc && rule == "adjust"))
  }
}
options(survey.lonely.psu = "fail")

# --- replicates calibrated again
population <- c(f = 9000, h = 8000); groups <- c(bourg = 8200, rural = 1300, ville = 7500)
r <- as.svrepdesign(f, type = "JKn")
ours("JKn, fpc, post-stratified", "communes.csv", c(plain, fpc = "communes", replicates = "JKn"),
     postStratify(r, ~sex, data.frame(sex = names(population), Freq = as.numeric(population))),
     list(method = "poststratify", margins = list(sex = as.list(population))))
# calibrate() of replicate weights that were compressed by unit stops: they are written out first.
r <- as.svrepdesign(f, type = "JKn", compress = FALSE)
ours("JKn, fpc, raked", "communes.csv", c(plain, fpc = "communes", replicates = "JKn"),
     calibrate(r, ~sex + group, c(`(Intercept)` = 17000, sexh = 8000, grouprural = 1300, groupville = 7500),
               calfun = "raking", epsilon = 1e-13, compress = FALSE),
     list(method = "rake", margins = list(sex = as.list(population), group = as.list(groups))))

# --- half-samples made by both sides with the same Hadamard matrix
pairs <- read_own("pairs.csv", here)
p <- svydesign(~cluster, strata = ~stratum, weights = ~weight, data = pairs)
H <- as.matrix(read.csv(file.path(here, "hadamard.csv"), header = FALSE)); dimnames(H) <- NULL
declared <- list(weight = "weight", strata = "stratum", clusters = "cluster")
both(function(mse, words) {
  ours(paste0("BRR", words), "pairs.csv", c(declared, replicates = "BRR", mse = mse), as.svrepdesign(p, type = "BRR", hadamard.matrix = H, mse = mse))
  ours(paste0("Fay 0.3", words), "pairs.csv", c(declared, replicates = "Fay", fay_rho = 0.3, mse = mse),
       as.svrepdesign(p, type = "Fay", fay.rho = 0.3, hadamard.matrix = H, mse = mse))
})

# --- weights that come with the file
set.seed(20261123)
brr <- as.matrix(as.svrepdesign(p, type = "BRR", compress = FALSE)$repweights)
fay <- as.matrix(as.svrepdesign(p, type = "Fay", fay.rho = 0.5, compress = FALSE)$repweights)
boot <- as.svrepdesign(p, type = "bootstrap", replicates = 24)
sub <- as.svrepdesign(p, type = "subbootstrap", replicates = 24)
mrb <- as.svrepdesign(svydesign(~cluster, strata = ~stratum, weights = ~weight, data = pairs, fpc = ~rep(30, nrow(pairs))),
                      type = "mrbbootstrap", replicates = 16)
jkn <- as.svrepdesign(p, type = "JKn", compress = FALSE)
columns <- list(brr = brr, fay = fay, boot = as.matrix(boot$repweights), sub = as.matrix(sub$repweights),
                mrb = as.matrix(mrb$repweights), jkn = as.matrix(jkn$repweights) * pairs$weight)
written <- do.call(cbind, lapply(names(columns), function(k) {
  m <- columns[[k]]; colnames(m) <- sprintf("%s_%02d", k, seq_len(ncol(m))); m
}))
write.csv(apply(written, 2, function(x) sprintf("%.17g", x)), file.path(here, "weights.csv"), row.names = FALSE, quote = FALSE)
given <- function(words, k, type, design, combined, ...) both(function(mse, more) {
  d <- suppressWarnings(svrepdesign(data = pairs, repweights = columns[[k]], weights = ~weight, type = type,
                                    combined.weights = combined, mse = mse, ...))
  ours(paste0("given: ", words, more), "pairs.csv", c(list(weight = "weight", replicate_weights = paste0(k, "_*"), combined = combined, mse = mse), design), d)
})
given("BRR", "brr", "BRR", list(replicates = "BRR"), FALSE)
given("Fay 0.5", "fay", "Fay", list(replicates = "Fay", fay_rho = 0.5), FALSE, rho = 0.5)
given("bootstrap", "boot", "bootstrap", list(replicates = "bootstrap", scale = boot$scale), FALSE, scale = boot$scale)
given("subbootstrap", "sub", "bootstrap", list(replicates = "bootstrap"), FALSE)
given("mrbbootstrap", "mrb", "other", list(replicates = "other", scale = 1, rscales = as.list(mrb$rscales)), FALSE, scale = 1, rscales = mrb$rscales)
given("JKn", "jkn", "JKn", list(replicates = "JKn", rscales = as.list(jkn$rscales)), TRUE, rscales = jkn$rscales, scale = 1)
given("JK1", "jkn", "JK1", list(replicates = "JK1"), TRUE)
given("JK2", "jkn", "JK2", list(replicates = "JK2"), TRUE)
given("ACS", "sub", "ACS", list(replicates = "ACS"), FALSE)
given("successive differences", "sub", "successive-difference", list(replicates = "SDR"), FALSE)

# --- third-party data
read_api <- function(name) read.csv(file.path(data_folder, "surveys", name), stringsAsFactors = FALSE, na.strings = c("", "NA"))
c1 <- read_api("apiclus1.csv"); c2 <- read_api("apiclus2.csv"); st <- read_api("apistrat.csv")
k1 <- svydesign(~dnum, weights = ~pw, fpc = ~fpc, data = c1)
k0 <- svydesign(~dnum, weights = ~pw, data = c1)
api("apiclus1, JK1", "apiclus1.csv", list(weight = "pw", clusters = "dnum", replicates = "JK1"), as.svrepdesign(k0, type = "JK1"))
api("apiclus1, JK1, fpc, mse", "apiclus1.csv", list(weight = "pw", clusters = "dnum", fpc = "fpc", replicates = "JK1", mse = TRUE), as.svrepdesign(k1, type = "JK1", mse = TRUE))
api("apistrat, JKn, fpc", "apistrat.csv", list(weight = "pw", strata = "stype", fpc = "fpc", replicates = "JKn"),
    as.svrepdesign(svydesign(~1, strata = ~stype, weights = ~pw, fpc = ~fpc, data = st), type = "JKn"))
suppressWarnings(api("apiclus2, JK1, fpc of the first stage", "apiclus2.csv", list(weight = "pw", clusters = list("dnum", "snum"), fpc = list("fpc1", "fpc2"), replicates = "JK1"),
    as.svrepdesign(svydesign(~dnum + snum, weights = ~pw, fpc = ~fpc1 + fpc2, data = c2), type = "JK1")))

head <- list(R = paste(R.version$major, R.version$minor, sep = "."), survey = as.character(packageVersion("survey")))
body <- paste(vapply(cases, json, ""), collapse = ",\n")
writeLines(paste0('{"versions": ', json(head), ', "cases": [\n', body, "\n]}"), file.path(here, "values.json"))
cat(length(cases), "cases\n")
