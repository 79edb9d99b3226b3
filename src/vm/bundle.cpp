// SPDX-License-Identifier: Apache-2.0
#include "vm/bundle.h"

#include "base/text.h"
#include "sys/host_gzip.h"

#include <algorithm>
#include <vector>

namespace umb {

namespace {

constexpr size_t kMaxFiles = 64;
constexpr size_t kMaxNameBytes = 255;
/// A size takes at most 9 digits.
constexpr size_t kMaxLineBytes = 9 + 1 + kMaxNameBytes + 1;

Result<void> check_name(std::string_view name) {
  const bool plain = std::none_of(
      name.begin(), name.end(), [](char c) { return c == '/' || c == '\x7f' || static_cast<unsigned char>(c) < ' '; });
  if (plain && !name.empty() && name.size() <= kMaxNameBytes && name != "." && name != "..") return {};
  return fail("a bundle holds no file with the name " + quoted(name.substr(0, kMaxNameBytes)));
}

Failure too_many_files() {
  return fail("a bundle holds at most " + std::to_string(kMaxFiles) + " files");
}

Failure too_large() {
  return fail("a bundle is larger than " + std::to_string(kMaxBundleBytes >> 20U) + " MiB");
}

struct Line {
  size_t size_bytes = 0;
  std::string name;
};

/// Takes the line off `rest`, which then begins with the file's bytes.
Result<Line> take_line(std::string_view& rest) {
  const size_t end = rest.substr(0, kMaxLineBytes).find('\n');
  const size_t space = rest.substr(0, end).find(' ');
  if (end == std::string_view::npos || space == std::string_view::npos) {
    return fail("cannot unpack a bundle", "a file's line is damaged");
  }
  const Result<int64_t> size_bytes = parse_integer(rest.substr(0, space), 0, kMaxBundleBytes);
  if (!size_bytes.has_value()) return fail("cannot unpack a bundle", size_bytes.error().text());
  Line line{static_cast<size_t>(*size_bytes), std::string(rest.substr(space + 1, end - space - 1))};
  UMB_TRY(check_name(line.name));
  rest.remove_prefix(end + 1);
  return line;
}

}  // namespace

Result<std::string> pack(const Bundle& bundle) {
  if (bundle.size() > kMaxFiles) return too_many_files();
  std::vector<std::string> lines;
  lines.reserve(bundle.size());
  std::vector<std::string_view> pieces;
  size_t total = 0;
  for (const auto& [name, bytes] : bundle) {
    UMB_TRY(check_name(name));
    total += bytes.size();
    pieces.emplace_back(lines.emplace_back(std::to_string(bytes.size()) + " " + name + "\n"));
    pieces.emplace_back(bytes);
  }
  if (total > kMaxBundleBytes) return too_large();
  return gzip(pieces);
}

Result<Bundle> unpack(std::string_view bytes) {
  UMB_ASSIGN(const std::string text, gunzip(bytes, kMaxBundleBytes + kMaxFiles * kMaxLineBytes));
  Bundle bundle;
  size_t total = 0;
  for (std::string_view rest = text; !rest.empty();) {
    if (bundle.size() == kMaxFiles) return too_many_files();
    UMB_ASSIGN(Line line, take_line(rest));
    if (line.size_bytes > rest.size()) return fail("cannot unpack a bundle", quoted(line.name) + " is cut off");
    total += line.size_bytes;
    if (total > kMaxBundleBytes) return too_large();
    if (!bundle.emplace(line.name, rest.substr(0, line.size_bytes)).second) {
      return fail("a bundle holds " + quoted(line.name) + " twice");
    }
    rest.remove_prefix(line.size_bytes);
  }
  return bundle;
}

}  // namespace umb
