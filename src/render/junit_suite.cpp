// SPDX-License-Identifier: Apache-2.0
#include "render/junit_suite.h"

#include "render/escape.h"
#include "render/figures.h"

#include <array>
#include <cstdio>

namespace umb {

namespace {

std::string attribute(const char* name, const std::string& value) {
  return std::string(" ") + name + "=\"" + xml_text(value) + "\"";
}

std::string lines_text(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) text += (text.empty() ? "" : "\n") + xml_text(line);
  return text;
}

std::string time_text(double seconds) {
  std::array<char, 400> text{};
  std::snprintf(text.data(), text.size(), "%.9f", seconds);
  return text.data();
}

/// Readers take only the first of two tests with one name.
std::string name_of(const TestCase& one) {
  return one.of_key.empty() ? one.id : one.id + " (" + one.of_value + ")";
}

std::string case_text(const TestCase& one) {
  std::string text =
      "  <testcase" + attribute("classname", "umountbench." + one.scenario) + attribute("name", name_of(one));
  if (one.figures.unit == "ns" && one.figures.p50)
    text += attribute("time", time_text(*one.figures.p50 / kNsPerSecond));
  const std::string lines = lines_text(one.lines);
  switch (one.outcome) {
    case TestOutcome::kPassed:
      return text + (lines.empty() ? "/>\n" : "><system-out>" + lines + "</system-out></testcase>\n");
    case TestOutcome::kSkipped:
      return text + "><skipped" + attribute("message", one.message) + "/></testcase>\n";
    case TestOutcome::kFailure:
    case TestOutcome::kError:
      break;
  }
  const std::string element = one.outcome == TestOutcome::kFailure ? "failure" : "error";
  return text + "><" + element + attribute("type", one.type) + attribute("message", one.message) + ">" + lines + "</" +
         element + "></testcase>\n";
}

std::string suite_text(const TestSuite& suite) {
  std::string text = " <testsuite" + attribute("name", suite.name) +
                     attribute("tests", std::to_string(suite.cases.size())) +
                     attribute("failures", std::to_string(count(suite.cases, TestOutcome::kFailure))) +
                     attribute("errors", std::to_string(count(suite.cases, TestOutcome::kError))) +
                     attribute("skipped", std::to_string(count(suite.cases, TestOutcome::kSkipped)));
  // Readers want no fraction and no zone.
  if (!suite.started_at.empty()) text += attribute("timestamp", suite.started_at.substr(0, 19));
  text += ">\n  <properties>\n";
  for (const auto& [name, value] : suite.properties) {
    text += "   <property" + attribute("name", name) + attribute("value", value) + "/>\n";
  }
  text += "  </properties>\n";
  for (const TestCase& one : suite.cases) text += case_text(one);
  return text + "  <system-out>" + lines_text(suite.lines) + "</system-out>\n </testsuite>\n";
}

}  // namespace

std::string junit_text(const std::string& title, const std::vector<TestSuite>& suites) {
  size_t tests = 0;
  size_t failures = 0;
  size_t errors = 0;
  for (const TestSuite& suite : suites) {
    tests += suite.cases.size();
    failures += count(suite.cases, TestOutcome::kFailure);
    errors += count(suite.cases, TestOutcome::kError);
  }
  std::string text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites" + attribute("name", title) +
                     attribute("tests", std::to_string(tests)) + attribute("failures", std::to_string(failures)) +
                     attribute("errors", std::to_string(errors)) + ">\n";
  for (const TestSuite& suite : suites) text += suite_text(suite);
  return text + "</testsuites>\n";
}

}  // namespace umb
