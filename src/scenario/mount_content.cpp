// SPDX-License-Identifier: Apache-2.0
#include "scenario/mount_content.h"

#include "base/file.h"
#include "base/text.h"
#include "base/unique_fd.h"

#include <algorithm>
#include <cerrno>

#include <fcntl.h>

namespace umb {

namespace {

constexpr int64_t kChunkBytes = 1024 * 1024;

}  // namespace

Result<void> fill_mount(const std::string& path, int64_t files, int64_t dirty_bytes) {
  constexpr int kFlags = O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC;
  for (int64_t i = 0; i < files; ++i) {
    const std::string name = path + "/f" + std::to_string(i);
    const UniqueFd fd(::open(name.c_str(), kFlags, 0600));
    if (!fd.valid()) return fail_errno("cannot make " + quoted(name), errno);
  }
  if (dirty_bytes == 0) return {};
  const std::string name = path + "/dirty";
  const UniqueFd fd(::open(name.c_str(), kFlags, 0600));
  if (!fd.valid()) return fail_errno("cannot make " + quoted(name), errno);
  const std::string chunk(static_cast<size_t>(std::min(dirty_bytes, kChunkBytes)), 'u');
  for (int64_t left = dirty_bytes; left > 0; left -= kChunkBytes) {
    UMB_TRY(
        write_all(fd.get(), std::string_view(chunk).substr(0, static_cast<size_t>(std::min(left, kChunkBytes))), name));
  }
  return {};
}

}  // namespace umb
