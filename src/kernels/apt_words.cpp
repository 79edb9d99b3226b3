// SPDX-License-Identifier: Apache-2.0
// What is said to apt, and what it answers.
#include "base/text.h"
#include "kernels/apt_state.h"
#include "sys/subprocess.h"

#include <array>
#include <cstdlib>
#include <limits>

#include <unistd.h>

namespace umb {

namespace {

bool is_whole_number(const char* text) {
  return text != nullptr && parse_integer(text, 0, std::numeric_limits<uint32_t>::max() - 1).has_value();
}

}  // namespace

std::string apt_configuration(const std::string& folder) {
  std::string text;
  for (const char* hooks : {"Pre-Invoke", "Post-Invoke", "Post-Invoke-Success", "Post-Invoke-Stats"}) {
    text += "#clear APT::Update::" + std::string(hooks) + ";\n";
  }
  // A setting that is not named here keeps the host's value.
  const std::string own = folder + "/";
  const std::array<std::pair<const char*, std::string>, 21> settings{{
      {"Dir::State", own},
      {"Dir::State::lists", own + "lists/"},
      {"Dir::State::status", "/dev/null"},
      {"Dir::State::extended_states", own + "extended_states"},
      {"Dir::Cache", own},
      {"Dir::Cache::archives", own + "archives/"},
      {"Dir::Cache::pkgcache", own + "pkgcache.bin"},
      {"Dir::Cache::srcpkgcache", ""},
      {"Dir::Etc::sourcelist", own + "sources.list"},
      {"Dir::Etc::sourceparts", "/dev/null"},
      {"Dir::Etc::preferences", "/dev/null"},
      {"Dir::Etc::preferencesparts", "/dev/null"},
      {"Acquire::Languages", "none"},
      {"Acquire::AllowInsecureRepositories", "false"},
      {"Acquire::AllowWeakRepositories", "false"},
      {"Acquire::AllowDowngradeToInsecureRepositories", "false"},
      {"APT::Get::AllowUnauthenticated", "false"},
      {"APT::Sandbox::User", "root"},  // the user _apt can't write to a folder that is its owner's alone
      {"APT::Update::Error-Mode", "any"},
      {"APT::Architecture", "amd64"},
      {"APT::Default-Release", ""},
  }};
  for (const auto& [name, value] : settings) text += std::string(name) + " \"" + value + "\";\n";
  return text;
}

std::string apt_source_line(const std::string& mirror, const std::string& suite) {
  return "deb [arch=amd64 target=Packages signed-by=" + std::string(kArchiveKeyring) + "] " + mirror + " " + suite +
         " main\n";
}

std::vector<std::string> apt_command(const std::string& program, const std::string& folder,
                                     const std::vector<std::string>& arguments) {
  // Killed in the middle, this process must leave no apt-get that holds the lock of the cache.
  std::vector<std::string> words{find_program("setpriv"), "--pdeathsig=TERM"};
  const char* uid = ::getenv("SUDO_UID");
  const char* gid = ::getenv("SUDO_GID");
  if (::geteuid() == 0 && is_whole_number(uid) && is_whole_number(gid)) {
    words.insert(words.end(), {std::string("--reuid=") + uid, std::string("--regid=") + gid, "--clear-groups"});
  }
  words.insert(words.end(), {"--", find_program("env"), "-C", folder});
  for (const char* name : {"http_proxy", "https_proxy", "no_proxy"}) {
    if (const char* value = ::getenv(name); value != nullptr) words.push_back(std::string(name) + "=" + value);
  }
  words.push_back(program);
  words.insert(words.end(), arguments.begin(), arguments.end());
  return words;
}

std::string apt_trouble(std::string_view output) {
  const std::vector<std::string> lines = split(trimmed(output), '\n');
  for (auto line = lines.rbegin(); line != lines.rend(); ++line) {
    // That sums up what the lines before it say.
    if (line->starts_with("E: ") && !line->starts_with("E: Some index files failed")) {
      return printable(trimmed(line->substr(3)));
    }
  }
  return printable(trimmed(lines.back()));
}

std::vector<ArchiveFile> archive_files(std::string_view output) {
  std::vector<ArchiveFile> files;
  for (const std::string& line : split(output, '\n')) {
    if (!line.starts_with('\'')) continue;
    const std::vector<std::string> words = split(line, ' ');
    if (words.size() < 4 || words[1].find('/') != std::string::npos || !words[1].ends_with(".deb")) continue;
    const Result<int64_t> size = parse_integer(words[2], 1, std::numeric_limits<int64_t>::max());
    if (!size.has_value()) continue;
    files.push_back({words[1], *size, words[3].starts_with("SHA256:") ? words[3].substr(7) : ""});
  }
  return files;
}

}  // namespace umb
