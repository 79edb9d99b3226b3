// SPDX-License-Identifier: Apache-2.0
#include "vm/accelerator.h"

#include "base/text.h"
#include "base/unique_fd.h"
#include "vm/tiny_guest.h"

#include <algorithm>
#include <cerrno>
#include <map>
#include <mutex>

#include <fcntl.h>

namespace umb {

namespace {

/// The answer to "does KVM work" of this process, by QEMU.
std::string remembered_kvm_trouble(const QemuProgram& qemu) {
  static std::mutex guard;
  static std::map<std::string, std::string> answers;
  const std::lock_guard lock(guard);
  const auto known = answers.find(qemu.path);
  if (known != answers.end()) return known->second;
  return answers[qemu.path] = kvm_trouble(qemu, "/dev/kvm", kTinyGuestLimitNs);
}

}  // namespace

std::vector<std::string> accelerator_words() {
  return {"auto", "kvm", "tcg"};
}

Result<AcceleratorChoice> parse_accelerator(const std::string& word) {
  if (word == "auto") return AcceleratorChoice::kAuto;
  if (word == "kvm") return AcceleratorChoice::kKvm;
  if (word == "tcg") return AcceleratorChoice::kTcg;
  return fail_usage("there is no accelerator " + quoted(word), "", suggestion(word, accelerator_words()));
}

std::string kvm_trouble(const QemuProgram& qemu, const std::string& device, int64_t limit_ns) {
  const UniqueFd opened(::open(device.c_str(), O_RDWR | O_CLOEXEC));
  const int failed = opened.valid() ? 0 : errno;
  if (failed == ENOENT) return printable(device) + " is not there";
  if (failed == EACCES || failed == EPERM) return errno_text(failed) + ": be in group kvm";
  if (failed != 0) return printable(device) + ": " + errno_text(failed);
  return tiny_guest_trouble(qemu, "kvm", limit_ns);
}

Result<Accelerator> choose_accelerator(AcceleratorChoice asked, const QemuProgram& qemu) {
  if (asked == AcceleratorChoice::kTcg) return Accelerator{"tcg", "asked for"};
  const std::string trouble = remembered_kvm_trouble(qemu);
  if (trouble.empty()) return Accelerator{"kvm", ""};
  if (asked == AcceleratorChoice::kAuto) return Accelerator{"tcg", trouble};
  return fail("KVM does not work here", trouble, "--accel tcg emulates the processor: slower, but it works everywhere",
              ErrorKind::kUnavailable);
}

}  // namespace umb
