// SPDX-License-Identifier: Apache-2.0
#include "sys/unmount_watch.h"

#include "base/text.h"

#include <array>
#include <cerrno>
#include <cstring>

#include <sys/inotify.h>
#include <unistd.h>

namespace umb {

Result<UnmountWatch> UnmountWatch::open() {
  UniqueFd fd(::inotify_init1(IN_NONBLOCK | IN_CLOEXEC));
  if (!fd.valid()) return fail_errno("cannot make an inotify descriptor", errno);
  return UnmountWatch(std::move(fd));
}

Result<void> UnmountWatch::add(const std::string& path) {
  awaited_ = {};
  return add_another(path);
}

Result<void> UnmountWatch::add_another(const std::string& path) {
  const int watch = ::inotify_add_watch(fd_.get(), path.c_str(), IN_UNMOUNT | IN_ONLYDIR);
  if (watch < 0) {
    const int reason = errno;
    return fail_errno("cannot watch " + quoted(path), reason,
                      reason == ENOSPC ? "fs.inotify.max_user_watches is too low for so many" : "");
  }
  if (awaited_.count++ == 0) awaited_.first = watch;
  return {};
}

bool UnmountWatch::seen() {
  alignas(inotify_event) std::array<char, 4096> buffer{};
  while (true) {
    const ssize_t got = ::read(fd_.get(), buffer.data(), buffer.size());
    if (got <= 0) return awaited_.count == 0;
    for (size_t at = 0; at + sizeof(inotify_event) <= static_cast<size_t>(got);) {
      inotify_event event{};
      std::memcpy(&event, buffer.data() + at, sizeof event);
      if (event.wd >= awaited_.first && awaited_.count > 0 && (event.mask & IN_UNMOUNT) != 0) --awaited_.count;
      at += sizeof event + event.len;
    }
  }
}

}  // namespace umb
