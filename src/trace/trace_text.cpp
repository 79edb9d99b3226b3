// SPDX-License-Identifier: Apache-2.0
#include "trace/trace_text.h"

#include "trace/trace_line.h"

#include <algorithm>
#include <limits>
#include <map>
#include <optional>
#include <utility>

namespace umb {

namespace {

constexpr int64_t kEver = std::numeric_limits<int64_t>::max();

class Reading {
 public:
  explicit Reading(const EventNames& names) : names_(names) {}

  void line(std::string_view text) {
    if (text.starts_with('#') && comment(text)) return;
    if (const auto lost = parse_lost_line(text)) {
      add_lost(lost->events);
      lost_since_.try_emplace(lost->cpu, last_on(lost->cpu));
      return;
    }
    auto read = text.starts_with(' ') ? parse_trace_line(text) : raw_line(text);
    if (!read.has_value() || read->event.at_ns < last_ns_) {
      ++log_.broken_lines;
      if (!broken_since_.has_value()) broken_since_ = last_ns_;
      return;
    }
    event(read->cpu, std::move(read->event));
  }

  TraceLog finished() {
    if (broken_since_.has_value()) log_.holes.push_back({*broken_since_, kEver});
    for (const auto& [cpu, since] : lost_since_) log_.holes.push_back({since, kEver});
    // A buffer that was too small has lost its oldest events: those before the first that is left on each CPU.
    if (overwritten_) log_.holes.push_back({0, last_on_cpu_.empty() ? kEver : last_first_ns_});
    return std::move(log_);
  }

 private:
  [[nodiscard]] std::optional<TraceLine> raw_line(std::string_view text) const {
    const auto raw = parse_raw_line(text);
    if (!raw.has_value()) return std::nullopt;
    const auto name = names_.find(raw->event_id);
    if (name == names_.end()) return std::nullopt;
    return TraceLine{{raw->at_ns, raw->pid, name->second.is_return, name->second.probe}, raw->cpu};
  }

  /// Whether it really is one: a task's name with a line feed could make a line that only looks so.
  bool comment(std::string_view text) {
    if (const auto overwritten = parse_overwritten(text); overwritten.has_value() && log_.events.empty()) {
      if (*overwritten > 0) overwritten_ = true;
      add_lost(*overwritten);
    }
    return log_.events.empty() || text.starts_with("##### CPU ");
  }

  void event(int32_t cpu, TraceEvent event) {
    last_ns_ = event.at_ns;
    if (broken_since_.has_value()) log_.holes.push_back({*std::exchange(broken_since_, std::nullopt), last_ns_});
    if (const auto lost = lost_since_.find(cpu); lost != lost_since_.end()) {
      log_.holes.push_back({lost->second, last_ns_});
      lost_since_.erase(lost);
    }
    if (last_on_cpu_.insert_or_assign(cpu, last_ns_).second) last_first_ns_ = last_ns_;
    log_.events.push_back(std::move(event));
  }

  [[nodiscard]] int64_t last_on(int32_t cpu) const {
    const auto found = last_on_cpu_.find(cpu);
    return found == last_on_cpu_.end() ? 0 : found->second;
  }

  void add_lost(int64_t events) { log_.lost_events += std::min(events, kEver - log_.lost_events); }

  const EventNames& names_;
  TraceLog log_;
  int64_t last_ns_ = 0;
  int64_t last_first_ns_ = 0;  ///< when the CPU that began last did
  bool overwritten_ = false;
  std::optional<int64_t> broken_since_;
  std::map<int32_t, int64_t> last_on_cpu_;
  std::map<int32_t, int64_t> lost_since_;
};

}  // namespace

TraceLog parse_trace_text(std::string_view text, const EventNames& names) {
  Reading reading(names);
  while (!text.empty()) {
    const size_t end = std::min(text.find('\n'), text.size());
    reading.line(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return reading.finished();
}

}  // namespace umb
