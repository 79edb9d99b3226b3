// SPDX-License-Identifier: Apache-2.0
#include "sys/trace_instance.h"

#include "base/clock.h"
#include "base/text.h"
#include "base/unique_fd.h"
#include "sys/knob.h"

#include <array>
#include <cerrno>
#include <limits>

#include <fcntl.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

namespace umb {

namespace {

constexpr int64_t kPollNs = 20'000'000;

}  // namespace

TraceInstance TraceInstance::of(const Tracefs& tracefs, const std::string& name) {
  return TraceInstance(tracefs.path + "/instances/" + name);
}

Result<TraceInstance> TraceInstance::make(const Tracefs& tracefs, const std::string& name) {
  TraceInstance made = of(tracefs, name);
  if (::mkdir(made.path_.c_str(), 0700) != 0) {
    return fail_errno("cannot make the tracing instance " + quoted(made.path_), errno, "", ErrorKind::kUnavailable);
  }
  const Result<void> off = made.record(false);
  if (off.has_value()) return made;
  (void)made.remove();
  return Failure(off.error());
}

Result<void> TraceInstance::set(const std::string& file, std::string_view value) {
  return write_knob(path_ + "/" + file, value);
}

Result<void> TraceInstance::enable(const std::string& group, bool on) {
  return set("events/" + group + "/enable", on ? "1" : "0");
}

Result<int64_t> TraceInstance::event_number(const std::string& group, const std::string& event) const {
  UMB_ASSIGN(const std::string text, read_knob(path_ + "/events/" + group + "/" + event + "/id"));
  return parse_integer(text, 0, std::numeric_limits<int32_t>::max());
}

Result<void> TraceInstance::only(const std::vector<int64_t>& threads) {
  std::string list;
  for (const int64_t thread : threads) list += (list.empty() ? "" : " ") + std::to_string(thread);
  return set("set_event_pid", list);
}

Result<void> TraceInstance::record(bool on) {
  return set("tracing_on", on ? "1" : "0");
}

Result<void> TraceInstance::clear() {
  // Opening it for writing with O_TRUNC is what empties it.
  const std::string path = path_ + "/trace";
  const UniqueFd fd(::open(path.c_str(), O_WRONLY | O_TRUNC | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK));
  if (fd.valid()) return {};
  return fail_errno("cannot empty " + quoted(path), errno);
}

Result<std::string> TraceInstance::text(size_t limit_bytes) const {
  const std::string path = path_ + "/trace";
  const UniqueFd fd(::open(path.c_str(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK));
  if (!fd.valid()) return fail_errno("cannot read " + quoted(path), errno);
  std::string text;
  std::array<char, 65536> piece;
  while (text.size() <= limit_bytes) {
    const ssize_t got = ::read(fd.get(), piece.data(), piece.size());
    if (got == 0) return text;
    if (got > 0) text.append(piece.data(), static_cast<size_t>(got));
    if (got < 0 && errno != EINTR) return fail_errno("cannot read " + quoted(path), errno);
  }
  return fail_errno("cannot read " + quoted(path), EFBIG);
}

Result<bool> TraceInstance::remove() {
  if (::rmdir(path_.c_str()) == 0) return true;
  if (errno == ENOENT) return false;
  return fail_errno("cannot remove the tracing instance " + quoted(path_), errno);
}

void call_umount_in_vain() {
  (void)::umount2("", ~0);
}

Result<TracingRemoved> remove_tracing(const Tracefs& tracefs, const std::string& instance, const std::string& group,
                                      int64_t busy_limit_ns) {
  TraceInstance found = TraceInstance::of(tracefs, instance);
  const int64_t end_ns = monotonic_ns() + busy_limit_ns;
  Result<bool> removed = found.remove();
  while (!removed.has_value() && removed.error().errno_value == EBUSY && monotonic_ns() < end_ns) {
    sleep_ns(kPollNs);
    removed = found.remove();
  }
  if (!removed.has_value()) return Failure(removed.error());
  // The kernel takes events out of use with the instance that used them, without which they can't be removed.
  UMB_ASSIGN(const size_t probes, remove_probes(tracefs, group));
  return TracingRemoved{*removed, probes};
}

}  // namespace umb
