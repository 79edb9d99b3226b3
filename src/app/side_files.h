// SPDX-License-Identifier: Apache-2.0
// The files that a comparison is asked for, as digests.
#pragma once

#include "base/result.h"
#include "compare/comparison.h"
#include "compare/digest.h"

#include <string>
#include <vector>

namespace umb {

/// One side as the user wrote it: [NAME=]PATH[,PATH…], each path a file or a folder of results.
struct SideWords {
  std::string name;                ///< empty: to be found
  std::vector<std::string> files;  ///< folders opened, in the order of their names
  bool plain = false;              ///< one file, without a name
  std::string given;               ///< the word itself
};

/// kUsage when a path is not there or a folder has no results.
[[nodiscard]] Result<SideWords> parse_side(const std::string& word);

/// How many files the words name together.
[[nodiscard]] Result<size_t> count_files(const std::vector<std::string>& words);

/// Every file's runs (a baseline by `shrink` has several), read and digested on as many threads as there are CPUs, each
/// with the metric asked for beside return_ns and released_ns, at the quantiles of its plan's gate too, beside those of
/// the options; warnings of the
/// files are logged. kUsage for the first file that can't be read, and when none of them knows `metric`.
[[nodiscard]] Result<std::vector<std::vector<BootDigest>>> load_digests(const std::vector<std::string>& files,
                                                                        const std::string& metric,
                                                                        const DigestOptions& options);

/// All boots of all words, in order.
[[nodiscard]] Result<std::vector<BootDigest>> load_boots(const std::vector<std::string>& words,
                                                         const std::string& metric, const DigestOptions& options);

/// The files of folders as a nightly job fills them: the results in a folder, then those in the folders in it (symbolic
/// links are not followed). kUsage where there are none.
[[nodiscard]] Result<std::vector<std::string>> many_files(const std::vector<std::string>& words);
/// All boots of such files. One that can't be read is warned of and left out; kUsage when no other is left.
[[nodiscard]] Result<std::vector<BootDigest>> load_many_boots(const std::vector<std::string>& files,
                                                              const std::string& metric, const DigestOptions& options);

/// The sides of `compare BASELINE CANDIDATE…`: one a word; more than two plain files, or one word alone, are grouped by
/// what is under test instead, which is logged. kUsage when that gives one side only.
[[nodiscard]] Result<std::vector<Side>> load_sides(const std::vector<std::string>& words, const std::string& metric,
                                                   const DigestOptions& options);

/// The same for what is only shown: one side is enough.
[[nodiscard]] Result<std::vector<Side>> load_shown_sides(const std::vector<std::string>& words,
                                                         const DigestOptions& options);

}  // namespace umb
