// SPDX-License-Identifier: Apache-2.0
#include "kernels/apt_sources.h"

#include "base/file.h"
#include "base/text.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <map>
#include <sstream>

namespace umb {

namespace {

constexpr size_t kFileLimit = 1024 * 1024;
constexpr std::array<std::string_view, 12> kDebianSuites{"buster",    "bullseye", "bookworm", "trixie",
                                                         "forky",     "duke",     "sid",      "stable",
                                                         "oldstable", "testing",  "unstable", "rc-buggy"};

std::vector<std::string> words_of(const std::string& text) {
  std::istringstream stream(text);
  std::vector<std::string> words;
  for (std::string word; stream >> word;) words.push_back(word);
  return words;
}

std::string without_slash(std::string uri) {
  while (uri.ends_with('/')) uri.pop_back();
  return uri;
}

/// Brackets hold options in a line of ours, and a CD can't be asked.
bool is_usable(const std::string& uri) {
  return uri.find(':') != std::string::npos && uri.find_first_of("[]") == std::string::npos &&
         !uri.starts_with("cdrom:");
}

using Stanza = std::map<std::string, std::string>;

void add_stanza(const Stanza& stanza, std::vector<AptSource>& sources) {
  const auto field = [&stanza](const char* name) {
    const auto found = stanza.find(name);
    return found != stanza.end() ? found->second : std::string();
  };
  const std::vector<std::string> types = words_of(field("types"));
  const std::string enabled = field("enabled");
  if (enabled == "no" || enabled == "false" || std::find(types.begin(), types.end(), "deb") == types.end()) return;
  for (const std::string& uri : words_of(field("uris"))) {
    if (!is_usable(uri)) continue;
    sources.push_back({without_slash(uri), words_of(field("suites")), words_of(field("components")),
                       std::string(trimmed(field("signed-by")))});
  }
}

bool is_security(const AptSource& source, const std::string& suite) {
  return source.uri.find("security") != std::string::npos || suite.find("security") != std::string::npos ||
         suite.ends_with("/updates");
}

bool is_debian_suite(const std::string& suite) {
  const std::string release = suite.substr(0, suite.find('-'));
  return std::find(kDebianSuites.begin(), kDebianSuites.end(), release) != kDebianSuites.end();
}

/// How much it looks like the main archive; 0: not at all. Others name their suites after Debian's too
/// (".../linux/debian bookworm stable"), but not their component, or not their keyring.
int likeness(const AptSource& source) {
  if (source.suites.empty() ||
      std::find(source.components.begin(), source.components.end(), "main") == source.components.end()) {
    return 0;
  }
  if (is_security(source, source.suites.front())) return 0;
  const bool by_name = source.uri.ends_with("/debian");
  const bool by_suite = is_debian_suite(source.suites.front());
  if (!by_name && !by_suite) return 0;
  const bool own_keyring = source.signed_by.empty() || source.signed_by.find("debian-archive-") != std::string::npos;
  return (own_keyring ? 4 : 0) + (by_name ? 2 : 0) + (by_suite ? 1 : 0);
}

}  // namespace

std::vector<AptSource> one_line_sources(std::string_view text) {
  std::vector<AptSource> sources;
  for (const std::string& line : split(text, '\n')) {
    std::string rest = line.substr(0, line.find('#'));
    AptSource source;
    const size_t open = rest.find('[');
    const size_t close = rest.find(']');
    // Options stand right behind the type; a CD's name has such brackets too.
    if (open != std::string::npos && close != std::string::npos && close > open &&
        trimmed(rest.substr(0, open)) == "deb") {
      for (const std::string& option : words_of(rest.substr(open + 1, close - open - 1))) {
        if (option.starts_with("signed-by=")) source.signed_by = option.substr(option.find('=') + 1);
      }
      rest.erase(open, close - open + 1);
    }
    const std::vector<std::string> words = words_of(rest);
    if (words.size() < 3 || words[0] != "deb" || !is_usable(words[1])) continue;
    source.uri = without_slash(words[1]);
    source.suites = {words[2]};
    source.components.assign(words.begin() + 3, words.end());
    sources.push_back(std::move(source));
  }
  return sources;
}

std::vector<AptSource> deb822_sources(std::string_view text) {
  std::vector<AptSource> sources;
  Stanza stanza;
  std::string name;
  for (const std::string& line : split(text, '\n')) {
    if (line.starts_with('#')) continue;
    if (trimmed(line).empty()) {
      add_stanza(stanza, sources);
      stanza.clear();
      name.clear();
    } else if (line.front() == ' ' || line.front() == '\t') {
      stanza[name] += "\n" + line;
    } else if (const size_t colon = line.find(':'); colon != std::string::npos) {
      name = line.substr(0, colon);
      std::transform(name.begin(), name.end(), name.begin(), [](unsigned char letter) { return std::tolower(letter); });
      stanza[name] = trimmed(line.substr(colon + 1));
    }
  }
  add_stanza(stanza, sources);
  return sources;
}

std::string debian_mirror_in(const std::vector<AptSource>& sources) {
  const auto best = std::max_element(sources.begin(), sources.end(), [](const AptSource& one, const AptSource& other) {
    return likeness(one) < likeness(other);
  });
  return best != sources.end() && likeness(*best) > 0 ? best->uri : "";
}

Result<std::string> find_debian_mirror(const HostRoot& root) {
  std::vector<std::string> names{"/etc/apt/sources.list"};
  for (const std::string& name : host_names(root, "/etc/apt/sources.list.d")) {
    names.push_back("/etc/apt/sources.list.d/" + name);
  }
  std::vector<AptSource> sources;
  for (const std::string& name : names) {
    const bool deb822 = name.ends_with(".sources");
    if (!deb822 && !name.ends_with(".list")) continue;
    const Result<std::string> text = read_file(root.at(name), kFileLimit);
    if (!text.has_value()) continue;
    const std::vector<AptSource> found = deb822 ? deb822_sources(*text) : one_line_sources(*text);
    sources.insert(sources.end(), found.begin(), found.end());
  }
  const std::string mirror = debian_mirror_in(sources);
  if (!mirror.empty()) return mirror;
  return fail("cannot fetch kernels of Debian", "no mirror of Debian is among this machine's apt sources",
              "get the package files elsewhere, and give them as they are: --kernel linux-image-....deb",
              ErrorKind::kUnavailable);
}

}  // namespace umb
