// SPDX-License-Identifier: Apache-2.0
#include "app/cmd.h"
#include "app/judging.h"
#include "app/pictures.h"
#include "app/side_files.h"
#include "base/text.h"
#include "compare/noise.h"
#include "compare/split.h"
#include "plan/case_filter.h"
#include "result/noise_file.h"

#include <algorithm>

namespace umb {

namespace {

DigestOptions digest_options(const std::string& metric) {
  DigestOptions options;
  if (std::ranges::find(options.metrics, metric) == options.metrics.end()) options.metrics.push_back(metric);
  return options;
}

Result<std::vector<Side>> sides_of(const Arguments& arguments, Judging& judging) {
  CompareOptions& options = judging.options;
  DigestOptions digests = digest_options(options.metric);
  if (shows_pictures(judging)) {
    UMB_ASSIGN(const size_t files, count_files(arguments.positional()));
    digests.curve_points = curve_points_for(files);
  }
  const std::optional<std::string> by = arguments.value("by");
  std::vector<Side> sides;
  if (by.has_value()) {
    UMB_ASSIGN(const std::vector<BootDigest> boots, load_boots(arguments.positional(), options.metric, digests));
    UMB_ASSIGN(Split split, split_by(boots, *by));
    options.by = *by;
    options.by_parameters = std::move(split.by_parameters);
    sides = std::move(split.sides);
  } else {
    UMB_ASSIGN(sides, load_sides(arguments.positional(), options.metric, digests));
  }
  if (const auto name = arguments.value("baseline")) UMB_TRY(choose_baseline(*name, sides));
  return sides;
}

Result<void> check_filter(const Comparison& comparison, const std::optional<std::string>& pattern) {
  if (!pattern.has_value()) return {};
  const bool any = std::ranges::any_of(comparison.pairs, [](const Pair& pair) { return !pair.rows.empty(); });
  if (any) return {};
  return fail_usage("--filter " + quoted(*pattern) + " matches no case that is compared");
}

Result<int> run_compare(const Arguments& arguments) {
  UMB_ASSIGN(Judging judging, judging_of(arguments, arguments.value("output").value_or("-")));
  CompareOptions& options = judging.options;
  options.ignore_fingerprint = arguments.has("ignore-fingerprint");
  options.same_session = arguments.has("same-session");
  const std::optional<std::string> pattern = arguments.value("filter");
  if (pattern.has_value()) {
    Result<CaseFilter> filter = CaseFilter::compile(*pattern);
    if (!filter.has_value()) return while_doing("--filter", filter.error());
    options.shown = [filter = *filter](const std::string& id) { return filter.matches(id); };
  }
  NoiseProfile noise;
  if (const auto path = arguments.value("noise-profile")) {
    UMB_ASSIGN(noise, load_noise_profile(*path));
    options.noise = &noise;
  }
  UMB_ASSIGN(std::vector<Side> sides, sides_of(arguments, judging));
  UMB_TRY(use_gate_of(sides, options));
  if (options.noise != nullptr) {
    const std::vector<std::string> mismatch = noise_mismatch(noise, sides[0].boots);
    if (!mismatch.empty()) {
      return fail_usage("the noise profile does not fit these results", mismatch[0],
                        "make one of boots with the same plan on this machine");
    }
  }
  UMB_ASSIGN(const Comparison comparison, compare(std::move(sides), options));
  UMB_TRY(check_filter(comparison, pattern));
  UMB_TRY(write_comparison(comparison, judging, arguments));
  return exit_code_of(comparison, judging.fail_on);
}

}  // namespace

Command compare_command() {
  std::vector<OptionInfo> options{
      {.name = "by",
       .value_name = "PARAM",
       .help = "split one set of results instead: rcu, fs, mode, method, … or kernel, cmdline, label, "
               "rcu_normal_after_boot, or any fact of the environment"},
      {.name = "baseline", .value_name = "NAME", .help = "which side is the baseline (default: the first)"},
      {.name = "metric", .value_name = "METRIC", .help = "default: return_ns"},
      {.name = "filter", .letter = 'f', .value_name = "REGEX", .help = "show only cases whose id matches"},
      {.name = "ignore-fingerprint", .help = "compare although plan or machine differ (told in the report)"},
      {.name = "same-session", .help = "call sides that were measured one after the other incomparable"},
      {.name = "noise-profile",
       .value_name = "FILE",
       .help = "made by 'umountbench noise': provisional verdicts from one boot a side"}};
  for (OptionInfo& option : judging_options()) options.push_back(std::move(option));
  options.push_back({.name = "output", .letter = 'o', .value_name = "FILE", .help = "where to (default: -, stdout)"});
  return {
      .name = "compare",
      .summary = "judge whether one kernel or setting is slower than another",
      .description =
          "Needs no root. A side is [NAME=]PATH[,PATH...], each path a result or a folder of results (its boots).\n"
          "More than two plain files are grouped by what is under test. The boot is what counts as one measurement.\n"
          "Exit code: 1 slower or something new fails, 4 nothing could be compared; see --fail-on.\n",
      .examples = {"umountbench compare before/ after/", "umountbench compare 6.12=a.json,b.json 6.13=c.json,d.json",
                   "umountbench compare results/*.json", "umountbench compare --by rcu boots/",
                   "umountbench compare baseline.json after/ --format markdown -o report.md"},
      .positional = {.name = "SIDE", .help = "the baseline first", .minimum = 1, .maximum = 100'000},
      .options = std::move(options),
      .run = run_compare};
}

}  // namespace umb
