// SPDX-License-Identifier: Apache-2.0
#include "vm/guest.h"

#include "base/clock.h"
#include "base/file.h"
#include "base/text.h"
#include "sys/attached_program.h"
#include "sys/host_file.h"
#include "vm/guest_job.h"
#include "vm/guest_line.h"
#include "vm/guest_root.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>

#include <fcntl.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/reboot.h>
#include <sys/utsname.h>
#include <sys/wait.h>
#include <unistd.h>

namespace umb {

namespace {

constexpr const char* kModuleFolder = "/modules";
constexpr const char* kOutFolder = "/job/out";
constexpr std::string_view kHostName = "umountbench-guest";
constexpr int64_t kJobLimitNs = 120'000'000'000;

Result<void> require_init() {
  if (::getpid() == 1) return {};
  return fail_usage("this is what runs inside a guest", "it is not the first process of a machine",
                    "umountbench vm run boots one");
}

[[noreturn]] void power_off() {
  ::sync();
  (void)::reboot(RB_POWER_OFF);
  while (true) ::pause();
}

void say_on_console(const std::string& text) {
  std::fprintf(stderr, "umountbench: %s\n", printable(text).c_str());
}

Result<std::vector<std::string>> set_up() {
  UMB_TRY(set_up_guest_root());
  std::vector<std::string> troubles = load_modules(kModuleFolder);
  for (const std::string& trouble : troubles) say_on_console(trouble);
  return troubles;
}

Result<Bundle> out_files() {
  Bundle bundle;
  for (const std::string& name : host_names({}, kOutFolder)) {
    UMB_ASSIGN(bundle[name], read_file(std::string(kOutFolder) + "/" + name, kMaxBundleBytes));
  }
  return bundle;
}

Result<void> serve(GuestLine& line, const JobMain& job_main) {
  UMB_TRY(set_up());
  ::sethostname(kHostName.data(), kHostName.size());
  utsname names{};
  ::uname(&names);
  const std::string hello = std::string(names.release) + "\n" + std::to_string(monotonic_ns());
  UMB_ASSIGN(const Job job, line.ask_for_job(hello, kJobLimitNs));
  UMB_ASSIGN(const int exit_code, run_job(job, job_main, line));
  UMB_ASSIGN(const Bundle files, out_files());
  UMB_ASSIGN(const std::string packed, pack(files));
  UMB_TRY(line.send_files(packed));
  return line.send(FrameKind::kDone, std::to_string(exit_code));
}

}  // namespace

std::vector<std::string> words_for_init(std::vector<std::string> words) {
  const auto last = std::find(words.rbegin(), words.rend(), kGuestWord);
  if (last != words.rend()) words.erase(words.begin(), last.base() - 1);
  return words;
}

Result<void> be_guest(const JobMain& job_main) {
  UMB_TRY(require_init());
  Result<GuestLine> line = GuestLine::open();
  if (!line.has_value()) {
    say_on_console(line.error().text());
    power_off();
  }
  const Result<void> served = serve(*line, job_main);
  if (!served.has_value()) {
    say_on_console(served.error().text());
    (void)line->send(FrameKind::kTrouble, served.error().text());
  }
  power_off();
}

Result<void> be_guest_with_shell() {
  UMB_TRY(require_init());
  if (const auto troubles = set_up(); !troubles.has_value()) say_on_console(troubles.error().text());
  const pid_t shell = ::fork();
  if (shell == 0) {
    ::setsid();
    const int terminal = ::open("/dev/ttyS0", O_RDWR | O_CLOEXEC);
    ::ioctl(terminal, TIOCSCTTY, 0);
    for (const int fd : {0, 1, 2}) ::dup2(terminal, fd);
    ::execl("/bin/sh", "sh", static_cast<char*>(nullptr));
    say_on_console("there is no /bin/sh in this guest");
    ::_exit(127);
  }
  while (::wait(nullptr) != shell) {
  }
  power_off();
}

}  // namespace umb
