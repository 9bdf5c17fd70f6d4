# What the R tools of the benchmarks share: read the columns, time the work, tell the memory, write the report.
# Arguments: work, folder, report, options (name=value, separated by ";").

arguments <- commandArgs(trailingOnly = TRUE)
work <- arguments[1]
folder <- arguments[2]
report <- arguments[3]
options_given <- strsplit(strsplit(arguments[4], ";")[[1]], "=")
option <- function(name) {
  found <- Filter(function(pair) pair[1] == name, options_given)
  if (length(found)) found[[1]][2] else NULL
}

SLOW <- 10
FAST <- 0.1

read_answers <- function() {
  columns <- read.csv(file.path(folder, "columns.csv"), stringsAsFactors = FALSE)
  read_one <- function(rank) {
    path <- file.path(folder, paste0(columns$name[rank], ".raw"))
    size <- columns$size[rank]
    readBin(path, columns$what[rank], n = file.size(path) / size, size = size, endian = "little")
  }
  made <- lapply(seq_len(nrow(columns)), read_one)
  names(made) <- columns$name
  as.data.frame(made)
}

read_margins <- function() read.csv(file.path(folder, "margins.csv"), stringsAsFactors = FALSE)

status <- "/proc/self/status"
peak_bytes <- function() {
  if (!file.exists(status)) return(sum(gc()[, 6]) * 1024^2)
  line <- grep("^VmHWM", readLines(status), value = TRUE)
  as.numeric(gsub("[^0-9]", "", line)) * 1024
}

# Reading is not counted, what it read is (Linux).
forget_peak <- function() {
  gc()
  if (file.exists("/proc/self/clear_refs")) cat("5", file = "/proc/self/clear_refs")
}

seconds_of <- function(act) {
  start <- proc.time()[["elapsed"]]
  made <- act()
  list(made = made, seconds = proc.time()[["elapsed"]] - start)
}

quoted <- function(text) paste0('"', gsub('["\\\\\n]', "'", text), '"')

write_report <- function(fields, versions) {
  written <- c(fields, sprintf('"versions": {%s}', paste(sprintf("%s: %s", quoted(names(versions)), quoted(versions)), collapse = ", ")))
  cat("{", paste(written, collapse = ", "), "}\n", file = report)
}

# prepare reads the design (timed apart), act does the work (timed), figures gives named vectors (not timed).
measure <- function(prepare, act, figures, versions) {
  made <- tryCatch({
    answers <- read_answers()
    forget_peak()
    ready <- seconds_of(function() prepare(answers))
    seconds <- c()
    repeat {
      done <- seconds_of(function() act(ready$made))
      seconds <- c(seconds, done$seconds)
      times <- if (seconds[1] > SLOW) 1 else if (min(seconds) > FAST) 3 else 15
      if (length(seconds) >= times) break
    }
    peak <- peak_bytes()
    found <- figures(done$made)
    for (name in names(found)) {
      writeBin(as.double(found[[name]]), file.path(dirname(report), paste0(name, ".f64")), endian = "little")
    }
    c(
      sprintf('"seconds": %.6f', median(seconds)), sprintf('"first": %.6f', seconds[1]),
      sprintf('"prepare": %.6f', ready$seconds),
      sprintf('"runs": %d', length(seconds)), sprintf('"peak": %.0f', peak)
    )
  }, error = function(failure) {
    words <- conditionMessage(failure)
    sprintf('"failure": %s', quoted(if (grepl("cannot allocate", words)) "memory" else substr(words, 1, 160)))
  })
  write_report(made, versions)
}
