// SPDX-License-Identifier: Apache-2.0
#include "render/outside_names.h"

#include "base/text.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>
#include <map>
#include <set>

namespace umb {

namespace {

constexpr size_t kMostLetters = 220;
constexpr size_t kChecksumLetters = 9;
constexpr std::string_view kPlain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.-";

/// FNV-1a: the same on every machine and in every version, for names have histories.
std::string checksum(const std::string& text) {
  uint32_t sum = 2166136261U;
  for (const char letter : text) sum = (sum ^ static_cast<unsigned char>(letter)) * 16777619U;
  std::array<char, 16> digits{};
  std::snprintf(digits.data(), digits.size(), "-%08x", sum);
  return digits.data();
}

/// Readers split at dots, take a leading one for a hidden file and two for the folder above.
std::string part_name(const std::string& part) {
  std::string name;
  for (size_t i = 0; i < part.size(); ++i) {
    const bool plain = kPlain.find(part[i]) != std::string_view::npos;
    const bool end_of_part = i == 0 || i + 1 == part.size() || part[i - 1] == '.';
    name += !plain || (part[i] == '.' && end_of_part) ? '_' : part[i];
  }
  return name.empty() ? "_" : name;
}

/// The id in that style; with its checksum where it can't be told from the name.
std::string named(const std::string& id, NameStyle style) {
  std::string name;
  bool lossy = false;
  for (const std::string& part : split(id, '/')) {
    const size_t equals = part.find('=');
    const std::string key = part.substr(0, equals);
    const std::string value = equals == std::string::npos ? "" : part.substr(equals + 1);
    if (!name.empty()) name += style.slash;
    name += part_name(key);
    lossy = lossy || part_name(key) != key;
    if (equals == std::string::npos) continue;
    name += style.equals + part_name(value);
    lossy = lossy || part_name(value) != value;
  }
  if (name.size() > kMostLetters) {
    name.resize(kMostLetters - kChecksumLetters);
    lossy = true;
  }
  return lossy ? name + checksum(id) : name;
}

/// Parameters of ours, behind an id: a slash in a file's name begins no further one, and two values stay two.
std::string parameter(const std::string& key, const std::string& value) {
  std::string text;
  for (const char letter : value) {
    if (letter == '|' || letter == '\\') text += '\\';
    text += letter == '/' ? '|' : letter;
  }
  return "/" + key + "=" + text;
}

}  // namespace

std::string full_id(const TestCase& one) {
  std::string id = one.id;
  if (one.figures.metric != "return_ns") id += parameter("metric", one.figures.metric);
  if (!one.of_key.empty()) id += parameter(one.of_key, one.of_value);
  return id;
}

std::vector<std::string> outside_names(const std::vector<std::string>& ids, NameStyle style) {
  std::map<std::string, size_t> times;
  std::set<std::string> taken;
  std::vector<std::string> names;
  names.reserve(ids.size());
  for (const std::string& id : ids) {
    const std::string name = named(id, style);
    size_t& before = times[name];
    std::string free = name;
    do {
      if (++before > 1) free = name + "-" + std::to_string(before);
    } while (!taken.insert(free).second);
    names.push_back(std::move(free));
  }
  return names;
}

std::vector<std::string> outside_names(const std::vector<TestCase>& cases, NameStyle style) {
  std::vector<std::string> ids;
  ids.reserve(cases.size());
  for (const TestCase& one : cases) ids.push_back(full_id(one));
  return outside_names(ids, style);
}

std::string outside_name(const std::string& id, NameStyle style) {
  return named(id, style);
}

Result<void> refuse_collisions(const std::vector<std::string>& ids, NameStyle style) {
  std::map<std::string, std::string> id_of;
  for (const std::string& id : ids) {
    const auto [other, is_new] = id_of.try_emplace(named(id, style), id);
    if (is_new || other->second == id) continue;
    return fail_usage(quoted(id) + " and " + quoted(other->second) + " would be one case here",
                      "both are written " + quoted(other->first), "take a format that keeps ids, e.g. json or csv");
  }
  return {};
}

}  // namespace umb
