// SPDX-License-Identifier: Apache-2.0
#include "plan/effective_config.h"

#include <nlohmann/json.hpp>

namespace umb {

std::string effective_config_json(const Plan& plan, const ConfigGate& gate, bool unprivileged) {
  using Json = nlohmann::ordered_json;
  const Settings& settings = plan.settings;
  Json json;
  json["name"] = plan.name;
  json["unprivileged"] = unprivileged;
  json["rounds"] = settings.rounds;
  json["samples"] = settings.samples;
  json["time_limit_ns"] = settings.time_limit_ns;
  json["interval"] = settings.interval;
  json["settle"] = settings.settle;
  json["order"] = plan.in_pairs ? "in pairs" : "shuffled";
  json["released"] = settings.released;
  json["watched_share"] = settings.watched_share;
  json["release_limit_ns"] = settings.release_limit_ns;
  json["cpu"] = settings.cpu;
  json["fifo"] = settings.fifo;
  json["mlockall"] = settings.mlockall;
  json["long_cases"] = settings.long_cases;
  json["gate"] = Json{{"cases", gate.cases}, {"quantiles", gate.quantiles}};
  json["cases"] = Json::array();
  for (const Case& one : plan.cases) json["cases"].push_back(one.id);
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace umb
