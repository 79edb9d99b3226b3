// SPDX-License-Identifier: Apache-2.0
#include "vm/qemu_program.h"

#include "base/text.h"
#include "sys/host_programs.h"
#include "sys/subprocess.h"

namespace umb {

namespace {

constexpr int64_t kLimitNs = 5'000'000'000;

Failure unavailable(const std::string& what, const std::string& why, const std::string& hint) {
  return fail(what, why, hint, ErrorKind::kUnavailable);
}

}  // namespace

Result<QemuProgram> find_qemu(const std::string& name) {
  const std::string path = find_program(name);
  if (path.empty()) {
    return unavailable("there is no QEMU here", printable(name) + " is not installed", "apt install qemu-system-x86");
  }
  const std::string what = "cannot use the QEMU " + quoted(path);
  const std::string hint = "try it by hand: " + printable(path) + " --version";
  const Result<ProgramResult> answer = run_program({path, "--version"}, kLimitNs);
  if (!answer.has_value()) return unavailable(what, answer.error().text(), hint);
  if (answer->timed_out) return unavailable(what, "--version takes longer than " + human_duration(kLimitNs), hint);
  const std::optional<std::string> version = version_in(answer->output);
  if (answer->exit_code != 0 || !version.has_value()) {
    return unavailable(what, "--version says " + quoted(trimmed(answer->output).substr(0, 200)), hint);
  }
  return QemuProgram{path, *version};
}

}  // namespace umb
