# What R makes of the made-up data of world.py. `python -m tests.outcomes.against_r` runs this; it
# needs Debian's r-base-core and the packages loaded below.
suppressMessages({
  library(coin); library(sandwich); library(lme4); library(psych); library(metafor)
  library(MASS); library(ordinal)
})
options(digits = 15, warn = 1)
folder <- commandArgs(trailingOnly = TRUE)[1]
tell <- function(name, figure, value)
  cat(name, figure, format(as.numeric(unlist(value)), digits = 15), sep = "\t", fill = FALSE, "\n")
read <- function(kind) {
  files <- sort(list.files(folder, paste0("^", kind, "-.*csv$")))
  setNames(lapply(file.path(folder, files), read.csv), sub(".csv", "", files))
}

trial <- function(name, d) {
  d$change <- d$after - d$before
  course <- d[d$course == 1, ]
  t <- t.test(course$after, course$before, paired = TRUE)
  n <- nrow(course)
  tell(name, "change", unname(t$estimate)); tell(name, "error", t$stderr)
  tell(name, "low", t$conf.int[1]); tell(name, "high", t$conf.int[2])
  tell(name, "correlation", cor(course$before, course$after))
  j <- exp(lgamma((n - 1) / 2) - log(sqrt((n - 1) / 2)) - lgamma((n - 2) / 2))
  average <- sqrt((var(course$before) + var(course$after)) / 2)
  tell(name, "g_av", j * mean(course$change) / average)
  edge <- function(p) uniroot(function(nc) pt(unname(t$statistic), n - 1, nc) - p,
    c(-8, 15) + unname(t$statistic) * c(1, 1), tol = 1e-12)$root
  by <- j * sd(course$change) / (average * sqrt(n))
  tell(name, "g_av_low", edge(.975) * by); tell(name, "g_av_high", edge(.025) * by)
  w <- wilcoxsign_test(after ~ before, data = course, distribution = "exact",
    zero.method = "Wilcoxon")
  tell(name, "signed_rank_p", as.numeric(pvalue(w)))

  ancova <- lm(after ~ course + before, d)
  tell(name, "adjusted", unname(coef(ancova)["course"]))
  did <- lm(change ~ course, d)
  tell(name, "difference", unname(coef(did)["course"]))
  for (each in list(c("adjusted_error", "ancova"), c("difference_error", "did")))
    tell(name, each[1], sqrt(vcovCL(get(each[2]), cluster = d$group, type = "HC1",
      cadjust = TRUE)["course", "course"]))
  tell(name, "plain_adjusted_error", summary(ancova)$coefficients["course", 2])
  tell(name, "plain_adjusted_low", confint(ancova)["course", 1])

  a <- anova(lm(change ~ group, course))
  sizes <- table(course$group)
  k <- length(sizes)
  typical <- (n - sum(sizes^2) / n) / (k - 1)
  tell(name, "icc", (a[1, 3] - a[2, 3]) / (a[1, 3] + (typical - 1) * a[2, 3]))
  one <- lm(change ~ 1, course)
  tell(name, "robust_error", sqrt(vcovCL(one, cluster = course$group, type = "HC1")[1, 1]))
  mixed <- suppressMessages(lmer(change ~ 1 + (1 | group), course, control = lmerControl(
    optimizer = "bobyqa", optCtrl = list(rhoend = 1e-11))))
  tell(name, "intercept", unname(fixef(mixed)))
  tell(name, "intercept_error", unname(sqrt(diag(as.matrix(vcov(mixed))))))
  spread <- as.data.frame(VarCorr(mixed))$vcov
  tell(name, "icc_reml", spread[1] / sum(spread))
}

scale <- function(name, d) {
  found <- suppressMessages(suppressWarnings(psych::alpha(d, warnings = FALSE)))
  tell(name, "alpha", found$total$raw_alpha)
  tell(name, "alpha_low", found$feldt$lower.ci); tell(name, "alpha_high", found$feldt$upper.ci)
  for (place in seq_len(ncol(d))) {
    tell(name, paste0("rest_", place), found$item.stats$r.drop[place])
    tell(name, paste0("without_", place), found$alpha.drop$raw_alpha[place])
  }
  one <- factanal(d, 1, control = list(opt = list(factr = 1, maxit = 10000), lower = 1e-6))
  loads <- as.vector(loadings(one)) * sapply(d, sd)
  own <- one$uniquenesses * sapply(d, var)
  tell(name, "omega", sum(loads)^2 / (sum(loads)^2 + sum(own)))
}

known <- function(name, d) {
  changed <- c(sum(d$before == 0 & d$after == 1), sum(d$before == 1 & d$after == 0))
  tell(name, "p", binom.test(changed[1], sum(changed))$p.value)
  tell(name, "mid_p", binom.test(changed[1], sum(changed))$p.value -
    dbinom(min(changed), sum(changed), .5) * ifelse(changed[1] == changed[2], .5, 1))
}

language <- function(name, d) {
  right <- factor(d$answer >= 3, c(TRUE, FALSE))
  strata <- table(factor(d$first, c(1, 0)), right, d$total)
  m <- mantelhaen.test(strata, correct = TRUE)
  tell(name, "odds", unname(m$estimate)); tell(name, "odds_low", m$conf.int[1])
  tell(name, "odds_high", m$conf.int[2]); tell(name, "chi_square", unname(m$statistic))
  tell(name, "p", m$p.value)
  o <- clm(factor(answer) ~ total + first, data = d, control = clm.control(gradTol = 1e-12,
    relTol = 1e-14))
  tell(name, "slope_total", unname(coef(o)["total"]))
  tell(name, "slope_first", unname(coef(o)["first"]))
  tell(name, "log_likelihood", as.numeric(logLik(o)))
}

pool <- function(name, d) {
  m <- rma(d$estimate, sei = d$error, method = "REML", test = "adhoc",
    control = list(threshold = 1e-12, maxiter = 10000))
  tell(name, "estimate", as.numeric(m$beta)); tell(name, "error", m$se)
  tell(name, "low", m$ci.lb); tell(name, "high", m$ci.ub)
  tell(name, "tau_squared", m$tau2); tell(name, "i_squared", m$I2 / 100)
  tell(name, "q", m$QE); tell(name, "q_p", m$QEp)
}

each <- function(found, look) invisible(Map(look, names(found), found))
each(read("trial"), trial); each(read("scale"), scale); each(read("knowledge"), known)
each(read("languages"), language); each(read("groups"), pool)
for (n in c(10, 15, 24, 60, 200))
  tell(paste0("detectable-", n), "d_z", power.t.test(n = n, power = .8, type = "paired",
    strict = TRUE, tol = 1e-12)$delta)
ps <- c(.001, .012, .02, .02, .3, .7)
for (place in seq_along(ps)) tell("holm", paste0("p_", place), p.adjust(ps, "holm")[place])
cat("versions", "R", as.character(getRversion()), "\n", sep = "\t")
for (one in c("coin", "sandwich", "lme4", "psych", "metafor", "ordinal"))
  cat("versions", one, as.character(packageVersion(one)), "\n", sep = "\t")
