// SPDX-License-Identifier: Apache-2.0
// The nouns of a plan: which kinds of measurement there are, and the cases that they give with all parameters fixed.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace umb {

/// What a parameter's values are.
enum class ParameterKind {
  kValue,     ///< one of `values`, or a whole number
  kName,      ///< any `[a-z0-9_.-]+`, chosen by the user; must be given
  kPrograms,  ///< programs with their arguments as a JSON text, never in an id: ["umount","m"], or a list of such
};

/// One parameter as a scenario declares it. Values are `[a-z0-9_.-]+`, but for programs, or a path.
struct ParameterInfo {
  std::string name;
  std::string summary;
  std::vector<std::string> values;  ///< the allowed words; empty when any whole number in [minimum, maximum] is allowed
  std::string default_value;
  bool always_in_id = false;  ///< otherwise left out of the id while at its default
  int64_t minimum = 0;
  int64_t maximum = 0;
  ParameterKind kind = ParameterKind::kValue;
  bool or_path = false;  ///< beside `values`, the absolute path of a program may be given; its id word: plan/case_id.h

  /// Without a default a config must give it.
  [[nodiscard]] bool must_be_given() const { return default_value.empty(); }
};

/// What must be there for a case to run; checked before, a lack skips the case with its reason.
struct Needs {
  bool root = true;                       ///< false: works in a user namespace too
  std::vector<std::string> file_systems;  ///< as in /proc/filesystems
  std::vector<std::string> programs;      ///< found in PATH or the sbin folders
  bool loop_device = false;               ///< /dev/loop-control
  std::vector<std::string> modules;       ///< the kernel loads them for itself where it has them: never checked
  bool new_mount_api = false;             ///< fsopen(2) and what belongs to it
  bool open_tree_namespace = false;       ///< open_tree(OPEN_TREE_NAMESPACE)
  bool disk_folder = false;               ///< a folder on a disk (fixture/disk_folder.h)
  std::string user_namespace_since;       ///< "5.11": the first kernel that can do it in one; "": any
  std::string impossible;                 ///< why such a combination of parameters can run nowhere; "" when it can
  std::vector<std::string> namespaces;    ///< as in /proc/self/ns
  bool control_groups = false;            ///< groups are made, below RunFolder::control_group() in each hierarchy
  std::vector<std::string> controllers;   ///< "memory": that a cgroup2 gives to the groups below its root
  int64_t mounts = 0;                     ///< at once in one mount namespace, beside those of the sandbox
  int64_t mount_namespaces = 0;           ///< at once, beside the sandbox's
  int64_t tasks = 0;                      ///< threads and processes at once, where they are many
};

/// A scenario as it describes itself; its code is in scenario/.
struct ScenarioInfo {
  std::string name;
  std::string summary;
  std::vector<ParameterInfo> parameters;  ///< in the order in which they stand in a case id
  std::vector<std::string> phases;        ///< names of the phase columns ("attach_ns", ...); may be empty
};

struct Parameter {
  std::string name;
  std::string value;
};

/// A scenario with all parameters fixed.
struct Case {
  std::string id;  ///< "umount/fs=ext4/mode=lazy/method=syscall/rcu=normal": contract.md, "Case ids"
  std::string scenario;
  std::vector<Parameter> parameters;  ///< all of them, in declared order, defaults filled in

  /// The value of a parameter; "" for one that the scenario does not have.
  [[nodiscard]] std::string value(const std::string& name) const {
    for (const Parameter& parameter : parameters) {
      if (parameter.name == name) return parameter.value;
    }
    return {};
  }
  [[nodiscard]] int64_t number(const std::string& name) const {
    const std::string text = value(name);
    return text.empty() ? 0 : std::stoll(text);
  }
};

}  // namespace umb
