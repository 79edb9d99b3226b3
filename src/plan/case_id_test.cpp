// SPDX-License-Identifier: Apache-2.0
#include "plan/case_id.h"

#include "plan/test_scenarios.h"

#include <algorithm>
#include <set>

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

ScenarioInfo container_of_paths() {
  return {"container", "", {{.name = "runtime", .values = {"builtin"}, .always_in_id = true, .or_path = true}}, {}};
}

TEST(CaseId, has_a_path_as_one_word_that_reads_like_it) {
  const auto id_of = [](const std::string& path) {
    return make_case_id(container_of_paths(), {{"runtime", path}}).value();
  };
  EXPECT_EQ(id_of("/usr/local/bin/youki"), "container/runtime=_usr_local_bin_youki");
  EXPECT_EQ(id_of("/opt/My runc_2"), "container/runtime=_opt___4dy__20runc__5f2");
  EXPECT_EQ(id_of("builtin"), "container/runtime=builtin");
}

TEST(CaseId, never_has_one_word_for_two_paths) {
  const std::vector<std::string> alike{"/a/b",   "/a_b",  "/a.b",    "/a__b", "/a/_b",  "/a_/b",
                                       "/a__5f", "/a/5f", "/a__5fb", "/A/b",  "/a__2f", "/\xc3\xa4"};
  std::set<std::string> words;
  for (const std::string& path : alike) words.insert(id_word_of_path(path));
  EXPECT_EQ(words.size(), alike.size());
}

TEST(CaseId, takes_plain_absolute_paths_only) {
  EXPECT_TRUE(check_path("/usr/bin/crun").has_value());
  for (const char* wrong :
       {"", "crun", "./crun", "/", "/usr//bin", "/usr/../bin", "/usr/./bin", "/usr/bin/", "/a\nb"}) {
    EXPECT_FALSE(check_path(wrong).has_value()) << wrong;
  }
  EXPECT_FALSE(check_path("/" + std::string(600, 'x')).has_value());
  EXPECT_FALSE(make_case_id(container_of_paths(), {{"runtime", "/usr/../bin"}}).has_value());
  EXPECT_FALSE(make_case_id(kUmount, umount_with("fs", "/ext4")).has_value());
}

TEST(CaseId, refuses_words_that_do_not_fit_and_missing_values) {
  for (const char* wrong : {"", "EXT4", "a/b", "a=b", "a b", "ä"}) {
    EXPECT_FALSE(make_case_id(kUmount, umount_with("fs", wrong)).has_value()) << wrong;
  }
  std::vector<Parameter> parameters = umount_with("", "");
  parameters.pop_back();
  EXPECT_EQ(make_case_id(kUmount, parameters).error().why, "no value for 'holder'");
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
