// SPDX-License-Identifier: Apache-2.0
#include "vm/module_index.h"

#include "base/file.h"
#include "base/text.h"
#include "kernels/cache_folder.h"
#include "kernels/content_hash.h"

#include <algorithm>
#include <limits>

#include <time.h>

namespace umb {

namespace {

constexpr std::string_view kFirstLine = "umountbench module index 1";
constexpr size_t kLimitBytes = size_t{4} * 1024 * 1024;
constexpr size_t kMostModules = 5000;
constexpr size_t kFields = 10;

int64_t now_ns() {
  timespec now{};
  ::clock_gettime(CLOCK_REALTIME, &now);
  return int64_t{now.tv_sec} * 1'000'000'000 + now.tv_nsec;
}

bool is_control(char character) {
  return static_cast<unsigned char>(character) < 0x20;
}

std::optional<FileIdentity> identity_from(const std::vector<std::string>& fields) {
  FileIdentity identity;
  const auto number = [&](size_t field, auto& into) {
    constexpr int64_t kLargest = std::numeric_limits<int64_t>::max();
    const Result<int64_t> value = parse_integer(fields[field], std::numeric_limits<int64_t>::min(), kLargest);
    if (value.has_value()) into = static_cast<std::remove_reference_t<decltype(into)>>(*value);
    return value.has_value();
  };
  const bool good = number(0, identity.device) && number(1, identity.inode) && number(2, identity.size_bytes) &&
                    number(3, identity.modified_ns) && number(4, identity.changed_ns);
  return good ? std::optional(identity) : std::nullopt;
}

std::vector<std::string> names_from(const std::string& field) {
  return field.empty() ? std::vector<std::string>() : split(field, ',');
}

}  // namespace

ModuleIndex::ModuleIndex(const KernelFiles& kernel) {
  const AsCaller caller;
  const Result<std::string> folder = cache_folder("initramfs");
  if (!folder.has_value()) return;
  ContentHash name;
  name.add_field(kernel.release);
  name.add_field(kernel.modules);
  path_ = *folder + "/" + name.hex() + ".modules";
  const Result<std::string> text = read_file(path_, kLimitBytes);
  if (!text.has_value() || !text->ends_with('\n')) return;
  const std::vector<std::string> lines = split(std::string_view(*text).substr(0, text->size() - 1), '\n');
  if (lines[0] != kFirstLine) return;
  for (size_t i = 1; i < lines.size(); ++i) {
    const std::vector<std::string> fields = split(lines[i], '\t');
    const auto identity = fields.size() == kFields ? identity_from(fields) : std::nullopt;
    if (identity) lines_.emplace(*identity, lines[i]);
  }
}

std::optional<IndexedModule> ModuleIndex::find(const FileIdentity& identity) const {
  const auto found = lines_.find(identity);
  if (found == lines_.end()) return {};
  const std::vector<std::string> fields = split(found->second, '\t');
  return IndexedModule{fields[5], {names_from(fields[6]), names_from(fields[7]), names_from(fields[8]), fields[9]}};
}

void ModuleIndex::add(const FileIdentity& identity, const IndexedModule& module) {
  if (now_ns() - std::max(identity.modified_ns, identity.changed_ns) < kRestNs) return;
  std::vector<std::string> fields;
  for (const int64_t number : {static_cast<int64_t>(identity.device), static_cast<int64_t>(identity.inode),
                               identity.size_bytes, identity.modified_ns, identity.changed_ns}) {
    fields.push_back(std::to_string(number));
  }
  fields.push_back(module.digest);
  for (const auto& names : {module.info.depends, module.info.before, module.info.after}) {
    fields.push_back(join(names, ","));
  }
  fields.push_back(module.info.vermagic);
  for (const std::string& field : fields) {
    if (std::any_of(field.begin(), field.end(), is_control)) return;
  }
  if (lines_.size() >= kMostModules) lines_.clear();
  lines_[identity] = join(fields, "\t");
  added_ = true;
}

void ModuleIndex::save() const {
  if (!added_ || path_.empty()) return;
  Result<OutputFile> file = OutputFile::create(path_);
  if (!file.has_value()) return;
  std::string text = std::string(kFirstLine) + "\n";
  for (const auto& [identity, line] : lines_) text += line + "\n";
  if (file->write(text).has_value()) (void)file->commit();
}

}  // namespace umb
