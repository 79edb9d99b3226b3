// SPDX-License-Identifier: Apache-2.0
// aa_check FILE… [--groups N] [--seed N] [--metric NAME] [--jobs N]: what scripts/aa-check runs. Files are results,
// journals and baselines as umountbench reads them, or tables of samples (.csv).
#include "base/text.h"
#include "boots.h"
#include "tables.h"
#include "trials.h"

#include <algorithm>
#include <cstdio>
#include <string>
#include <thread>
#include <vector>

namespace umb::aa {

namespace {

struct Request {
  std::vector<std::string> files;
  std::string metric = "return_ns";
  TrialOptions trials;
};

Result<Request> request_of(const std::vector<std::string>& words) {
  Request request;
  request.trials.jobs = std::max(1U, std::thread::hardware_concurrency());
  for (size_t i = 0; i < words.size(); ++i) {
    if (!words[i].starts_with("--")) {
      request.files.push_back(words[i]);
      continue;
    }
    if (i + 1 == words.size()) return fail_usage(words[i] + " needs a value");
    const std::string& option = words[i];
    const std::string& value = words[++i];
    if (option == "--metric") {
      request.metric = value;
    } else if (option == "--groups") {
      UMB_ASSIGN(request.trials.groups, parse_integer(value, 1, 1'000'000));
    } else if (option == "--seed") {
      UMB_ASSIGN(request.trials.seed, parse_integer(value, 0, INT64_MAX));
    } else if (option == "--jobs") {
      UMB_ASSIGN(request.trials.jobs, parse_integer(value, 1, 1024));
    } else {
      return fail_usage("there is no option " + umb::quoted(option));
    }
  }
  if (request.files.empty()) return fail_usage("no files");
  return request;
}

Result<std::string> check(const std::vector<std::string>& words) {
  UMB_ASSIGN(Request request, request_of(words));
  Collector collector(request.metric);
  for (const std::string& file : request.files) {
    UMB_TRY(file.ends_with(".csv") ? read_csv_file(file, request.metric, collector)
                                   : read_result_file(file, request.metric, collector));
  }
  const std::vector<Set> sets = collector.take();
  if (series_with(sets, 2) == 0) {
    return fail_usage("too few boots", "no case has 4 of them with " + umb::quoted(request.metric),
                      "false alarms take two groups of at least 2 boots of one kernel");
  }
  return tables(sets, request.trials, run_trials(sets, request.trials), request.metric);
}

}  // namespace

}  // namespace umb::aa

int main(int argc, char** argv) {
  const umb::Result<std::string> told = umb::aa::check({argv + 1, argv + argc});
  if (!told.has_value()) {
    std::fprintf(stderr, "umountbench: error: %s\n", told.error().text().c_str());
    if (!told.error().hint.empty()) std::fprintf(stderr, "umountbench: hint: %s\n", told.error().hint.c_str());
    return 2;
  }
  std::fputs(told->c_str(), stdout);
  return 0;
}
