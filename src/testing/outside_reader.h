// SPDX-License-Identifier: Apache-2.0
// What other programs say of a text of ours.
#pragma once

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include <sys/wait.h>
#include <unistd.h>

namespace umb {

struct ReaderAnswer {
  int exit_code = -1;
  std::string output;
};

/// Runs `command` by a shell with the text in a file, whose path stands for each "FILE" in it; 30 s at most.
[[nodiscard]] inline ReaderAnswer ask_reader(const std::string& text, std::string command) {
  std::string path = (std::filesystem::temp_directory_path() / "umb-reader-XXXXXX").string();
  const int fd = ::mkstemp(path.data());
  if (fd < 0) return {};
  ::close(fd);
  std::ofstream(path, std::ios::binary) << text;
  for (size_t at = command.find("FILE"); at != std::string::npos; at = command.find("FILE", at + path.size())) {
    command.replace(at, 4, path);
  }
  ReaderAnswer answer;
  if (std::FILE* pipe = ::popen(("timeout 30 " + command + " 2>&1 </dev/null").c_str(), "r"); pipe != nullptr) {
    for (int letter = std::fgetc(pipe); letter != EOF; letter = std::fgetc(pipe)) {
      answer.output += static_cast<char>(letter);
    }
    const int status = ::pclose(pipe);
    answer.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }
  std::filesystem::remove(path);
  return answer;
}

/// Whether the shell finds a program, or a command says so by its exit code.
[[nodiscard]] inline bool works_here(const std::string& command) {
  return ask_reader("", command).exit_code == 0;
}

}  // namespace umb
