// SPDX-License-Identifier: Apache-2.0
#include "kernels/debian_name.h"

#include "base/text.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <utility>

namespace umb {

namespace {

constexpr std::string_view kScheme = "debian:";
constexpr std::string_view kImage = "linux-image-";
constexpr std::array<std::string_view, 2> kFlavours{"rt", "cloud"};
constexpr std::array<const char*, 7> kSuites{"bookworm",           "trixie",   "sid",  "trixie-backports",
                                             "bookworm-backports", "bullseye", "forky"};
/// As it was when this was written: saves the other suites' indexes where it still holds.
constexpr std::array<std::pair<std::string_view, const char*>, 4> kLikely{
    {{"5.10", "bullseye"}, {"6.1", "bookworm"}, {"6.12", "trixie"}, {"7.2", "sid"}}};

bool is_digit(char letter) {
  return std::isdigit(static_cast<unsigned char>(letter)) != 0;
}

bool is_version(const std::string& text) {
  const std::vector<std::string> parts = split(text, '.');
  return parts.size() >= 2 && std::all_of(parts.begin(), parts.end(), [](const std::string& part) {
           return !part.empty() && part.size() <= 9 && std::all_of(part.begin(), part.end(), is_digit);
         });
}

/// "6.1.0-50" of "linux-image-6.1.0-50-rt-amd64" for flavour "rt"; "" for any other package.
std::string release_in(std::string_view package, const std::string& flavour) {
  const std::string end = (flavour.empty() ? "" : "-" + flavour) + "-amd64";
  if (!package.starts_with(kImage) || !package.ends_with(end) || package.size() < kImage.size() + end.size()) return "";
  std::string release(package.substr(kImage.size(), package.size() - kImage.size() - end.size()));
  for (const std::string& part : split(release, '-')) {
    // Another flavour, or a package without a version of its own.
    if (part.empty() || !is_digit(part.front())) return "";
  }
  return release;
}

bool is_of_version(const std::string& release, const std::string& version) {
  if (!release.starts_with(version)) return false;
  return version.empty() || release.size() == version.size() || !is_digit(release[version.size()]);
}

/// '~' sorts before the end of the text, that before letters, and those before all else.
int weight(std::string_view text, size_t at) {
  if (at >= text.size() || is_digit(text[at])) return 0;
  if (text[at] == '~') return -1;
  const int letter = static_cast<unsigned char>(text[at]);
  return std::isalpha(letter) != 0 ? letter : letter + 256;
}

std::string_view take_number(std::string_view text, size_t& at) {
  while (at < text.size() && text[at] == '0') ++at;
  const size_t begin = at;
  while (at < text.size() && is_digit(text[at])) ++at;
  return text.substr(begin, at - begin);
}

}  // namespace

std::string debian_name_forms() {
  return "debian:VERSION or debian:SUITE, then nothing, -rt or -cloud: debian:6.1, debian:6.1-rt, debian:trixie-cloud";
}

Result<DebianName> parse_debian_name(const std::string& name) {
  const std::string what = "there is no kernel " + quoted(name);
  if (!name.starts_with(kScheme)) return fail_usage(what, "", debian_name_forms());
  DebianName parsed;
  std::string rest = name.substr(kScheme.size());
  for (const std::string_view flavour : kFlavours) {
    if (!rest.ends_with("-" + std::string(flavour))) continue;
    parsed.flavour = flavour;
    rest.resize(rest.size() - flavour.size() - 1);
    break;
  }
  if (is_version(rest)) {
    parsed.version = rest;
    return parsed;
  }
  if (std::find(kSuites.begin(), kSuites.end(), rest) == kSuites.end()) {
    const bool like_version = !rest.empty() && is_digit(rest.front());
    const std::string why = like_version ? quoted(rest) + " is no version" : quoted(rest) + " is no suite";
    const std::string near = nearest(rest, {kSuites.begin(), kSuites.end()});
    return fail_usage(what, why, near.empty() ? debian_name_forms() : "did you mean '" + near + "'?");
  }
  parsed.suite = rest;
  return parsed;
}

std::vector<std::string> suites_to_try(const DebianName& name) {
  if (!name.suite.empty()) return {name.suite};
  std::vector<std::string> suites;
  for (const auto& [version, suite] : kLikely) {
    if (is_of_version(name.version, std::string(version))) suites.emplace_back(suite);
  }
  for (const char* suite : kSuites) {
    if (std::find(suites.begin(), suites.end(), suite) == suites.end()) suites.emplace_back(suite);
  }
  return suites;
}

int compare_debian_versions(std::string_view one, std::string_view other) {
  size_t i = 0;
  size_t j = 0;
  while (i < one.size() || j < other.size()) {
    while ((i < one.size() && !is_digit(one[i])) || (j < other.size() && !is_digit(other[j]))) {
      const int difference = weight(one, i) - weight(other, j);
      if (difference != 0) return difference;
      ++i;
      ++j;
    }
    const std::string_view left = take_number(one, i);
    const std::string_view right = take_number(other, j);
    if (left.size() != right.size()) return left.size() < right.size() ? -1 : 1;
    if (left != right) return left < right ? -1 : 1;
  }
  return 0;
}

std::vector<std::string> images_in(const std::vector<std::string>& packages, const DebianName& name) {
  std::vector<std::string> images;
  for (const std::string& package : packages) {
    const std::string release = release_in(package, name.flavour);
    if (!release.empty() && is_of_version(release, name.version)) images.push_back(package);
  }
  std::sort(images.begin(), images.end(), [&name](const std::string& one, const std::string& other) {
    return compare_debian_versions(release_in(one, name.flavour), release_in(other, name.flavour)) > 0;
  });
  return images;
}

std::vector<std::string> packages_with_kernel(const std::string& image, std::string_view depends) {
  std::vector<std::string> packages;
  bool has_binary = false;
  for (const std::string& choice : split(depends, ',')) {
    const std::string_view first = trimmed(choice);
    const std::string package(first.substr(0, first.find_first_of(" (|:")));
    has_binary = has_binary || package.starts_with("linux-binary-");
    if (package.starts_with("linux-binary-") || package.starts_with("linux-modules-")) packages.push_back(package);
  }
  return has_binary ? packages : std::vector<std::string>{image};
}

}  // namespace umb
