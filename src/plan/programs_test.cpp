// SPDX-License-Identifier: Apache-2.0
// Cases of the scenario `command` from config to plan.
#include "plan/case_id.h"
#include "plan/expand.h"
#include "plan/limits.h"
#include "plan/test_scenarios.h"
#include "plan/two_settings.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace umb {
namespace {

using testing::HasSubstr;

Result<Plan> expanded(const std::string& keys) {
  UMB_ASSIGN(const Config config, parse_config(R"({"cases": [{"scenario": "command", )" + keys + "}]}", "x.json"));
  return expand(config, {}, test_scenarios());
}

std::string refused(const std::string& keys) {
  const Result<Plan> plan = expanded(keys);
  if (plan.has_value()) return "accepted";
  EXPECT_EQ(plan.error().kind, ErrorKind::kUsage);
  EXPECT_FALSE(plan.error().hint.empty()) << keys;
  return plan.error().text();
}

TEST(Programs, are_a_list_of_texts_or_a_list_of_such_lists_and_never_in_the_id) {
  const auto plan = expanded(R"("name": "sqfs-1", "rcu": "normal", "prepare": [["mkdir", "a"], ["mount", "x", "a a"]],
                                "measure": ["umount", "m", "m"], "conclude": [["true"]])");
  ASSERT_TRUE(plan.has_value()) << plan.error().text();
  const Case& one = plan->cases.at(0);
  EXPECT_EQ(one.id, "command/name=sqfs-1/rcu=normal");
  EXPECT_EQ(one.value("prepare"), R"([["mkdir","a"],["mount","x","a a"]])");
  EXPECT_EQ(one.value("measure"), R"(["umount","m","m"])");
  EXPECT_EQ(one.value("conclude"), R"(["true"])");
}

TEST(Programs, before_and_after_a_sample_may_be_missing_and_the_measured_one_and_the_name_may_not) {
  const auto plan = expanded(R"("name": "n", "measure": ["true"])");
  ASSERT_TRUE(plan.has_value()) << plan.error().text();
  EXPECT_EQ(plan->cases[0].value("prepare"), "[]");
  EXPECT_EQ(refused(R"("name": "n")"), "config 'x.json': /cases/0: no key 'measure'");
  EXPECT_EQ(refused(R"("measure": ["true"])"), "config 'x.json': /cases/0: no key 'name'");
}

TEST(Programs, of_the_wrong_shape_are_refused_with_their_place) {
  const std::string at = R"("name": "n", "measure": )";
  EXPECT_EQ(refused(at + R"("umount m")"),
            "config 'x.json': /cases/0/measure: expected a program with its arguments as a list, found a text");
  EXPECT_THAT(refused(at + "[]"), HasSubstr("/measure: an empty list"));
  EXPECT_THAT(refused(at + R"(["umount", 1])"), HasSubstr("/measure/1: expected a text, found a number"));
  EXPECT_THAT(refused(at + R"([["true"], ["true"]])"), HasSubstr("/measure: 2 programs"));
  EXPECT_THAT(refused(at + R"([["true"], "x"])"), HasSubstr("/measure/1: expected a program"));
  EXPECT_THAT(refused(at + R"([""])"), HasSubstr("/measure/0: '' is no program"));
  EXPECT_THAT(refused(at + R"(["./here"])"), HasSubstr("/measure/0: './here' is no program"));
  EXPECT_THAT(refused(at + "[\"a\\u0000b\"]"), HasSubstr("/measure/0: a NUL character"));
}

TEST(Programs, have_limits) {
  const auto texts = [](size_t count, const std::string& text) {
    std::string list = "[\"true\"";
    for (size_t i = 1; i < count; ++i) list += ", \"" + text + "\"";
    return list + "]";
  };
  const std::string at = R"("name": "n", "measure": )";
  EXPECT_EQ(refused(at + texts(kMaxArguments, "x")), "accepted");
  EXPECT_THAT(refused(at + texts(kMaxArguments + 1, "x")), HasSubstr("101 arguments"));
  EXPECT_THAT(refused(at + texts(2, std::string(kMaxArgumentBytes + 1, 'x'))), HasSubstr("a text of 4097 bytes"));
  EXPECT_THAT(refused(at + texts(10, std::string(kMaxArgumentBytes, 'x'))), HasSubstr("bytes of programs"));
  std::string many = "[[\"true\"]";
  for (size_t i = 0; i < kMaxPrograms; ++i) many += ", [\"true\"]";
  EXPECT_THAT(refused(R"("name": "n", "measure": ["true"], "prepare": )" + many + "]"), HasSubstr("21 programs"));
}

TEST(Programs, may_hold_any_text_on_one_line) {
  const auto plan = expanded("\"name\": \"n\", \"measure\": [\"sh\", \"-c\", \"a\\nb \\u001b[1m \\\"é\\\"\"]");
  ASSERT_TRUE(plan.has_value()) << plan.error().text();
  EXPECT_EQ(plan->cases[0].value("measure"), "[\"sh\",\"-c\",\"a\\nb \\u001b[1m \\\"é\\\"\"]");
}

TEST(CaseName, is_a_word_of_a_case_id) {
  const std::string rest = R"(", "measure": ["true"])";
  EXPECT_EQ(refused(R"("name": "a.b_c-9)" + rest), "accepted");
  for (const char* name : {"A", "a b", "a/b", "ä", "a=b"}) {
    EXPECT_EQ(refused(R"("name": ")" + std::string(name) + rest),
              "config 'x.json': /cases/0/name: '" + std::string(name) + "' is no name for a case");
  }
  EXPECT_THAT(refused(R"("name": ")" + std::string(kMaxCaseNameBytes + 1, 'a') + rest), HasSubstr("is no name"));
}

TEST(CaseName, stands_for_one_case_only) {
  const auto config = parse_config(R"({"cases": [{"scenario": "command", "name": "n", "measure": ["true"]},
                                                 {"scenario": "command", "name": "n", "measure": ["false"]}]})",
                                   "x.json");
  const auto plan = expand(config.value(), {}, test_scenarios());
  ASSERT_FALSE(plan.has_value());
  EXPECT_THAT(plan.error().text(), HasSubstr("the case command/name=n/rcu=as-found a second time"));
}

TEST(Programs, are_unknown_to_other_scenarios) {
  const auto config = parse_config(R"({"cases": [{"scenario": "umount", "measure": ["true"]}]})", "x.json");
  const auto plan = expand(config.value(), {}, test_scenarios());
  ASSERT_FALSE(plan.has_value());
  EXPECT_EQ(plan.error().text(), "config 'x.json': /cases/0/measure: unknown key");
}

TEST(Programs, are_no_setting_that_two_sides_can_differ_in) {
  const auto config =
      parse_config(R"({"cases": [{"scenario": "command", "name": "n", "measure": ["true"]}]})", "x.json");
  const auto pairs = [&](const std::string& name, const std::string& a, const std::string& b) {
    return expand_pairs(config.value(), {}, {{name, a}}, {{name, b}}, test_scenarios());
  };
  for (const char* name : {"name", "measure"}) {
    const auto refused = pairs(name, "x", "y");
    ASSERT_FALSE(refused.has_value());
    EXPECT_EQ(refused.error().text(), "no scenario has the parameter '" + std::string(name) + "'");
  }
  const auto plan = pairs("rcu", "default", "normal");
  ASSERT_TRUE(plan.has_value()) << plan.error().text();
  EXPECT_EQ(plan->cases.at(1).id, "command/name=n/rcu=normal");
  EXPECT_EQ(plan->cases.at(1).value("measure"), R"(["true"])");
}

}  // namespace
}  // namespace umb
