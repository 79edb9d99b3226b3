// SPDX-License-Identifier: Apache-2.0
#include "sys/host_cpu.h"

#include "base/text.h"

#include <charconv>
#include <cmath>
#include <vector>

namespace umb {

namespace {

constexpr std::string_view kCpuFolder = "/sys/devices/system/cpu/";
constexpr int64_t kMostCpus = 1'000'000;

std::string cpu_path(std::string_view file) {
  return std::string(kCpuFolder).append(file);
}

/// The first word of a file as a number that is not below 0.
std::optional<double> leading_number(const HostRoot& root, std::string_view path) {
  const std::optional<std::string> text = host_text(root, path);
  if (!text.has_value()) return std::nullopt;
  double number = 0;
  const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), number);
  if (error != std::errc() || end == text->data() || !std::isfinite(number) || number < 0) return std::nullopt;
  return number;
}

std::optional<int64_t> bytes_in_meminfo(const HostRoot& root, std::string_view name) {
  const std::optional<std::string> text = read_host_file(root, "/proc/meminfo");
  const std::optional<std::string> value = text.has_value() ? processor_value(*text, name) : std::nullopt;
  if (!value.has_value() || !value->ends_with(" kB")) return std::nullopt;
  const Result<int64_t> kib = parse_integer(trimmed(value->substr(0, value->size() - 3)), 0, INT64_MAX / 1024);
  return kib.has_value() ? std::optional<int64_t>(*kib * 1024) : std::nullopt;
}

}  // namespace

std::optional<int64_t> count_cpu_list(std::string_view list) {
  int64_t count = 0;
  if (trimmed(list).empty()) return count;
  for (const std::string& range : split(trimmed(list), ',')) {
    const size_t dash = range.find('-');
    const Result<int64_t> first = parse_integer(range.substr(0, dash), 0, kMostCpus);
    const Result<int64_t> last =
        dash == std::string::npos ? first : parse_integer(range.substr(dash + 1), 0, kMostCpus);
    if (!first.has_value() || !last.has_value() || *last < *first) return std::nullopt;
    count += *last - *first + 1;
  }
  return count;
}

std::optional<int64_t> cpus_in(const HostRoot& root, std::string_view file) {
  const std::optional<std::string> list = host_text(root, cpu_path(file));
  return list.has_value() ? count_cpu_list(*list) : std::nullopt;
}

std::optional<std::string> cpu_list_in(const HostRoot& root, std::string_view file) {
  const std::optional<std::string> list = host_text(root, cpu_path(file));
  return list == "(null)" ? std::string() : list;
}

std::optional<std::string> first_processor(const HostRoot& root) {
  const std::optional<std::string> all = read_host_start(root, "/proc/cpuinfo");
  if (!all.has_value()) return std::nullopt;
  return all->substr(0, all->find("\n\n"));
}

std::optional<std::string> processor_value(std::string_view processor, std::string_view name) {
  for (const std::string& line : split(processor, '\n')) {
    const size_t colon = line.find(':');
    if (colon == std::string::npos || trimmed(std::string_view(line).substr(0, colon)) != name) continue;
    return std::string(trimmed(std::string_view(line).substr(colon + 1)));
  }
  return std::nullopt;
}

std::optional<std::string> processor_model(std::string_view processor) {
  if (auto name = processor_value(processor, "model name"); name.has_value()) return name;
  const auto implementer = processor_value(processor, "CPU implementer");
  const auto part = processor_value(processor, "CPU part");
  if (!implementer.has_value() || !part.has_value()) return std::nullopt;
  return "implementer " + *implementer + " part " + *part;
}

std::optional<bool> turbo(const HostRoot& root) {
  if (const auto off = host_flag(root, cpu_path("intel_pstate/no_turbo")); off.has_value()) return !*off;
  return host_flag(root, cpu_path("cpufreq/boost"));
}

std::optional<std::string> mitigations(const HostRoot& root) {
  const std::string folder = cpu_path("vulnerabilities");
  if (!host_exists(root, folder)) return std::nullopt;
  constexpr std::string_view kMitigated = "Mitigation: ";
  std::vector<std::string> states;
  for (const std::string& name : host_names(root, folder)) {
    std::string path = folder;
    const std::optional<std::string> text = host_text(root, path.append("/").append(name));
    if (!text.has_value() || *text == "Not affected") continue;
    std::string state = text->substr(0, text->find(';'));
    if (state.starts_with(kMitigated)) state.erase(0, kMitigated.size());
    std::string entry = name;
    states.push_back(entry.append("=").append(state));
  }
  return join(states, "; ");
}

std::optional<int64_t> memory_bytes(const HostRoot& root) {
  return bytes_in_meminfo(root, "MemTotal");
}

std::optional<int64_t> available_memory_bytes(const HostRoot& root) {
  return bytes_in_meminfo(root, "MemAvailable");
}

std::optional<double> load_1min(const HostRoot& root) {
  return leading_number(root, "/proc/loadavg");
}
std::optional<double> uptime_s(const HostRoot& root) {
  return leading_number(root, "/proc/uptime");
}

std::optional<std::string> clock_source(const HostRoot& root) {
  return host_text(root, "/sys/devices/system/clocksource/clocksource0/current_clocksource");
}

}  // namespace umb
