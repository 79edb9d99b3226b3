// SPDX-License-Identifier: Apache-2.0
#include "sys/host_kernel.h"

#include "base/text.h"
#include "sys/host_gzip.h"

#include <algorithm>
#include <cstdint>
#include <cstring>

namespace umb {

namespace {

constexpr size_t kConfigLimit = 8 * 1024 * 1024;
constexpr size_t kNoteHeader = 3 * sizeof(uint32_t);
constexpr uint32_t kBuildIdNote = 3;
constexpr uint32_t kLongestBuildId = 64;

uint32_t word_at(std::string_view bytes, size_t at) {
  uint32_t word = 0;
  std::memcpy(&word, bytes.data() + at, sizeof(word));
  return word;
}

size_t padded(uint32_t size) {
  return (static_cast<size_t>(size) + 3) / 4 * 4;
}

std::string hex(std::string_view bytes) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text;
  for (const char byte : bytes) {
    const auto value = static_cast<unsigned char>(byte);
    text += kDigits[value / 16];
    text += kDigits[value % 16];
  }
  return text;
}

std::string with_underscores(std::string_view name) {
  std::string same(name);
  std::replace(same.begin(), same.end(), '-', '_');
  return same;
}

}  // namespace

std::optional<std::string> kernel_release(const HostRoot& root) {
  return host_text(root, "/proc/sys/kernel/osrelease");
}
std::optional<std::string> kernel_version(const HostRoot& root) {
  return host_text(root, "/proc/sys/kernel/version");
}

std::optional<std::string> build_id_in_notes(std::string_view notes) {
  while (notes.size() >= kNoteHeader) {
    const uint32_t name_size = word_at(notes, 0);
    const uint32_t desc_size = word_at(notes, 4);
    const uint32_t type = word_at(notes, 8);
    notes.remove_prefix(kNoteHeader);
    // The padding after the very last note may be missing.
    if (padded(name_size) > notes.size() || desc_size > notes.size() - padded(name_size)) return std::nullopt;
    const std::string_view name = notes.substr(0, name_size);
    const std::string_view desc = notes.substr(padded(name_size), desc_size);
    if (type == kBuildIdNote && name == std::string_view("GNU\0", 4)) {
      if (desc_size == 0 || desc_size > kLongestBuildId) return std::nullopt;
      return hex(desc);
    }
    notes.remove_prefix(std::min(notes.size(), padded(name_size) + padded(desc_size)));
  }
  return std::nullopt;
}

std::optional<std::string> kernel_build_id(const HostRoot& root) {
  const std::optional<std::string> notes = read_host_file(root, "/sys/kernel/notes");
  return notes.has_value() ? build_id_in_notes(*notes) : std::nullopt;
}

std::optional<std::string> preemption_model(const HostRoot& root) {
  if (host_number(root, "/sys/kernel/realtime") == 1) return "PREEMPT_RT";
  const std::optional<std::string> version = kernel_version(root);
  if (!version.has_value()) return std::nullopt;
  const std::vector<std::string> words = split(*version, ' ');
  const auto has = [&words](const char* word) { return std::find(words.begin(), words.end(), word) != words.end(); };
  // Kernels before 5.x with the RT patches say "PREEMPT RT".
  if (has("PREEMPT_RT") || (has("PREEMPT") && has("RT"))) return "PREEMPT_RT";
  if (has("PREEMPT_DYNAMIC")) return "PREEMPT_DYNAMIC";
  return has("PREEMPT") ? "PREEMPT" : "none";
}

std::optional<std::string> preemption_mode(const HostRoot& root) {
  const std::optional<std::string> modes = host_text(root, "/sys/kernel/debug/sched/preempt");
  if (!modes.has_value()) return std::nullopt;
  const size_t open = modes->find('(');
  const size_t close = modes->find(')');
  if (open == std::string::npos || close == std::string::npos || close < open) return std::nullopt;
  return modes->substr(open + 1, close - open - 1);
}

std::vector<std::string> command_line_words(std::string_view command_line) {
  std::vector<std::string> words;
  std::string word;
  bool quoted_part = false;
  const auto finish = [&words, &word] {
    if (!word.empty()) words.push_back(word);
    word.clear();
  };
  for (const char letter : command_line) {
    if (letter == '"') {
      quoted_part = !quoted_part;
    } else if (!quoted_part && (letter == ' ' || letter == '\t' || letter == '\n')) {
      finish();
    } else {
      word += letter;
    }
  }
  finish();
  words.erase(std::find(words.begin(), words.end(), "--"), words.end());
  return words;
}

std::optional<std::string> command_line_value(const std::vector<std::string>& words, std::string_view name) {
  const std::string wanted = with_underscores(name);
  std::optional<std::string> value;
  for (const std::string& word : words) {
    const size_t equals = word.find('=');
    if (equals == std::string::npos || with_underscores(word.substr(0, equals)) != wanted) continue;
    value = word.substr(equals + 1);
  }
  return value;
}

std::optional<std::string> kernel_config(const HostRoot& root) {
  if (const auto packed = read_host_file(root, "/proc/config.gz", kConfigLimit); packed.has_value()) {
    if (auto config = gunzip(*packed, kConfigLimit); config.has_value()) return std::move(*config);
  }
  const std::optional<std::string> release = kernel_release(root);
  if (!release.has_value() || release->find('/') != std::string::npos) return std::nullopt;
  return read_host_file(root, "/boot/config-" + *release, kConfigLimit);
}

std::optional<std::string> config_value(std::string_view config, std::string_view option) {
  const std::string wanted = std::string(option) + "=";
  size_t at = config.find(wanted);
  while (at != std::string_view::npos && at != 0 && config[at - 1] != '\n') at = config.find(wanted, at + 1);
  if (at == std::string_view::npos) return std::nullopt;
  const std::string_view rest = config.substr(at + wanted.size());
  std::string_view value = trimmed(rest.substr(0, rest.find('\n')));
  if (value.size() >= 2 && value.front() == '"' && value.back() == '"') value = value.substr(1, value.size() - 2);
  return std::string(value);
}

}  // namespace umb
