// SPDX-License-Identifier: Apache-2.0
#include "plan/programs.h"

#include "plan/json_reader.h"
#include "plan/limits.h"

#include <algorithm>

#include <nlohmann/json.hpp>

namespace umb {

namespace {

using Kind = JsonNode::Kind;
using Arguments = std::vector<std::string>;

const char* const kHint = R"(write ["umount", "m"]; no shell reads it)";

Result<std::string> read_argument(const JsonNode& node, const ConfigPlace& place) {
  UMB_ASSIGN(std::string text, read_text(node, place, kMaxArgumentBytes, true));
  if (text.find('\0') != std::string::npos) return place.error("a NUL character", "no program can be given one");
  return text;
}

Result<Arguments> read_program(const JsonNode& node, const ConfigPlace& place) {
  if (node.kind != Kind::kList) return wrong_type(node, place, "a program with its arguments as a list", kHint);
  if (node.items.empty()) return place.error("an empty list", kHint);
  if (node.items.size() > kMaxArguments) {
    return place.error(std::to_string(node.items.size()) + " arguments", "at most " + std::to_string(kMaxArguments));
  }
  Arguments arguments;
  for (size_t i = 0; i < node.items.size(); ++i) {
    UMB_ASSIGN(std::string argument, read_argument(node.items[i], place.item(i)));
    arguments.push_back(std::move(argument));
  }
  const std::string& program = arguments[0];
  if (program.empty() || (program[0] != '/' && program.find('/') != std::string::npos)) {
    return place.item(0).error(shown(program) + " is no program", "a name such as 'umount', or an absolute path");
  }
  return arguments;
}

Result<std::vector<Arguments>> read_all(const JsonNode& node, const ConfigPlace& place) {
  std::vector<Arguments> programs;
  const bool several = node.kind == Kind::kList && !node.items.empty() && node.items[0].kind == Kind::kList;
  if (!several) {
    UMB_ASSIGN(Arguments program, read_program(node, place));
    programs.push_back(std::move(program));
    return programs;
  }
  if (node.items.size() > kMaxPrograms) {
    return place.error(std::to_string(node.items.size()) + " programs", "at most " + std::to_string(kMaxPrograms));
  }
  for (size_t i = 0; i < node.items.size(); ++i) {
    UMB_ASSIGN(Arguments program, read_program(node.items[i], place.item(i)));
    programs.push_back(std::move(program));
  }
  return programs;
}

}  // namespace

bool is_programs_key(std::string_view key) {
  return key == "prepare" || key == "measure" || key == "conclude";
}

Result<ConfigValue> read_programs(const std::string& key, const JsonNode& node, const ConfigPlace& place) {
  UMB_ASSIGN(const std::vector<Arguments> programs, read_all(node, place));
  if (key == "measure" && programs.size() > 1) {
    return place.error(std::to_string(programs.size()) + " programs",
                       "one is measured: what goes before it belongs "
                       "into \"prepare\"");
  }
  const nlohmann::json json = programs.size() == 1 ? nlohmann::json(programs[0]) : nlohmann::json(programs);
  std::string text = json.dump();
  if (text.size() > kMaxProgramsBytes) {
    return place.error(std::to_string(text.size()) + " bytes of programs",
                       "at most " + std::to_string(kMaxProgramsBytes) + ": put them into a script");
  }
  return ConfigValue{std::move(text), place.pointer};
}

}  // namespace umb
