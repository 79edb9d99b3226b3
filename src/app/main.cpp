// SPDX-License-Identifier: Apache-2.0
#include "app/command_line.h"

#include <clocale>
#include <exception>
#include <string>
#include <vector>

int main(int argc, char** argv) {
  std::setlocale(LC_ALL, "C");
  return umb::run_command_line(std::vector<std::string>(argv + (argc > 0 ? 1 : 0), argv + argc));
}
