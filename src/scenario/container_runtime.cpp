// SPDX-License-Identifier: Apache-2.0
#include "base/clock.h"
#include "base/file.h"
#include "base/text.h"
#include "base/unique_fd.h"
#include "scenario/container_bundle.h"
#include "scenario/container_ways.h"
#include "scenario/last_words.h"
#include "sys/call_alarm.h"
#include "sys/cgroup.h"
#include "sys/cgroup_mounts.h"
#include "sys/knob.h"
#include "sys/private_mounts.h"
#include "sys/subprocess.h"
#include "sys/traced_run.h"

#include <array>
#include <cerrno>
#include <optional>
#include <vector>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace umb {

namespace {

constexpr int64_t kEmptyLimitNs = 1'000'000'000;
constexpr int64_t kVersionLimitNs = 2'000'000'000;
/// Codes that no runtime ends with by itself: these keep to 1 and what is above 100.
constexpr int kFirstExitCode = 20;
constexpr int kExitCodes = 60;
constexpr size_t kVersionLimit = 120;
constexpr size_t kAnswerLimit = size_t{16} * 1024;
/// The caller's would have their say otherwise: with NOTIFY_SOCKET a runtime sets up more.
const std::vector<std::string> kSettings{"LC_ALL=C", "PATH=/usr/sbin:/usr/bin:/sbin:/bin"};

class Runtime final : public ContainerStart {
 public:
  explicit Runtime(RuntimeOptions options)
      : options_(std::move(options)), bundle_(options_.folder + "/bundle"), log_path_(options_.folder + "/log") {}

  Result<void> enter() override {
    UMB_TRY(enter_own_mounts());
    UMB_TRY(mount_cgroups(read_knob("/proc/self/cgroup").value_or(""), options_.control_group.roots,
                          options_.plain_cgroup2));
    log_.reset(::open(log_path_.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_APPEND | O_NOFOLLOW | O_CLOEXEC, 0600));
    if (!log_.valid()) return fail_errno("cannot make " + quoted(log_path_), errno);
    UMB_ASSIGN(alarm_, CallAlarm::make());
    UMB_TRY(try_out());
    version_ = first_line(options_.program, "--version");
    return {};
  }

  [[nodiscard]] Facts facts() const override {
    const auto known = [](const std::string& text) { return text.empty() ? FactValue() : FactValue(text); };
    return {{"container_path", known(path_)}, {"runtime_version", known(version_)}};
  }

  Result<void> get_ready() override {
    UMB_ASSIGN(const std::vector<std::string> arguments, next_container());
    program_.emplace(arguments, ProgramPlace{.output_fd = log_.get(), .environment = kSettings, .alarm = alarm_.get()});
    return {};
  }

  Result<ContainerTimes> start() override {
    ContainerTimes times;
    times.phases_ns.fill(kMissing);
    alarm_->arm(options_.limit_ns);
    times.began_ns = monotonic_ns();
    const TimedProgram::Outcome outcome = program_->execute();
    times.ended_ns = monotonic_ns();
    alarm_->disarm();
    times.cpu_ns = outcome.cpu_ns;
    times.voluntary_switches = outcome.voluntary_switches;
    if (outcome.errno_value != 0) return fail_errno("cannot start " + quoted(options_.program), outcome.errno_value);
    if (outcome.timed_out) return too_slow();
    if (outcome.exit_code != exit_code_) return refused(outcome.exit_code);
    return times;
  }

  void leave() override {
    for (const std::string& root : cgroup_roots()) (void)kill_cgroup(root + options_.control_group.path, kEmptyLimitNs);
  }

 private:
  /// A container that is not measured: whether this is a runtime, and which calls it makes. Where tracing is not
  /// allowed the latter stays unknown.
  Result<void> try_out() {
    UMB_ASSIGN(const std::vector<std::string> arguments, next_container());
    const Result<TracedRun> traced = run_traced(arguments, kSettings, log_.get(), options_.limit_ns);
    if (!traced.has_value() && traced.error().kind == ErrorKind::kUnavailable) {
      UMB_TRY(get_ready());
      const Result<ContainerTimes> plain = start();
      return plain.has_value() ? Result<void>() : Failure(plain.error());
    }
    if (!traced.has_value()) return Failure(traced.error());
    if (traced->timed_out) return too_slow();
    if (traced->exit_code != exit_code_) return refused(traced->exit_code);
    path_ = container_path_of(traced->calls);
    return {};
  }

  /// Writes the config of the next container; the command that runs it.
  Result<std::vector<std::string>> next_container() {
    const std::string id = "c" + std::to_string(++count_);
    exit_code_ = kFirstExitCode + static_cast<int>(count_ % kExitCodes);
    UMB_TRY(write_config(options_.control_group.path + "/" + id));
    if (::ftruncate(log_.get(), 0) != 0) return fail_errno("cannot empty " + quoted(log_path_), errno);
    return std::vector<std::string>{options_.program, "--root", options_.folder + "/state", "run", "--bundle",
                                    bundle_,          id};
  }

  static std::string first_line(const std::string& program, const std::string& option) {
    const Result<ProgramResult> answer = run_program({program, option}, kVersionLimitNs, kAnswerLimit);
    if (!answer.has_value() || answer->timed_out) return {};
    return printable(split(trimmed(answer->output), '\n').front().substr(0, kVersionLimit));
  }

  [[nodiscard]] Result<void> write_config(const std::string& control_group) const {
    const std::string path = bundle_ + "/config.json";
    const UniqueFd fd(::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0600));
    if (!fd.valid()) return fail_errno("cannot make " + quoted(path), errno);
    return write_all(fd.get(), bundle_config({control_group, options_.new_net, exit_code_}), path);
  }

  [[nodiscard]] Failure too_slow() const {
    Failure failed = fail(quoted(options_.program) + " could not run the container",
                          "not done within " + human_duration(options_.limit_ns));
    failed.value().errno_value = ETIMEDOUT;
    return failed;
  }

  [[nodiscard]] Failure refused(int exit_code) const {
    const std::string words = last_words_in(log_.get());
    std::string how = exit_code < 0 ? "it was ended by a signal" : "exit code " + std::to_string(exit_code);
    if (exit_code == 0) {
      how =
          "it ended well without running the container's program: no OCI runtime, or one whose 'run' doesn't pass on "
          "the program's exit code";
    }
    Failure failed =
        fail(quoted(options_.program) + " could not run the container", how + (words.empty() ? "" : ": " + words));
    failed.value().errno_value = EIO;
    return failed;
  }

  RuntimeOptions options_;
  std::string bundle_;
  std::string log_path_;
  UniqueFd log_;
  std::unique_ptr<CallAlarm> alarm_;
  std::optional<TimedProgram> program_;  ///< of the next start
  int64_t count_ = 0;
  int exit_code_ = 0;  ///< of the present container's program
  std::string path_, version_;
};

}  // namespace

std::unique_ptr<ContainerStart> make_runtime_start(RuntimeOptions options) {
  return std::make_unique<Runtime>(std::move(options));
}

}  // namespace umb
