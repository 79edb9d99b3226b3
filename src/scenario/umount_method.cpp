// SPDX-License-Identifier: Apache-2.0
#include "scenario/umount_method.h"

#include "base/clock.h"
#include "base/unique_fd.h"
#include "scenario/last_words.h"
#include "sys/libmount_umount.h"
#include "sys/mount_door.h"

#include <cerrno>
#include <string_view>

#include <sys/mman.h>
#include <unistd.h>

namespace umb {

namespace {

class BySyscall final : public UmountMethod {
 public:
  BySyscall(std::string target, bool lazy, MountDoor& door)
      : target_(std::move(target)), flags_(lazy ? MNT_DETACH : 0), door_(door) {}
  Result<void> prepare() override { return {}; }
  CallOutcome execute() override { return {.errno_value = door_.umount(target_.c_str(), flags_)}; }
  void conclude() override {}

 private:
  std::string target_;
  int flags_;
  MountDoor& door_;
};

class ByLibmount final : public UmountMethod {
 public:
  ByLibmount(std::string target, bool lazy) : target_(std::move(target)), lazy_(lazy) {}
  Result<void> prepare() override { return context_.prepare(target_, lazy_); }
  CallOutcome execute() override { return {.errno_value = context_.execute()}; }
  void conclude() override { context_.drop(); }

 private:
  std::string target_;
  bool lazy_;
  LibmountUmount context_;
};

/// umount(8) says in its exit code only that the umount failed, and why in words; EIO stands for all but EBUSY.
class ByProgram final : public UmountMethod {
 public:
  ByProgram(std::vector<std::string> arguments, UniqueFd words)
      : words_(std::move(words)),
        program_(std::move(arguments), {.error_fd = words_.get(), .environment = environment_in_english()}) {}

  Result<void> prepare() override {
    if (::ftruncate(words_.get(), 0) == 0 && ::lseek(words_.get(), 0, SEEK_SET) == 0) return {};
    return fail_errno("cannot empty the umount program's last words", errno);
  }
  /// With its own stopwatch: what it had to say is read behind the call.
  CallOutcome execute() override {
    const int64_t start_ns = monotonic_ns();
    const TimedProgram::Outcome ended = program_.execute();
    const int64_t end_ns = monotonic_ns();
    return {.errno_value = umount_program_errno(ended, ended.exit_code != 0 ? last_words_in(words_.get()) : ""),
            .thread_cpu_ns = ended.cpu_ns,
            .voluntary_switches = ended.voluntary_switches,
            .started_at_ns = start_ns,
            .return_ns = end_ns - start_ns};
  }
  void conclude() override {}

 private:
  static std::vector<std::string> environment_in_english() {
    std::vector<std::string> settings{"LC_ALL=C"};
    for (char** setting = environ; *setting != nullptr; ++setting) {
      const std::string_view text = *setting;
      if (!text.starts_with("LC_ALL=") && !text.starts_with("LANGUAGE=")) settings.emplace_back(text);
    }
    return settings;
  }

  UniqueFd words_;
  TimedProgram program_;
};

}  // namespace

int umount_program_errno(const TimedProgram::Outcome& ended, const std::string& words) {
  constexpr int kUmountFailed = 32;
  if (ended.errno_value != 0) return ended.errno_value;
  if (ended.exit_code == 0 && ended.signal == 0) return 0;
  const bool busy = ended.signal == 0 && ended.exit_code == kUmountFailed && words.find("busy") != std::string::npos;
  return busy ? EBUSY : EIO;
}

Result<std::unique_ptr<UmountMethod>> make_umount_method(const std::string& name, const std::string& target, bool lazy,
                                                         MountDoor& door) {
  if (name == "libmount") return std::make_unique<ByLibmount>(target, lazy);
  if (name != "exec") return std::make_unique<BySyscall>(target, lazy, door);
  const std::string program = find_program("umount");
  if (program.empty()) return fail("umount is not installed", "", "", ErrorKind::kUnavailable);
  std::vector<std::string> arguments{program, target};
  if (lazy) arguments.insert(arguments.begin() + 1, "-l");
  UniqueFd words(::memfd_create("umount", MFD_CLOEXEC));
  if (!words.valid()) return fail_errno("cannot make a file in memory", errno);
  return std::make_unique<ByProgram>(std::move(arguments), std::move(words));
}

}  // namespace umb
