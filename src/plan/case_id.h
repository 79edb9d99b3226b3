// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "model/case.h"

#include <string>
#include <string_view>
#include <vector>

namespace umb {

/// The stable name of a case: "SCENARIO/name=value/…" in the scenario's declared order, whatever the order of
/// `parameters`, leaving out what is at its default unless it is always there, and programs: a parameter added later
/// renames nothing. Fails (a mistake in a scenario's description, not the user's) when a parameter has no value or a
/// word of the id isn't `[a-z0-9_.-]+`.
[[nodiscard]] Result<std::string> make_case_id(const ScenarioInfo& scenario, const std::vector<Parameter>& parameters);

/// A path as a word of an id: every `/` becomes `_`, and every byte that an id can't have, `_` itself too, `__` and its
/// two hexadecimal digits. Two plain paths (check_path) never give the same word, nor does one give a word of another
/// kind: "/usr/local/bin/youki" is "_usr_local_bin_youki".
[[nodiscard]] std::string id_word_of_path(std::string_view path);

/// kUsage unless `path` is absolute and plain: printable, at most 512 bytes, and no "//", "." or ".." in it, nor a `/`
/// at its end. Whether there is such a file is not asked.
[[nodiscard]] Result<void> check_path(std::string_view path);
/// The case that an id names, for samples that come from elsewhere than a plan: scenario and parameters are those that
/// stand in it; what they mean is not asked. kUsage when it isn't made like an id.
[[nodiscard]] Result<Case> case_of_id(const std::string& id);

/// Whether `word` is `[a-z0-9_.-]+`.
[[nodiscard]] bool is_id_word(std::string_view word);

}  // namespace umb
