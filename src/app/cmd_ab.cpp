// SPDX-License-Identifier: Apache-2.0
#include "app/cmd.h"
#include "app/dry_run.h"
#include "app/judging.h"
#include "app/measuring.h"
#include "app/pictures.h"
#include "app/run_options.h"
#include "base/file.h"
#include "base/log.h"
#include "base/text.h"
#include "compare/digest.h"
#include "plan/two_settings.h"
#include "result/plan_facts.h"
#include "scenario/scenario.h"

#include <algorithm>
#include <cerrno>

#include <sys/stat.h>
#include <unistd.h>

namespace umb {

namespace {

constexpr const char* kConfig = "ab";

struct TwoSettings {
  std::vector<Parameter> a, b;
};

Result<TwoSettings> settings_of(const Arguments& arguments) {
  TwoSettings settings;
  for (const auto& [name, to] : {std::pair("a", &settings.a), std::pair("b", &settings.b)}) {
    const std::optional<std::string> text = arguments.value(name);
    if (!text.has_value()) {
      return fail_usage(std::string("ab needs --") + name, "", "e.g. umountbench ab --a rcu=default --b rcu=normal");
    }
    UMB_ASSIGN(*to, parse_setting(std::string("--") + name, *text));
  }
  return settings;
}

std::string name_of_setting(const std::vector<Parameter>& setting) {
  std::vector<std::string> parts;
  parts.reserve(setting.size());
  for (const Parameter& parameter : setting) parts.push_back(parameter.name + "=" + parameter.value);
  return join(parts, ",");
}

/// The result's path in the folder asked for, which is made if it is missing.
Result<std::string> result_place(const Arguments& arguments) {
  std::string folder = arguments.value("output").value_or(::access("results", F_OK) == 0 ? "results" : ".");
  UMB_TRY(make_output_folder(folder));
  std::string place = folder + "/" + default_result_name();
  UMB_TRY(check_output_place(place));
  return place;
}

Result<Comparison> compare_settings(const RunRecord& record, const std::string& source, const TwoSettings& settings,
                                    Judging& judging) {
  CompareOptions& options = judging.options;
  const PlanFacts plan = plan_facts(record.run.config_json);
  DigestOptions digests;
  if (shows_pictures(judging)) digests.curve_points = curve_points_for(1);
  if (plan.gate.has_value()) {
    UMB_TRY(use_gate(*plan.gate, options));
    digests.quantiles = plan.gate->quantiles;
  }
  const std::vector<BootDigest> boots{digest(record, plan, source, digests)};
  std::vector<Side> sides;
  for (const std::vector<Parameter>* setting : {&settings.a, &settings.b}) {
    sides.push_back({.name = name_of_setting(*setting), .boots = with_parameters(boots, *setting)});
  }
  for (const Parameter& parameter : settings.a) options.by_parameters.push_back(parameter.name);
  options.by = join(options.by_parameters, ",");
  return compare(std::move(sides), options);
}

Result<int> ab(const Arguments& arguments) {
  UMB_ASSIGN(const TwoSettings settings, settings_of(arguments));
  UMB_ASSIGN(const Config config, config_of(arguments, kConfig));
  UMB_ASSIGN(const Overrides overrides, overrides_of(arguments));
  UMB_ASSIGN(Plan plan, expand_pairs(config, overrides, settings.a, settings.b, scenario_infos()));
  const bool unprivileged = arguments.has("unprivileged");
  UMB_ASSIGN(Judging judging, judging_of(arguments, "-"));
  Preflight preflight;
  plan.as_found_is_normal = preflight.as_found_is_normal();
  if (arguments.has("dry-run")) {
    if (!unprivileged) preflight.assume_root();
    return write_dry_run(plan, find_runnable(plan, preflight, unprivileged));
  }
  UMB_TRY(check_privilege("ab", unprivileged));
  UMB_ASSIGN(const Runnable runnable, runnable_here(plan, preflight, unprivileged));
  UMB_ASSIGN(const std::string place, result_place(arguments));
  UMB_TRY(before_measuring(plan, runnable, arguments));
  UMB_ASSIGN(const Measured measured, measure(plan, runnable, place, arguments));
  Result<Comparison> comparison = compare_settings(measured.record, place, settings, judging);
  // Of a run that was broken off there may be nothing to judge.
  if (measured.exit_code >= 128 && !comparison.has_value()) return measured.exit_code;
  if (!comparison.has_value()) return Failure(std::move(comparison).error());
  UMB_TRY(write_comparison(*comparison, judging, arguments));
  if (judging.options.by_parameters.size() == 1) {
    log_info("compare it again: umountbench compare --by " + printable(judging.options.by) + " " + printable(place));
  }
  if (measured.exit_code >= 128 || measured.exit_code == kExitFailed) return measured.exit_code;
  return exit_code_of(*comparison, judging.fail_on);
}

std::vector<OptionInfo> ab_options() {
  std::vector<OptionInfo> options{
      {.name = "a", .value_name = "SETTING", .help = "the baseline: PARAMETER=VALUE, several with commas"},
      {.name = "b", .value_name = "SETTING", .help = "what is held against it: the same parameters"},
      {.name = "output",
       .letter = 'o',
       .value_name = "DIR",
       .help = "the folder for the result file, made if it is missing (default: results/ if there is one, else here)"}};
  for (const auto& more : {plan_options(kConfig), judging_options()}) {
    options.insert(options.end(), more.begin(), more.end());
  }
  return options;
}

}  // namespace

Command ab_command() {
  return {
      .name = "ab",
      .summary = "measure two settings in turns on this machine and compare them",
      .description =
          "Needs root (or --unprivileged). Both settings in one session, block by block A B B A, in 7 rounds, each a\n"
          "fresh process; compared as pairs. The report goes to stdout, the result file into a folder. What it says\n"
          "is about this boot.\n",
      .examples = {"sudo umountbench ab --a rcu=default --b rcu=normal",
                   "sudo umountbench ab --a mode=plain --b mode=lazy --filter fs=ext4 -o out"},
      .options = ab_options(),
      .run = ab};
}

}  // namespace umb
