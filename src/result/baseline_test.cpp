// SPDX-License-Identifier: Apache-2.0
#include "result/baseline_file.h"
#include "result/made_digest.h"
#include "result/reader.h"
#include "testing/fake_tree.h"

#include <bit>
#include <functional>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <zlib.h>

namespace umb {
namespace {

using Json = nlohmann::ordered_json;

std::string as_text(const std::vector<BootDigest>& boots) {
  std::string text;
  const Result<void> written = write_baseline(boots, [&](std::string_view piece) -> Result<void> {
    text += piece;
    return {};
  });
  EXPECT_TRUE(written.has_value()) << written.error().text();
  return text;
}

BootDigest again(const BootDigest& boot) {
  const Result<std::vector<BootDigest>> read = parse_baseline(as_text({boot}), "b.json");
  EXPECT_TRUE(read.has_value()) << read.error().text();
  return read.has_value() ? read->at(0) : BootDigest{};
}

/// All that a case holds, a double by its bits.
Json told(const CaseDigest& one) {
  const auto bits = [](double value) { return std::bit_cast<uint64_t>(value); };
  Json json{{"id", one.spec.id},
            {"scenario", one.spec.scenario},
            {"outcome", one.outcome},
            {"reason", one.reason},
            {"samples", one.samples},
            {"tau", bits(one.shape.autocorrelation_time)},
            {"trend", bits(one.shape.trend_ratio)}};
  for (const Parameter& one_of : one.spec.parameters) json["parameters"].push_back({one_of.name, one_of.value});
  for (const ErrnoCount& failed : one.errnos) json["errnos"].push_back({failed.errno_value, failed.count});
  for (const Check& check : one.failed_checks) json["checks"].push_back({check.name, check.outcome, check.message});
  for (const Fact& fact : one.facts) json["facts"].push_back({fact.key, fact_text(one.facts, fact.key)});
  for (const CountedCalls& count : one.grace_period_waits) json["waits"].push_back({count.value, count.calls});
  for (const CountedCalls& count : one.deferred_grace_periods) json["deferred"].push_back({count.value, count.calls});
  for (const Mode& mode : one.shape.modes) json["modes"].push_back({bits(mode.share), bits(mode.centre)});
  for (const MetricDigest& metric : one.metrics) {
    Json& to = json["metrics"][metric.name];
    to = {{"unit", metric.unit},
          {"better", metric.better},
          {"count", metric.count},
          {"min", bits(metric.minimum)},
          {"max", bits(metric.maximum)},
          {"grid", metric.grid},
          {"missing", metric.missing_reason}};
    for (const QuantileValue& value : metric.quantiles) to["quantiles"].push_back({bits(value.p), bits(value.value)});
  }
  return json;
}

/// A digest in which everything that is usually the same differs, and could go wrong on its way through a file.
BootDigest odd_digest() {
  BootDigest boot = made_digest({.cases = 4, .rounds = 3, .gate = {0.95}});
  boot.label = "caf\xc3\xa9 \"quoted\"\n\x01";
  boot.session = "s1";
  boot.interrupted = true;
  boot.whole.disturbed = true;
  boot.environment_changed = {"load_1min"};
  boot.environment.push_back({"unknown", {}});
  boot.environment.push_back({"hz", 250.0});
  boot.environment.push_back({"mitigations", std::vector<std::string>{"a", "b/c"}});
  boot.rcu_warnings = {{"rcu_mode_not_confirmed", "the probe did not change", boot.whole.cases[0].spec.id}};
  boot.plan.cases.pop_back();
  const auto everywhere = [&](size_t index, const std::function<void(CaseDigest&)>& change) {
    change(boot.whole.cases[index]);
    for (UnitDigest& round : boot.by_round) change(round.cases[index]);
  };
  everywhere(0, [](CaseDigest& one) {
    one.spec.parameters[4].value = "1000";  // and the id doesn't say it
    one.failed_checks = {{"released", "failed", "not released after 5 s"}, {"outcome", "failed", ""}};
    one.facts = {{"container_path", std::string("pivot")}, {"runtime_version", {}}};
    one.metrics[1].missing_reason.clear();
    one.metrics[1].unit = "1";
    one.metrics[1].better.clear();
  });
  everywhere(1, [](CaseDigest& one) {
    one.spec = {"odd\x1b[31m", "umount", {}};
    one.outcome = "failed";
    one.reason = "EBUSY";
    one.metrics.clear();
    one.shape = {};
  });
  everywhere(2, [](CaseDigest& one) {
    one.metrics[1] = {.name = "released_ns", .unit = "ns", .better = "lower", .count = 3};
    one.metrics[0].minimum += 0.1;
  });
  boot.whole.cases[3].errnos = {{16, 7}, {110, 1}};
  boot.by_round[1].cases[3].errnos = {{16, 5}};
  boot.whole.cases[2].grace_period_waits = {{0, 1}, {2, 19}};
  boot.whole.cases[2].deferred_grace_periods = {{0, 20}};
  boot.by_round[2].cases[3].metrics[0] = {.name = "return_ns",
                                          .unit = "ns",
                                          .better = "lower",
                                          .missing_reason = boot.whole.cases[3].metrics[0].missing_reason};
  boot.by_round[2].round = 7;
  return boot;
}

TEST(Baseline, gives_every_case_of_a_boot_back_to_the_last_bit) {
  const BootDigest boot = odd_digest();
  const BootDigest read = again(boot);
  ASSERT_EQ(read.whole.cases.size(), boot.whole.cases.size());
  for (size_t i = 0; i < boot.whole.cases.size(); ++i) EXPECT_EQ(told(read.whole.cases[i]), told(boot.whole.cases[i]));
}

TEST(Baseline, gives_every_round_back_with_the_quantiles_of_the_gate_and_the_median) {
  const BootDigest boot = odd_digest();
  const BootDigest read = again(boot);
  ASSERT_EQ(read.by_round.size(), 3U);
  for (size_t i = 0; i < 3; ++i) {
    EXPECT_EQ(read.by_round[i].round, boot.by_round[i].round);
    EXPECT_EQ(read.by_round[i].disturbed, boot.by_round[i].disturbed);
    ASSERT_EQ(read.by_round[i].cases.size(), boot.by_round[i].cases.size());
    for (size_t k = 0; k < boot.by_round[i].cases.size(); ++k) {
      CaseDigest wanted = boot.by_round[i].cases[k];
      for (MetricDigest& metric : wanted.metrics) {
        std::erase_if(metric.quantiles, [](const QuantileValue& one) { return one.p != 0.5 && one.p != 0.95; });
      }
      EXPECT_EQ(told(read.by_round[i].cases[k]), told(wanted)) << i;
    }
  }
}

TEST(Baseline, gives_back_what_a_boot_is_of) {
  const BootDigest boot = odd_digest();
  const BootDigest read = again(boot);
  EXPECT_EQ(read.run_id, boot.run_id);
  EXPECT_EQ(read.session, "s1");
  EXPECT_EQ(read.label, boot.label);
  EXPECT_EQ(read.boot_id, boot.boot_id);
  EXPECT_EQ(read.started_at, boot.started_at);
  EXPECT_EQ(read.finished_at, boot.finished_at);
  EXPECT_TRUE(read.interrupted);
  EXPECT_EQ(read.tool_version, "0.2.0");
  EXPECT_EQ(read.plan.name, "quick");
  EXPECT_EQ(read.plan.settings, boot.plan.settings);
  EXPECT_EQ(read.plan.gate.value_or(Gate{}).cases, ".*");
  EXPECT_EQ(read.plan.gate.value_or(Gate{}).quantiles, (std::vector<double>{0.95}));
  EXPECT_EQ(read.plan.cases, boot.plan.cases);
  EXPECT_EQ(read.clock, boot.clock);
  EXPECT_EQ(read.environment, boot.environment);
  EXPECT_EQ(read.environment_changed, boot.environment_changed);
  ASSERT_EQ(read.rcu_warnings.size(), 1U);
  EXPECT_EQ(read.rcu_warnings[0].case_id, boot.rcu_warnings[0].case_id);
  EXPECT_EQ(read.rounds, 3U);
  EXPECT_EQ(read.disturbed_rounds, boot.disturbed_rounds);
  EXPECT_TRUE(read.whole.disturbed);
  EXPECT_FALSE(read.whole.round.has_value());
  EXPECT_TRUE(read.samples_gone);
}

TEST(Baseline, of_a_plan_without_a_gate_or_of_nothing_measured_is_read_too) {
  BootDigest boot = made_digest({.cases = 2, .rounds = 2});
  boot.plan.gate.reset();
  EXPECT_FALSE(again(boot).plan.gate.has_value());
  EXPECT_EQ(again(boot).by_round[1].cases[0].metrics[0].quantiles.size(), 1U);
  boot.whole.cases.clear();
  boot.by_round.clear();
  EXPECT_EQ(again(boot).plan.cases, boot.plan.cases);
}

TEST(Baseline, names_the_boots_of_one_file_apart) {
  const auto read = parse_baseline(as_text({made_digest(), made_digest(), made_digest()}), "b.json");
  ASSERT_TRUE(read.has_value()) << read.error().text();
  EXPECT_EQ(read->at(0).source, "b.json");
  EXPECT_EQ(read->at(1).source, "b.json#2");
  EXPECT_EQ(read->at(2).source, "b.json#3");
}

TEST(Baseline, writes_the_same_text_again) {
  const std::string text = as_text({made_digest(), odd_digest()});
  const auto read = parse_baseline(text, "b.json");
  ASSERT_TRUE(read.has_value()) << read.error().text();
  EXPECT_EQ(as_text(*read), text);
}

TEST(Baseline, needs_less_than_20_kb_for_8_cases_and_7_rounds_and_little_over_1_kb_for_a_case_of_one_round) {
  const size_t eight = as_text({made_digest()}).size();
  const size_t many = as_text({made_digest({.cases = 28, .rounds = 1})}).size();
  RecordProperty("eight_cases_seven_rounds_bytes", static_cast<int>(eight));
  RecordProperty("many_cases_one_round_bytes", static_cast<int>(many));
  EXPECT_LT(eight, 20'000U);
  EXPECT_LT(many, 28U * 1'150U);
}

TEST(Baseline, has_a_line_for_each_case) {
  const std::string text = as_text({made_digest()});
  size_t lines = 0;
  for (size_t at = text.find("{\"id\":"); at != std::string::npos; at = text.find("{\"id\":", at + 1)) {
    EXPECT_LT(text.find_last_of('\n', at), text.find("\"by_round\":", at));
    EXPECT_LT(text.find("\"by_round\":", at), text.find('\n', at));
    ++lines;
  }
  EXPECT_EQ(lines, 8U);
}

TEST(Baseline, is_not_written_when_no_reader_would_take_it) {
  const auto refuses = [](const std::function<void(BootDigest&)>& spoil) {
    BootDigest boot = made_digest({.cases = 2, .rounds = 2});
    spoil(boot);
    bool asked = false;
    const Result<void> written = write_baseline({boot}, [&](std::string_view) -> Result<void> {
      asked = true;
      return {};
    });
    return !written.has_value() && !asked;
  };
  EXPECT_FALSE(refuses([](BootDigest&) {}));
  EXPECT_TRUE(refuses([](BootDigest& boot) { boot.whole.cases[0].metrics[0].quantiles[0].value = NAN; }));
  EXPECT_TRUE(refuses([](BootDigest& boot) { boot.by_round[1].cases[0].metrics[0].quantiles[0].value = 0; }));
  EXPECT_TRUE(refuses([](BootDigest& boot) { boot.whole.cases[1].metrics[0].quantiles.pop_back(); }));
  EXPECT_TRUE(refuses([](BootDigest& boot) { boot.by_round[1].cases.pop_back(); }));
  EXPECT_TRUE(refuses([](BootDigest& boot) { boot.by_round[1].cases[0].metrics.pop_back(); }));
  EXPECT_TRUE(refuses([](BootDigest& boot) { boot.whole.cases[1].spec.id = boot.whole.cases[0].spec.id; }));
  EXPECT_TRUE(refuses([](BootDigest& boot) { boot.whole.cases[0].metrics[0].grid.pop_back(); }));
  EXPECT_FALSE(write_baseline({}, [](std::string_view) -> Result<void> { return {}; }).has_value());
}

std::string gzip(const std::string& text) {
  z_stream stream{};
  ::deflateInit2(&stream, 1, Z_DEFLATED, 16 + MAX_WBITS, 9, Z_DEFAULT_STRATEGY);
  std::string packed(::deflateBound(&stream, text.size()), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = static_cast<uInt>(packed.size());
  ::deflate(&stream, Z_FINISH);
  packed.resize(packed.size() - stream.avail_out);
  ::deflateEnd(&stream);
  return packed;
}

TEST(IsBaseline, looks_at_the_first_key_of_plain_and_packed_files) {
  const std::string text = as_text({made_digest()});
  const FakeTree tree{{"a.json", text},
                      {"a.json.gz", gzip(text)},
                      {"spaced.json", " \n\t{ \n \"baseline_version\": 1"},
                      {"other.json", "{\"schema_version\": 1, \"baseline_version\": 1}"},
                      {"longer.json", "{\"baseline_versions\": 1}"},
                      {"list.json", "[\"baseline_version\"]"},
                      {"empty.json", ""},
                      {"brace.json", "{"},
                      {"space.json", std::string(3U << 20U, ' ')},
                      {"damaged.json.gz", "{\"baseline_version\": 1}"}};
  for (const char* name : {"/a.json", "/a.json.gz", "/spaced.json"}) {
    EXPECT_TRUE(is_baseline(tree.path() + name).value_or(false)) << name;
  }
  for (const char* name :
       {"/other.json", "/longer.json", "/list.json", "/empty.json", "/brace.json", "/space.json", "/damaged.json.gz"}) {
    EXPECT_FALSE(is_baseline(tree.path() + name).value_or(true)) << name;
  }
  EXPECT_EQ(is_baseline(tree.path() + "/none").error().text(), load_result(tree.path() + "/none").error().text());
  EXPECT_EQ(load_baseline(tree.path() + "/a.json.gz").value_or(std::vector<BootDigest>{}).size(), 1U);
}

TEST(Baseline, goes_into_a_file_and_comes_back_with_its_path) {
  const FakeTree tree{fake_folder("out")};
  const std::string path = tree.path() + "/out/b.json";
  Result<OutputFile> file = OutputFile::create(path);
  ASSERT_TRUE(file.has_value());
  ASSERT_TRUE(write_baseline({made_digest()}, *file).has_value());
  ASSERT_TRUE(file->commit().has_value());
  const auto read = load_baseline(path);
  ASSERT_TRUE(read.has_value()) << read.error().text();
  EXPECT_EQ(read->at(0).source, path);
}

}  // namespace
}  // namespace umb
