// SPDX-License-Identifier: Apache-2.0
#include "app/run_options.h"

#include "app/random_number.h"
#include "base/log.h"
#include "base/text.h"
#include "plan/catalogue.h"
#include "plan/json_reader.h"
#include "plan/limits.h"
#include "scenario/scenario.h"
#include "sys/executable.h"

namespace umb {

namespace {

/// One for each scenario.
std::vector<std::string> scenario_filters() {
  std::vector<std::string> filters;
  for (const ScenarioEntry& entry : scenarios()) filters.push_back("^" + entry.info.name + "/");
  return filters;
}

}  // namespace

std::vector<OptionInfo> plan_options(const std::string& default_config) {
  return {{.name = "config",
           .letter = 'c',
           .value_name = "FILE",
           .help = "the plan: a file, or the bare name of one that comes with the program (default: " + default_config +
                   ")"},
          {.name = "filter",
           .letter = 'f',
           .value_name = "REGEX",
           .help = "only cases whose id matches",
           .offered = scenario_filters()},
          {.name = "rounds", .value_name = "N", .help = "fresh processes, each with the order drawn anew"},
          {.name = "samples",
           .value_name = "N",
           .help = "samples per case and round at most, warm-up and watched ones apart"},
          {.name = "time-limit", .value_name = "D", .help = "time per case and round, e.g. 5s"},
          {.name = "settle",
           .value_name = "HOW",
           .help = "random: a pause of 0 to 20 ms before each sample; none: back to back",
           .offered = {"random", "none"}},
          {.name = "no-released", .help = "don't read the second clock"},
          {.name = "seed",
           .value_name = "N",
           .help = "for the order and the pauses (default: drawn, stored in the result)"},
          {.name = "label", .value_name = "NAME", .help = "a name of yours for this side, stored in the result"},
          {.name = "unprivileged", .help = "in a user namespace: file systems in memory only, rcu=as-found"},
          {.name = "redact", .help = "leave host name and command line out of the result"},
          {.name = "dry-run",
           .letter = 'n',
           .help = "print the plan in order, what would be skipped and why, and the time; no root needed"}};
}

OptionInfo rcu_option() {
  return {.name = "rcu",
          .value_name = "LIST",
          .help = "RCU modes, separated by commas: as-found, default, normal, expedited",
          .repeatable = true,
          .offered = {"as-found", "default", "normal", "expedited"}};
}

OptionInfo explain_option() {
  return {.name = "explain", .help = "then a second, shorter pass: where the time of each case goes, never counted"};
}

Result<Config> config_of(const Arguments& arguments, const std::string& default_config) {
  UMB_ASSIGN(const std::string executable, executable_path());
  UMB_ASSIGN(const std::string path, find_config(arguments.value("config").value_or(default_config), executable));
  log_debug("config: " + path);
  return load_config(path);
}

Result<Overrides> overrides_of(const Arguments& arguments) {
  Overrides overrides;
  overrides.filter = arguments.value("filter");
  for (const std::string& list : arguments.values("rcu")) {
    for (std::string& mode : split(list, ',')) overrides.rcu.push_back(std::move(mode));
  }
  const auto number = [&](const char* option, LimitRange<int64_t> range) -> Result<std::optional<int64_t>> {
    const std::optional<std::string> text = arguments.value(option);
    if (!text.has_value()) return std::optional<int64_t>();
    Result<int64_t> parsed = parse_integer(*text, range.minimum, range.maximum);
    if (!parsed.has_value()) return while_doing(std::string("--") + option, parsed.error());
    return std::optional(*parsed);
  };
  UMB_ASSIGN(overrides.rounds, number("rounds", kRoundsRange));
  UMB_ASSIGN(overrides.samples, number("samples", kSamplesRange));
  if (const std::optional<std::string> text = arguments.value("seed"); text.has_value()) {
    const Result<uint64_t> seed = seed_in(*text);
    if (!seed.has_value()) return while_doing("--seed", seed.error());
    overrides.seed = *seed;
  }
  overrides.time_limit = arguments.value("time-limit");
  overrides.settle = arguments.value("settle");
  if (arguments.has("no-released")) overrides.released = false;
  overrides.drawn_seed = random_number();
  overrides.label = arguments.value("label").value_or("");
  overrides.unprivileged = arguments.has("unprivileged");
  return overrides;
}

}  // namespace umb
