// SPDX-License-Identifier: Apache-2.0
#include "fixture/load.h"
#include "scenario/test_on_the_kernel.h"

#include <gtest/gtest.h>
#include <unistd.h>

namespace umb {
namespace {

class EachLoad : public ::testing::TestWithParam<std::string> {};

TEST_P(EachLoad, is_there_while_an_idle_tmpfs_is_unmounted_and_leaves_nothing) {
  if (::geteuid() != 0) GTEST_SKIP() << "needs root";
  for (const char* mode : {"plain", "lazy"}) {
    const std::string told = in_sandbox([&](const std::string& folder) -> std::string {
      const TakenSamples taken =
          take_samples(case_of(*find_scenario("bystander"), {{"load", GetParam()}, {"mode", mode}}), folder, 10);
      if (!taken.trouble.empty()) return taken.trouble;
      for (const Sample& sample : taken.samples) {
        if (sample.errno_value != 0) return errno_text(sample.errno_value);
        if (sample.released_ns == kMissing || sample.not_released) return "not released";
      }
      return "released";
    });
    EXPECT_EQ(told, "released") << mode;
  }
}

std::vector<std::string> names_here() {
  std::vector<std::string> all{"none"};
  for (const LoadInfo& info : loads()) {
    if (info.needs.controllers.empty()) all.push_back(info.name);
  }
  return all;
}

INSTANTIATE_TEST_SUITE_P(OnTheKernel, EachLoad, ::testing::ValuesIn(names_here()),
                         [](const auto& test) { return test.param; });

}  // namespace
}  // namespace umb
