// SPDX-License-Identifier: Apache-2.0
#include "app/command_line.h"
#include "vm/guest.h"

#include <clocale>
#include <string>
#include <string_view>
#include <vector>

#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

namespace {

/// What whoever started us may have left us: a closed stdin, stdout or stderr, whose number the ledger or a socket
/// would get (what is written there still fails, /dev/null being open for reading), and SIGCHLD ignored, with which no
/// program's end can be waited for.
void stand_on_firm_ground() {
  for (const int fd : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    if (::fcntl(fd, F_GETFD) < 0) (void)::open("/dev/null", O_RDONLY);
  }
  ::signal(SIGCHLD, SIG_DFL);
}

}  // namespace

int main(int argc, char** argv) {
  stand_on_firm_ground();
  std::setlocale(LC_ALL, "C");
  std::vector<std::string> words(argv + (argc > 0 ? 1 : 0), argv + argc);
  if (argc > 0 && std::string_view(argv[0]) == "/init" && ::getpid() == 1) words = umb::words_for_init(words);
  return umb::run_command_line(words);
}
