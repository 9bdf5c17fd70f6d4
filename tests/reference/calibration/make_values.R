# Writes values/calibration.json: the weights and standard errors that R gives after calibration, and households.csv.
# Rscript tests/reference/calibration/make_values.R DATA   (DATA: the data folder, for its surveys/)
# R 4.2.2, survey 4.1-1 (calibrate, postStratify, rake, as.svrepdesign), sampling 2.9 (calib). Every case says what was
# asked in the words of our own functions; R is asked the same thing with a model matrix.
suppressPackageStartupMessages({library(survey); library(sampling)})
arguments <- commandArgs(FALSE)
here <- dirname(normalizePath(sub("--file=", "", grep("--file=", arguments, value = TRUE))))
surveys <- file.path(tail(commandArgs(TRUE), 1), "surveys")
epsilon <- 1e-13

# Households made up here: three sizes, two kinds of place, an income; one weight a household.
set.seed(20260201)
count <- 120
size <- sample(1:4, count, TRUE, c(.3, .35, .2, .15))
of <- rep(seq_len(count), size)
people <- data.frame(
  id = seq_along(of), household = sprintf("m%03d", of), psu = (of - 1) %/% 8 + 1,
  place = c("ville", "campagne")[(of %% 3 == 0) + 1],
  sex = sample(c("femme", "homme"), length(of), TRUE),
  age = sample(c("jeune", "milieu", "age"), length(of), TRUE, c(.3, .4, .3)),
  income = round(rlnorm(count, 10, .4))[of], size = size[of],
  weight = round(runif(count, 20, 60), 2)[of], note = round(rnorm(length(of), 10, 3), 2)
)
write.csv(people, file.path(here, "households.csv"), row.names = FALSE, quote = FALSE)

categories <- function(variable, ...) list(variables = I(variable), counts = list(...))
number <- function(of, total, level = "individual") list(of = of, total = total, level = level)

cases <- list()
keep <- function(...) cases[[length(cases) + 1]] <<- list(...)
told <- function(design, rows) {
  g <- as.numeric(if (inherits(design, "svyrep.design")) weights(design, type = "sampling") else weights(design))
  list(rows = I(rows), weights = I(g[rows]), sum = sum(g), squares = sum(g^2))
}
asked <- function(kind, y, by = NULL) list(kind = kind, y = y, by = by)
estimated <- function(design, y, flag, level) {
  inside <- design$variables[[flag]] == level
  design$variables$.y <- design$variables[[y]]
  half <- subset(design, inside)
  m <- svymean(~.y, design); t <- svytotal(~.y, design); h <- svymean(~.y, half)
  list(y = y, flag = flag, level = level,
       mean = c(coef(m), SE(m)), total = c(coef(t), SE(t)), domain = c(coef(h), SE(h)))
}
run <- function(name, file, design, words, margins, formula, population, calfun, bounds = NULL, y, flag, level,
                rows, variance = NULL, scale = NULL, method = calfun, with_errors = TRUE) {
  limits <- if (is.null(bounds)) c(-Inf, Inf) else bounds
  chosen <- if (calfun == "sinh") cal.sinh else calfun
  made <- calibrate(design, formula, population, calfun = chosen, bounds = limits, epsilon = epsilon, maxit = 500,
                    variance = variance, force = FALSE)
  keep(name = name, by = "survey::calibrate", file = file, design = words, margins = margins, method = method,
       bounds = bounds, scale = scale, made = told(made, rows), estimates = if (with_errors) estimated(made, y, flag, level))
  invisible(made)
}

# --- schools -------------------------------------------------------------------------------------------------------
types <- categories("stype", E = 4421, H = 755, M = 1018)
api99 <- number("api99", 3914069)
read <- function(name) { d <- read.csv(file.path(surveys, name)); d$one <- 1; d }
clus1 <- read("apiclus1.csv"); strat <- read("apistrat.csv"); clus2 <- read("apiclus2.csv")
d1 <- svydesign(~dnum, weights = ~pw, fpc = ~fpc, data = clus1)
w1 <- list(weight = "pw", clusters = "dnum", fpc = "fpc")
ds <- svydesign(~1, strata = ~stype, weights = ~pw, fpc = ~fpc, data = strat)
ws <- list(weight = "pw", strata = "stype", fpc = "fpc")
d2 <- svydesign(~dnum + snum, weights = ~pw, fpc = ~fpc1 + fpc2, data = clus2)
w2 <- list(weight = "pw", clusters = I(c("dnum", "snum")), fpc = I(c("fpc1", "fpc2")))
all1 <- seq_len(nrow(clus1)); alls <- seq_len(nrow(strat)); all2 <- seq_len(nrow(clus2))
pop1 <- c(`(Intercept)` = 6194, stypeH = 755, stypeM = 1018, api99 = 3914069)
school <- function(calfun, bounds = NULL, ...) run(
  paste("clusters, categories and a number,", calfun), "apiclus1.csv", d1, w1, list(types, api99), ~stype + api99, pop1,
  calfun, bounds, y = "enroll", flag = "comp.imp", level = "Yes", rows = all1, ...)
school("linear"); school("raking"); school("logit", c(.5, 2))
school("linear", c(.6, 1.9), method = "truncated"); school("raking", c(.6, 1.9)); school("sinh", c(.5, 2))
run("scale, linear", "apiclus1.csv", d1, w1, list(types, api99), ~stype + api99, pop1, "linear", y = "api00",
    flag = "comp.imp", level = "Yes", rows = all1, variance = sqrt(clus1$enroll), scale = "root")
run("scale, raking", "apiclus1.csv", d1, w1, list(types, api99), ~stype + api99, pop1, "raking", y = "api00",
    flag = "comp.imp", level = "Yes", rows = all1, variance = clus1$enroll / 500, scale = "500/enroll",
    with_errors = FALSE)  # R 4.1 regresses without the scale when the distance is not linear: Deville and Sarndal do not

awards <- categories("awards", No = 2100, Yes = 4094)
wide <- categories("sch.wide", No = 1072, Yes = 5122)
pops <- c(`(Intercept)` = 6194, stypeH = 755, stypeM = 1018, awardsYes = 4094, sch.wideYes = 5122)
for (one in list(list("linear"), list("raking"), list("logit", c(.4, 2.5)))) run(
  paste("strata, three variables,", one[[1]]), "apistrat.csv", ds, ws, list(types, awards, wide),
  ~stype + awards + sch.wide, pops, one[[1]], if (length(one) > 1) one[[2]], y = "enroll", flag = "stype", level = "H",
  rows = alls)
# Starting weights that do not add up to the population: 5 129 for 6 194.
for (one in list(list("linear"), list("raking"), list("logit", c(.4, 3)), list("sinh", c(.2, 5)))) run(
  paste("two stages, weights off the population,", one[[1]]), "apiclus2.csv", d2, w2, list(types, api99),
  ~stype + api99, pop1, one[[1]], if (length(one) > 1) one[[2]], y = "api00", flag = "awards", level = "Yes",
  rows = all2)
# A number of total 0, negative for some: growth less its mean, near enough.
strat$change <- strat$growth - 30
dc <- svydesign(~1, strata = ~stype, weights = ~pw, fpc = ~fpc, data = strat)
run("a total of zero", "apistrat.csv", dc, ws, list(types, number("change", 0)), ~stype + change,
    c(pops[1:3], change = 0), "raking", y = "enroll", flag = "stype", level = "E", rows = alls)
# Numbers only: nothing tells the size of the population.
run("numbers only", "apiclus1.csv", d1, w1, list(api99, number("enroll", 3811472)), ~0 + api99 + enroll,
    c(api99 = 3914069, enroll = 3811472), "linear", y = "api00", flag = "comp.imp", level = "No", rows = all1)
# Totals of a number in each category.
run("a number by category", "apiclus1.csv", d1, w1,
    list(types, list(of = "api99", variables = I("comp.imp"), counts = list(No = 1046000, Yes = 2868069))),
    ~stype + api99:comp.imp, c(pop1[1:3], `api99:comp.impNo` = 1046000, `api99:comp.impYes` = 2868069), "raking",
    y = "enroll", flag = "comp.imp", level = "Yes", rows = all1)

# --- people --------------------------------------------------------------------------------------------------------
hdv <- read("hdv2003.csv")
dh <- svydesign(~1, weights = ~poids, data = hdv)
N <- sum(hdv$poids)
sexes <- categories("sexe", Femme = N * .52, Homme = N * .48)
sports <- categories("sport", Non = N * .6, Oui = N * .4)
cinemas <- categories("cinema", Non = N * .55, Oui = N * .45)
beliefs <- prop.table(table(hdv$relig)); beliefs <- beliefs * c(1.1, .9, 1, 1.05, .95, 1); beliefs <- beliefs / sum(beliefs) * N
religions <- do.call(categories, c(list("relig"), as.list(beliefs)))
poph <- c(`(Intercept)` = N, sexeHomme = N * .48, sportOui = N * .4, cinemaOui = N * .45,
          setNames(beliefs[-1], paste0("relig", names(beliefs)[-1])), age = N * 47)
spaced <- seq(1, nrow(hdv), 25)
for (one in list(list("linear"), list("raking"), list("logit", c(.3, 3)))) run(
  paste("people, four variables and a number,", one[[1]]), "hdv2003.csv", dh, list(weight = "poids"),
  list(sexes, sports, cinemas, religions, number("age", N * 47)), ~sexe + sport + cinema + relig + age, poph, one[[1]],
  if (length(one) > 1) one[[2]], y = "freres.soeurs", flag = "sexe", level = "Femme", rows = spaced)

# --- sampling::calib: stops at 1e-6, compared to 1e-6 -------------------------------------------------------------
X <- model.matrix(~stype + api99, clus1)
for (one in list(list("linear", "linear"), list("raking", "raking"), list("truncated", "truncated", c(.6, 1.9)),
                 list("logit", "logit", c(.5, 2)))) {
  g <- if (length(one) > 2) calib(X, clus1$pw, pop1, method = one[[1]], bounds = one[[3]], max_iter = 500)
       else calib(X, clus1$pw, pop1, method = one[[1]], max_iter = 500)
  keep(name = paste("clusters, categories and a number,", one[[1]]), by = "sampling::calib", file = "apiclus1.csv",
       design = w1, margins = list(types, api99), method = one[[2]], bounds = if (length(one) > 2) one[[3]],
       scale = NULL, made = list(rows = I(all1), weights = I(g * clus1$pw), sum = sum(g * clus1$pw),
       squares = sum((g * clus1$pw)^2)), estimates = NULL)
}

# --- households: one weight for all the members -------------------------------------------------------------------
people$alone <- 1 / people$size
for (kind in c("ville", "campagne")) people[[paste0("is_", kind)]] <- (people$place == kind) / people$size
people$share <- people$income / people$size
dp <- svydesign(~household, weights = ~weight, data = people)
H <- c(campagne = 1500, ville = 3300)
person <- list(categories("sex", femme = 5600, homme = 5100), categories("age", jeune = 3300, milieu = 4300, age = 3100))
place <- list(variables = I("place"), counts = as.list(H), level = "household")
income <- number("income", 4800 * 24000, "household")
totals <- c(sexfemme = 5600, sexhomme = 5100, agejeune = 3300, agemilieu = 4300, is_ville = 3300, is_campagne = 1500,
            share = 4800 * 24000)
allp <- seq_len(nrow(people))
for (one in list(list("linear"), list("raking"), list("logit", c(.2, 3)))) {
  limits <- if (length(one) > 1) one[[2]] else c(-Inf, Inf)
  made <- calibrate(dp, ~0 + sex + age + is_ville + is_campagne + share,
                    totals[colnames(model.matrix(~0 + sex + age + is_ville + is_campagne + share, people))], calfun = one[[1]], bounds = limits, aggregate.stage = 1, epsilon = epsilon, maxit = 500)
  keep(name = paste("households, Lemaitre and Dufour,", one[[1]]), by = "survey::calibrate(aggregate.stage)",
       file = "households.csv", design = list(weight = "weight", clusters = "household"),
       margins = c(person, list(place, income)), method = one[[1]], bounds = if (length(one) > 1) one[[2]],
       scale = "1/size", household = "household", made = told(made, allp),
       estimates = estimated(made, "note", "sex", "femme"))
  # Calmar: the household is the unit, its columns what its members add up to.
  sums <- rowsum(model.matrix(~0 + sex + age + is_ville + is_campagne + share, people), people$household)
  one_each <- people[!duplicated(people$household), ]
  frame <- data.frame(sums, weight = one_each$weight, psu = one_each$psu, row.names = NULL)
  frame$note <- as.vector(rowsum(people$note, people$household))
  design <- svydesign(~psu, weights = ~weight, data = frame)
  made <- calibrate(design, ~0 + sexfemme + sexhomme + agejeune + agemilieu + is_ville + is_campagne + share,
                    totals[c("sexfemme", "sexhomme", "agejeune", "agemilieu", "is_ville", "is_campagne", "share")],
                    calfun = one[[1]], bounds = limits, epsilon = epsilon, maxit = 500)
  w <- weights(made)[match(people$household, one_each$household)]
  t <- svytotal(~note, made)
  keep(name = paste("households, Calmar,", one[[1]]), by = "survey::calibrate of households", file = "households.csv",
       design = list(weight = "weight", clusters = "psu"), margins = c(person, list(place, income)),
       method = one[[1]], bounds = if (length(one) > 1) one[[2]], scale = NULL, household = "household",
       made = list(rows = I(allp), weights = I(w), sum = sum(w), squares = sum(w^2)),
       estimates = list(y = "note", total = c(coef(t), SE(t))))
}

# --- tricky: zero weights, one answer in a category, margins said twice ---------------------------------------------
people$some <- ifelse(people$id %% 9 == 0, 0, people$weight)
people$rare <- ifelse(people$id == 5, "oui", "non")
kept <- svydesign(~psu, weights = ~some, data = people[people$some > 0, ])
for (calfun in c("linear", "raking")) {
  made <- calibrate(kept, ~sex + age + rare, c(`(Intercept)` = 10700, sexhomme = 5100, agejeune = 3300, agemilieu = 4300,
                    rareoui = 90), calfun = calfun, epsilon = epsilon, maxit = 500)
  w <- rep(0, nrow(people)); w[people$some > 0] <- weights(made)
  keep(name = paste("zero weights and a category of one,", calfun), by = "survey::calibrate", file = "households.csv",
       design = list(weight = "some", clusters = "psu"),
       margins = c(person, list(categories("rare", non = 10610, oui = 90))), method = calfun, bounds = NULL,
       scale = NULL, made = list(rows = I(allp), weights = I(w), sum = sum(w), squares = sum(w^2)),
       estimates = estimated(made, "note", "sex", "homme"))
}
plain <- svydesign(~psu, weights = ~weight, data = people)
crossed <- c(`(Intercept)` = 10700, sexhomme = 5100, agejeune = 3300, agemilieu = 4300, `sexhomme:agejeune` = 1500,
             `sexhomme:agemilieu` = 2100)
for (calfun in c("linear", "raking")) {
  made <- calibrate(plain, ~sex * age, crossed, calfun = calfun, epsilon = epsilon, maxit = 500)
  keep(name = paste("margins said twice,", calfun), by = "survey::calibrate", file = "households.csv",
       design = list(weight = "weight", clusters = "psu"),
       margins = c(person, list(list(variables = I(c("sex", "age")), counts = list(
         `homme/jeune` = 1500, `homme/milieu` = 2100, `homme/age` = 1500, `femme/jeune` = 1800, `femme/milieu` = 2200,
         `femme/age` = 1600)))), method = calfun, bounds = NULL, scale = NULL, made = told(made, allp),
       estimates = estimated(made, "note", "sex", "homme"))
}

# --- replicate weights, each calibrated again ------------------------------------------------------------------------
jack <- as.svrepdesign(d1, type = "JK1")
for (one in list(list("linear"), list("raking"), list("logit", c(.2, 4)))) {
  limits <- if (length(one) > 1) one[[2]] else c(-Inf, Inf)
  made <- calibrate(jack, ~stype + api99, pop1, calfun = one[[1]], bounds = limits, epsilon = epsilon, maxit = 500)
  t <- svytotal(~enroll, made)
  keep(name = paste("JK1 replicates,", one[[1]]), by = "survey::calibrate of replicates", file = "apiclus1.csv",
       design = w1, margins = list(types, api99), method = one[[1]], bounds = if (length(one) > 1) one[[2]],
       scale = NULL, made = told(made, all1), estimates = NULL,
       replicates = list(y = "enroll", scale = made$scale, se = as.numeric(SE(t)),
                         last = I(as.numeric(weights(made, type = "analysis")[, 15]))))
}

head <- list(R = paste(R.version$major, R.version$minor, sep = "."), survey = as.character(packageVersion("survey")),
             sampling = as.character(packageVersion("sampling")))
dir.create(file.path(here, "values"), showWarnings = FALSE)
writeLines(jsonlite::toJSON(list(versions = head, cases = cases), digits = I(17), auto_unbox = TRUE, null = "null"),
           file.path(here, "values", "calibration.json"))
cat(length(cases), "cases\n")
