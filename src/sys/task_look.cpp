// SPDX-License-Identifier: Apache-2.0
#include "sys/task_look.h"

#include "base/text.h"

#include <charconv>

namespace umb {

namespace {

constexpr size_t kMostDescendants = 1000;

std::string folder_of(int64_t pid) {
  return "/proc/" + std::to_string(pid);
}

/// "rwsem_down_write_slowpath.isra.0+0x14c/0x500": up to the first of these.
std::string bare_name(std::string_view entry) {
  return std::string(entry.substr(0, entry.find_first_of(".+ \t")));
}

std::optional<int64_t> number_in(std::string_view text) {
  int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return number;
}

void add_children(const HostRoot& root, int64_t pid, std::vector<int64_t>& found) {
  const std::string tasks = folder_of(pid) + "/task";
  for (const std::string& task : host_names(root, tasks)) {
    const auto text = host_text(root, tasks + "/" + task + "/children");
    if (!text.has_value()) continue;
    for (const std::string& word : split(*text, ' ')) {
      const auto child = number_in(word);
      if (child.has_value() && found.size() < kMostDescendants) found.push_back(*child);
    }
  }
}

}  // namespace

std::vector<std::string> functions_in_stack(std::string_view text) {
  std::vector<std::string> functions;
  for (const std::string& line : split(std::string(text), '\n')) {
    constexpr std::string_view kMark = "] ";
    const size_t mark = line.find(kMark);
    if (mark == std::string::npos) continue;
    std::string name = bare_name(std::string_view(line).substr(mark + kMark.size()));
    if (!name.empty()) functions.push_back(std::move(name));
  }
  return functions;
}

std::optional<TaskLook> look_at_task(const HostRoot& root, int64_t pid) {
  const auto waits_in = host_text(root, folder_of(pid) + "/wchan");
  if (!waits_in.has_value()) return std::nullopt;
  TaskLook look;
  // The stack of a task that runs is one from earlier.
  look.running = waits_in->empty() || *waits_in == "0";
  if (look.running) return look;
  if (const auto stack = read_host_file(root, folder_of(pid) + "/stack")) look.functions = functions_in_stack(*stack);
  if (look.functions.empty()) look.functions = {bare_name(*waits_in)};
  return look;
}

std::vector<int64_t> descendants_of(const HostRoot& root, int64_t pid) {
  std::vector<int64_t> found;
  add_children(root, pid, found);
  for (size_t i = 0; i < found.size(); ++i) {
    const int64_t child = found[i];
    add_children(root, child, found);
  }
  return found;
}

std::optional<int64_t> parent_of(const HostRoot& root, int64_t pid) {
  const auto stat = host_text(root, folder_of(pid) + "/stat");
  if (!stat.has_value()) return std::nullopt;
  // The name before it may hold spaces and brackets; then come the state and the parent.
  const size_t name_end = stat->rfind(')');
  if (name_end == std::string::npos) return std::nullopt;
  const std::vector<std::string> fields = split(stat->substr(name_end + 1), ' ');
  return fields.size() > 2 ? number_in(fields[2]) : std::nullopt;
}

}  // namespace umb
