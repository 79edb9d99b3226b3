// SPDX-License-Identifier: Apache-2.0
#include "scenario/command_programs.h"

#include "base/text.h"
#include "scenario/last_words.h"

#include <cerrno>
#include <cstdlib>

#include <fcntl.h>
#include <nlohmann/json.hpp>
#include <unistd.h>

namespace umb {

namespace {

std::vector<std::string> environment() {
  std::vector<std::string> settings{"LC_ALL=C", "PATH=/usr/sbin:/usr/bin:/sbin:/bin"};
  // The worker's own: without it mount(8) and umount(8) make /run/mount on the host.
  if (const char* utab = ::getenv("LIBMOUNT_UTAB")) settings.push_back(std::string("LIBMOUNT_UTAB=") + utab);
  return settings;
}

std::string how_it_failed(const TimedProgram::Outcome& outcome) {
  if (outcome.errno_value != 0) return "it cannot be run: " + errno_text(outcome.errno_value);
  if (outcome.timed_out) return "not done within its time limit";
  if (outcome.signal != 0) return "ended by signal " + std::to_string(outcome.signal);
  return "exit code " + std::to_string(outcome.exit_code);
}

}  // namespace

std::vector<std::vector<std::string>> decode_programs(const std::string& text) {
  using Json = nlohmann::json;
  const Json json = Json::parse(text, nullptr, false);
  if (!json.is_array() || json.empty()) return {};
  try {
    if (json[0].is_string()) return {json.get<std::vector<std::string>>()};
    return json.get<std::vector<std::vector<std::string>>>();
  } catch (const Json::exception&) {
    return {};
  }
}

Result<std::unique_ptr<CommandStage>> CommandStage::make(const std::string& folder) {
  const std::string log_path = folder + ".log";
  UniqueFd log(::open(log_path.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_APPEND | O_NOFOLLOW | O_CLOEXEC, 0600));
  if (!log.valid()) return fail_errno("cannot make " + umb::quoted(log_path), errno);
  UMB_ASSIGN(std::unique_ptr<CallAlarm> alarm, CallAlarm::make());
  return std::unique_ptr<CommandStage>(new CommandStage(folder, std::move(log), std::move(alarm)));
}

Result<std::unique_ptr<TimedProgram>> CommandStage::program(std::vector<std::string> arguments) const {
  const std::string path = find_program(arguments.at(0));
  if (path.empty()) return fail(umb::quoted(arguments[0]) + " is not installed", "", "", ErrorKind::kUnavailable);
  arguments[0] = path;
  return std::make_unique<TimedProgram>(
      std::move(arguments),
      ProgramPlace{.folder = folder_, .error_fd = log_.get(), .environment = environment(), .alarm = alarm_.get()});
}

Result<void> CommandStage::clear() {
  if (::ftruncate(log_.get(), 0) != 0) return fail_errno("cannot empty the log of a program", errno);
  return {};
}

Result<void> CommandStage::judge(const std::string& program, const TimedProgram::Outcome& outcome) const {
  if (outcome.errno_value == 0 && !outcome.timed_out && outcome.exit_code == 0) return {};
  const std::string words = last_words_in(log_.get());
  return fail(umb::quoted(program) + " failed", how_it_failed(outcome) + (words.empty() ? "" : ": " + words));
}

}  // namespace umb
