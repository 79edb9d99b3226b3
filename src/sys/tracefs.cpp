// SPDX-License-Identifier: Apache-2.0
#include "sys/tracefs.h"

#include "base/text.h"
#include "base/unique_fd.h"

#include <algorithm>
#include <array>
#include <cerrno>

#include <fcntl.h>
#include <unistd.h>

namespace umb {

namespace {

/// Some 100 bytes a function, and kernels have 60,000; kallsyms has three times as many lines.
constexpr size_t kFunctionsLimit = 64UL << 20;
constexpr size_t kEventsLimit = 8UL << 20;
constexpr std::string_view kGroupStart = "umountbench_";
constexpr std::string_view kInstanceStart = "umountbench-";
/// A function in which more tasks than that sleep at once loses returns. The kernel's own number is 10 on a small
/// machine, and everybody's calls count.
constexpr const char* kMaxActive = "128";

/// For paths that have the host's root in them already.
HostRoot as_named() {
  return {.path = ""};
}

std::optional<std::string> text_of(const std::string& folder, const char* name) {
  return read_host_file(as_named(), folder + "/" + name, kEventsLimit);
}

/// What is on in an instance, or in the part that is everybody's.
std::vector<std::string> tracing_in(const std::string& folder, const std::string& where) {
  std::vector<std::string> found;
  const std::string tracer(trimmed(text_of(folder, "current_tracer").value_or("nop")));
  if (tracer != "nop") found.push_back("the tracer " + printable(tracer) + " is on" + where);
  const std::string events(trimmed(text_of(folder, "set_event").value_or("")));
  if (!events.empty()) {
    found.push_back(std::to_string(split(events, '\n').size()) + " kind(s) of events are recorded" + where);
  }
  return found;
}

bool is_numbered(std::string_view name, std::string_view start) {
  return name.starts_with(start) && parse_integer(name.substr(start.size()), 1, 1 << 30).has_value();
}

/// Adds lines to a list without emptying it, one per write: a line that the kernel refuses spoils none of the others.
class EventList {
 public:
  static Result<EventList> open(const Tracefs& tracefs) {
    EventList list;
    list.path_ = tracefs.path + "/kprobe_events";
    list.fd_ = UniqueFd(::open(list.path_.c_str(), O_WRONLY | O_APPEND | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK));
    if (!list.fd_.valid()) {
      return fail_errno("cannot write to " + quoted(list.path_), errno, "", ErrorKind::kUnavailable);
    }
    return list;
  }

  Result<void> add(const std::string& line) {
    const std::string text = line + "\n";
    const ssize_t put = ::write(fd_.get(), text.data(), text.size());
    if (put == static_cast<ssize_t>(text.size())) return {};
    return fail_errno("cannot write " + quoted(line) + " to " + quoted(path_), put < 0 ? errno : EIO);
  }

 private:
  EventList() = default;
  std::string path_;
  UniqueFd fd_;
};

/// "p:GROUP/EVENT FUNCTION", "r128:GROUP/EVENT FUNCTION" -> "EVENT", for our group's.
std::string event_of(std::string_view line, const std::string& group) {
  const size_t colon = line.find(':');
  if (colon == std::string_view::npos) return {};
  std::string_view name = line.substr(colon + 1);
  name = name.substr(0, name.find(' '));
  return name.starts_with(group + "/") ? std::string(name.substr(group.size() + 1)) : "";
}

}  // namespace

Result<Tracefs> find_tracefs(const HostRoot& root) {
  const char* what = "cannot trace";
  bool refused = false;
  for (const char* place : {"/sys/kernel/tracing", "/sys/kernel/debug/tracing"}) {
    const std::string path = root.at(place);
    if (::access((path + "/trace_clock").c_str(), F_OK) == 0) return Tracefs{path};
    refused = refused || errno == EACCES;
  }
  if (refused) return fail(what, "tracefs is for root only", "run it as root", ErrorKind::kUnavailable);
  if (host_exists(root, "/sys/kernel/tracing")) {
    return fail(what, "tracefs is not mounted", "mount -t tracefs tracefs /sys/kernel/tracing",
                ErrorKind::kUnavailable);
  }
  return fail(what, "this kernel, or this container, has no tracefs", "", ErrorKind::kUnavailable);
}

std::string why_not_isolated(const Tracefs& tracefs) {
  struct Needed {
    const char* name;
    const char* lacking;
  };
  constexpr std::array<Needed, 3> kNeeded{
      {{"kprobe_events", "this kernel has no kprobe events (CONFIG_KPROBE_EVENTS)"},
       {"instances", "this kernel can't keep our trace apart from others' (no tracing instances)"},
       {"set_event_pid", "this kernel can't trace the events of single processes"}}};
  for (const Needed& needed : kNeeded) {
    if (!host_exists(as_named(), tracefs.path + "/" + needed.name)) return needed.lacking;
  }
  if (::access((tracefs.path + "/kprobe_events").c_str(), W_OK) != 0) {
    return "kprobe events can't be defined here: " + errno_text(errno);
  }
  return "";
}

Result<std::string> traceable_functions(const Tracefs& tracefs, const HostRoot& root) {
  std::optional<std::string> text =
      read_host_file(as_named(), tracefs.path + "/available_filter_functions", kFunctionsLimit);
  if (!text.has_value()) text = read_host_file(root, "/proc/kallsyms", kFunctionsLimit);
  if (text.has_value()) return *std::move(text);
  return fail("cannot trace", "neither available_filter_functions nor /proc/kallsyms can be read", "",
              ErrorKind::kUnavailable);
}

std::vector<std::string> other_tracing(const Tracefs& tracefs) {
  std::vector<std::string> found = tracing_in(tracefs.path, "");
  const std::string instances = tracefs.path + "/instances";
  for (const std::string& name : host_names(as_named(), instances, 1000)) {
    if (is_trace_instance_name(name)) continue;
    for (std::string& line : tracing_in(instances + "/" + name, " in the instance " + quoted(name))) {
      found.push_back(std::move(line));
    }
  }
  return found;
}

std::string probe_group_name(pid_t pid) {
  return std::string(kGroupStart) + std::to_string(pid);
}

std::string trace_instance_name(pid_t pid) {
  return std::string(kInstanceStart) + std::to_string(pid);
}

bool is_probe_group_name(std::string_view name) {
  return is_numbered(name, kGroupStart);
}

bool is_trace_instance_name(std::string_view name) {
  return is_numbered(name, kInstanceStart);
}

Result<std::vector<std::string>> define_probes(const Tracefs& tracefs, const std::string& group,
                                               const std::vector<ProbeEvent>& events) {
  UMB_ASSIGN(EventList list, EventList::open(tracefs));
  std::vector<std::string> refused;
  Result<void> last;
  for (const ProbeEvent& event : events) {
    const std::string kind = event.at_return ? std::string("r") + kMaxActive : "p";
    Result<void> added = list.add(kind + ":" + group + "/" + event.name + " " + event.function);
    if (added.has_value()) continue;
    refused.push_back(event.function);
    last = std::move(added);
  }
  if (!events.empty() && refused.size() == events.size()) return Failure(last.error());
  std::ranges::sort(refused);
  const auto twice = std::ranges::unique(refused);
  refused.erase(twice.begin(), twice.end());
  return refused;
}

Result<size_t> remove_probes(const Tracefs& tracefs, const std::string& group) {
  const std::optional<std::string> text = text_of(tracefs.path, "kprobe_events");
  if (!text.has_value()) return fail("cannot read the list of kprobe events", tracefs.path + "/kprobe_events");
  UMB_ASSIGN(EventList list, EventList::open(tracefs));
  size_t count = 0;
  Result<void> first;
  for (const std::string& line : split(*text, '\n')) {
    const std::string event = event_of(line, group);
    if (event.empty()) continue;
    ++count;
    Result<void> removed = list.add("-:" + group + "/" + event);
    if (first.has_value()) first = std::move(removed);
  }
  UMB_TRY(first);
  return count;
}

}  // namespace umb
