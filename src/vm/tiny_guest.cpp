// SPDX-License-Identifier: Apache-2.0
#include "vm/tiny_guest.h"

#include "base/file.h"
#include "base/text.h"
#include "base/unique_fd.h"
#include "sys/attached_program.h"
#include "sys/process.h"

#include <cerrno>
#include <vector>

#include <sys/mman.h>
#include <unistd.h>

namespace umb {

namespace {

constexpr size_t kMaxWordsOfQemu = 4096;
constexpr uint32_t kMagic = 0x1BADB002;
constexpr uint32_t kAddressesGiven = 0x00010000;
constexpr uint32_t kLoadAddress = 0x00100000;
constexpr uint32_t kHeaderBytes = 32;

void append_word(std::string& bytes, uint32_t word) {
  for (int shift = 0; shift < 32; shift += 8) bytes.push_back(static_cast<char>(word >> shift & 0xffU));
}

/// A file without a name, so that nothing is left whatever ends us, and nobody can change what QEMU loads.
Result<UniqueFd> nameless_file(const std::string& content) {
  UniqueFd file(::memfd_create("umountbench", MFD_CLOEXEC));
  if (!file.valid()) return fail_errno("cannot make a file in memory", errno);
  UMB_TRY(write_all(file.get(), content, "a file in memory"));
  return file;
}

std::string content_of(const UniqueFd& file) {
  std::string text(kMaxWordsOfQemu, '\0');
  const ssize_t got = ::pread(file.get(), text.data(), text.size(), 0);
  text.resize(got > 0 ? static_cast<size_t>(got) : 0);
  return text;
}

std::vector<std::string> qemu_command(const QemuProgram& qemu, const std::string& accelerator,
                                      const std::string& image) {
  return {qemu.path,
          "-machine",
          "q35",
          "-accel",
          accelerator,
          "-cpu",
          "max",
          "-m",
          "32",
          "-nodefaults",
          "-no-user-config",
          "-display",
          "none",
          "-no-reboot",
          "-device",
          "isa-debug-exit,iobase=0xf4,iosize=0x01",
          "-kernel",
          image};
}

struct Ended {
  bool in_time = false;
  AttachedProgram::End how;
  std::string words;
};

/// QEMU ends with us, and at the limit: a guest that hangs on KVM burns a CPU.
Result<Ended> run_limited(const std::vector<std::string>& command, const UniqueFd& image, int64_t limit_ns) {
  UMB_ASSIGN(const UniqueFd words, nameless_file(""));
  UMB_ASSIGN(AttachedProgram qemu,
             AttachedProgram::start(command,
                                    {.input = -1, .output = words.get(), .errors = words.get(), .third = image.get()}));
  Ended ended;
  UMB_ASSIGN(ended.in_time, wait_until_ended(qemu.pidfd(), limit_ns));
  qemu.kill();
  UMB_ASSIGN(ended.how, qemu.wait());
  ended.words = content_of(words);
  return ended;
}

}  // namespace

std::string tiny_guest_image() {
  std::string image;
  append_word(image, kMagic);
  append_word(image, kAddressesGiven);
  append_word(image, 0U - kMagic - kAddressesGiven);
  append_word(image, kLoadAddress);  // the header's own address
  append_word(image, kLoadAddress);
  append_word(image, 0);  // load to the file's end
  append_word(image, 0);  // no zeroed memory behind it
  append_word(image, kLoadAddress + kHeaderBytes);
  // mov al, WORD; out 0xf4, al; hlt; jmp to the hlt
  for (const int byte : {0xb0, int{kTinyGuestWord}, 0xe6, 0xf4, 0xf4, 0xeb, 0xfd}) {
    image.push_back(static_cast<char>(byte));
  }
  return image;
}

std::string tiny_guest_trouble(const QemuProgram& qemu, const std::string& accelerator, int64_t limit_ns) {
  const Result<UniqueFd> image = nameless_file(tiny_guest_image());
  if (!image.has_value()) return image.error().text();
  const Result<Ended> ended = run_limited(qemu_command(qemu, accelerator, "/proc/self/fd/3"), *image, limit_ns);
  if (!ended.has_value()) return ended.error().text();
  if (!ended->in_time) return "a guest on it did not come to its end within " + human_duration(limit_ns);
  if (ended->how.exit_code == kTinyGuestExitCode) return "";
  const std::vector<std::string> lines = split(trimmed(ended->words), '\n');
  if (!lines.back().empty()) return "QEMU says: " + printable(lines.back());
  if (ended->how.signal != 0) return "QEMU was ended by signal " + std::to_string(ended->how.signal);
  return "QEMU ended with " + std::to_string(ended->how.exit_code) + " and not as the guest asked";
}

}  // namespace umb
