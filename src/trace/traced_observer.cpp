// SPDX-License-Identifier: Apache-2.0
#include "trace/traced_observer.h"

#include "base/text.h"
#include "fixture/repeater.h"
#include "sys/task_look.h"
#include "trace/account.h"

#include <algorithm>
#include <array>
#include <cerrno>

#include <unistd.h>

namespace umb {

namespace {

constexpr size_t kTextLimit = 256UL << 20;
/// Of all CPUs together; an event takes some 40 bytes, a container's start some 4000 events where every lock counts.
constexpr int64_t kBuffersKb = 32 * 1024;
constexpr int64_t kLeastBufferKb = 512;
constexpr int64_t kLargestBufferKb = 16 * 1024;
constexpr int kEmptyCalls = 200;
constexpr int64_t kBusyLimitNs = 2'000'000'000;
/// The number that the kernel gives its first PID namespace.
constexpr const char* kFirstPidNamespace = "pid:[4026531836]";

int64_t buffer_kb() {
  return std::clamp(kBuffersKb / std::max(::sysconf(_SC_NPROCESSORS_CONF), 1L), kLeastBufferKb, kLargestBufferKb);
}

std::string group() {
  return probe_group_name(::getpid());
}

std::string instance_name() {
  return trace_instance_name(::getpid());
}

/// "monotonic  86400  0": what a time namespace adds, in s and ns.
bool clock_is_shifted(const HostRoot& root) {
  for (const std::string& line : split(host_text(root, "/proc/self/timens_offsets").value_or(""), '\n')) {
    if (line.starts_with("monotonic") && line.find_first_of("123456789") != std::string::npos) return true;
  }
  return false;
}

/// Of the worker and of what it has started already, but for those who do something else beside what is measured.
std::vector<int64_t> threads_to_trace(const HostRoot& root, int64_t worker_pid) {
  std::vector<int64_t> processes = descendants_of(root, worker_pid);
  processes.insert(processes.begin(), worker_pid);
  std::vector<int64_t> threads;
  for (const int64_t pid : processes) {
    if (name_of_process(root, pid).starts_with(kRepeaterNameStart)) continue;
    const std::vector<int64_t> of_it = threads_of(root, pid);
    threads.insert(threads.end(), of_it.begin(), of_it.end());
  }
  return threads;
}

struct TraceOption {
  const char* file;
  const char* value;
};
/// An instance begins with whatever somebody has chosen for the whole machine. Nanoseconds, which the text for people
/// doesn't have, no names of other people's tasks, and the oldest events go first when the buffer is full.
constexpr std::array<TraceOption, 9> kOptions{{{"event-fork", "1"},
                                               {"raw", "1"},
                                               {"overwrite", "1"},
                                               {"context-info", "1"},
                                               {"latency-format", "0"},
                                               {"verbose", "0"},
                                               {"stacktrace", "0"},
                                               {"hex", "0"},
                                               {"bin", "0"}}};

}  // namespace

std::string why_not_traced(const HostRoot& root) {
  const Result<Tracefs> tracefs = find_tracefs(root);
  if (!tracefs.has_value()) return tracefs.error().why;
  if (std::string lacking = why_not_isolated(*tracefs); !lacking.empty()) return lacking;
  if (host_link(root, "/proc/self/ns/pid") != kFirstPidNamespace) {
    return "in a PID namespace (a container) the numbers of processes are not those of a trace";
  }
  if (clock_is_shifted(root)) return "in a time namespace the clock is not that of a trace";
  return "";
}

Result<void> TracedObserver::open(Ledger& ledger) {
  if (const std::string reason = why_not_traced(root_); !reason.empty()) {
    return fail("cannot trace", reason, "", ErrorKind::kUnavailable);
  }
  UMB_ASSIGN(tracefs_, find_tracefs(root_));
  ledger_ = &ledger;
  UMB_ASSIGN(ledger_id_, ledger.add(TracingEntry{instance_name(), group()}));
  UMB_TRY(set_probes());
  UMB_TRY(set_instance());
  UMB_TRY(name_events());
  return measure_floor();
}

Result<void> TracedObserver::set_probes() {
  UMB_ASSIGN(const std::string functions, traceable_functions(tracefs_, root_));
  std::set<std::string> refused;
  // In the place of a function that is refused another may stand, which may be refused too.
  size_t known = 0;
  do {
    known = refused.size();
    probes_ = resolve_probes(functions, refused);
    UMB_TRY(define(probes_, refused));
  } while (refused.size() > known);
  return {};
}

Result<void> TracedObserver::define(const ProbeSet& probes, std::set<std::string>& refused) {
  std::vector<ProbeEvent> events;
  for (const Probe& probe : probes.probes) {
    if (events_.contains(probe.event)) continue;
    events.push_back({probe.event, probe.function, false});
    if (!probe.return_event.empty()) events.push_back({probe.return_event, probe.function, true});
  }
  const Result<std::vector<std::string>> not_taken = define_probes(tracefs_, group(), events);
  if (not_taken.has_value()) {
    refused.insert(not_taken->begin(), not_taken->end());
  } else if (events_.empty()) {
    return Failure(not_taken.error());
  } else {
    for (const ProbeEvent& event : events) refused.insert(event.function);
  }
  for (const ProbeEvent& event : events) events_[event.name] = event.at_return;
  return {};
}

Result<void> TracedObserver::set_instance() {
  UMB_ASSIGN(instance_, TraceInstance::make(tracefs_, instance_name()));
  UMB_TRY(instance_->set("trace_clock", "mono"));
  for (const TraceOption& option : kOptions) {
    const Result<void> set = instance_->set(std::string("options/") + option.file, option.value);
    if (!set.has_value() && set.error().errno_value != ENOENT) return set;
  }
  // First, so that the kernel gives the machine's own buffer its usual size, as it does at anybody's first trace: older
  // ones take that for done once an instance has been given a size.
  UMB_TRY(instance_->only({::gettid()}));
  UMB_TRY(instance_->set("buffer_size_kb", std::to_string(buffer_kb())));
  return instance_->enable(group(), true);
}

Result<void> TracedObserver::name_events() {
  for (const auto& [name, at_return] : events_) {
    // Of a function that was refused there may be one of the two, or none.
    const Result<int64_t> number = instance_->event_number(group(), name);
    if (number.has_value()) names_[*number] = {name, at_return};
  }
  return {};
}

Result<void> TracedObserver::measure_floor() {
  UMB_TRY(instance_->record(true));
  for (int i = 0; i < kEmptyCalls; ++i) call_umount_in_vain();
  UMB_ASSIGN(const TraceLog log, recorded());
  UMB_ASSIGN(floor_ns_, wait_floor_ns(log, probes_));
  return {};
}

Result<void> TracedObserver::begin(const Case& /*spec*/, int64_t worker_pid) {
  const std::vector<int64_t> threads = threads_to_trace(root_, worker_pid);
  if (worker_pid <= 0 || threads.empty()) return fail("cannot trace the worker", "it is gone");
  UMB_TRY(instance_->only(threads));
  UMB_TRY(instance_->clear());
  return instance_->record(true);
}

Result<Attribution> TracedObserver::end(const Case& spec, const std::vector<Sample>& samples) {
  UMB_ASSIGN(const TraceLog log, recorded());
  return account_for(spec.id, log, samples, probes_, floor_ns_);
}

Result<TraceLog> TracedObserver::recorded() const {
  TraceInstance instance = *instance_;
  UMB_TRY(instance.record(false));
  UMB_ASSIGN(const std::string text, instance.text(kTextLimit));
  return parse_trace_text(text, names_);
}

Result<void> TracedObserver::close() {
  if (!ledger_id_.has_value()) return {};
  instance_.reset();
  UMB_TRY(remove_tracing(tracefs_, instance_name(), group(), kBusyLimitNs));
  UMB_TRY(ledger_->remove(*ledger_id_));
  ledger_id_.reset();
  return {};
}

}  // namespace umb
