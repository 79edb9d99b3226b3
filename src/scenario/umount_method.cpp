// SPDX-License-Identifier: Apache-2.0
#include "scenario/umount_method.h"

#include "sys/libmount_umount.h"
#include "sys/mount_door.h"
#include "sys/subprocess.h"

#include <cerrno>

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

/// umount(8) says in its exit code only that it failed; EIO stands for "it said no".
class ByProgram final : public UmountMethod {
 public:
  explicit ByProgram(std::vector<std::string> arguments) : program_(std::move(arguments)) {}
  Result<void> prepare() override { return {}; }
  CallOutcome execute() override {
    const TimedProgram::Outcome ended = program_.execute();
    const int failed = ended.errno_value != 0 ? ended.errno_value : ended.exit_code != 0 ? EIO : 0;
    return {.errno_value = failed, .thread_cpu_ns = ended.cpu_ns, .voluntary_switches = ended.voluntary_switches};
  }
  void conclude() override {}

 private:
  TimedProgram program_;
};

}  // namespace

Result<std::unique_ptr<UmountMethod>> make_umount_method(const std::string& name, const std::string& target, bool lazy,
                                                         MountDoor& door) {
  if (name == "libmount") return std::make_unique<ByLibmount>(target, lazy);
  if (name != "exec") return std::make_unique<BySyscall>(target, lazy, door);
  const std::string program = find_program("umount");
  if (program.empty()) return fail("umount is not installed", "", "", ErrorKind::kUnavailable);
  std::vector<std::string> arguments{program, target};
  if (lazy) arguments.insert(arguments.begin() + 1, "-l");
  return std::make_unique<ByProgram>(std::move(arguments));
}

}  // namespace umb
