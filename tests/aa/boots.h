// SPDX-License-Identifier: Apache-2.0
// Boots of one kernel and plan, taken apart into series: what a false alarm is looked for in.
#pragma once

#include "base/result.h"
#include "model/digest.h"
#include "model/record.h"

#include <map>
#include <string>
#include <vector>

namespace umb::aa {

/// One boot's values of one case.
struct Boot {
  double log_value = 0;         ///< what the program compares: ln of the Harrell-Davis median
  double log_trimmed = 0;       ///< ln of the mean without 20% at either end; only with samples
  std::vector<double> samples;  ///< as they came, at most kMostSamples, evenly chosen; none from a baseline by `shrink`
};
inline constexpr size_t kMostSamples = 2000;

/// One case over the boots that have it, in the order in which they were given.
struct Series {
  std::string name;
  std::vector<Boot> boots;
  [[nodiscard]] bool has_samples() const;
};

/// Series of the very same boots: a drawn group of boots is one for all of them.
using Set = std::vector<Series>;

/// Takes boots one after another. Runs of one boot id are one boot.
class Collector {
 public:
  explicit Collector(std::string metric) : metric_(std::move(metric)) {}
  /// `prefix` keeps cases of one name apart that are not of one kernel; empty: none.
  void add(const RunRecord& record, const PlanFacts& plan, const std::string& source, const std::string& prefix);
  void add(const BootDigest& digest);
  /// Cases that some boot lacks make a set of their own. Once.
  [[nodiscard]] std::vector<Set> take();

 private:
  struct Parts {
    std::vector<double> logs;
    std::vector<int64_t> samples;
  };
  struct Case {
    std::string name;
    std::vector<std::string> boot_keys;  ///< in order
    std::map<std::string, Parts> boots;
  };
  Parts* add_value(const std::string& name, const BootDigest& boot, const CaseDigest& one);
  Case& case_of(const std::string& name);

  std::string metric_;
  std::vector<Case> cases_;
};

/// The boots of a result, a journal or a baseline.
[[nodiscard]] Result<void> read_result_file(const std::string& path, const std::string& metric, Collector& to);

/// A table of samples: a line of column names, among them boot, mode, flag and umount_ns (which is return_ns; another
/// metric is the column of its name), then one sample a line, a boot's in the order in which they were taken. Every
/// mode and flag is a case; the first 10% of a boot's are its warm-up.
[[nodiscard]] Result<void> read_csv_file(const std::string& path, const std::string& metric, Collector& to);

}  // namespace umb::aa
