// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"

#include <string>

struct libmnt_context;

namespace umb {

/// One umount by libmount's mnt_context, as systemd or a file manager does it: it reads the mount table first.
/// prepare() and drop() lie outside the stopwatch, execute() inside. Reused from sample to sample; not to be copied.
class LibmountUmount {
 public:
  LibmountUmount() = default;
  LibmountUmount(const LibmountUmount&) = delete;
  LibmountUmount& operator=(const LibmountUmount&) = delete;
  ~LibmountUmount() { drop(); }

  [[nodiscard]] Result<void> prepare(const std::string& target, bool lazy);
  /// 0, or the errno of the system call (or of libmount's own trouble, EIO when it names none).
  [[nodiscard]] int execute();
  void drop();

 private:
  ::libmnt_context* context_ = nullptr;
};

}  // namespace umb
