// SPDX-License-Identifier: Apache-2.0
#include "result/imported.h"

#include "base/text.h"
#include "base/version.h"

#include <algorithm>

namespace umb {

namespace {

constexpr const char* kUnknown = "unknown";

CaseRecord case_of(const ImportedSeries& series, const Case& spec, const std::string& program, uint32_t first) {
  const std::string reason = program + " does not tell";
  CaseRecord made{.spec = spec, .metrics = {{"return_ns", "ns", "lower", ""}, {"released_ns", "ns", "lower", reason}}};
  const size_t count = series.times_ns.size();
  Series& samples = made.samples;
  samples.round.assign(count, 0);
  for (uint32_t i = 0; i < count; ++i) samples.sequence.push_back(first + i);
  samples.repetition.assign(count, 0);
  samples.warmup.assign(count, 0);
  samples.started_at_ns.assign(count, 0);
  samples.errno_value = series.errno_value;
  samples.metrics = {{"return_ns", series.times_ns}, {"released_ns", std::vector<int64_t>(count, kMissing)}};
  const auto failed = count - static_cast<size_t>(std::ranges::count(series.errno_value, 0));
  if (failed == 0) {
    made.checks.push_back({"call", "passed", ""});
  } else {
    made.checks.push_back(
        {"call", "failed",
         "the program failed (" + std::to_string(failed) + " of " + std::to_string(count) + " runs)"});
  }
  if (failed == count) {
    made.outcome = "failed";
    made.reason = "every run failed";
  }
  return made;
}

}  // namespace

RunRecord imported_record(std::vector<ImportedSeries> series, const ImportOptions& options) {
  RunRecord record;
  record.tool = {"umountbench", tool_version(), tool_commit(), {}};
  record.run.id = options.id;
  record.run.started_at = options.now;
  record.run.finished_at = options.now;
  record.run.label = options.label;
  record.run.imported = options.program;
  record.clock.name = kUnknown;
  record.clock.utc = options.now;
  record.rounds.push_back({.index = 0, .started_at = options.now});
  uint32_t first = 0;
  for (size_t i = 0; i < series.size(); ++i) {
    const Case& spec = options.cases.at(i);
    record.rounds[0].order.push_back(spec.id);
    record.cases.push_back(case_of(series[i], spec, options.program, first));
    first += static_cast<uint32_t>(series[i].times_ns.size());
    const std::string command =
        series[i].command.empty() ? "a command that it does not name" : quoted(series[i].command);
    record.warnings.push_back({"imported", options.program + " ran " + command + ", and not this program", spec.id});
    if (!series[i].caution.empty()) record.warnings.push_back({"imported_times", series[i].caution, spec.id});
  }
  record.warnings.push_back({"imported_environment",
                             "kernel, machine, settings and the time of the measurement are unknown: " +
                                 options.program + " does not tell them",
                             ""});
  return record;
}

}  // namespace umb
