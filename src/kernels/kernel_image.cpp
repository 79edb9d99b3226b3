// SPDX-License-Identifier: Apache-2.0
#include "kernels/kernel_image.h"

#include "base/text.h"
#include "base/unique_fd.h"

#include <algorithm>
#include <array>
#include <cerrno>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace umb {

namespace {

using namespace std::string_view_literals;

// The header of the x86 boot protocol, and what the version's offset counts from.
constexpr size_t kMagicAt = 0x202;
constexpr size_t kVersionOffsetAt = 0x20e;
constexpr size_t kVersionBase = 0x200;
constexpr size_t kLongestRelease = 64;

struct Lookalike {
  size_t at;
  std::string_view magic;
  const char* what;
  const char* hint;
};
constexpr const char* kWanted = "name a bzImage or vmlinuz of an x86 kernel";
constexpr std::array kLookalikes{
    Lookalike{0,
              "\x7f"
              "ELF"sv,
              "it is an ELF file, as vmlinux is", "name arch/x86/boot/bzImage of the build tree instead"},
    Lookalike{0, "!<arch>\n"sv, "it is a Debian package", "give it a name that ends in .deb"},
    Lookalike{0, "\xed\xab\xee\xdb"sv, "it is an rpm package", "give it a name that ends in .rpm"},
    Lookalike{0x38, "ARM\x64"sv, "it is a kernel for arm64", kWanted},
    Lookalike{0, "\x1f\x8b"sv, "it is a file packed by gzip", kWanted},
    Lookalike{0,
              "\xfd"
              "7zXZ"sv,
              "it is a file packed by xz", kWanted},
    Lookalike{0, "\x28\xb5\x2f\xfd"sv, "it is a file packed by zstd", kWanted},
};

bool has(std::string_view head, size_t at, std::string_view magic) {
  return head.size() >= at && head.substr(at).starts_with(magic);
}

Failure no_image(const std::string& path, std::string why, std::string hint = kWanted) {
  return fail_usage(quoted(path) + " is no kernel image", std::move(why), std::move(hint));
}

bool is_release_letter(char letter) {
  return letter > ' ' && letter < '\x7f' && letter != '/';
}

}  // namespace

Result<std::string> release_in_image(std::string_view head, const std::string& path) {
  if (head.empty()) return no_image(path, "it is empty");
  if (!has(head, kMagicAt, "HdrS")) {
    for (const Lookalike& seen : kLookalikes) {
      if (has(head, seen.at, seen.magic)) return no_image(path, seen.what, seen.hint);
    }
    return no_image(path, "it has no header of an x86 kernel");
  }
  if (head.size() < kVersionOffsetAt + 2) return no_image(path, "it ends within its header");
  const auto byte = [&](size_t at) { return static_cast<size_t>(static_cast<unsigned char>(head[at])); };
  const size_t offset = byte(kVersionOffsetAt) | byte(kVersionOffsetAt + 1) << 8U;
  if (offset == 0) return no_image(path, "its header names no version");
  if (offset + kVersionBase >= head.size()) return no_image(path, "it ends before its version");
  const std::string_view version = head.substr(offset + kVersionBase);
  const size_t length = std::min(version.find_first_of(" \0"sv), version.size());
  const std::string_view release = version.substr(0, length);
  if (length == 0 || length > kLongestRelease || length == version.size() || release.front() == '.' ||
      !std::all_of(release.begin(), release.end(), is_release_letter)) {
    return no_image(path, "there is no release where its header says");
  }
  return std::string(release);
}

Result<std::string> image_release(const std::string& path) {
  const auto unreadable = [&](int error) {
    return fail_errno("cannot read the kernel " + quoted(path), error, "", ErrorKind::kUsage);
  };
  const UniqueFd fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
  struct stat facts {};
  if (!fd.valid() || ::fstat(fd.get(), &facts) != 0) return unreadable(errno);
  if (S_ISDIR(facts.st_mode)) return no_image(path, "it is a folder");
  if (!S_ISREG(facts.st_mode)) return no_image(path, "it is no plain file");
  std::string head(kImageHeadBytes, '\0');
  size_t filled = 0;
  while (filled < head.size()) {
    const ssize_t count = ::read(fd.get(), head.data() + filled, head.size() - filled);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return unreadable(errno);
    if (count == 0) break;
    filled += static_cast<size_t>(count);
  }
  return release_in_image(std::string_view(head).substr(0, filled), path);
}

}  // namespace umb
