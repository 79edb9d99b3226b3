// SPDX-License-Identifier: Apache-2.0
#include "base/clock.h"
#include "base/file.h"
#include "base/text.h"
#include "base/unique_fd.h"
#include "scenario/container_bundle.h"
#include "scenario/container_ways.h"
#include "scenario/last_words.h"
#include "sys/cgroup.h"
#include "sys/cgroup_mounts.h"
#include "sys/knob.h"
#include "sys/mount_door.h"
#include "sys/subprocess.h"

#include <array>
#include <cerrno>
#include <vector>

#include <fcntl.h>
#include <sched.h>
#include <sys/stat.h>
#include <unistd.h>

namespace umb {

namespace {

constexpr int64_t kEmptyLimitNs = 1'000'000'000;

class Runtime final : public ContainerStart {
 public:
  explicit Runtime(RuntimeOptions options)
      : options_(std::move(options)), bundle_(options_.folder + "/bundle"), log_path_(options_.folder + "/log") {}

  Result<void> enter() override {
    if (::unshare(CLONE_NEWNS) != 0) return fail_errno("cannot make a mount namespace for the runtime", errno);
    const std::vector<std::string> hierarchies = cgroup1_hierarchies(read_knob("/proc/self/cgroup").value_or(""));
    if (hierarchies.empty() || options_.plain_cgroup2) {
      UMB_TRY(mount_cgroup2());
    } else {
      UMB_TRY(mount_cgroup1(hierarchies));
    }
    log_.reset(::open(log_path_.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_APPEND | O_NOFOLLOW | O_CLOEXEC, 0600));
    if (!log_.valid()) return fail_errno("cannot make " + quoted(log_path_), errno);
    return {};
  }

  Result<ContainerTimes> start() override {
    const std::string id = "c" + std::to_string(++count_);
    UMB_TRY(write_config(options_.control_group + "/" + id));
    if (::ftruncate(log_.get(), 0) != 0) return fail_errno("cannot empty " + quoted(log_path_), errno);
    TimedProgram program({options_.program, "--root", options_.folder + "/state", "run", "--bundle", bundle_, id},
                         log_.get());
    ContainerTimes times;
    times.phases_ns.fill(kMissing);
    times.began_ns = monotonic_ns();
    const TimedProgram::Outcome outcome = program.execute();
    times.ended_ns = monotonic_ns();
    times.cpu_ns = outcome.cpu_ns;
    times.voluntary_switches = outcome.voluntary_switches;
    if (outcome.errno_value != 0) return fail_errno("cannot start " + quoted(options_.program), outcome.errno_value);
    if (outcome.exit_code != 0) return refused(outcome.exit_code);
    return times;
  }

  void leave() override {
    for (const std::string& root : cgroup_roots()) (void)kill_cgroup(root + options_.control_group, kEmptyLimitNs);
  }

 private:
  [[nodiscard]] Result<void> write_config(const std::string& control_group) const {
    const std::string path = bundle_ + "/config.json";
    const UniqueFd fd(::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0600));
    if (!fd.valid()) return fail_errno("cannot make " + quoted(path), errno);
    return write_all(fd.get(), bundle_config({.control_group = control_group, .new_net = options_.new_net}), path);
  }

  [[nodiscard]] Failure refused(int exit_code) const {
    const std::string words = last_words_in(log_.get());
    const std::string how = exit_code < 0 ? "it was ended by a signal" : "exit code " + std::to_string(exit_code);
    Failure failed =
        fail(quoted(options_.program) + " could not run the container", how + (words.empty() ? "" : ": " + words));
    failed.value().errno_value = EIO;
    return failed;
  }

  RuntimeOptions options_;
  std::string bundle_;
  std::string log_path_;
  UniqueFd log_;
  int64_t count_ = 0;
};

}  // namespace

std::unique_ptr<ContainerStart> make_runtime_start(RuntimeOptions options) {
  return std::make_unique<Runtime>(std::move(options));
}

}  // namespace umb
