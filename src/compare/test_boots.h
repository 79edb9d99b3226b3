// SPDX-License-Identifier: Apache-2.0
// Made-up boots for tests of compare/.
#pragma once

#include "compare/compare.h"
#include "compare/digest.h"
#include "testing/record_builder.h"

#include <cmath>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <vector>

namespace umb {

inline constexpr const char* kPlainId = "umount/fs=tmpfs/mode=plain/method=syscall/rcu=default";

/// A boot of `kernel` whose samples lie evenly around `centre_ns`, up to a tenth away; boot 0 is measured at 12:00,
/// each further one two minutes later, so that kernels of the same numbers were measured in one session.
struct MadeBoot {
  std::string kernel = "6.12.1";
  int number = 0;
  double centre_ns = 40'000;
  std::string id = kPlainId;
  size_t count = 100;
  int start_minute = 0;

  [[nodiscard]] std::string at(int minute) const {
    const int all = start_minute + 2 * number + minute;
    const std::string hour = std::to_string(12 + all / 60);
    const std::string rest = std::to_string(all % 60);
    return "2025-04-08T" + hour + ":" + (rest.size() < 2 ? "0" : "") + rest + ":00.000Z";
  }
  [[nodiscard]] RunRecord record() const {
    const auto low = static_cast<int64_t>(centre_ns * 0.9);
    const auto high = static_cast<int64_t>(centre_ns * 1.1);
    return record_of({made_case(id, even_samples(count, low, high, 1))});
  }
  [[nodiscard]] RunRecord record_of(std::vector<CaseRecord> cases) const {
    RunRecord run = made_run(std::move(cases));
    run.run.id = kernel + " run " + std::to_string(number);
    run.boot_id = kernel + " boot " + std::to_string(number);
    run.run.started_at = at(0);
    run.run.finished_at = at(1);
    for (Fact& fact : run.environment_before) {
      if (fact.key == "kernel_release") fact.value = kernel;
    }
    return run;
  }
  [[nodiscard]] std::string source() const { return kernel + "-" + std::to_string(number) + ".json"; }
  [[nodiscard]] BootDigest boot() const { return digest(record(), plan(), source()); }
  [[nodiscard]] static PlanFacts plan() {
    return {.name = "compare",
            .settings = {{"samples", int64_t{300}}, {"settle", std::string("random")}},
            .gate = {},
            .cases = {kPlainId}};
  }
};

/// Boots that differ by `noise` (a share) from their centre, to and fro.
inline std::vector<BootDigest> made_boots(const std::string& kernel, size_t count, double centre_ns,
                                          double noise = 0.01, int start_minute = 0) {
  std::vector<BootDigest> boots;
  for (size_t i = 0; i < count; ++i) {
    const double away = std::sin(static_cast<double>(i) * 2.3 + static_cast<double>(kernel.size()));
    boots.push_back(MadeBoot{.kernel = kernel,
                             .number = static_cast<int>(i),
                             .centre_ns = centre_ns * (1 + noise * away),
                             .start_minute = start_minute}
                        .boot());
  }
  return boots;
}

inline Comparison judged(std::vector<BootDigest> a, std::vector<BootDigest> b, const CompareOptions& options = {}) {
  auto comparison = compare({{.name = "A", .boots = std::move(a)}, {.name = "B", .boots = std::move(b)}}, options);
  if (!comparison.has_value()) throw std::runtime_error(comparison.error().text());
  return *std::move(comparison);
}

inline const Row& only_row(const Comparison& comparison) {
  return comparison.pairs.at(0).rows.at(0);
}

}  // namespace umb
