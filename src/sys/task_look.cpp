// SPDX-License-Identifier: Apache-2.0
#include "sys/task_look.h"

#include "base/text.h"

#include <algorithm>
#include <charconv>
#include <map>

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

std::vector<int64_t> numbers_in(const HostRoot& root, const std::string& folder) {
  std::vector<int64_t> numbers;
  for (const std::string& name : host_names(root, folder)) {
    if (const auto number = number_in(name)) numbers.push_back(*number);
  }
  return numbers;
}

/// Who is whose child.
class Families {
 public:
  Families(const HostRoot& root, int64_t head) : root_(root) {
    const std::string number = std::to_string(head);
    if (host_text(root, folder_of(head) + "/task/" + number + "/children").has_value()) return;
    for (const int64_t pid : numbers_in(root, "/proc")) {
      if (const auto parent = parent_of(root, pid)) children_[*parent].push_back(pid);
    }
  }

  [[nodiscard]] std::vector<int64_t> children_of(int64_t pid) const {
    if (const auto known = children_.find(pid); known != children_.end()) return known->second;
    std::vector<int64_t> found;
    for (const int64_t thread : threads_of(root_, pid)) {
      const auto text = host_text(root_, folder_of(pid) + "/task/" + std::to_string(thread) + "/children");
      for (const std::string& word : split(text.value_or(""), ' ')) {
        if (const auto child = number_in(word)) found.push_back(*child);
      }
    }
    return found;
  }

 private:
  const HostRoot& root_;
  std::map<int64_t, std::vector<int64_t>> children_;  ///< only where the kernel doesn't list them
};

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
  const Families families(root, pid);
  std::vector<int64_t> found = families.children_of(pid);
  for (size_t i = 0; i < found.size() && found.size() < kMostDescendants; ++i) {
    const std::vector<int64_t> more = families.children_of(found[i]);
    found.insert(found.end(), more.begin(), more.end());
  }
  found.resize(std::min(found.size(), kMostDescendants));
  return found;
}

std::vector<int64_t> threads_of(const HostRoot& root, int64_t pid) {
  return numbers_in(root, folder_of(pid) + "/task");
}

std::string name_of_process(const HostRoot& root, int64_t pid) {
  return host_text(root, folder_of(pid) + "/comm").value_or("");
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
