// SPDX-License-Identifier: Apache-2.0
#include "vm/guest_tree.h"

#include "base/text.h"
#include "vm/source_file.h"

#include <array>
#include <filesystem>

#include <sys/stat.h>

namespace umb {

namespace {

constexpr std::array<const char*, 5> kMerged{"bin", "sbin", "lib", "lib32", "lib64"};

Failure bad_path(const std::string& path, std::string why) {
  return fail_usage("cannot put " + umb::quoted(path) + " into the guest", std::move(why), "give it another path");
}

/// "" when it is no path inside the root.
std::string inside_root(const std::string& path) {
  if (!path.starts_with('/') || path.find('\0') != std::string::npos) return {};
  std::string inside = std::filesystem::path(path).lexically_normal().string().substr(1);
  if (inside.ends_with('/')) inside.pop_back();
  for (const std::string folder : kMerged) {
    if (inside.starts_with(folder + "/")) return "usr/" + inside;
  }
  return inside;
}

}  // namespace

GuestTree::GuestTree() {
  entries_["usr"].mode = S_IFDIR | 0755;
  for (const std::string folder : kMerged) {
    entries_["usr/" + folder].mode = S_IFDIR | 0755;
    entries_[folder].mode = S_IFLNK | 0777;
    entries_[folder].text = "usr/" + folder;
  }
}

Result<void> GuestTree::add(const std::string& path, GuestEntry entry) {
  const std::string inside = inside_root(path);
  if (inside.empty()) return bad_path(path, "it is no full path of a file");
  for (size_t slash = inside.find('/'); slash != std::string::npos; slash = inside.find('/', slash + 1)) {
    GuestEntry& folder = entries_[inside.substr(0, slash)];
    if (folder.mode == 0) folder.mode = S_IFDIR | 0755;
    if (!S_ISDIR(folder.mode))
      return bad_path(path, umb::quoted("/" + inside.substr(0, slash)) + " is no folder there");
  }
  const auto [known, is_new] = entries_.try_emplace(inside, entry);
  if (is_new || known->second == entry) return {};
  if (S_ISDIR(known->second.mode) && S_ISDIR(entry.mode)) {
    known->second.mode = entry.mode;
    return {};
  }
  // One file may be reached by two paths, /lib and /usr/lib.
  const bool same_file = !entry.digest.empty() && known->second.digest == entry.digest;
  return same_file ? Result<void>() : Result<void>(bad_path(path, "another thing is there already"));
}

Result<void> GuestTree::add_folder(const std::string& path, mode_t permissions) {
  GuestEntry entry;
  entry.mode = S_IFDIR | permissions;
  return add(path, std::move(entry));
}

Result<void> GuestTree::add_link(const std::string& path, const std::string& target) {
  if (inside_root(path) == inside_root(target)) return {};
  GuestEntry entry;
  entry.mode = S_IFLNK | 0777;
  entry.text = target;
  return add(path, std::move(entry));
}

Result<void> GuestTree::add_program_file(const std::string& path, const std::string& source) {
  const auto known = entries_.find(inside_root(path));
  if (known != entries_.end() && known->second.source == source) return {};
  UMB_ASSIGN(const SourceFile file, SourceFile::open(source));
  GuestEntry entry;
  entry.mode = S_IFREG | 0755;
  entry.source = source;
  entry.size_bytes = file.identity().size_bytes;
  UMB_ASSIGN(entry.digest, file.digest());
  return add(path, std::move(entry));
}

}  // namespace umb
