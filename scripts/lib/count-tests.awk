# SPDX-License-Identifier: Apache-2.0
# What gtest and pytest said in a log: "PASSED FAILED SKIPPED", then a line for each reason why tests were skipped.
{ sub(/^[0-9]+: /, "") }  # ctest -V puts the test's number first

reason_follows { reasons[$0]++; reason_follows = 0 }
/: Skipped$/                         { reason_follows = 1 }
/^\[       OK \] /                   { passed++ }
/^\[  FAILED  \] .*\([0-9]+ ms\)$/   { failed++ }
/^\[  SKIPPED \] .*\([0-9]+ ms\)$/   { skipped++ }

/^SKIPPED \[[0-9]+\] / {
  times = $2
  gsub(/[^0-9]/, "", times)
  sub(/^SKIPPED \[[0-9]+\] [^ ]+ /, "")
  reasons[$0] += times
}
/^(=+ )?[0-9]+ (passed|failed|skipped|error).* in [0-9.]+s/ {
  for (i = 1; i < NF; i++) {
    if ($(i + 1) ~ /^passed/) passed += $i
    if ($(i + 1) ~ /^(failed|error)/) failed += $i
    if ($(i + 1) ~ /^skipped/) skipped += $i
  }
}

END {
  print passed + 0, failed + 0, skipped + 0
  for (reason in reasons) print reasons[reason] " skipped: " reason
}
