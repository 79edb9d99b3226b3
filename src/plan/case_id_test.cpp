// SPDX-License-Identifier: Apache-2.0
#include "plan/case_id.h"

#include "plan/test_scenarios.h"

#include <gtest/gtest.h>

namespace umb {
namespace {

const ScenarioInfo kUmount = test_scenarios().front();

std::vector<Parameter> umount_with(const std::string& name, const std::string& value) {
  std::vector<Parameter> parameters;
  parameters.reserve(kUmount.parameters.size());
  for (const ParameterInfo& info : kUmount.parameters) {
    parameters.push_back({info.name, info.name == name ? value : info.default_value});
  }
  return parameters;
}

TEST(CaseId, leaves_out_what_is_at_its_default_but_for_what_is_always_there) {
  EXPECT_EQ(make_case_id(kUmount, umount_with("", "")).value(),
            "umount/fs=tmpfs/mode=plain/method=syscall/rcu=as-found");
  EXPECT_EQ(make_case_id(kUmount, umount_with("files", "100")).value(),
            "umount/fs=tmpfs/mode=plain/method=syscall/rcu=as-found/files=100");
}

TEST(CaseId, keeps_the_declared_order_whatever_the_order_given) {
  std::vector<Parameter> parameters = umount_with("rcu", "normal");
  std::reverse(parameters.begin(), parameters.end());
  EXPECT_EQ(make_case_id(kUmount, parameters).value(), "umount/fs=tmpfs/mode=plain/method=syscall/rcu=normal");
}

TEST(CaseId, is_not_renamed_by_a_parameter_that_is_added_later) {
  ScenarioInfo later = kUmount;
  later.parameters.insert(later.parameters.begin(), {"shape", "", {"round", "square"}, "round", false, 0, 0});
  std::vector<Parameter> parameters = umount_with("fs", "ext4");
  const std::string before = make_case_id(kUmount, parameters).value();
  parameters.push_back({"shape", "round"});
  EXPECT_EQ(make_case_id(later, parameters).value(), before);
}

TEST(CaseId, refuses_words_that_do_not_fit_and_missing_values) {
  for (const char* wrong : {"", "EXT4", "a/b", "a=b", "a b", "ä"}) {
    EXPECT_FALSE(make_case_id(kUmount, umount_with("fs", wrong)).has_value()) << wrong;
  }
  std::vector<Parameter> parameters = umount_with("", "");
  parameters.pop_back();
  EXPECT_EQ(make_case_id(kUmount, parameters).error().why, "no value for 'api'");
}

}  // namespace
}  // namespace umb
