// SPDX-License-Identifier: Apache-2.0
// The first of two steps from a config file to a plan: syntax, keys, types and ranges. What the words mean (whether
// there is such a scenario, such a file system) is asked in the second, plan/expand.h. Every key: docs/config.md.
#pragma once

#include "base/result.h"
#include "model/plan.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace umb {

/// A word or whole number as the config wrote it, not looked up yet.
struct ConfigValue {
  std::string text;
  std::string pointer;  ///< JSON pointer, for messages
};

struct ConfigParameter {
  std::string name;
  std::vector<ConfigValue> values;  ///< at least one; several are a dimension of the matrix
};

/// One object of "cases".
struct ConfigCase {
  ConfigValue scenario;
  std::vector<ConfigParameter> parameters;  ///< in the order of the config
  std::string pointer;
};

/// Which cases and quantiles `compare` judges.
struct ConfigGate {
  std::string cases = ".*";  ///< a regular expression on case ids
  std::vector<double> quantiles{0.5};
};

/// What `vm run` boots; `run` has no use for it.
struct ConfigGuests {
  std::vector<std::string> kernels;  ///< SPECs, each perhaps with a NAME
  std::vector<std::string> append;   ///< command lines, a dimension of the matrix; empty: one without words
  std::optional<int64_t> boots;      ///< of each kernel with each command line
  std::optional<int64_t> cpus;
};

struct Config {
  std::string file;  ///< for messages
  std::string name;  ///< the file's name without folder and ".json", unless the config gives one
  std::string description;
  Settings settings;
  std::vector<ConfigValue> rcu;  ///< for every case object that does not say it itself; empty: the scenario's default
  std::optional<uint64_t> seed;
  ConfigGate gate;
  ConfigGuests guests;
  std::vector<ConfigCase> cases;  ///< at least one
};

/// Checks syntax, keys, types and ranges. `file` is the name used in messages. Every error is kUsage, names line and
/// column (no JSON) or a JSON pointer (anything else), and has a hint.
[[nodiscard]] Result<Config> parse_config(std::string_view json, const std::string& file);
/// The same of a file of at most 1 MiB.
[[nodiscard]] Result<Config> load_config(const std::string& path);

/// The keys of a config's top level, in the order in which docs/config.md tells them.
[[nodiscard]] std::vector<std::string> config_keys();

/// The name a config has from its path: "quick" for "configs/quick.json".
[[nodiscard]] std::string config_name(std::string_view path);

}  // namespace umb
