// SPDX-License-Identifier: Apache-2.0
#include "app/vm_progress.h"

#include "base/file.h"
#include "base/log.h"
#include "base/text.h"

#include <nlohmann/json.hpp>
#include <unistd.h>

namespace umb {

namespace {

/// The "message" of a line of the guest's log with its case; the line itself when it is none.
struct GuestLine {
  std::string level, code, text, case_id;
};

GuestLine parsed(const std::string& line) {
  const nlohmann::json json = nlohmann::json::parse(line, nullptr, false);
  const auto text = [&](const char* key) {
    const auto found = json.is_object() ? json.find(key) : json.end();
    return found != json.end() && found->is_string() ? found->get<std::string>() : std::string();
  };
  if (!json.is_object()) return {"", "", line, ""};
  return {text("level"), text("code"), text("message"), text("case")};
}

}  // namespace

void VmProgress::show(const std::string& cell, const std::string& text) {
  if (!line_) return;
  shown_ = true;
  const std::string begun = std::to_string(begun_) + " of " + std::to_string(expected_) + " boots begun, ";
  (void)write_all(STDERR_FILENO, "\r\x1b[K" + begun + printable(cell + ": " + text), "stderr");
}

void VmProgress::clear() {
  if (!shown_) return;
  shown_ = false;
  (void)write_all(STDERR_FILENO, "\r\x1b[K", "stderr");
}

void VmProgress::repeat(size_t boots) {
  const std::lock_guard lock(mutex_);
  clear();
  expected_ += boots;
  log_info("the host was disturbed in " + std::to_string(boots) + (boots == 1 ? " boot" : " boots") +
           ": once more, to have calmer ones");
}

size_t VmProgress::begins(const std::string& cell) {
  const std::lock_guard lock(mutex_);
  ++begun_;
  show(cell, "booting");
  return begun_;
}

void VmProgress::up(const std::string& cell, const std::string& release) {
  const std::lock_guard lock(mutex_);
  show(cell, release + " is up");
}

void VmProgress::said(const std::string& cell, const std::string& line) {
  const std::lock_guard lock(mutex_);
  const GuestLine said = parsed(line);
  if (said.level == "warning" || said.level == "error") {
    clear();
    log_warning(said.code.empty() ? "guest" : said.code, cell + ": " + said.text, "", said.case_id);
    return;
  }
  log_debug(cell + ": " + (said.case_id.empty() ? "" : said.case_id + ": ") + said.text);
  show(cell, said.case_id.empty() ? said.text : said.case_id);
}

void VmProgress::ended(size_t number, const std::string& cell, BootHow how, const std::string& reason,
                       const std::string& console_tail, const Disturbance& host, int64_t wall_ns) {
  const std::lock_guard lock(mutex_);
  clear();
  const std::string text = "boot " + std::to_string(number) + " of " + std::to_string(expected_) + ", " + cell + ": ";
  if (how == BootHow::kDone) {
    log({.level = LogLevel::kInfo,
         .code = "boot_done",
         .message =
             text + "done in " + human_duration(wall_ns) + (host.disturbed ? ", disturbed: " + host.reason : "")});
    return;
  }
  log_warning("boot_failed", text + reason);
  if (console_tail.empty()) return;
  for (const std::string& line : split(console_tail, '\n')) log_info("  console: " + line);
}

}  // namespace umb
