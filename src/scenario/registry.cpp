// SPDX-License-Identifier: Apache-2.0
#include "scenario/bystander.h"
#include "scenario/command.h"
#include "scenario/concurrent.h"
#include "scenario/container.h"
#include "scenario/container_storm.h"
#include "scenario/loop_life.h"
#include "scenario/namespace_exit.h"
#include "scenario/path_walk.h"
#include "scenario/propagation.h"
#include "scenario/reuse.h"
#include "scenario/scenario.h"
#include "scenario/stuck.h"
#include "scenario/tree.h"
#include "scenario/umount.h"

namespace umb {

const std::vector<ScenarioEntry>& scenarios() {
  static const std::vector<ScenarioEntry> all{
      umount_scenario(),      loop_life_scenario(),       container_scenario(),      tree_scenario(),
      propagation_scenario(), concurrent_scenario(),      namespace_exit_scenario(), path_walk_scenario(),
      bystander_scenario(),   container_storm_scenario(), reuse_scenario(),          stuck_scenario(),
      command_scenario(),
  };
  return all;
}

const ScenarioEntry* find_scenario(const std::string& name) {
  for (const ScenarioEntry& entry : scenarios()) {
    if (entry.info.name == name) return &entry;
  }
  return nullptr;
}

std::vector<std::string> phases_of(const Case& spec) {
  const ScenarioEntry& entry = *find_scenario(spec.scenario);
  const bool has_phases = entry.has_phases == nullptr || entry.has_phases(spec);
  return has_phases ? entry.info.phases : std::vector<std::string>();
}

std::vector<ScenarioInfo> scenario_infos() {
  std::vector<ScenarioInfo> infos;
  for (const ScenarioEntry& entry : scenarios()) infos.push_back(entry.info);
  return infos;
}

}  // namespace umb
