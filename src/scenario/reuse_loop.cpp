// SPDX-License-Identifier: Apache-2.0
#include "scenario/reuse_loop.h"

#include "base/clock.h"
#include "base/text.h"
#include "base/unique_fd.h"
#include "sys/call_alarm.h"

#include <cerrno>
#include <cstring>
#include <memory>

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

namespace umb {

namespace {

constexpr int64_t kProgramLimitNs = 20'000'000'000;
constexpr size_t kContentBytes = 256UL * 1024;
constexpr size_t kBlockBytes = 4096;
constexpr int64_t kOutputBytes = 16L * 1024;

/// Sizes of a round: those of its neighbours are others, so that no old block passes for a new one.
struct Geometry {
  const char* block_bytes;
  const char* block_count;
};
constexpr std::array<Geometry, 4> kGeometries{
    {{"1024", "24576"}, {"4096", "8192"}, {"2048", "16384"}, {"4096", "6144"}}};

int errno_of(const Error& error) {
  return error.errno_value != 0 ? error.errno_value : EIO;
}

std::string first_line(const std::string& output) {
  for (const std::string& line : split(output, '\n')) {
    const std::string_view text = trimmed(line);
    // mke2fs and e2fsck begin with their version.
    if (!text.empty() && !text.starts_with("mke2fs ") && !text.starts_with("e2fsck ")) return printable(text);
  }
  return {};
}

std::string how_it_ended(const ProgramResult& result) {
  std::string text =
      result.signal != 0 ? "signal " + std::to_string(result.signal) : "exit code " + std::to_string(result.exit_code);
  const std::string line = first_line(result.output);
  return line.empty() ? text : text + ": " + line;
}

}  // namespace

const char* name_of(ReuseStep step) {
  constexpr std::array<const char*, kReuseSteps> kNames{"mkfs",   "attach", "mount",  "write",
                                                        "umount", "e2fsck", "content"};
  return kNames[static_cast<size_t>(step)];
}

Result<ProgramResult> run_reuse_program(const std::vector<std::string>& arguments) {
  const UniqueFd output(::memfd_create("output", MFD_CLOEXEC));
  if (!output.valid()) return fail_errno("cannot keep a program's output", errno);
  UMB_ASSIGN(const std::unique_ptr<CallAlarm> alarm, CallAlarm::make());
  alarm->arm(kProgramLimitNs);
  const TimedProgram::Outcome ended =
      TimedProgram(arguments, {.output_fd = output.get(),
                               .environment = {"LC_ALL=C", "PATH=/usr/sbin:/usr/bin:/sbin:/bin"},
                               .alarm = alarm.get()})
          .execute();
  if (ended.errno_value != 0) return fail_errno("cannot run " + quoted(arguments[0]), ended.errno_value);
  ProgramResult result{.exit_code = ended.exit_code, .signal = ended.signal, .timed_out = ended.timed_out};
  result.output.resize(kOutputBytes);
  const ssize_t size = ::pread(output.get(), result.output.data(), result.output.size(), 0);
  result.output.resize(size > 0 ? static_cast<size_t>(size) : 0);
  return result;
}

ReuseLoop::ReuseLoop(ReuseParts parts) : parts_(std::move(parts)), content_(kContentBytes, 'u') {
  found_.reserve(kContentBytes + 1);
}

ReuseOutcome ReuseLoop::run(int64_t rounds) {
  outcome_ = {};
  for (auto* times : {&outcome_.mkfs_ns, &outcome_.mount_ns, &outcome_.umount_ns}) {
    times->reserve(static_cast<size_t>(rounds));
  }
  for (int64_t round = 1; round <= rounds && !outcome_.failure.has_value(); ++round) {
    outcome_.failure = run_round(round, round % 2 == 0 || round == rounds);
    if (outcome_.failure.has_value()) outcome_.failure->round = round;
  }
  return std::move(outcome_);
}

ReuseLoop::Step ReuseLoop::run_round(int64_t round, bool look_after) {
  const int64_t start_ns = monotonic_ns();
  if (Step trouble = make(round)) return trouble;
  const int64_t made_ns = monotonic_ns();
  if (Step trouble = mount()) return trouble;
  const int64_t mounted_ns = monotonic_ns();
  if (Step trouble = write(round)) return trouble;
  const int64_t written_ns = monotonic_ns();
  if (Step trouble = umount()) return trouble;
  const int64_t unmounted_ns = monotonic_ns();
  outcome_.mkfs_ns.push_back(made_ns - start_ns);
  outcome_.mount_ns.push_back(mounted_ns - made_ns);
  outcome_.umount_ns.push_back(unmounted_ns - written_ns);
  if (!look_after) return std::nullopt;
  if (Step trouble = check()) return trouble;
  if (Step trouble = mount()) return trouble;
  if (Step trouble = compare(round)) return trouble;
  return umount();
}

ReuseLoop::Step ReuseLoop::failed(ReuseStep step, std::string what, int error) {
  const bool busy = error == EBUSY || what.find("busy") != std::string::npos;
  return ReuseFailure{.step = step, .what = std::move(what), .errno_value = error, .busy = busy};
}

ReuseLoop::Step ReuseLoop::make(int64_t round) {
  ++outcome_.looked[static_cast<size_t>(ReuseStep::kMkfs)];
  const Geometry& sizes = kGeometries[static_cast<size_t>(round) % kGeometries.size()];
  // On the file, not on the device; it chooses a UUID anew each time.
  const auto made = parts_.run({parts_.mkfs, "-q", "-F", "-b", sizes.block_bytes, "-E",
                                "lazy_itable_init=0,lazy_journal_init=0,nodiscard", parts_.image, sizes.block_count});
  if (!made.has_value()) return failed(ReuseStep::kMkfs, made.error().text(), errno_of(made.error()));
  if (made->exit_code != 0) return failed(ReuseStep::kMkfs, "mkfs.ext4 on the file: " + how_it_ended(*made), EIO);
  return std::nullopt;
}

ReuseLoop::Step ReuseLoop::mount() {
  ++outcome_.looked[static_cast<size_t>(ReuseStep::kAttach)];
  const Result<std::string> device = parts_.device->attach();
  if (!device.has_value()) return failed(ReuseStep::kAttach, device.error().text(), errno_of(device.error()));
  outcome_.devices.insert(device->substr(device->rfind('/') + 1));
  ++outcome_.looked[static_cast<size_t>(ReuseStep::kMount)];
  const Result<void> mounted = parts_.door->mount({.source = *device, .target = parts_.target, .type = "ext4"});
  if (!mounted.has_value()) return failed(ReuseStep::kMount, mounted.error().text(), errno_of(mounted.error()));
  mounted_ = true;
  parts_.device->let_go();
  return std::nullopt;
}

void ReuseLoop::stamp(int64_t round) {
  for (size_t at = 0; at < content_.size(); at += kBlockBytes) {
    const int64_t mark = round * static_cast<int64_t>(kContentBytes) + static_cast<int64_t>(at);
    std::memcpy(content_.data() + at, &mark, sizeof mark);
  }
}

ReuseLoop::Step ReuseLoop::write(int64_t round) {
  ++outcome_.looked[static_cast<size_t>(ReuseStep::kWrite)];
  stamp(round);
  const UniqueFd fd(
      ::open((parts_.target + "/content").c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0600));
  if (!fd.valid()) return failed(ReuseStep::kWrite, "cannot make a file in it: " + errno_text(errno), errno);
  if (::write(fd.get(), content_.data(), content_.size()) == static_cast<ssize_t>(content_.size())) return std::nullopt;
  const int error = errno != 0 ? errno : ENOSPC;
  return failed(ReuseStep::kWrite, "cannot write to it: " + errno_text(error), error);
}

ReuseLoop::Step ReuseLoop::umount() {
  ++outcome_.looked[static_cast<size_t>(ReuseStep::kUmount)];
  const int error = parts_.door->umount(parts_.target.c_str(), parts_.umount_flags);
  if (error != 0) return failed(ReuseStep::kUmount, "umount: " + errno_text(error), error);
  mounted_ = false;
  return std::nullopt;
}

ReuseLoop::Step ReuseLoop::check() {
  ++outcome_.looked[static_cast<size_t>(ReuseStep::kE2fsck)];
  const auto looked = parts_.run({parts_.e2fsck, "-f", "-n", parts_.image});
  if (!looked.has_value()) return failed(ReuseStep::kE2fsck, looked.error().text(), errno_of(looked.error()));
  // Such a file system may be in order otherwise, but then its umount is not over yet.
  const bool journal = looked->output.find("skipping journal recovery") != std::string::npos;
  if (looked->exit_code == 0 && !journal) return std::nullopt;
  return failed(ReuseStep::kE2fsck, "e2fsck -n on the file: " + how_it_ended(*looked), EUCLEAN);
}

ReuseLoop::Step ReuseLoop::compare(int64_t round) {
  ++outcome_.looked[static_cast<size_t>(ReuseStep::kContent)];
  stamp(round);
  const UniqueFd fd(::open((parts_.target + "/content").c_str(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC));
  if (!fd.valid()) return failed(ReuseStep::kContent, "the file written is not there: " + errno_text(errno), errno);
  found_.resize(kContentBytes + 1);
  const ssize_t size = ::read(fd.get(), found_.data(), found_.size());
  if (size < 0) return failed(ReuseStep::kContent, "the file written can't be read: " + errno_text(errno), errno);
  found_.resize(static_cast<size_t>(size));
  if (found_ == content_) return std::nullopt;
  const bool shorter = found_.size() < content_.size();
  return failed(ReuseStep::kContent, shorter ? "the file written is shorter" : "the file written has other content",
                EIO);
}

Result<void> ReuseLoop::take_off() {
  parts_.device->let_go();
  if (!mounted_) return {};
  const int error = parts_.door->umount(parts_.target.c_str(), MNT_DETACH);
  if (error != 0) return fail_errno("cannot unmount " + quoted(parts_.target) + " after a failed round", error);
  mounted_ = false;
  return {};
}

}  // namespace umb
