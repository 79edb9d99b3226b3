// SPDX-License-Identifier: Apache-2.0
// What runs in a container that is started to be measured: nothing. Static, and a program of its own. Given the number
// of a descriptor, it writes the time of its end into the ContainerPage behind it, as its last act. Given "exit" and a
// code it ends with that, which a runtime passes on: so is known that it ran.
#include "sys/container_page.h"

#include <cstdlib>
#include <ctime>

#include <sys/mman.h>
#include <unistd.h>

int main(int argc, char** argv) {
  if (argc > 2) return std::atoi(argv[2]);
  if (argc < 2) return 0;
  void* shared = ::mmap(nullptr, umb::kContainerPageBytes, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_POPULATE,
                        std::atoi(argv[1]), 0);
  if (shared == MAP_FAILED) return 1;
  auto* page = static_cast<umb::ContainerPage*>(shared);
  timespec now{};
  ::clock_gettime(CLOCK_MONOTONIC, &now);
  page->moments_ns[umb::kProgramEnded] = static_cast<int64_t>(now.tv_sec) * 1'000'000'000 + now.tv_nsec;
  ::_exit(0);
}
