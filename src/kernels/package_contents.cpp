// SPDX-License-Identifier: Apache-2.0
#include "kernels/package_contents.h"

#include <algorithm>
#include <array>

namespace umb {

namespace {

using Kind = PackagePart::Kind;

constexpr size_t kLongestPath = 512;

// A guest's disks are loop devices, device mapper, memory and virtio. isofs and udf need cdrom, though no CD is there.
constexpr std::array<std::string_view, 7> kDrivers{"block", "cdrom", "char", "dax", "md", "nvdimm", "virtio"};
// What file systems (9p, nfs, ceph) and virtio's sockets link against. The rest of net/, protocols and packet filters,
// is six times as much, and what is kept here doesn't need it.
constexpr std::array<std::string_view, 6> kNet{"9p", "ceph", "core", "dns_resolver", "sunrpc", "vmw_vsock"};
constexpr std::array<std::string_view, 4> kSuffixes{".ko", ".ko.xz", ".ko.zst", ".ko.gz"};

/// Takes `start` off the front of `text`, if it is there.
bool take(std::string_view& text, std::string_view start) {
  if (!text.starts_with(start)) return false;
  text.remove_prefix(start.size());
  return true;
}

std::string_view take_part(std::string_view& text) {
  const std::string_view part = text.substr(0, text.find('/'));
  text.remove_prefix(std::min(part.size() + 1, text.size()));
  return part;
}

bool leads_out(std::string_view name) {
  while (!name.empty()) {
    if (take_part(name) == "..") return true;
  }
  return false;
}

bool is_safe(std::string_view below) {
  if (below.size() > kLongestPath || below.ends_with('/')) return false;
  if (!std::all_of(below.begin(), below.end(), [](char letter) { return letter > ' ' && letter < '\x7f'; })) {
    return false;
  }
  while (!below.empty()) {
    const std::string_view part = take_part(below);
    if (part.empty() || part == "." || part == "..") return false;
  }
  return true;
}

template <size_t N>
bool is_one_of(const std::array<std::string_view, N>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

/// `path` is below kernel/.
bool can_be_needed(std::string_view path) {
  if (std::none_of(kSuffixes.begin(), kSuffixes.end(), [&](auto suffix) { return path.ends_with(suffix); })) {
    return false;
  }
  const std::string_view top = take_part(path);
  if (top == "drivers") return is_one_of(kDrivers, take_part(path));
  if (top == "net") return is_one_of(kNet, take_part(path));
  return top != "sound";
}

Kind below_release(std::string_view path) {
  if (!is_safe(path)) return Kind::kUnused;
  if (path == "vmlinuz") return Kind::kImage;
  if (path == "config") return Kind::kConfig;
  if (path == "modules.order" || path == "modules.builtin" || path == "modules.builtin.modinfo") {
    return Kind::kModuleList;
  }
  return take(path, "kernel/") && can_be_needed(path) ? Kind::kModule : Kind::kUnused;
}

}  // namespace

PackagePart package_part(std::string_view name) {
  if (leads_out(name)) return {Kind::kUnsafe, {}, {}};
  take(name, "./");
  take(name, "/");
  for (const auto& [start, kind] : {std::pair("boot/vmlinuz-", Kind::kImage), {"boot/config-", Kind::kConfig}}) {
    if (!take(name, start)) continue;
    if (name.empty() || name.find('/') != std::string_view::npos) return {};
    return {kind, std::string(name), {}};
  }
  take(name, "usr/");
  if (!take(name, "lib/modules/")) return {};
  const std::string_view release = take_part(name);
  const Kind kind = release.empty() ? Kind::kUnused : below_release(name);
  if (kind == Kind::kUnused) return {};
  return {kind, std::string(release), std::string(name)};
}

}  // namespace umb
