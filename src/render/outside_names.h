// SPDX-License-Identifier: Apache-2.0
// A case's id as other programs take it: one function for all of them, so that a case has the same name everywhere.
#pragma once

#include "base/result.h"
#include "render/case_tests.h"

#include <string>
#include <vector>

namespace umb {

/// How an id's "umount/fs=tmpfs" is written.
struct NameStyle {
  char slash;
  char equals;
};
inline constexpr NameStyle kAsItIs{'/', '='};
inline constexpr NameStyle kColons{'/', ':'};  ///< umount/fs:tmpfs, Google Benchmark's
inline constexpr NameStyle kFolders{'/', '-'};
inline constexpr NameStyle kDotted{'.', '-'};  ///< umount.fs-tmpfs: nothing but [A-Za-z0-9_.-]

/// The case's id, and as further parameters what else tells its figures from others: "metric=released_ns", but for
/// return_ns; "side=B", "result=a.json", where there are several. A slash in these is written "|".
[[nodiscard]] std::string full_id(const TestCase& one);

/// Each id in that style, [A-Za-z0-9_.-] and the two signs alone, no part empty, 220 letters at most. An id with other
/// letters and a longer one get a checksum of the id behind, the same id twice a number. A name depends on its id
/// alone, so that it has a history; refuse_collisions() sees to it that it is no other id's too.
[[nodiscard]] std::vector<std::string> outside_names(const std::vector<std::string>& ids, NameStyle style);
[[nodiscard]] std::vector<std::string> outside_names(const std::vector<TestCase>& cases, NameStyle style);
/// One id by itself.
[[nodiscard]] std::string outside_name(const std::string& id, NameStyle style);
/// kUsage where two different ids have one name: "a/b=c.d" and "a/b=c/d" where slashes are dots.
[[nodiscard]] Result<void> refuse_collisions(const std::vector<std::string>& ids, NameStyle style);

}  // namespace umb
