# Writes values.json: what R answers for quantiles, intervals, design effects, combinations, families, panels and
# standardised estimates.
# Rscript tests/reference/quantiles/make_values.R DATA   (DATA: the data folder, for its surveys/)

suppressMessages(library(survey))
arguments <- commandArgs(FALSE)
here <- dirname(normalizePath(sub("--file=", "", grep("--file=", arguments, value = TRUE))))
data_folder <- tail(commandArgs(TRUE), 1)
options(digits = 17)

source(file.path(here, "..", "json.R"))
cases <- list()
add <- function(...) cases[[length(cases) + 1]] <<- list(...)
numbers <- function(x) as.list(as.numeric(x))

read_sample <- function(name) read.csv(file.path(data_folder, "surveys", paste0(name, ".csv")), stringsAsFactors = FALSE)
own <- read.csv(file.path(here, "..", "inputs", "communes.csv"), stringsAsFactors = FALSE, colClasses = c(commune = "character"))
strat <- read_sample("apistrat"); clus1 <- read_sample("apiclus1"); clus2 <- read_sample("apiclus2"); hdv <- read_sample("hdv2003")

plans <- list(
  strat = list(name = "apistrat, fpc", file = "apistrat.csv", design = list(weight = "pw", strata = "stype", fpc = "fpc"),
               d = svydesign(~1, strata = ~stype, weights = ~pw, fpc = ~fpc, data = strat)),
  clus1 = list(name = "apiclus1, fpc", file = "apiclus1.csv", design = list(weight = "pw", clusters = "dnum", fpc = "fpc"),
               d = svydesign(~dnum, weights = ~pw, fpc = ~fpc, data = clus1)),
  clus2 = list(name = "apiclus2, two fpc", file = "apiclus2.csv",
               design = list(weight = "pw", clusters = list("dnum", "snum"), fpc = list("fpc1", "fpc2")),
               d = svydesign(~dnum + snum, weights = ~pw, fpc = ~fpc1 + fpc2, data = clus2)),
  hdv = list(name = "hdv2003", file = "hdv2003.csv", design = list(weight = "poids"),
             d = svydesign(~1, weights = ~poids, data = hdv)),
  own = list(name = "communes, strata and clusters", file = "communes.csv",
             design = list(weight = "weight", strata = "stratum", clusters = "commune", nest = TRUE),
             d = svydesign(~commune, strata = ~stratum, weights = ~weight, data = own, nest = TRUE))
)
clus1p <- plans$clus1
clus1p$name <- "apiclus1, fpc, post-stratified"
clus1p$calibration <- list(stype = list(E = 4421, H = 755, M = 1018))
clus1p$d <- postStratify(plans$clus1$d, ~stype, data.frame(stype = c("E", "H", "M"), Freq = c(4421, 755, 1018)))
plans$clus1p <- clus1p
jack <- list(name = "apiclus1, JK1", file = "apiclus1.csv", design = list(weight = "pw", clusters = "dnum", replicates = "JK1"),
             d = as.svrepdesign(svydesign(~dnum, weights = ~pw, data = clus1), type = "JK1", compress = FALSE))
plans$jack <- jack

# Drawn replicates are those that tests/reference/replicates keeps for its own small file.
pairs <- read.csv(file.path(here, "..", "replicates", "pairs.csv"), stringsAsFactors = FALSE)
drawn <- read.csv(file.path(here, "..", "replicates", "weights.csv"))
given <- function(columns, kind, type) list(
  name = paste("pairs, given", kind), file = "pairs.csv",
  design = list(weight = "weight", replicate_weights = paste0(columns, "_*"), combined = FALSE, replicates = kind),
  d = svrepdesign(data = pairs, repweights = as.matrix(drawn[grep(paste0("^", columns, "_"), names(drawn))]), weights = ~weight,
                  type = type, combined.weights = FALSE))
plans$brr <- given("brr", "BRR", "BRR"); plans$boot <- given("sub", "bootstrap", "bootstrap")

groups_of <- function(d, by) {
  if (is.null(by)) return(list(list()))
  v <- d$variables
  lapply(sort(unique(as.character(v[[by]][!is.na(v[[by]])]))), function(g) setNames(list(g), by))
}
inside <- function(d, group) {
  found <- rep(TRUE, nrow(d$variables))
  for (k in names(group)) found <- found & d$variables[[k]] %in% group[[k]]
  found
}

# --- quantiles -------------------------------------------------------------------------------------------------------
kinds <- c(woodruff = "mean", `korn-graubard` = "beta", logit = "xlogit", arcsine = "asin", replicates = "quantile")
quantiles <- function(plan, y, probabilities, by = NULL, rule = "math", interval = "woodruff", level = 0.95) {
  expected <- list()
  for (group in groups_of(plan$d, by)) {
    .kept <- inside(plan$d, group) & !is.na(plan$d$variables[[y]])  # subset() looks among the columns first
    sub <- subset(plan$d, .kept)
    for (p in probabilities) {
      found <- svyquantile(as.formula(paste0("~", y)), sub, p, qrule = rule, interval.type = kinds[[interval]], alpha = 1 - level)
      found <- as.numeric(found[[1]])
      expected[[length(expected) + 1]] <- list(domain = group, probability = p, value = found[1], low = found[2],
                                               high = found[3], standard_error = found[4], df = degf(sub))
    }
  }
  add(task = "quantile", name = paste(plan$name, "| quantiles of", y, if (!is.null(by)) paste("by", by), rule, interval, level),
      file = plan$file, design = plan$design, calibration = plan$calibration, y = y, by = as.list(by), rule = rule,
      interval = interval, level = level, probabilities = numbers(probabilities), expected = expected)
}
thirds <- c(0.1, 0.25, 0.5, 0.75, 0.9)
for (plan in plans[c("strat", "clus1", "clus2", "clus1p", "jack")]) {
  # On replicates 4.1 makes the interval "mean" whatever is asked for.
  for (interval in if (is.null(plan$design$replicates)) c("woodruff", "korn-graubard", "logit", "arcsine") else "woodruff")
    quantiles(plan, "api00", thirds, interval = interval)
  quantiles(plan, "enroll", c(0.25, 0.5, 0.75))
  # "math" of 4.1 gives the second observation where p is below the weight of the first: not asked of small domains.
  quantiles(plan, "api00", 0.5, by = "stype", rule = if (plan$file == "apistrat.csv") "math" else "hf7")
  quantiles(plan, "api00", c(0.25, 0.5), level = 0.8)
}
for (rule in c("math", "school", paste0("hf", 1:9))) {
  quantiles(plans$strat, "enroll", thirds, rule = rule)
  quantiles(plans$own, "budget", c(0.25, 0.5, 0.75), rule = rule)
  quantiles(plans$hdv, "heures.tv", c(0.25, 0.5, 0.75), by = "sexe", rule = rule)
}
quantiles(plans$jack, "api00", c(0.25, 0.5, 0.75), interval = "replicates")
quantiles(plans$jack, "enroll", 0.5, by = "stype", interval = "replicates")
for (plan in plans[c("brr", "boot")]) for (interval in c("woodruff", "replicates")) {
  quantiles(plan, "note", c(0.25, 0.5, 0.75), interval = interval)
  quantiles(plan, "budget", c(0.25, 0.5, 0.75), rule = "hf7", interval = interval)
  quantiles(plan, "helpers", 0.5, by = "sex", rule = "school", interval = interval)
}
quantiles(plans$hdv, "age", c(0.25, 0.5, 0.95), by = "occup", interval = "logit")
quantiles(plans$own, "note", c(0.25, 0.5, 0.75), by = "sex")
own_two <- plans$own
own_two$d$variables$alike <- 3
stopifnot(all.equal(as.numeric(svyquantile(~alike, own_two$d, 0.5, interval.type = "mean")[[1]])[1:3], c(3, 3, 3)))

# --- intervals of shares and of positive means, both usual design effects ----------------------------------------------
methods <- c(`korn-graubard` = "beta", logit = "xlogit", arcsine = "asin", t = "mean")
shares <- function(plan, y, of, by = NULL, level = 0.95) {
  for (method in c(names(methods), "wilson", "normal")) {
    expected <- lapply(groups_of(plan$d, by), function(group) {
      .kept <- inside(plan$d, group) & !is.na(plan$d$variables[[y]]) & plan$d$variables[[y]] != ""
      sub <- subset(plan$d, .kept)
      sub$variables$hit <- as.numeric(sub$variables[[y]] %in% of)
      m <- svymean(~hit, sub); p <- as.numeric(coef(m)); v <- as.numeric(vcov(m)); df <- degf(sub); n <- sum(weights(sub, "sampling") != 0)
      ends <- if (method == "wilson") {
        size <- p * (1 - p) / v * (qt((1 - level) / 2, n - 1) / qt((1 - level) / 2, df))^2
        as.numeric(prop.test(p * size, size, correct = FALSE, conf.level = level)$conf.int)
      } else if (method == "korn-graubard" && nrow(sub) != n) {
        # The n of the package is the rows of the design, zero weights included: its formula with the respondents.
        size <- p * (1 - p) / v * (qt((1 - level) / 2, n - 1) / qt((1 - level) / 2, df))^2; a <- (1 - level) / 2
        c(qbeta(a, size * p, size * (1 - p) + 1), qbeta(1 - a, size * p + 1, size * (1 - p)))
      } else if (method == "normal") as.numeric(confint(m, level = level))
      else as.numeric(attr(svyciprop(~hit, sub, method = methods[[method]], level = level, df = df), "ci"))
      list(domain = group, low = ends[1], high = ends[2])
    })
    add(task = "share", name = paste(plan$name, "| interval of a share,", method, y, if (!is.null(by)) paste("by", by), level),
        file = plan$file, design = plan$design, y = y, of = of, by = as.list(by), interval = method, level = level, expected = expected)
  }
}
for (plan in plans[c("strat", "clus1", "clus2")]) { shares(plan, "awards", "Yes"); shares(plan, "sch.wide", "Yes", level = 0.9) }
shares(plans$hdv, "sport", "Oui", by = "sexe"); shares(plans$hdv, "cinema", "Oui", by = "sexe", level = 0.99)
shares(plans$own, "answer", "oui", by = "sex")

positive <- function(plan, y, kind) {
  f <- as.formula(paste0("~", y))
  sub <- subset(plan$d, !is.na(plan$d$variables[[y]]))
  m <- if (kind == "mean") svymean(f, sub) else svytotal(f, sub)
  logged <- svycontrast(m, setNames(list(parse(text = paste0("log(`", y, "`)"))[[1]]), "l"))
  log_ends <- exp(as.numeric(confint(logged, df = degf(sub))))
  normal <- as.numeric(confint(m))
  add(task = "number", name = paste(plan$name, "| log and normal intervals,", kind, "of", y), file = plan$file, design = plan$design,
      y = y, kind = kind, expected = list(log = numbers(log_ends), normal = numbers(normal)))
}
for (plan in plans[c("strat", "clus1", "clus2")]) { positive(plan, "enroll", "mean"); positive(plan, "enroll", "total") }
positive(plans$own, "helpers", "mean")

effects <- function(plan, y, kind, by = NULL) {
  expected <- lapply(groups_of(plan$d, by), function(group) {
    .kept <- inside(plan$d, group) & !is.na(plan$d$variables[[y]])
    sub <- subset(plan$d, .kept)
    f <- as.formula(paste0("~", y)); w <- weights(sub, "sampling"); w <- w[w > 0]
    one <- function(how) as.numeric(deff(if (kind == "mean") svymean(f, sub, deff = how) else svytotal(f, sub, deff = how)))
    list(domain = group, deff = one("replace"), deff_srs = one(TRUE), deft = sqrt(one("replace")), deff_kish = length(w) * sum(w^2) / sum(w)^2)
  })
  add(task = "effect", name = paste(plan$name, "| design effects,", kind, "of", y, if (!is.null(by)) paste("by", by)), file = plan$file,
      design = plan$design, y = y, kind = kind, by = as.list(by), expected = expected)
}
for (plan in plans[c("strat", "clus1", "clus2")]) for (kind in c("mean", "total")) { effects(plan, "enroll", kind); effects(plan, "enroll", kind, by = "stype") }

# --- covariances and combinations ----------------------------------------------------------------------------------
# A calibrated design has no svyby(covmat = TRUE) in 4.1: its influences are asked for one by one.
covaried <- function(plan, y, by) {
  d <- plan$d
  if (anyNA(d$variables[[y]])) d <- subset(d, !is.na(d$variables[[y]]))
  made <- if (is.null(plan$calibration)) svyby(as.formula(paste0("~", y)), as.formula(paste0("~", by)), d, svymean, covmat = TRUE) else {
    columns <- vapply(groups_of(d, by), function(group) {
      base <- inside(d, group); w <- weights(d); v <- d$variables[[y]]
      ifelse(base, (v - sum(w[base] * v[base]) / sum(w[base])) / sum(w[base]), 0) * w
    }, numeric(nrow(d$variables)))
    variance <- survey:::svyrecvar(columns, d$cluster, d$strata, d$fpc, postStrata = d$postStrata)
    structure(vapply(groups_of(d, by), function(group) { .kept <- inside(d, group); as.numeric(coef(svymean(as.formula(paste0("~", y)), subset(d, .kept)))) }, 0),
              names = vapply(groups_of(d, by), function(group) group[[1]], ""), var = variance, class = "svystat", statistic = "mean")
  }
  ask <- function(what) { found <- svycontrast(made, what); c(as.numeric(coef(found)), as.numeric(SE(found))) }
  g <- names(coef(made)); quoted <- function(words) parse(text = words)[[1]]
  a <- paste0("`", g[1], "`"); b <- paste0("`", g[2], "`"); k <- length(g)
  first <- c(1, -1, rep(0, k - 2)); last <- c(rep(-1 / (k - 1), k - 1), 1)
  expected <- list(
    covariance = lapply(seq_len(k), function(row) numbers(vcov(made)[row, ])),
    linear = list(first = numbers(ask(list(first))), last = numbers(ask(list(last)))),
    named = list(difference = numbers(ask(list(quoted(paste(a, "-", b))))), ratio = numbers(ask(list(quoted(paste(a, "/", b))))),
                 log_ratio = numbers(ask(list(quoted(paste0("log(", a, "/", b, ")"))))),
                 relative_change = numbers(ask(list(quoted(paste0("(", a, "-", b, ")/", b)))))),
    own = numbers(ask(list(quoted(paste0("exp(", a, "/1000)*sqrt(", b, ")")))))
  )
  add(task = "combine", name = paste(plan$name, "| covariance, contrasts and functions, mean of", y, "by", by), file = plan$file, design = plan$design,
      calibration = plan$calibration, y = y, by = by, coefficients = list(first = numbers(first), last = numbers(last)), expected = expected)
}
for (plan in plans[c("strat", "clus1", "clus2", "clus1p", "jack")]) covaried(plan, "api00", "stype")
for (plan in plans[c("brr", "boot")]) covaried(plan, "helpers", "sex")
covaried(plans$clus2, "enroll", "sch.wide"); covaried(plans$own, "helpers", "group"); covaried(plans$hdv, "age", "sexe")

odds <- function(plan, y, of, by) {
  plan$d$variables$hit <- as.numeric(plan$d$variables[[y]] %in% of)
  made <- svyby(~hit, as.formula(paste0("~", by)), plan$d, svymean, covmat = TRUE)
  g <- names(coef(made)); a <- paste0("`", g[1], "`"); b <- paste0("`", g[2], "`")
  ratio <- paste0("(", a, "/(1-", a, "))/(", b, "/(1-", b, "))")
  ask <- function(words) { found <- svycontrast(made, list(parse(text = words)[[1]])); numbers(c(coef(found), SE(found))) }
  add(task = "odds", name = paste(plan$name, "| odds ratio,", y, "by", by), file = plan$file, design = plan$design, y = y, of = of, by = by,
      expected = list(odds_ratio = ask(ratio), log_odds_ratio = ask(paste0("log(", ratio, ")"))))
}
odds(plans$strat, "awards", "Yes", "stype"); odds(plans$hdv, "sport", "Oui", "sexe"); odds(plans$clus2, "awards", "Yes", "stype")

# --- families ------------------------------------------------------------------------------------------------------
p <- list(c(0.01, 0.02, 0.03, 0.04, 0.05), c(0.9, 0.001, 0.04, 0.04, 0.2, 1e-12), c(0.5), c(0.03, 0.03, 0.03), c(0.2, NA, 0.01, 0.6))
for (one in p) add(task = "adjust", name = paste("p.adjust |", paste(one, collapse = " ")), p = numbers(one),
                   expected = list(none = numbers(p.adjust(one, "none")), bonferroni = numbers(p.adjust(one, "bonferroni")),
                                   holm = numbers(p.adjust(one, "holm")), `benjamini-hochberg` = numbers(p.adjust(one, "BH"))))

# --- a panel: apistrat and its earlier wave, some schools gone, some new ------------------------------------------------
panel <- function(name, ids, clusters, strata, data, weight, then, now) {
  data$row <- seq_len(nrow(data)); data$unit <- as.character(data[[ids]])
  early <- data[data$row %% 5 != 0, ]; late <- data[data$row %% 7 != 0, ]
  early$wave <- "1999"; early$score <- early[[then]]; late$wave <- "2000"; late$score <- late[[now]]
  both <- rbind(early, late)
  d <- svydesign(~unit, strata = if (is.null(strata)) NULL else as.formula(paste0("~", strata)), weights = as.formula(paste0("~", weight)), data = both)
  made <- svyby(~score, ~wave, d, svymean, covmat = TRUE)
  change <- svycontrast(made, c(-1, 1))
  add(task = "panel", name = paste(name, "| change between two waves of a panel"), file = paste0(name, ".csv"), ids = ids,
      design = c(list(weight = weight, clusters = ids), if (is.null(strata)) NULL else list(strata = strata)), then = then, now = now,
      expected = list(value = as.numeric(coef(change)), standard_error = as.numeric(SE(change)), df = degf(d),
                      p_value = 2 * pt(-abs(as.numeric(coef(change) / SE(change))), degf(d))))
}
panel("apistrat", "snum", NULL, "stype", strat, "pw", "api99", "api00")
panel("apiclus1", "dnum", NULL, NULL, clus1, "pw", "api99", "api00")

# --- standardised --------------------------------------------------------------------------------------------------
# Rows without an answer first weigh nothing (excluding.missing), and subset() keeps the design.
standard <- function(plan, y, of, by, over, sizes) {
  # Without the rows that weigh 0 (their units still counted): 4.1 gives them the residual of a weight of 1.
  d <- if (all(weights(plan$d) > 0)) plan$d else subset(plan$d, weight > 0)
  d$variables$.y <- if (is.null(of)) d$variables[[y]] else as.numeric(d$variables[[y]] %in% of)
  made <- svystandardize(d, by = as.formula(paste0("~", by)), over = if (is.null(over)) ~1 else as.formula(paste0("~", over)),
                         population = as.numeric(sizes), excluding.missing = ~.y)
  expected <- lapply(groups_of(d, over), function(group) {
    .kept <- inside(made, group); .answered <- inside(d, group) & !is.na(d$variables$.y)
    sub <- subset(made, .kept)
    m <- svymean(~.y, sub, na.rm = TRUE)
    list(domain = group, value = as.numeric(coef(m)), standard_error = as.numeric(SE(m)), df = degf(subset(d, .answered)))
  })
  add(task = "standard", name = paste(plan$name, "| standardised on", by, y, if (!is.null(over)) paste("by", over)), file = plan$file, design = plan$design,
      y = y, of = of, classes = by, by = as.list(over), population = as.list(sizes), expected = expected)
}
types <- c(E = 4421, H = 755, M = 1018)
standard(plans$strat, "api00", NULL, "stype", "sch.wide", types); standard(plans$strat, "enroll", NULL, "stype", "awards", types)
standard(plans$clus2, "api00", NULL, "stype", NULL, types); standard(plans$clus2, "awards", "Yes", "stype", "comp.imp", types)
standard(plans$hdv, "heures.tv", NULL, "relig", "sexe", setNames(c(10, 20, 30, 15, 15, 10), sort(unique(hdv$relig))))
standard(plans$hdv, "sport", "Oui", "sexe", "clso", c(Femme = 52, Homme = 48))
standard(plans$own, "helpers", NULL, "sex", "group", c(f = 0.55, h = 0.45))

head <- list(R = paste(R.version$major, R.version$minor, sep = "."), survey = as.character(packageVersion("survey")))
body <- paste(vapply(cases, json, ""), collapse = ",\n")
writeLines(paste0('{"versions": ', json(head), ', "cases": [\n', body, "\n]}"), file.path(here, "values.json"))
cat(length(cases), "cases\n")
