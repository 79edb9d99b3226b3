// SPDX-License-Identifier: Apache-2.0
#include "render/run_header.h"

#include "base/text.h"
#include "compare/in_words.h"
#include "render/facts_text.h"
#include "render/text_groups.h"

#include <nlohmann/json.hpp>

namespace umb {

namespace {

std::string machine_line(const RunRecord& record) {
  const std::string cpus = fact(record.environment_before, "cpus_online");
  std::vector<std::string> parts{cpus + (cpus == "1" ? " CPU online" : " CPUs online")};
  add_if(parts, "", known_fact(record.environment_before, "cpu_model"));
  add_if(parts, "virtualisation ", fact(record.environment_before, "virtualisation"));
  if (const std::string kind = known_fact(record.environment_before, "container"); kind != "none")
    add_if(parts, "container ", kind);
  add_if(parts, "governor ", known_fact(record.environment_before, "governor"));
  add_if(parts, "load ", known_fact(record.environment_before, "load_1min"));
  return join(parts, ", ");
}

std::string clock_line(const RunRecord& record) {
  const std::string source = known_fact(record.environment_before, "clock_source");
  return record.clock.name + (source.empty() ? "" : " on " + source) + ", resolution " +
         std::to_string(record.clock.resolution_ns) + " ns, one read " + std::to_string(record.clock.overhead_ns) +
         " ns";
}

/// The config as it was in effect; an empty object when it is none.
nlohmann::json config_of(const RunRecord& record) {
  nlohmann::json config = nlohmann::json::parse(record.run.config_json, nullptr, false);
  return config.is_object() ? config : nlohmann::json::object();
}

std::string run_line(const RunRecord& record, const nlohmann::json& config) {
  const size_t rounds = record.rounds.size();
  std::vector<std::string> parts{record.run.started_at, std::to_string(rounds) + (rounds == 1 ? " round" : " rounds")};
  if (const auto samples = config.find("samples"); samples != config.end() && samples->is_number_integer()) {
    parts.push_back("at most " + samples->dump() + " samples a case and round");
  }
  parts.push_back("seed " + std::to_string(record.run.seed));
  if (!record.run.label.empty()) parts.push_back("label " + umb::quoted(record.run.label));
  if (const auto found = config.find("unprivileged"); found != config.end() && *found == true) {
    parts.emplace_back("unprivileged, in a user namespace");
  }
  return join(parts, ", ");
}

std::string settle_line(const nlohmann::json& config) {
  const auto found = config.find("settle");
  if (found == config.end() || !found->is_string()) return "unknown";
  auto settle = found->get<std::string>();
  if (settle == "none") return "none: umounts back to back, as in published figures";
  if (settle == "random") {
    return "random: after a random pause of 0 to 20 ms each, so a grace period starts at a random phase";
  }
  return settle;
}

}  // namespace

std::vector<std::string> warning_lines(const RunView& view) {
  std::vector<std::string> lines = cautions(view.record, view.summaries);
  TextGroups groups;
  for (const Warning& warning : view.record.warnings) {
    // The cautions have told of all of them, and of what they mean for the figures.
    if (warning.code != "disturbed_round") groups.add(warning.message, warning.case_id);
  }
  for (const TextGroups::Group& group : groups.all()) {
    const size_t others = group.ids.size() - 1;
    const std::string more = others > 0 ? " (and " + std::to_string(others) + " more)" : "";
    lines.push_back((group.ids[0].empty() ? "" : group.ids[0] + more + ": ") + group.text);
  }
  return lines;
}

std::vector<RunFact> run_facts(const RunRecord& record) {
  const nlohmann::json config = config_of(record);
  return {{"kernel", kernel_line(record.environment_before)},
          {"RCU", rcu_line(record.environment_before)},
          {"machine", machine_line(record)},
          {"clock", clock_line(record)},
          {"run", run_line(record, config)},
          {"settle", settle_line(config)}};
}

}  // namespace umb
