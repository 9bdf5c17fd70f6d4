# Writes values/*.json: what R survey answers for the models ours must equal to 1e-9.
# Rscript tests/reference/models/make_values.R DATA   (DATA: the data folder, for its surveys/)
# Iterations are pushed to rounding: R stops on the deviance, whose last digits leave coefficients half as many.
# svyolr takes numerical differences of the score (12 % off on the covariance of apiclus1 ~ api00): its coefficients are
# checked to 1e-4, then its formula is applied with derivatives by complex steps, exact to rounding.

suppressMessages(library(survey))
invisible(Sys.setlocale("LC_COLLATE", "C"))
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
  if (is.matrix(x)) return(json(lapply(seq_len(nrow(x)), function(i) as.list(unname(x[i, ])))))
  if (length(x) != 1) return(json(as.list(unname(x))))
  if (is.character(x)) return(text(x))
  if (is.logical(x)) return(if (is.na(x)) "null" else tolower(as.character(x)))
  if (is.na(x)) return("null")
  sprintf("%.17g", x)
}
cases <- list()
save_cases <- function(name) {
  head <- list(R = paste(R.version$major, R.version$minor, sep = "."), survey = as.character(packageVersion("survey")))
  writeLines(paste0('{"versions": ', json(head), ', "cases": [\n', paste(vapply(cases, json, ""), collapse = ",\n"), "\n]}"),
             file.path(here, "values", paste0(name, ".json")))
  cat(name, length(cases), "cases\n"); cases <<- list()
}
families <- list(linear = gaussian(), logistic = quasibinomial(), poisson = quasipoisson())
# A linear model is solved in one step; its epsilon also says which columns repeat others.
controls <- list(linear = glm.control(), logistic = glm.control(epsilon = 1e-300, maxit = 40),
                 poisson = glm.control(epsilon = 1e-300, maxit = 40))
# regTermTest and svypredmeans evaluate the call of the model again: it must hold values, not the names used here.
glm_of <- function(formula, d, family) {
  assign(".d", d, globalenv())
  call <- bquote(svyglm(.(formula), design = .d, family = .(families[[family]]), control = .(controls[[family]])))
  suppressWarnings(eval(call, globalenv()))
}
plain <- function(m) matrix(as.numeric(m), nrow(m))

# formula: ours. f: R's. margins: the variable put at each of its categories; without: the formula less that variable.
case <- function(name, file, design, d, family, formula, f, terms = NULL, margins = NULL, without = NULL, within = NULL,
                 calibration = NULL, rows = 1:3, tests = TRUE) {
  m <- glm_of(f, d, family)
  kept <- !is.na(coef(m))
  expected <- list(coefficients = as.numeric(coef(m)[kept]), covariance = plain(vcov(m)[seq_len(sum(kept)), seq_len(sum(kept))]),
                   df = m$df.residual, aliased = as.list(names(m$coefficients)[is.na(m$coefficients)]))
  ends <- coef(m)[kept] + outer(sqrt(diag(vcov(m)))[seq_len(sum(kept))], qt(c(0.025, 0.975), m$df.residual))
  expected$ends <- plain(ends)
  if (tests && all(kept)) {
    expected$terms <- lapply(terms, function(t) {
      one <- as.formula(paste("~", t))
      wald <- regTermTest(m, one)
      found <- list(term = t, f = as.numeric(wald$Ftest), p = as.numeric(wald$p))
      if (family != "linear" || is.null(m$na.action)) {
        lrt <- suppressWarnings(regTermTest(m, one, method = "LRT"))
        alike <- suppressWarnings(regTermTest(m, one, method = "LRT", lrt.approximation = "satterthwaite"))
        found$lrt <- as.numeric(lrt$p); found$satterthwaite <- as.numeric(alike$p)
        found$relative <- as.numeric(lrt$chisq / mean(lrt$lambda))
      }
      found
    })
    if (length(terms) > 1 && is.null(m$na.action)) {
      steps <- suppressWarnings(anova(m))
      expected$anova <- lapply(steps, function(one) list(term = as.character(one$test.terms), p = as.numeric(one$p), ddf = as.numeric(one$ddf)))
    }
    if (family != "linear") expected$r2 <- c(psrsq(m), psrsq(m, "Nagelkerke"))
    if (!is.null(rows) && is.null(m$na.action)) {
      p <- predict(m, d$variables[rows, ], type = "response", vcov = TRUE)
      expected$predictions <- list(rows = as.list(rows), value = as.numeric(p), covariance = plain(vcov(p)))
    }
  }
  if (!is.null(margins)) {
    pm <- svypredmeans(glm_of(without, d, family), as.formula(paste0("~", margins)))
    order <- sort(names(coef(pm)))
    expected$margins <- list(variable = margins, value = as.numeric(coef(pm)[order]), covariance = plain(vcov(pm)[order, order]))
  }
  cases[[length(cases) + 1]] <<- list(name = name, file = file, design = design, family = family, formula = formula,
    within = within, calibration = calibration, expected = expected)
}

# Proportional odds with exact derivatives: svyolr's formula, influence = score times the inverse of the information.
ordinal_case <- function(name, file, design, d, y, levels, formula, x, within = NULL) {
  d$variables$.y <- factor(d$variables[[y]], levels = levels, ordered = TRUE)
  theirs <- svyolr(as.formula(paste(".y", deparse(x, width.cutoff = 500L))), d, control = list(reltol = 1e-16, maxit = 1e5))
  used <- complete.cases(d$variables[c(y, all.vars(x))]) & weights(d) > 0
  sub <- subset(d, used)
  X <- model.matrix(x, sub$variables)[, -1, drop = FALSE]
  spread <- apply(X, 2, sd); X <- sweep(X, 2, spread, "/")
  code <- as.integer(sub$variables$.y); k <- length(levels); p <- ncol(X)
  w <- weights(sub) / mean(weights(sub))
  dist <- function(z) 1 / (1 + exp(-z))
  scores <- function(th) {
    eta <- drop(X %*% th[1:p]); z <- th[p + seq_len(k - 1)]
    up <- ifelse(code == k, 1 + 0i, dist(z[pmin(code, k - 1)] - eta)); low <- ifelse(code == 1, 0i, dist(z[pmax(code - 1, 1)] - eta))
    fu <- up * (1 - up); fl <- low * (1 - low); pr <- up - low
    cuts <- sapply(seq_len(k - 1), function(j) ((code == j) * fu - (code - 1 == j) * fl) / pr)
    cbind(X * ((fl - fu) / pr), cuts)
  }
  total <- function(th) colSums(w * scores(th))
  information <- function(th) sapply(seq_along(th), function(j) { h <- th + 0i; h[j] <- h[j] + 1e-30i; -Im(total(h)) / 1e-30 })
  th <- c(theirs$coefficients * spread, theirs$zeta)
  for (i in 1:20) th <- th + solve(information(th), Re(total(th + 0i)))
  back <- diag(c(1 / spread, rep(1, k - 1)))
  stopifnot(all.equal(as.numeric(back %*% th), as.numeric(c(theirs$coefficients, theirs$zeta)), tolerance = 1e-4))
  infl <- Re(scores(th + 0i)) %*% solve(information(th)) * w
  V <- survey:::svyrecvar(infl, sub$cluster, sub$strata, sub$fpc, postStrata = sub$postStrata)
  cases[[length(cases) + 1]] <<- list(name = name, file = file, design = design, family = "ordinal", formula = formula,
    order = as.list(levels), within = within, calibration = NULL,
    expected = list(coefficients = as.numeric(back %*% th), covariance = plain(back %*% V %*% back), df = theirs$df.residual,
                    aliased = list()))
}

# Three rows do not hold every category: predict needs them told.
told <- function(x) { x[vapply(x, is.character, TRUE)] <- lapply(x[vapply(x, is.character, TRUE)], factor); x }

# --- our own made-up files -------------------------------------------------------------------------------------------
inputs <- file.path(here, "..", "inputs")
own <- read.csv(file.path(inputs, "communes.csv"), stringsAsFactors = FALSE, colClasses = c(commune = "character"))
own$yes <- own$answer == "oui"
own$yes[own$answer == ""] <- NA
own[own == ""] <- NA
own <- told(own)
spec <- list(weight = "weight", strata = "stratum", clusters = list("commune"), nest = TRUE)
d <- svydesign(~commune, strata = ~stratum, weights = ~weight, data = own, nest = TRUE)
f <- svydesign(~commune, strata = ~stratum, weights = ~weight, fpc = ~communes, data = own, nest = TRUE)
f2 <- svydesign(~commune + id, strata = ~stratum, weights = ~weight, fpc = ~communes + people, data = own, nest = TRUE)
spec_f <- c(spec, list(fpc = list("communes")))
spec_f2 <- list(weight = "weight", strata = "stratum", clusters = list("commune", "id"), fpc = list("communes", "people"), nest = TRUE)
for (one in list(list("strata x clusters", spec, d), list("strata x clusters, fpc", spec_f, f), list("two stages, fpc", spec_f2, f2))) {
  case(paste(one[[1]], "| logistic, missing answers"), "communes.csv", one[[2]], one[[3]], "logistic",
       'answer == "oui" ~ sex + group + helpers', yes ~ sex + group + helpers, terms = list("sex", "group", "helpers"),
       margins = "group", without = yes ~ sex + helpers)
  case(paste(one[[1]], "| linear, interaction"), "communes.csv", one[[2]], one[[3]], "linear",
       "note ~ sex * helpers", note ~ sex * helpers, terms = list("sex:helpers"))
  case(paste(one[[1]], "| poisson"), "communes.csv", one[[2]], one[[3]], "poisson", "helpers ~ sex + group",
       helpers ~ sex + group, terms = list("sex", "group"), margins = "sex", without = helpers ~ group)
  case(paste(one[[1]], "| large numbers, logarithm, square"), "communes.csv", one[[2]], one[[3]], "linear",
       "budget ~ log(people) + I(helpers^2)", budget ~ log(people) + I(helpers^2), terms = list("I(helpers^2)"), tests = FALSE)
  case(paste(one[[1]], "| a domain"), "communes.csv", one[[2]], subset(one[[3]], sex == "f"), "linear", "note ~ group + helpers",
       note ~ group + helpers, terms = list("group"), within = list(sex = "f"), rows = NULL)
}
case("strata x clusters | no intercept, categories of an interaction", "communes.csv", spec, d, "linear",
     "helpers ~ 0 + group + group:sex", helpers ~ 0 + group + group:sex)
case("strata x clusters | repeated columns", "communes.csv", spec, d, "linear",
     "note ~ helpers + I(helpers*3) + sex", note ~ helpers + I(helpers * 3) + sex, tests = FALSE)
case("strata x clusters | offset", "communes.csv", spec, d, "poisson", "helpers ~ sex + offset(log(people))",
     helpers ~ sex + offset(log(people)), terms = list("sex"), rows = NULL)
ordinal_case("strata x clusters | ordinal", "communes.csv", spec, d, "answer", c("non", "nsp", "oui"), "answer ~ sex + helpers", ~ sex + helpers)
alone <- read.csv(file.path(inputs, "lonely.csv"), stringsAsFactors = FALSE, colClasses = c(commune = "character"))
alone[alone == ""] <- NA
alone <- told(alone)
alone$yes <- alone$answer == "oui"
for (rule in c("remove", "adjust", "average")) {
  options(survey.lonely.psu = rule)
  dl <- svydesign(~commune, strata = ~stratum, weights = ~weight, data = alone, nest = TRUE)
  case(paste("lonely", rule, "| linear"), "lonely.csv", c(spec, list(lonely = rule)), dl, "linear", "note ~ sex + helpers", note ~ sex + helpers,
       terms = list("sex"))
}
options(survey.lonely.psu = "fail")
for (type in c("JKn", "BRR")) {
  usable <- type == "JKn" || all(table(unique(own[c("stratum", "commune")])$stratum) == 2)
  if (!usable) next
  r <- as.svrepdesign(d, type = type)
  case(paste("replicates", type, "| logistic"), "communes.csv", c(spec, list(replicates = type)), r, "logistic",
       'answer == "oui" ~ sex + helpers', yes ~ sex + helpers, terms = list("sex"), rows = NULL)
}
save_cases("communes")

# --- the api samples -------------------------------------------------------------------------------------------------
read_sample <- function(name) {
  found <- read.csv(file.path(data_folder, "surveys", paste0(name, ".csv")), stringsAsFactors = FALSE)
  found[found == ""] <- NA
  told(found)
}
strat <- read_sample("apistrat"); clus1 <- read_sample("apiclus1"); clus2 <- read_sample("apiclus2")
dclus1 <- svydesign(~dnum, weights = ~pw, fpc = ~fpc, data = clus1)
spec1 <- list(weight = "pw", clusters = list("dnum"), fpc = list("fpc"))
designs <- list(
  list("apistrat, fpc", "apistrat.csv", list(weight = "pw", strata = "stype", fpc = list("fpc")),
       svydesign(~1, strata = ~stype, weights = ~pw, fpc = ~fpc, data = strat), NULL),
  list("apiclus1, fpc", "apiclus1.csv", spec1, dclus1, NULL),
  list("apiclus2, two fpc", "apiclus2.csv", list(weight = "pw", clusters = list("dnum", "snum"), fpc = list("fpc1", "fpc2")),
       svydesign(~dnum + snum, weights = ~pw, fpc = ~fpc1 + fpc2, data = clus2), NULL),
  list("apiclus1, fpc, raked", "apiclus1.csv", spec1,
       calibrate(dclus1, ~stype + sch.wide, c(`(Intercept)` = 6194, stypeH = 755, stypeM = 1018, sch.wideYes = 5122),
                 calfun = "raking", epsilon = 1e-13, maxit = 200),
       list(method = "rake", margins = list(stype = list(E = 4421, H = 755, M = 1018), sch.wide = list(No = 1072, Yes = 5122))))
)
for (one in designs) {
  add <- function(words, ...) case(paste(one[[1]], "|", words), file = one[[2]], design = one[[3]], d = one[[4]], calibration = one[[5]], ...)
  add("linear", family = "linear", formula = "api00 ~ ell + meals + stype", f = api00 ~ ell + meals + stype, terms = list("ell", "meals", "stype"),
      margins = "stype", without = api00 ~ ell + meals)
  add("logistic", family = "logistic", formula = 'awards == "Yes" ~ ell + meals + stype', f = I(awards == "Yes") ~ ell + meals + stype,
      terms = list("ell", "meals", "stype"), margins = "stype", without = I(awards == "Yes") ~ ell + meals)
  add("logistic, interaction", family = "logistic", formula = 'sch.wide == "Yes" ~ ell * meals', f = I(sch.wide == "Yes") ~ ell * meals,
      tests = FALSE)
  add("poisson, offset", family = "poisson", formula = "api.stu ~ stype + meals + offset(log(enroll))",
      f = api.stu ~ stype + meals + offset(log(enroll)), terms = list("stype", "meals"), rows = NULL)
  add("linear, missing answers", family = "linear", formula = "api00 ~ acs.46 + emer", f = api00 ~ acs.46 + emer, tests = FALSE)
}
ordinal_case("apiclus1, fpc | ordinal", "apiclus1.csv", spec1, dclus1, "stype", c("E", "M", "H"), "stype ~ ell + api00", ~ ell + api00)
for (one in list(list("JK1", "apiclus1.csv", list(weight = "pw", clusters = list("dnum"), replicates = "JK1"),
                      as.svrepdesign(svydesign(~dnum, weights = ~pw, data = clus1))),
                 list("JKn", "apistrat.csv", list(weight = "pw", strata = "stype", replicates = "JKn"),
                      as.svrepdesign(svydesign(~1, strata = ~stype, weights = ~pw, data = strat))))) {
  add <- function(words, ...) case(paste("replicates", one[[1]], "|", words), file = one[[2]], design = one[[3]], d = one[[4]], rows = NULL, ...)
  add("linear", family = "linear", formula = "api00 ~ ell + meals", f = api00 ~ ell + meals, terms = list("ell"))
  add("logistic", family = "logistic", formula = 'sch.wide == "Yes" ~ ell + api99', f = I(sch.wide == "Yes") ~ ell + api99,
      terms = list("ell", "api99"))
}
save_cases("api")

# --- Histoire de vie 2003 --------------------------------------------------------------------------------------------
hdv <- read_sample("hdv2003")
dh <- svydesign(~1, weights = ~poids, data = hdv)
spec <- list(weight = "poids")
# regTermTest(method = "LRT") would fit the model without television on five rows more: it is asked of the rows that answer.
case("hdv2003 | sport", "hdv2003.csv", spec, subset(dh, !is.na(heures.tv)), "logistic", 'sport == "Oui" ~ age + sexe + `heures.tv`',
     I(sport == "Oui") ~ age + sexe + heures.tv, terms = list("age", "sexe", "heures.tv"), margins = "sexe",
     without = I(sport == "Oui") ~ age + heures.tv, rows = NULL)
case("hdv2003 | sport, crossing, square of age", "hdv2003.csv", spec, dh, "logistic",
     'sport == "Oui" ~ age + I(age^2) + sexe * cinema', I(sport == "Oui") ~ age + I(age^2) + sexe * cinema, terms = list("sexe:cinema"))
case("hdv2003 | siblings", "hdv2003.csv", spec, dh, "poisson", "freres.soeurs ~ age + clso", freres.soeurs ~ age + clso,
     terms = list("age", "clso"))
case("hdv2003 | sport, women", "hdv2003.csv", spec, subset(dh, sexe == "Femme"), "logistic", 'sport == "Oui" ~ age + cinema',
     I(sport == "Oui") ~ age + cinema, terms = list("age", "cinema"), within = list(sexe = "Femme"), rows = NULL)
ordinal_case("hdv2003 | job satisfaction", "hdv2003.csv", spec, dh, "trav.satisf", c("Insatisfaction", "Equilibre", "Satisfaction"),
             "trav.satisf ~ age + sexe", ~ age + sexe)
save_cases("hdv2003")
