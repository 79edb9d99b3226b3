// SPDX-License-Identifier: Apache-2.0
#include "app/vm_boots.h"

#include "app/vm_files.h"
#include "result/reader.h"
#include "result/writer.h"
#include "testing/record_builder.h"
#include "testing/temporary_folder.h"

#include <atomic>
#include <filesystem>
#include <fstream>
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace umb {
namespace {

using testing::HasSubstr;

std::string made_result(const std::string& label) {
  RunRecord record = made_run({});
  record.run.label = label;
  std::string text;
  EXPECT_TRUE(write_result(record, [&](std::string_view piece) {
                text += piece;
                return Result<void>();
              }).has_value());
  return text;
}

/// Boots that are made up: the nth one of a cell ends as the nth of its list says, the last one again and again.
class VmBoots : public testing::Test {
 protected:
  struct MadeBoot {
    BootHow how = BootHow::kDone;
    int exit_code = 0;
    bool disturbed = false;
    std::string result = made_result("first");
    std::string grown;
  };

  VmBoots() {
    plan_.choice.appends = {""};
    plan_.guests.kernels.push_back({.label = "k", .spec = "", .files = {}, .initramfs = ""});
    plan_.guests.accelerator = {"tcg", "asked for"};
    options_.folder = folder_.path();
    options_.session = "s";
    options_.make_boot = [this](const BootRequest&, const StopFlag&, BootListener& listener) -> Result<BootEnd> {
      const MadeBoot& made = next();
      if (!made.grown.empty()) listener.grown({"result.json.partial", 0, made.grown});
      if (made.how == BootHow::kNoHello) return fail("QEMU could not boot the guest");
      BootEnd end;
      end.how = made.how;
      end.exit_code = made.exit_code;
      end.reason = made.how == BootHow::kDone ? "" : "Kernel panic";
      if (made.how == BootHow::kDone) end.files[kGuestResult] = made.result;
      return end;
    };
    options_.judge = [this](const MachineMoment&) {
      Disturbance host;
      host.disturbed = made_[std::min(made_.size(), static_cast<size_t>(begun_)) - 1].disturbed;
      return host;
    };
  }

  const MadeBoot& next() { return made_[std::min(made_.size() - 1, static_cast<size_t>(begun_++))]; }
  BootsEnd boot(size_t count = 1) {
    cells_.clear();
    for (size_t i = 1; i <= count; ++i) {
      cells_.push_back({.id = "k.boot" + std::to_string(i), .side = "k", .boot = static_cast<int64_t>(i)});
    }
    return boot_all(plan_, cells_, options_, stop_);
  }
  [[nodiscard]] bool there(const std::string& name) const { return std::filesystem::exists(folder_.at(name)); }
  [[nodiscard]] std::string label() const {
    const auto loaded = load_result(folder_.at("k.boot1.json"));
    return loaded.has_value() ? loaded->record.run.label : loaded.error().text();
  }

  TemporaryFolder folder_;
  VmPlan plan_;
  BootsOptions options_;
  StopFlag stop_;
  std::vector<BootCell> cells_;
  std::vector<MadeBoot> made_{{}};
  std::atomic<int> begun_ = 0;
};

TEST_F(VmBoots, keep_the_result_with_what_the_host_knows) {
  const BootsEnd end = boot();
  ASSERT_TRUE(end.went.has_value()) << end.went.error().text();
  EXPECT_EQ(end.cells[0].how, BootHow::kDone);
  const auto loaded = load_result(folder_.at("k.boot1.json"));
  ASSERT_TRUE(loaded.has_value()) << loaded.error().text();
  EXPECT_EQ(loaded->record.run.session, "s");
  EXPECT_EQ(fact_text(loaded->record.environment_before, "accelerator"), "tcg");
  EXPECT_FALSE(there("k.boot1.partial"));
}

TEST_F(VmBoots, take_a_calm_second_boot_in_the_place_of_a_disturbed_one) {
  made_ = {{.disturbed = true}, {.result = made_result("second")}};
  const BootsEnd end = boot();
  EXPECT_FALSE(end.cells[0].disturbed);
  EXPECT_EQ(label(), "second");
  EXPECT_TRUE(there("k.boot1.console.log"));
  EXPECT_FALSE(there("k.boot1.again.console.log"));
}

TEST_F(VmBoots, leave_the_first_result_when_the_second_is_disturbed_fails_in_more_or_breaks_off) {
  for (const MadeBoot& second :
       {MadeBoot{.disturbed = true, .result = made_result("second")},
        MadeBoot{.exit_code = 1, .result = made_result("second")}, MadeBoot{.how = BootHow::kPanic, .grown = "journal"},
        MadeBoot{.result = "no result"}}) {
    std::filesystem::remove(folder_.at("k.boot1.json"));
    begun_ = 0;
    made_ = {{.disturbed = true}, second};
    const BootsEnd end = boot();
    EXPECT_TRUE(end.went.has_value());
    EXPECT_EQ(end.cells[0].how, BootHow::kDone);
    EXPECT_TRUE(end.cells[0].disturbed);
    EXPECT_EQ(label(), "first");
    EXPECT_TRUE(there("k.boot1.console.log")) << "of the boot whose result is kept";
    EXPECT_FALSE(there("k.boot1.json.partial")) << "which comparing would take for a boot";
    EXPECT_EQ(there("k.boot1.again.partial"), second.how == BootHow::kPanic);
  }
}

TEST_F(VmBoots, do_not_boot_again_when_that_is_not_wanted) {
  made_ = {{.disturbed = true}};
  options_.repeat_disturbed = false;
  (void)boot();
  EXPECT_EQ(begun_, 1);
}

TEST_F(VmBoots, keep_the_journal_of_a_boot_that_broke_off_and_go_on) {
  made_ = {{.how = BootHow::kPanic, .grown = "a journal"}, {}};
  const BootsEnd end = boot(2);
  EXPECT_TRUE(end.went.has_value());
  EXPECT_EQ(end.cells[0].how, BootHow::kPanic);
  EXPECT_EQ(end.cells[1].how, BootHow::kDone);
  std::ifstream journal(folder_.at("k.boot1.partial"));
  EXPECT_EQ(std::string(std::istreambuf_iterator<char>(journal), {}), "a journal");
  EXPECT_FALSE(there("k.boot1.json"));
}

TEST_F(VmBoots, keep_the_journal_when_the_result_can_not_be_read) {
  made_ = {{.result = "{", .grown = "a journal"}};
  const BootsEnd end = boot();
  EXPECT_EQ(end.cells[0].how, BootHow::kTrouble);
  EXPECT_THAT(end.cells[0].reason, HasSubstr("the guest's result can't be read"));
  EXPECT_TRUE(there("k.boot1.partial"));
}

TEST_F(VmBoots, begin_no_more_after_a_qemu_that_can_not_be_started_and_keep_what_is_there) {
  made_ = {{}, {.how = BootHow::kNoHello}};
  const BootsEnd end = boot(3);
  ASSERT_FALSE(end.went.has_value());
  EXPECT_EQ(end.cells[0].how, BootHow::kDone);
  EXPECT_EQ(end.cells[2].reason, "not begun");
  EXPECT_TRUE(there("k.boot1.json"));
}

TEST_F(VmBoots, begin_nothing_after_a_signal) {
  stop_.request(15);
  const BootsEnd end = boot(2);
  EXPECT_EQ(end.cells[1].how, BootHow::kStopped);
  EXPECT_EQ(begun_, 0);
}

TEST_F(VmBoots, run_side_by_side_each_with_its_own_result) {
  options_.jobs = 4;
  const BootsEnd end = boot(16);
  ASSERT_TRUE(end.went.has_value());
  for (const CellEnd& cell : end.cells) {
    EXPECT_EQ(cell.how, BootHow::kDone);
    EXPECT_TRUE(there(cell.cell->id + ".json"));
  }
}

}  // namespace
}  // namespace umb
