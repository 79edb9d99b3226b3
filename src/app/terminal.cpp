// SPDX-License-Identifier: Apache-2.0
#include "app/terminal.h"

#include "base/log.h"

#include <cstdlib>
#include <string>

#include <sys/ioctl.h>
#include <unistd.h>

namespace umb {

namespace {

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value != nullptr ? value : "";
}

bool locale_is_utf8() {
  for (const char* name : {"LC_ALL", "LC_CTYPE", "LANG"}) {
    const std::string value = environment(name);
    if (value.empty()) continue;
    return value.find("UTF-8") != std::string::npos || value.find("utf8") != std::string::npos;
  }
  return false;
}

size_t terminal_width(int fd) {
  winsize size{};
  if (::isatty(fd) == 0 || ::ioctl(fd, TIOCGWINSZ, &size) != 0) return 0;
  return size.ws_col;
}

}  // namespace

bool log_is_json(const Arguments& arguments) {
  return arguments.value("log-format") == "json";
}

bool wants_color(const Arguments& arguments, int fd) {
  const std::string when = arguments.value("color").value_or("auto");
  if (when != "auto") return when == "always";
  return environment("NO_COLOR").empty() && environment("TERM") != "dumb" && ::isatty(fd) != 0;
}

void configure_log(const Arguments& arguments) {
  const LogLevel threshold = arguments.has("quiet")     ? LogLevel::kWarning
                             : arguments.has("verbose") ? LogLevel::kDebug
                                                        : LogLevel::kInfo;
  log_configure(log_is_json(arguments) ? LogFormat::kJson : LogFormat::kText, threshold,
                wants_color(arguments, STDERR_FILENO));
}

RenderOptions render_options(const Arguments& arguments) {
  return {.width = terminal_width(STDOUT_FILENO),
          .color = wants_color(arguments, STDOUT_FILENO),
          .unicode = locale_is_utf8(),
          .in_test_suite = !environment("KSFT_TAP_LEVEL").empty()};
}

}  // namespace umb
