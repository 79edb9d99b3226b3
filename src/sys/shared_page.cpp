// SPDX-License-Identifier: Apache-2.0
#include "sys/shared_page.h"

#include <cerrno>

#include <sys/mman.h>

namespace umb {

Result<SharedPage> SharedPage::make() {
  UniqueFd fd(::memfd_create("umountbench", 0));
  if (!fd.valid() || ::ftruncate(fd.get(), kBytes) != 0) return fail_errno("cannot make a shared page", errno);
  void* memory = ::mmap(nullptr, kBytes, PROT_READ | PROT_WRITE, MAP_SHARED, fd.get(), 0);
  if (memory == MAP_FAILED) return fail_errno("cannot map a shared page", errno);
  return SharedPage(std::move(fd), memory);
}

SharedPage::~SharedPage() {
  if (memory_ != nullptr) ::munmap(memory_, kBytes);
}

}  // namespace umb
