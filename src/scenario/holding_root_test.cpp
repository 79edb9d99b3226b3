// SPDX-License-Identifier: Apache-2.0
// Mounts that are held when they are taken off, on the real kernel, each in a sandbox, as in a worker.
#include "fixture/holder.h"
#include "scenario/test_on_the_kernel.h"

#include <tuple>

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

namespace umb {
namespace {

constexpr int kSamples = 20;

class EachHolder : public ::testing::TestWithParam<std::tuple<std::string, std::string>> {
 protected:
  void SetUp() override {
    if (::geteuid() != 0) GTEST_SKIP() << "needs root";
    const std::string reason = lacking(find_file_system(fs())->needs);
    if (!reason.empty()) GTEST_SKIP() << reason;
  }
  [[nodiscard]] static std::string fs() { return std::get<0>(GetParam()); }
  [[nodiscard]] static const HolderInfo& holder() { return *find_holder(std::get<1>(GetParam())); }

  /// Trouble, failed checks and errnos; or the checks that held, and how many samples told a release.
  static std::string told(const std::string& mode, const std::string& method = "syscall") {
    return in_sandbox([&](const std::string& folder) -> std::string {
      const Case spec = case_of(*find_scenario("umount"),
                                {{"fs", fs()}, {"mode", mode}, {"method", method}, {"holder", holder().name}});
      const TakenSamples taken = take_samples(spec, folder, kSamples);
      if (!taken.trouble.empty()) return taken.trouble;
      const std::string failed = failed_checks(taken.checks);
      if (!failed.empty()) return failed;
      int released = 0;
      int refused = 0;
      for (const Sample& sample : taken.samples) {
        if (sample.errno_value != 0) return errno_text(sample.errno_value);
        if (sample.not_released) return "not released";
        released += sample.released_ns != kMissing ? 1 : 0;
        refused += sample.phases[0] == 1 ? 1 : 0;
      }
      if (released + refused == kSamples) return "released";
      return released == 0 ? looked_at(taken.checks) : "some released";
    });
  }
  [[nodiscard]] static std::string expected_of_plain() {
    return holder().plain == PlainOutcome::kRefused ? "ebusy_as_expected" : "released";
  }
};

TEST_P(EachHolder, makes_a_plain_umount_end_as_it_must) {
  EXPECT_EQ(told("plain"), expected_of_plain());
}

TEST_P(EachHolder, lets_go_after_a_lazy_umount_and_then_all_is_released) {
  EXPECT_EQ(told("lazy"), "released");
}

class EachHolderOfATmpfs : public EachHolder {};

TEST_P(EachHolderOfATmpfs, does_so_for_libmount_and_the_umount_program_too) {
  for (const char* method : {"libmount", "exec"}) {
    EXPECT_EQ(told("plain", method), expected_of_plain()) << method;
    EXPECT_EQ(told("lazy", method), "released") << method;
  }
}

std::vector<std::string> names() {
  std::vector<std::string> all;
  for (const HolderInfo& info : holders()) all.push_back(info.name);
  return all;
}

std::string test_name(const ::testing::TestParamInfo<std::tuple<std::string, std::string>>& test) {
  return std::get<0>(test.param) + "_" + std::get<1>(test.param);
}
INSTANTIATE_TEST_SUITE_P(OnTheKernel, EachHolder,
                         ::testing::Combine(::testing::Values("tmpfs", "ext4", "overlay"),
                                            ::testing::ValuesIn(names())),
                         test_name);
INSTANTIATE_TEST_SUITE_P(OnTheKernel, EachHolderOfATmpfs,
                         ::testing::Combine(::testing::Values("tmpfs"), ::testing::ValuesIn(names())), test_name);

TEST(HolderOnTheKernel, trouble_in_holding_names_what_cannot_be_held) {
  if (::geteuid() != 0) GTEST_SKIP() << "needs root";
  const std::string told = in_sandbox([](const std::string& folder) -> std::string {
    for (const char* made : {"/bind-source", "/bind-source/held"}) {
      if (::mkdir((folder + made).c_str(), 0700) != 0) return "mkdir";
    }
    return take_samples(case_of(*find_scenario("umount"), {{"fs", "bind"}, {"holder", "open_fd"}}), folder, 1).trouble;
  });
  EXPECT_NE(told.find("cannot hold"), std::string::npos) << told;
}

}  // namespace
}  // namespace umb
