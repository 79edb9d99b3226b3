// SPDX-License-Identifier: Apache-2.0
#include "sys/builtin_container.h"

#include "base/clock.h"
#include "base/file.h"
#include "base/text.h"
#include "base/unique_fd.h"
#include "sys/noop_program.h"
#include "sys/open_tree_namespace.h"

#include <array>
#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

namespace umb {

namespace {

constexpr unsigned long kGuarded = MS_NOSUID | MS_NODEV | MS_NOEXEC;

/// One mount of the container's; paths are relative to its root.
struct FixedMount {
  const char* source;
  const char* target;
  const char* type;
  unsigned long flags;
  const char* data;
};

constexpr std::array<FixedMount, 2> kFirstMounts{
    {{"proc", "proc", "proc", kGuarded, nullptr},
     {"tmpfs", "dev", "tmpfs", MS_NOSUID | MS_STRICTATIME, "mode=755,size=65536k"}}};
constexpr std::array<FixedMount, 3> kDevMounts{
    {{"devpts", "dev/pts", "devpts", MS_NOSUID | MS_NOEXEC, "newinstance,ptmxmode=0666,mode=0620"},
     {"shm", "dev/shm", "tmpfs", kGuarded, "mode=1777,size=65536k"},
     {"mqueue", "dev/mqueue", "mqueue", kGuarded, nullptr}}};
constexpr std::array<const char*, 6> kDevices{"dev/null",   "dev/zero",    "dev/full",
                                              "dev/random", "dev/urandom", "dev/tty"};
// As the runtimes' own specifications name them; which of them exist depends on the kernel.
constexpr std::array<const char*, 4> kMaskedFiles{"proc/kcore", "proc/keys", "proc/timer_list", "proc/sched_debug"};
constexpr std::array<const char*, 3> kMaskedFolders{"proc/acpi", "proc/scsi", "sys/firmware"};
constexpr std::array<const char*, 5> kReadOnly{"proc/bus", "proc/fs", "proc/irq", "proc/sys", "proc/sysrq-trigger"};

/// The child between clone and exec.
class Inside {
 public:
  explicit Inside(const BuiltinContainer& container)
      : rootfs_(container.rootfs),
        path_(container.path),
        page_(*container.page),
        page_fd_(std::to_string(container.page_fd)) {}

  [[noreturn]] void run() {
    stamp(kCloned);
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (path_ == ContainerPath::kOwnNamespace) {
      clone_devices();
      enter_namespace();
      make_mounts();
      stamp(kMounted);
    } else {
      enter_rootfs();
      make_mounts();
      stamp(kMounted);
      switch_root();
    }
    exec_program();
  }

 private:
  void stamp(ContainerMoment moment) { page_.moments_ns[moment] = monotonic_ns(); }

  [[noreturn]] void give_up(ContainerStep step, const char* where) {
    page_.errno_value = errno;
    page_.failed_in = step;
    std::strncpy(page_.failed_at, where, sizeof page_.failed_at - 1);
    ::_exit(127);
  }

  void must(int result, const char* where) {
    if (result != 0) give_up(ContainerStep::kMounts, where);
  }
  void mount(const FixedMount& one) {
    must(::mount(one.source, one.target, one.type, one.flags, one.data), one.target);
  }

  /// In a copy of all mounts.
  void enter_rootfs() {
    const char* rootfs = rootfs_.c_str();
    must(::mount(nullptr, "/", nullptr, MS_SLAVE | MS_REC, nullptr), "/");
    must(::mount(rootfs, rootfs, nullptr, MS_BIND | MS_REC, nullptr), "/");
    must(::chdir(rootfs), "/");
  }

  /// Once in the new namespace the devices of the old one are out of reach.
  void clone_devices() {
    for (size_t i = 0; i < kDevices.size(); ++i) {
      device_trees_[i] = ::open_tree(AT_FDCWD, path_outside(kDevices[i]).data(), OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC);
      must(device_trees_[i] < 0 ? -1 : 0, kDevices[i]);
    }
  }

  void enter_namespace() {
    const UniqueFd made = open_tree_namespace(rootfs_.c_str());
    if (!made.valid() || ::setns(made.get(), CLONE_NEWNS) != 0) give_up(ContainerStep::kNamespace, "");
    must(::mount(nullptr, "/", nullptr, MS_SLAVE | MS_REC, nullptr), "/");
    must(::chdir("/"), "/");
  }

  void switch_root() {
    if (::syscall(SYS_pivot_root, ".", ".") != 0) give_up(ContainerStep::kRootSwitch, "");
    stamp(kSwitched);
    if (::umount2(".", MNT_DETACH) != 0) give_up(ContainerStep::kOldRootUmount, "");
    stamp(kOldRootGone);
  }

  void make_mounts() {
    for (const FixedMount& one : kFirstMounts) mount(one);
    for (const FixedMount& one : kDevMounts) {
      must(::mkdir(one.target, 0755), one.target);
      mount(one);
    }
    // A user namespace may not mount a sysfs of a network namespace that it doesn't own.
    if (::mount("sysfs", "sys", "sysfs", kGuarded | MS_RDONLY, nullptr) != 0) {
      must(::mount("/sys", "sys", nullptr, MS_BIND | MS_REC, nullptr), "sys");
    }
    for (size_t i = 0; i < kDevices.size(); ++i) bind_device(kDevices[i], device_trees_[i]);
    for (const char* file : kMaskedFiles) where_there(::mount("dev/null", file, nullptr, MS_BIND, nullptr), file);
    for (const char* folder : kMaskedFolders) {
      where_there(::mount("tmpfs", folder, "tmpfs", kGuarded | MS_RDONLY, "size=0k"), folder);
    }
    for (const char* path : kReadOnly) {
      if (!where_there(::mount(path, path, nullptr, MS_BIND | MS_REC, nullptr), path)) continue;
      must(::mount(nullptr, path, nullptr, MS_BIND | MS_REMOUNT | MS_RDONLY | kGuarded, nullptr), path);
    }
  }

  static std::array<char, 32> path_outside(const char* target) {
    std::array<char, 32> path{'/'};
    std::strncpy(path.data() + 1, target, path.size() - 2);
    return path;
  }

  /// `tree`: its clone, or -1 while the device itself is within reach.
  void bind_device(const char* target, int tree) {
    const int fd = ::open(target, O_CREAT | O_CLOEXEC | O_RDONLY, 0666);
    must(fd < 0 ? -1 : 0, target);
    ::close(fd);
    if (tree < 0) {
      must(::mount(path_outside(target).data(), target, nullptr, MS_BIND, nullptr), target);
    } else {
      must(::move_mount(tree, "", AT_FDCWD, target, MOVE_MOUNT_F_EMPTY_PATH), target);
    }
  }

  /// Whether it worked; that the path is missing is no failure.
  bool where_there(int result, const char* where) {
    if (result != 0 && errno != ENOENT && errno != ENOTDIR) give_up(ContainerStep::kMounts, where);
    return result == 0;
  }

  [[noreturn]] void exec_program() {
    std::array<char*, 3> arguments{program_.data(), page_fd_.data(), nullptr};
    std::array<char*, 1> environment{nullptr};
    if (::chdir("/") == 0) ::execve(program_.c_str(), arguments.data(), environment.data());
    give_up(ContainerStep::kExec, program_.c_str());
  }

  const std::string& rootfs_;
  ContainerPath path_;
  std::array<int, kDevices.size()> device_trees_ = {-1, -1, -1, -1, -1, -1};
  ContainerPage& page_;
  std::string program_ = "/noop";
  std::string page_fd_;
};

const char* name_of(ContainerStep step) {
  switch (step) {
    case ContainerStep::kNone:
      break;
    case ContainerStep::kNamespace:
      return "cannot make the container's mount namespace";
    case ContainerStep::kMounts:
      return "cannot make the container's mount on ";
    case ContainerStep::kRootSwitch:
      return "cannot switch the container's root";
    case ContainerStep::kOldRootUmount:
      return "cannot leave the container's old root";
    case ContainerStep::kExec:
      return "cannot run the container's program ";
  }
  return "the container failed";
}

int64_t to_ns(const timeval& time) {
  return (time.tv_sec * 1'000'000LL + time.tv_usec) * 1000;
}

}  // namespace

Result<void> make_container_rootfs(const std::string& rootfs) {
  for (const char* folder : {"", "/proc", "/dev", "/sys"}) {
    const std::string path = rootfs + folder;
    if (::mkdir(path.c_str(), 0755) != 0 && errno != EEXIST) return fail_errno("cannot make " + quoted(path), errno);
  }
  const std::string program = rootfs + "/noop";
  const UniqueFd fd(::open(program.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0755));
  if (!fd.valid()) return fail_errno("cannot make " + quoted(program), errno);
  return write_all(fd.get(), noop_program(), program);
}

Result<ContainerEnd> start_builtin_container(const BuiltinContainer& container) {
  ContainerPage& page = *container.page;
  page = {};
  const unsigned long net = container.new_net ? CLONE_NEWNET : 0;
  const unsigned long mounts = container.path == ContainerPath::kPivot ? CLONE_NEWNS : 0;
  const unsigned long flags = mounts | CLONE_NEWPID | CLONE_NEWUTS | CLONE_NEWIPC | net | SIGCHLD;
  Inside inside(container);
  page.moments_ns[kCalled] = monotonic_ns();
  const auto pid = static_cast<pid_t>(::syscall(SYS_clone, flags, nullptr, nullptr, nullptr, nullptr));
  if (pid == 0) inside.run();
  if (pid < 0) return fail_errno("cannot make the container's namespaces", errno);
  int status = 0;
  rusage usage{};
  while (::wait4(pid, &status, 0, &usage) < 0) {
    if (errno != EINTR) return fail_errno("cannot wait for the container", errno);
  }
  page.moments_ns[kReaped] = monotonic_ns();
  if (page.failed_in != ContainerStep::kNone) {
    page.failed_at[sizeof page.failed_at - 1] = '\0';
    return fail_errno(std::string(name_of(page.failed_in)) + printable(page.failed_at), page.errno_value);
  }
  return ContainerEnd{.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : -1,
                      .cpu_ns = to_ns(usage.ru_utime) + to_ns(usage.ru_stime),
                      .voluntary_switches = usage.ru_nvcsw};
}

}  // namespace umb
