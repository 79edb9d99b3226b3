// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace umb {

/// What a program had to say, in one line: the last one of its log that is not indented, cut to some 300 bytes; "" when
/// it said nothing.
[[nodiscard]] std::string last_words(const std::string& log);

/// The same of an open file, of which the last 16 KiB are read.
[[nodiscard]] std::string last_words_in(int log_fd);

}  // namespace umb
