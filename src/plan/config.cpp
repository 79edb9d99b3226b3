// SPDX-License-Identifier: Apache-2.0
#include "plan/config.h"

#include "base/file.h"
#include "base/text.h"
#include "plan/case_filter.h"
#include "plan/json_reader.h"
#include "plan/programs.h"

#include <algorithm>
#include <array>

namespace umb {

namespace {

using Kind = JsonNode::Kind;
using Read = Result<void> (*)(const JsonNode&, const ConfigPlace&, Config&);

/// Reads into TARGET with a reader that returns a Result of its type.
#define UMB_READ(target, ...)                                                          \
  [](const JsonNode& node, const ConfigPlace& place, Config& config) -> Result<void> { \
    UMB_ASSIGN(config.target, __VA_ARGS__);                                            \
    return {};                                                                         \
  }

Result<void> read_gate_key(const std::string& key, const JsonNode& node, const ConfigPlace& place, ConfigGate& gate) {
  if (key == "cases") {
    UMB_ASSIGN(gate.cases, read_text(node, place, kMaxFilterBytes, false));
    if (auto filter = CaseFilter::compile(gate.cases); !filter.has_value()) return place.error(filter.error());
    return {};
  }
  if (key != "quantiles") return place.error("unknown key", suggestion(clipped(key, 100), {"cases", "quantiles"}));
  const char* const words = "a list like [0.5, 0.9], at most 10 of them";
  if (node.kind != Kind::kList) return wrong_type(node, place, "a list of quantiles", words);
  if (node.items.empty() || node.items.size() > kMaxQuantiles) {
    return place.error(std::to_string(node.items.size()) + " quantiles", words);
  }
  gate.quantiles.clear();
  for (size_t i = 0; i < node.items.size(); ++i) {
    UMB_ASSIGN(const double quantile, read_number(node.items[i], place.item(i), kQuantileRange));
    if (std::find(gate.quantiles.begin(), gate.quantiles.end(), quantile) != gate.quantiles.end()) {
      return place.item(i).error("a quantile that stands here twice", "keep one");
    }
    gate.quantiles.push_back(quantile);
  }
  return {};
}

Result<void> read_gate(const JsonNode& node, const ConfigPlace& place, Config& config) {
  if (node.kind != Kind::kObject) {
    return wrong_type(node, place, "an object", R"(write {"cases": "rcu=normal", "quantiles": [0.5]})");
  }
  for (size_t i = 0; i < node.items.size(); ++i) {
    UMB_TRY(read_gate_key(node.keys[i], node.items[i], place.key(node.keys[i]), config.gate));
  }
  return {};
}

Result<ConfigCase> read_case(const JsonNode& node, const ConfigPlace& place) {
  const char* const hint = R"(write {"scenario": "umount", "fs": ["tmpfs", "ext4"]})";
  if (node.kind != Kind::kObject) return wrong_type(node, place, "an object", hint);
  ConfigCase one{{}, {}, place.pointer};
  for (size_t i = 0; i < node.items.size(); ++i) {
    const ConfigPlace here = place.key(node.keys[i]);
    if (node.keys[i] == "scenario") {
      UMB_ASSIGN(one.scenario.text, read_text(node.items[i], here, kMaxNameBytes, false));
      one.scenario.pointer = here.pointer;
    } else if (is_programs_key(node.keys[i])) {
      UMB_ASSIGN(auto programs, read_programs(node.keys[i], node.items[i], here));
      one.parameters.push_back({node.keys[i], {std::move(programs)}});
    } else {
      UMB_ASSIGN(auto values, read_values(node.items[i], here));
      one.parameters.push_back({node.keys[i], std::move(values)});
    }
  }
  if (one.scenario.text.empty()) return place.error("no key 'scenario'", hint);
  return one;
}

Result<void> read_cases(const JsonNode& node, const ConfigPlace& place, Config& config) {
  const char* const hint = R"(write [{"scenario": "umount"}])";
  if (node.kind != Kind::kList) return wrong_type(node, place, "a list of objects", hint);
  if (node.items.empty()) return place.error("an empty list", hint);
  if (node.items.size() > kMaxCases) {
    return place.error(std::to_string(node.items.size()) + " objects", "at most " + std::to_string(kMaxCases));
  }
  for (size_t i = 0; i < node.items.size(); ++i) {
    UMB_ASSIGN(auto one, read_case(node.items[i], place.item(i)));
    config.cases.push_back(std::move(one));
  }
  return {};
}

struct Key {
  const char* name;
  Read read;
};

constexpr std::array<Key, 22> kKeys{{
    {"name", UMB_READ(name, read_text(node, place, kMaxNameBytes, false))},
    {"description", UMB_READ(description, read_text(node, place, kMaxDescriptionBytes, true))},
    {"rounds", UMB_READ(settings.rounds, read_integer(node, place, kRoundsRange))},
    {"samples", UMB_READ(settings.samples, read_integer(node, place, kSamplesRange))},
    {"time_limit", UMB_READ(settings.time_limit_ns, read_duration(node, place, kTimeLimitRangeNs))},
    {"interval", UMB_READ(settings.interval, read_share(node, place, kIntervalRange))},
    {"settle", UMB_READ(settings.settle, read_word_of(node, place, settle_words()))},
    {"released", UMB_READ(settings.released, read_bool(node, place))},
    {"watched_share", UMB_READ(settings.watched_share, read_share(node, place, kWatchedShareRange))},
    {"release_limit", UMB_READ(settings.release_limit_ns, read_duration(node, place, kReleaseLimitRangeNs))},
    {"cpu", UMB_READ(settings.cpu, read_integer(node, place, kCpuRange))},
    {"fifo", UMB_READ(settings.fifo, read_integer(node, place, kFifoRange))},
    {"mlockall", UMB_READ(settings.mlockall, read_bool(node, place))},
    {"long_cases", UMB_READ(settings.long_cases, read_bool(node, place))},
    {"rcu", UMB_READ(rcu, read_values(node, place))},
    {"seed", UMB_READ(seed, read_seed(node, place))},
    {"gate", read_gate},
    {"kernels", UMB_READ(guests.kernels, read_texts(node, place, {kMaxGuestTexts, kMaxGuestTextBytes}))},
    {"append", UMB_READ(guests.append, read_texts(node, place, {kMaxGuestTexts, kMaxGuestTextBytes, true}))},
    {"boots", UMB_READ(guests.boots, read_integer(node, place, kBootsRange))},
    {"cpus", UMB_READ(guests.cpus, read_integer(node, place, kGuestCpusRange))},
    {"cases", read_cases},
}};

#undef UMB_READ

Result<void> read_key(const std::string& name, const JsonNode& node, const ConfigPlace& place, Config& config) {
  for (const Key& key : kKeys) {
    if (name == key.name) return key.read(node, place, config);
  }
  return place.error("unknown key", suggestion(clipped(name, 100), config_keys()));
}

}  // namespace

Result<Config> parse_config(std::string_view json, const std::string& file) {
  UMB_ASSIGN(const JsonNode root, parse_json(json, config_named(file)));
  const ConfigPlace place{file, {}};
  const char* const hint = R"(the least is {"cases": [{"scenario": "umount"}]})";
  if (root.kind != Kind::kObject) return wrong_type(root, place, "an object", hint);
  Config config;
  config.file = file;
  config.name = config_name(file);
  for (size_t i = 0; i < root.items.size(); ++i) {
    UMB_TRY(read_key(root.keys[i], root.items[i], place.key(root.keys[i]), config));
  }
  if (config.cases.empty()) return place.error("no key 'cases'", hint);
  return config;
}

Result<Config> load_config(const std::string& path) {
  Result<std::string> json = read_file(path, kMaxConfigBytes);
  if (json.has_value()) return parse_config(*json, path);
  Error error = std::move(json).error();
  error.hint = "name a config file, or without a path one that comes with the program, such as 'quick'";
  return Failure(std::move(error));
}

std::vector<std::string> config_keys() {
  std::vector<std::string> names;
  names.reserve(std::size(kKeys));
  for (const Key& key : kKeys) names.emplace_back(key.name);
  return names;
}

std::string config_name(std::string_view path) {
  if (const size_t slash = path.rfind('/'); slash != std::string_view::npos) path.remove_prefix(slash + 1);
  constexpr std::string_view kSuffix = ".json";
  if (path.ends_with(kSuffix)) path.remove_suffix(kSuffix.size());
  return std::string(path);
}

}  // namespace umb
