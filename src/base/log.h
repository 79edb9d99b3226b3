// SPDX-License-Identifier: Apache-2.0
// Talk on stderr, the only door to spdlog. Only app/ logs above debug (design: library rooms return errors instead).
#pragma once

#include "base/result.h"

#include <string>

namespace umb {

enum class LogLevel { kDebug, kInfo, kWarning, kError };
enum class LogFormat { kText, kJson };

struct LogLine {
  LogLevel level = LogLevel::kInfo;
  std::string code;     ///< short and stable, for JSON readers
  std::string message;  ///< made printable here
  std::string hint;
  std::string case_id;
  int errno_value = 0;
};

/// Text lines are "umountbench: LEVEL: MESSAGE" ("umountbench: MESSAGE" for info) and then "umountbench: hint: HINT";
/// JSON is one object a line with level, code, message and, where known, hint, case and errno.
void log_configure(LogFormat format, LogLevel threshold, bool color);
void log(const LogLine& line);

void log_info(std::string message);
void log_debug(std::string message);
void log_warning(std::string code, std::string message, std::string hint = {}, std::string case_id = {});
void log_error(const Error& error);

}  // namespace umb
