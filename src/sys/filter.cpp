// SPDX-License-Identifier: Apache-2.0
#include "sys/filter.h"

#include "base/clock.h"
#include "base/file.h"
#include "base/text.h"
#include "base/unique_fd.h"
#include "sys/attached_program.h"
#include "sys/process.h"

#include <array>
#include <cerrno>

#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

namespace umb {

namespace {

Result<UniqueFd> memory_file() {
  UniqueFd file(::memfd_create("umountbench", MFD_CLOEXEC));
  if (!file.valid()) return fail_errno("cannot make a file in memory", errno);
  return file;
}

Failure too_much(size_t limit) {
  return fail("it wrote more than " + std::to_string(limit) + " bytes");
}

Result<std::string> text_of(int fd, size_t limit) {
  const off_t length = ::lseek(fd, 0, SEEK_END);
  if (length < 0) return fail_errno("cannot read what a program wrote", errno);
  if (static_cast<size_t>(length) > limit) return too_much(limit);
  std::string text(static_cast<size_t>(length), '\0');
  size_t have = 0;
  while (have < text.size()) {
    const ssize_t got = ::pread(fd, text.data() + have, text.size() - have, static_cast<off_t>(have));
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return fail_errno("cannot read what a program wrote", errno);
    have += static_cast<size_t>(got);
  }
  return text;
}

/// Whether it has ended in time; it is looked at now and then, so that it can't fill the memory meanwhile.
Result<bool> ended_within(int pidfd, int64_t time_limit_ns, std::array<int, 2> outputs, size_t output_limit) {
  constexpr int64_t kLookNs = 50'000'000;
  const int64_t deadline_ns = monotonic_ns() + time_limit_ns;
  while (monotonic_ns() < deadline_ns) {
    UMB_ASSIGN(const bool ended, wait_until_ended(pidfd, kLookNs));
    if (ended) return true;
    for (const int output : outputs) {
      struct stat facts {};
      if (::fstat(output, &facts) == 0 && static_cast<uint64_t>(facts.st_size) > output_limit) {
        return too_much(output_limit);
      }
    }
  }
  return false;
}

}  // namespace

Result<std::string> run_filter(const std::vector<std::string>& arguments, const std::string& input,
                               int64_t time_limit_ns, size_t output_limit) {
  constexpr size_t kLongestTalk = 1U << 20U;
  UMB_ASSIGN(const UniqueFd in, memory_file());
  UMB_ASSIGN(const UniqueFd out, memory_file());
  UMB_ASSIGN(const UniqueFd errors, memory_file());
  UMB_TRY(write_all(in.get(), input, "a file in memory"));
  if (::lseek(in.get(), 0, SEEK_SET) != 0) return fail_errno("cannot go to the beginning of a file in memory", errno);
  UMB_ASSIGN(AttachedProgram program,
             AttachedProgram::start(arguments, {.input = in.get(), .output = out.get(), .errors = errors.get()}));
  const std::string what = quoted(arguments[0]) + " failed";
  UMB_ASSIGN(const bool ended, ended_within(program.pidfd(), time_limit_ns, {out.get(), errors.get()}, output_limit));
  if (!ended) {
    return fail(what, "not done within " + human_duration(time_limit_ns));
  }
  UMB_ASSIGN(const AttachedProgram::End end, program.wait());
  if (end.signal != 0) return fail(what, "ended by signal " + std::to_string(end.signal));
  if (end.exit_code == 0) return text_of(out.get(), output_limit);
  const std::string said = text_of(errors.get(), kLongestTalk).value_or("");
  const std::vector<std::string> lines = split(trimmed(said), '\n');
  return fail(what, "exit code " + std::to_string(end.exit_code) +
                        (lines.back().empty() ? "" : ": " + printable(trimmed(lines.back()))));
}

}  // namespace umb
