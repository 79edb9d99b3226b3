// SPDX-License-Identifier: Apache-2.0
#include "scenario/command.h"
#include "scenario/concurrent.h"
#include "scenario/container.h"
#include "scenario/loop_life.h"
#include "scenario/namespace_exit.h"
#include "scenario/propagation.h"
#include "scenario/scenario.h"
#include "scenario/tree.h"
#include "scenario/umount.h"

namespace umb {

const std::vector<ScenarioEntry>& scenarios() {
  static const std::vector<ScenarioEntry> all{
      umount_scenario(),      loop_life_scenario(),  container_scenario(),      tree_scenario(),
      propagation_scenario(), concurrent_scenario(), namespace_exit_scenario(), command_scenario(),
  };
  return all;
}

const ScenarioEntry* find_scenario(const std::string& name) {
  for (const ScenarioEntry& entry : scenarios()) {
    if (entry.info.name == name) return &entry;
  }
  return nullptr;
}

std::vector<ScenarioInfo> scenario_infos() {
  std::vector<ScenarioInfo> infos;
  for (const ScenarioEntry& entry : scenarios()) infos.push_back(entry.info);
  return infos;
}

}  // namespace umb
