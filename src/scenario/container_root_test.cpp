// SPDX-License-Identifier: Apache-2.0
// Containers on the real kernel, each in a sandbox, as in a worker.
#include "base/clock.h"
#include "fixture/in_sandbox.h"
#include "scenario/container_helper.h"
#include "scenario/container_ways.h"
#include "scenario/scenario.h"
#include "sys/cgroup_mounts.h"
#include "sys/open_tree_namespace.h"
#include "sys/private_mounts.h"
#include "sys/subprocess.h"
#include "testing/child.h"
#include "testing/temporary_folder.h"

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <functional>
#include <numeric>
#include <vector>

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

namespace umb {
namespace {

namespace fs = std::filesystem;

const std::string kGroup = "/umountbench-test-" + std::to_string(::getpid());
/// The host's: in a sandbox there are none.
const std::vector<std::string> kRoots = cgroup_roots();

class ContainerOnTheKernel : public ::testing::Test {
 protected:
  void SetUp() override {
    if (::geteuid() != 0) GTEST_SKIP() << "needs root";
  }
};

ContainerStartOptions options_for(const std::string& runtime, const std::string& folder, bool new_net = false) {
  return {.runtime = runtime, .folder = folder + "/container", .control_group = {kGroup, kRoots}, .new_net = new_net};
}

Result<std::unique_ptr<ContainerHelper>> helper_for(const ContainerStartOptions& options) {
  UMB_ASSIGN(std::unique_ptr<ContainerStart> how, make_container_start(options));
  return ContainerHelper::fork(std::move(how));
}

size_t processes() {
  size_t found = 0;
  for (const auto& entry : fs::directory_iterator("/proc")) {
    found += entry.path().filename().string().find_first_not_of("0123456789") == std::string::npos ? 1 : 0;
  }
  return found;
}

/// Starts five containers of a kind; "well", or what was not.
std::string five_starts(const std::string& runtime, bool new_net = false, bool unprivileged = false) {
  return in_sandbox(
      [&](const std::string& folder) -> std::string {
        const size_t mounts = mount_points()->size();
        const size_t before = processes();
        auto helper = helper_for(options_for(runtime, folder, new_net));
        if (!helper.has_value()) return "no helper: " + helper.error().text();
        if (fact_text((*helper)->facts(), "container_path") != "pivot") return "path";
        for (int i = 0; i < 5; ++i) {
          const auto times = (*helper)->start();
          if (!times.has_value()) return "no start: " + times.error().text();
          const int64_t whole_ns = times->ended_ns - times->began_ns;
          const auto& phases = times->phases_ns;
          const bool timed = std::ranges::all_of(phases, [](int64_t phase) { return phase > 0; });
          const bool none = std::ranges::all_of(phases, [](int64_t phase) { return phase == kMissing; });
          if (runtime == "builtin" ? !timed : !none) return "phases";
          if (timed && std::accumulate(phases.begin(), phases.end(), int64_t{0}) != whole_ns) return "sum of phases";
          if (whole_ns <= 0 || times->cpu_ns < 0) return "times";
        }
        (*helper)->end();
        if (mount_points()->size() != mounts) return "left a mount";
        if (!comes_true([&] { return processes() == before; }, 20'000)) return "left a process";
        return "well";
      },
      unprivileged);
}

bool group_left() {
  return std::ranges::any_of(cgroup_roots(), [](const std::string& root) { return fs::exists(root + kGroup); });
}

TEST_F(ContainerOnTheKernel, the_builtin_start_works_in_phases_and_leaves_no_process_and_no_mount) {
  EXPECT_EQ(five_starts("builtin"), "well");
  EXPECT_EQ(five_starts("builtin", true), "well");
}

TEST_F(ContainerOnTheKernel, the_builtin_start_works_in_a_user_namespace) {
  EXPECT_EQ(five_starts("builtin", false, true), "well");
  EXPECT_EQ(five_starts("builtin", true, true), "well");
}

TEST_F(ContainerOnTheKernel, a_runtime_is_timed_as_a_whole_and_leaves_no_control_group) {
  for (const char* runtime : {"crun", "runc"}) {
    if (find_program(runtime).empty()) GTEST_SKIP() << runtime << " is not installed";
    EXPECT_EQ(five_starts(runtime), "well") << runtime;
    EXPECT_EQ(five_starts(runtime, true), "well") << runtime;
    EXPECT_FALSE(group_left()) << runtime;
  }
}

TEST_F(ContainerOnTheKernel, a_runtime_may_be_given_by_its_path_and_tells_its_version) {
  const std::string path = find_program("crun");
  if (path.empty()) GTEST_SKIP() << "crun is not installed";
  EXPECT_EQ(five_starts(path), "well");
  EXPECT_FALSE(group_left());
  const std::string version = in_sandbox([&](const std::string& folder) -> std::string {
    auto helper = helper_for(options_for(path, folder));
    return helper.has_value() ? fact_text((*helper)->facts(), "runtime_version") : helper.error().text();
  });
  EXPECT_EQ(version.find("crun version "), 0U) << version;
}

/// What `judge` says of a builtin start by path=open_tree_namespace, or why there was none.
std::string started_in_own_namespace(const std::function<std::string(const ContainerTimes&)>& judge) {
  return in_sandbox([&](const std::string& folder) -> std::string {
    ContainerStartOptions options = options_for("builtin", folder);
    options.path = ContainerPath::kOwnNamespace;
    auto helper = helper_for(options);
    if (!helper.has_value()) return "no helper: " + helper.error().text();
    const auto times = (*helper)->start();
    return times.has_value() ? judge(*times) : times.error().text();
  });
}

TEST_F(ContainerOnTheKernel, the_builtin_start_in_a_namespace_of_its_own_has_no_phases_of_an_old_root) {
  if (!has_open_tree_namespace()) GTEST_SKIP() << "this kernel has no OPEN_TREE_NAMESPACE";
  const std::string told = started_in_own_namespace([](const ContainerTimes& times) -> std::string {
    const auto& phases = times.phases_ns;
    const bool none = phases[kPhaseRootSwitch] == kMissing && phases[kPhaseOldRootUmount] == kMissing;
    return none && phases[kPhaseMounts] > 0 && phases[kPhaseExecToExit] > 0 ? "well" : "phases";
  });
  EXPECT_EQ(told, "well");
}

TEST_F(ContainerOnTheKernel, a_kernel_without_such_namespaces_is_named_as_the_reason) {
  if (has_open_tree_namespace()) GTEST_SKIP() << "this kernel has OPEN_TREE_NAMESPACE";
  const std::string told = started_in_own_namespace([](const ContainerTimes&) { return std::string("it started"); });
  EXPECT_EQ(told, "cannot make the container's mount namespace: Invalid argument");
}

/// What is said of a bundle whose program is missing.
std::string said_without_program(const std::string& runtime) {
  return in_sandbox([&](const std::string& folder) -> std::string {
    auto helper = helper_for(options_for(runtime, folder));
    if (!helper.has_value()) return "no helper: " + helper.error().text();
    fs::remove(folder + "/container/bundle/rootfs/noop");
    const auto times = (*helper)->start();
    if (times.has_value()) return "it started";
    return times.error().errno_value != 0 ? times.error().text() : "no errno";
  });
}

TEST_F(ContainerOnTheKernel, a_broken_bundle_is_told_in_the_words_of_who_met_it) {
  EXPECT_EQ(said_without_program("builtin"), "cannot run the container's program /noop: No such file or directory");
  for (const char* runtime : {"crun", "runc"}) {
    if (find_program(runtime).empty()) GTEST_SKIP() << runtime << " is not installed";
    const std::string said = said_without_program(runtime);
    EXPECT_NE(said.find("could not run the container: exit code "), std::string::npos) << said;
    EXPECT_NE(said.find("/noop"), std::string::npos) << said;
    EXPECT_FALSE(group_left()) << runtime;
  }
}

/// What is said of a program that is to be the runtime.
std::string said_of(const std::string& program) {
  return in_sandbox([&](const std::string& folder) -> std::string {
    const auto helper = helper_for(options_for(program, folder));
    return helper.has_value() ? "it started" : helper.error().text();
  });
}

TEST_F(ContainerOnTheKernel, a_program_that_is_no_runtime_is_told_and_is_no_sample) {
  const std::string failed = said_of(find_program("false"));
  EXPECT_NE(failed.find("could not run the container: exit code 1"), std::string::npos) << failed;
  const std::string ended_well = said_of(find_program("true"));
  EXPECT_NE(ended_well.find("it ended well without running the container's program"), std::string::npos) << ended_well;
}

TEST_F(ContainerOnTheKernel, a_file_that_is_no_program_is_told) {
  const TemporaryFolder folder("/var/tmp");
  const std::string text = folder.path() + "/text";
  std::ofstream(text) << "This is no program.\n";
  fs::permissions(text, fs::perms::owner_all);
  EXPECT_NE(said_of(text).find("Exec format error"), std::string::npos) << said_of(text);
  EXPECT_EQ(said_of("/no/such/runtime"), "/no/such/runtime is not installed");
}

TEST_F(ContainerOnTheKernel, a_program_that_always_ends_with_the_same_code_passes_for_none) {
  const TemporaryFolder folder("/var/tmp");
  const std::string liar = folder.path() + "/liar";
  // The code that is right in the trial, and again in none of the next starts.
  std::ofstream(liar) << "#!/bin/sh\nexit 21\n";
  fs::permissions(liar, fs::perms::owner_all);
  const std::string said = in_sandbox([&](const std::string& own) -> std::string {
    auto helper = helper_for(options_for(liar, own));
    if (!helper.has_value()) return "no helper: " + helper.error().text();
    const auto times = (*helper)->start();
    return times.has_value() ? "it started" : times.error().text();
  });
  EXPECT_NE(said.find("could not run the container: exit code 21"), std::string::npos) << said;
}

TEST_F(ContainerOnTheKernel, a_runtime_that_hangs_is_killed_and_told) {
  if (find_program("crun").empty()) GTEST_SKIP() << "crun is not installed";
  const TemporaryFolder folder("/var/tmp");
  const std::string hangs = folder.path() + "/crun-hangs";
  std::ofstream(hangs) << "#!/bin/sh\ncase \"$*\" in *--version) exec crun --version; esac\n"
                          "[ -e \"$0.tried\" ] && sleep 300\n: >\"$0.tried\"\nexec crun \"$@\"\n";
  fs::permissions(hangs, fs::perms::owner_all);
  const std::string said = in_sandbox([&](const std::string& own) -> std::string {
    const auto made = make_container_start(options_for(hangs, own));
    if (!made.has_value()) return made.error().text();
    const size_t before = processes();
    auto helper = ContainerHelper::fork(make_runtime_start({.program = hangs,
                                                            .folder = own + "/container",
                                                            .control_group = {kGroup, kRoots},
                                                            .plain_cgroup2 = true,
                                                            .limit_ns = 5'000'000'000}));
    if (!helper.has_value()) return "no helper: " + helper.error().text();
    const auto times = (*helper)->start();
    (*helper)->end();
    if (!comes_true([&] { return processes() == before; }, 20'000)) return "left a process";
    return times.has_value() ? "it started" : times.error().text();
  });
  EXPECT_NE(said.find("could not run the container: not done within 5"), std::string::npos) << said;
}

TEST_F(ContainerOnTheKernel, a_runtime_gets_an_environment_of_its_own) {
  if (find_program("crun").empty()) GTEST_SKIP() << "crun is not installed";
  const TemporaryFolder folder("/var/tmp");
  const std::string tells = folder.path() + "/crun-tells";
  std::ofstream(tells) << "#!/bin/sh\n[ -z \"$NOTIFY_SOCKET\" ] || { echo it was told where to notify >&2; exit 1; }\n"
                          "exec crun \"$@\"\n";
  fs::permissions(tells, fs::perms::owner_all);
  ::setenv("NOTIFY_SOCKET", "/run/nobody", 1);
  EXPECT_EQ(five_starts(tells), "well");
  ::unsetenv("NOTIFY_SOCKET");
}

/// The median of so many builtin starts in us.
int64_t median_us(ContainerHelper& helper) {
  std::vector<int64_t> times_us;
  for (int i = 0; i < 51; ++i) {
    const auto times = helper.start();
    times_us.push_back(times.has_value() ? (times->ended_ns - times->began_ns) / 1000 : -1);
  }
  std::ranges::nth_element(times_us, times_us.begin() + 25);
  return times_us[25];
}

TEST_F(ContainerOnTheKernel, a_helper_stays_small_when_its_worker_grows) {
  const std::string told = in_sandbox([](const std::string& folder) -> std::string {
    auto helper = helper_for(options_for("builtin", folder));
    if (!helper.has_value()) return "no helper: " + helper.error().text();
    const int64_t before_us = median_us(**helper);
    const std::vector<char> grown(100'000'000, 'x');
    const int64_t after_us = median_us(**helper);
    std::fprintf(stderr, "a start takes %lld us, and %lld us beside a worker of 100 MB; the helper has %lld kB\n",
                 static_cast<long long>(before_us), static_cast<long long>(after_us),
                 static_cast<long long>((*helper)->memory_bytes() / 1000));
    return (*helper)->memory_bytes() > 0 && (*helper)->memory_bytes() < 32'000'000 && grown.back() == 'x' ? "small"
                                                                                                          : "large";
  });
  EXPECT_EQ(told, "small");
}

TEST_F(ContainerOnTheKernel, a_helper_has_no_descriptor_of_its_worker) {
  const std::string told = in_sandbox([](const std::string& folder) -> std::string {
    const UniqueFd held(::open("/dev/null", O_RDONLY));
    auto helper = helper_for(options_for("builtin", folder));
    if (!helper.has_value()) return "no helper: " + helper.error().text();
    // stdin, stdout, stderr, the channel, the page
    return std::to_string(std::distance(fs::directory_iterator("/proc/" + std::to_string((*helper)->pid()) + "/fd"),
                                        fs::directory_iterator()));
  });
  EXPECT_EQ(told, "5");
}

}  // namespace
}  // namespace umb
