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

std::string refusal_of(const std::string& id) {
  const Result<Case> one = case_of_id(id);
  if (one.has_value()) return "accepted";
  EXPECT_EQ(one.error().kind, ErrorKind::kUsage);
  EXPECT_FALSE(one.error().hint.empty());
  return one.error().text();
}

TEST(CaseOfId, has_the_scenario_and_the_parameters_of_its_id) {
  const Case one = case_of_id("umount/fs=tmpfs/method=exec").value();
  EXPECT_EQ(one.id, "umount/fs=tmpfs/method=exec");
  EXPECT_EQ(one.scenario, "umount");
  EXPECT_EQ(one.parameters.size(), 2U);
  EXPECT_EQ(one.value("method"), "exec");
}

TEST(CaseOfId, refuses_what_is_not_made_like_one) {
  EXPECT_EQ(refusal_of(""), "'' is no case id: there is no scenario at its beginning");
  EXPECT_EQ(refusal_of("Umount/fs=x"), "'Umount/fs=x' is no case id: there is no scenario at its beginning");
  EXPECT_EQ(refusal_of("umount/fs"), "'umount/fs' is no case id: 'fs' is no parameter with its value");
  EXPECT_EQ(refusal_of("umount/fs=A"), "'umount/fs=A' is no case id: 'fs=A' is no parameter with its value");
  EXPECT_EQ(refusal_of("umount/fs=a/"), "'umount/fs=a/' is no case id: '' is no parameter with its value");
  EXPECT_EQ(refusal_of("umount/fs=a/fs=b"), "'umount/fs=a/fs=b' is no case id: 'fs' is there twice");
}

}  // namespace
}  // namespace umb
