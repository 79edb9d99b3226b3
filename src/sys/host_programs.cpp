// SPDX-License-Identifier: Apache-2.0
#include "sys/host_programs.h"

#include "base/text.h"
#include "sys/subprocess.h"

#include <algorithm>
#include <cctype>
#include <vector>

#include <libmount.h>

namespace umb {

namespace {

constexpr int64_t kTimeLimitNs = 2'000'000'000;
constexpr size_t kOutputLimit = 4096;
constexpr size_t kLongestVersion = 64;

bool is_version_letter(char letter) {
  return std::isalnum(static_cast<unsigned char>(letter)) != 0 ||
         std::string_view(".+-~_:").find(letter) != std::string_view::npos;
}

std::string version_of(std::string_view word) {
  if (word.starts_with('v')) word.remove_prefix(1);
  const auto end = std::find_if_not(word.begin(), word.end(), is_version_letter);
  const std::string version(word.begin(), end);
  const bool reads_like_one = !version.empty() && std::isdigit(static_cast<unsigned char>(version.front())) != 0 &&
                              version.find('.') != std::string::npos && version.size() <= kLongestVersion;
  return reads_like_one ? version : "";
}

}  // namespace

std::optional<std::string> version_in(std::string_view answer) {
  std::string words(answer);
  std::replace_if(
      words.begin(), words.end(), [](unsigned char letter) { return std::isspace(letter) != 0; }, ' ');
  for (const std::string& word : split(words, ' ')) {
    const std::string version = version_of(word);
    if (version.empty()) continue;
    return (words.find("BusyBox") != std::string::npos ? "busybox " : "") + version;
  }
  return std::nullopt;
}

std::optional<std::string> program_version(const std::string& name, const std::string& option) {
  const std::string path = find_program(name);
  if (path.empty()) return std::nullopt;
  const Result<ProgramResult> answer = run_program({path, option}, kTimeLimitNs, kOutputLimit);
  if (!answer.has_value() || answer->timed_out) return std::nullopt;
  return version_in(answer->output);
}

std::string libmount_version() {
  const char* version = nullptr;
  ::mnt_get_library_version(&version);
  return version != nullptr ? version : "";
}

}  // namespace umb
