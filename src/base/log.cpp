// SPDX-License-Identifier: Apache-2.0
#include "base/log.h"

#include "base/text.h"

#include <array>
#include <memory>

#include <spdlog/sinks/ansicolor_sink.h>
#include <spdlog/spdlog.h>

namespace umb {

namespace {

LogFormat the_format = LogFormat::kText;

spdlog::logger& logger() {
  static const std::shared_ptr<spdlog::logger> instance = [] {
    auto sink = std::make_shared<spdlog::sinks::ansicolor_stderr_sink_st>(spdlog::color_mode::never);
    auto made = std::make_shared<spdlog::logger>("umountbench", std::move(sink));
    made->set_pattern("%v");
    made->flush_on(spdlog::level::trace);
    return made;
  }();
  return *instance;
}

struct LevelName {
  const char* json;
  const char* text;
  spdlog::level::level_enum spdlog_level;
};

LevelName name_of(LogLevel level) {
  constexpr std::array<LevelName, 4> kNames{{{"debug", "debug: ", spdlog::level::debug},
                                             {"info", "", spdlog::level::info},
                                             {"warning", "warning: ", spdlog::level::warn},
                                             {"error", "error: ", spdlog::level::err}}};
  return kNames[static_cast<size_t>(level)];
}

std::string as_json(const LogLine& line) {
  std::string json = std::string(R"({"level":")") + name_of(line.level).json + "\"";
  if (!line.code.empty()) json += ",\"code\":" + json_string(line.code);
  json += ",\"message\":" + json_string(line.message);
  if (!line.hint.empty()) json += ",\"hint\":" + json_string(line.hint);
  if (!line.case_id.empty()) json += ",\"case\":" + json_string(line.case_id);
  if (line.errno_value != 0) json += ",\"errno\":" + std::to_string(line.errno_value);
  return json + "}";
}

std::string as_text(const LogLine& line) {
  std::string text = std::string("umountbench: ") + name_of(line.level).text;
  if (!line.case_id.empty()) text += printable(line.case_id) + ": ";
  text += printable(line.message);
  if (!line.hint.empty()) text += "\numountbench: hint: " + printable(line.hint);
  return text;
}

}  // namespace

void log_configure(LogFormat format, LogLevel threshold, bool color) {
  the_format = format;
  logger().set_level(name_of(threshold).spdlog_level);
  auto* sink = dynamic_cast<spdlog::sinks::ansicolor_stderr_sink_st*>(logger().sinks().front().get());
  sink->set_color_mode(color ? spdlog::color_mode::always : spdlog::color_mode::never);
  logger().set_pattern(color && format == LogFormat::kText ? "%^%v%$" : "%v");
  if (color) sink->set_color(spdlog::level::info, sink->reset);
}

void log(const LogLine& line) {
  logger().log(name_of(line.level).spdlog_level, "{}", the_format == LogFormat::kJson ? as_json(line) : as_text(line));
}

void log_info(std::string message) {
  log({.level = LogLevel::kInfo, .message = std::move(message)});
}
void log_debug(std::string message) {
  log({.level = LogLevel::kDebug, .message = std::move(message)});
}
void log_warning(std::string code, std::string message, std::string hint, std::string case_id) {
  log({.level = LogLevel::kWarning,
       .code = std::move(code),
       .message = std::move(message),
       .hint = std::move(hint),
       .case_id = std::move(case_id)});
}
void log_error(const Error& error) {
  constexpr std::array<const char*, 3> kCodes{"failed", "usage", "unavailable"};
  log({.level = LogLevel::kError,
       .code = kCodes[static_cast<size_t>(error.kind)],
       .message = error.text(),
       .hint = error.hint,
       .errno_value = error.errno_value});
}

}  // namespace umb
