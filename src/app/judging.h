// SPDX-License-Identifier: Apache-2.0
// What compare and ab have in common: options, judging, output, exit code.
#pragma once

#include "app/command.h"
#include "app/outputs.h"
#include "base/result.h"
#include "compare/compare.h"

#include <string>
#include <vector>

namespace umb {

/// --threshold, --alpha, --all, --fail-on, --format, --write.
[[nodiscard]] std::vector<OptionInfo> judging_options();

/// What those options say, checked: kUsage before anything is read or measured.
struct Judging {
  CompareOptions options;
  bool all = false;
  std::string fail_on;  ///< "slower", "inconclusive" or "never"
  Output output;
  std::vector<Output> extra;
};
/// `place` is where the main output goes, "-" for stdout.
[[nodiscard]] Result<Judging> judging_of(const Arguments& arguments, const std::string& place);

/// The gate family as the baseline's plan declares it.
[[nodiscard]] Result<void> use_gate(const Gate& gate, CompareOptions& options);
[[nodiscard]] Result<void> use_gate_of(const std::vector<Side>& sides, CompareOptions& options);

/// Whether one of the outputs does: then boots must be digested with curves.
[[nodiscard]] bool shows_pictures(const Judging& judging);
/// Writes every output, and annotations for GitHub where it runs this.
[[nodiscard]] Result<void> write_comparison(const Comparison& comparison, const Judging& judging,
                                            const Arguments& arguments);

[[nodiscard]] int exit_code_of(const Comparison& comparison, const std::string& fail_on);

}  // namespace umb
