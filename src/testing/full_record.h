// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "model/record.h"

#include <string>
#include <utility>
#include <vector>

namespace umb {

/// Two rounds of one measured case, whose columns vary, are constant, hold nulls or are all null.
[[nodiscard]] inline Series full_series() {
  return {.round = {0, 0, 0, 1},
          .sequence = {0, 1, 2, 0},
          .repetition = {0, 0, 1, 0},
          .warmup = {1, 0, 0, 0},
          .started_at_ns = {1'000, 2'000, 3'000, 9'000'000'000'000'000'000},
          .errno_value = {0, 0, 16, 0},
          .metrics = {{"return_ns", {41'000, 40'123, kMissing, 39'999}},
                      {"released_ns", {kMissing, kMissing, kMissing, kMissing}},
                      {"thread_cpu_ns", {5'000, 5'000, 5'000, 5'000}}},
          .phases = {{"attach_ns", {7, 8, kMissing, 0}}}};
}

/// A record in which every field is set, and set to something that could go wrong on its way through a file.
[[nodiscard]] inline RunRecord full_record() {
  RunRecord record;
  record.tool = {"umountbench", "0.1.0", "c59caab", {{"libmount", std::string("2.38.1")}, {"benchmark", {}}}};
  record.run = {.id = "7f3a",
                .started_at = "2025-04-08T12:00:00.123Z",
                .finished_at = "2025-04-08T12:01:00.000Z",
                .interrupted = true,
                .seed = UINT64_MAX,
                .label = "caf\xc3\xa9 \"quoted\"\n\x01",
                .session = "s1",
                .config_json = R"({"name":"quick","share":0.05,"rounds":2,"cases":[{"fs":["tmpfs",null,true]}]})"};
  record.clock = {"CLOCK_MONOTONIC", 1, 23, 123'456'789'012, "2025-04-08T12:00:00.123Z"};
  record.environment_before = {{"kernel_release", std::string("6.12.1")},
                               {"cpus_possible", int64_t{2}},
                               {"load_1min", 0.25},
                               {"hz", 250.0},
                               {"preempt_rt", false},
                               {"cgroup_mode", {}},
                               {"mitigations", std::vector<std::string>{"a", "b/c"}},
                               {"modules", std::vector<std::string>{}}};
  record.environment_after = {{"kernel_release", std::string("6.12.1")}};
  record.environment_changed = {"load_1min"};
  record.boot_id = "0f1e";
  record.rounds = {{.index = 0,
                    .pid = 4711,
                    .started_at = "2025-04-08T12:00:01.000Z",
                    .order = {"umount/fs=tmpfs", "umount/fs=ext4"},
                    .foreign_cpu_share = 0.001,
                    .steal_share = {},
                    .disturbed = true,
                    .reason = "others used 12% of the CPUs",
                    .probes = {{"default.umount_ns", int64_t{12'000}}}},
                   {.index = 1, .pid = 4712, .started_at = "2025-04-08T12:00:30.000Z", .repeats_disturbed = true}};
  record.cases.resize(3);
  record.cases[0] = {.spec = {"umount/fs=tmpfs", "umount", {{"fs", "tmpfs"}, {"files", "0"}}},
                     .outcome = "measured",
                     .stop_reason = "interval",
                     .metrics = {{"return_ns", "ns", "lower", ""},
                                 {"released_ns", "ns", "lower", "not asked for"},
                                 {"thread_cpu_ns", "ns", "", ""}},
                     .checks = {{"released", "failed", "not released after 5 s"}, {"outcome", "passed", ""}},
                     .facts = {{"container_path", {}}, {"runtime_version", std::string("crun version 1.8.1")}},
                     .samples = full_series()};
  record.cases[1] = {
      .spec = {"umount/fs=ext4", "umount", {{"fs", "ext4"}}}, .outcome = "skipped", .reason = "mkfs.ext4 is missing"};
  record.cases[2] = {.spec = {"umount/fs=\x1b[31m", "umount", {}}, .outcome = "failed", .reason = "EBUSY"};
  // One whose columns vary, are constant or hold nulls, and one of a pass that could not be made.
  record.attributions = {
      {.case_id = "umount/fs=tmpfs",
       .method = "traced",
       .reason = "",
       .wall_ns = {41'000, 9'000'000},
       .causes = {{"grace_period", {40'000, 8'900'000}}, {"rest", {1'000, 100'000}}, {"sync", {0, 0}}},
       .grace_period_waits = {1, 1},
       .deferred_grace_periods = {0, 2},
       .voluntary_switches = {1, kMissing},
       .waits = {{"synchronize_rcu", "normal", 2, 8'940'000}},
       .calls = {{"umount2", 2, 9'041'000, 8'940'000, 2}},
       .missing = {"locks: \"none\" of them"},
       .dropped_samples = 3,
       .lost_events = 17,
       .floor_ns = 1'000},
      {.case_id = "umount/fs=\x1b[31m",
       .method = "",
       .reason = "somebody else traces",
       .wall_ns = {},
       .causes = {},
       .grace_period_waits = {},
       .deferred_grace_periods = {},
       .voluntary_switches = {},
       .waits = {},
       .calls = {},
       .missing = {}}};
  record.warnings = {{"rcu_mode_not_confirmed", "the probe did not change", "umount/fs=tmpfs"},
                     {"load", "the machine is busy", ""}};
  return record;
}

}  // namespace umb
