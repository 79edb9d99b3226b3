// SPDX-License-Identifier: Apache-2.0
#include "vm/tiny_guest.h"

#include "base/file.h"
#include "base/text.h"
#include "base/unique_fd.h"
#include "sys/remove_tree.h"
#include "sys/subprocess.h"

#include <cerrno>
#include <cstdlib>
#include <vector>

#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>

namespace umb {

namespace {

constexpr int64_t kSecondNs = 1'000'000'000;
constexpr uint32_t kMagic = 0x1BADB002;
constexpr uint32_t kAddressesGiven = 0x00010000;
constexpr uint32_t kLoadAddress = 0x00100000;
constexpr uint32_t kHeaderBytes = 32;

void append_word(std::string& bytes, uint32_t word) {
  for (int shift = 0; shift < 32; shift += 8) bytes.push_back(static_cast<char>(word >> shift & 0xffU));
}

/// A new folder with the image in it, gone with the object. Not the caller's but ours, as QEMU itself is: under sudo
/// nobody else may change what root's QEMU loads.
class ImageFolder {
 public:
  Result<std::string> write() {
    const char* place = ::getenv("TMPDIR");
    const std::string parent = place != nullptr && place[0] == '/' ? place : "/tmp";
    std::string path = parent + "/umountbench-XXXXXX";
    if (::mkdtemp(path.data()) == nullptr) return fail_errno("cannot make a folder in " + quoted(parent), errno);
    path_ = path;
    const std::string image = path_ + "/guest";
    const UniqueFd file(::open(image.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600));
    if (!file.valid()) return fail_errno("cannot make " + quoted(image), errno);
    UMB_TRY(write_all(file.get(), tiny_guest_image(), image));
    return image;
  }
  ImageFolder() = default;
  ImageFolder(const ImageFolder&) = delete;
  ImageFolder& operator=(const ImageFolder&) = delete;
  ~ImageFolder() {
    if (!path_.empty()) (void)remove_tree(path_);
  }

 private:
  std::string path_;
};

std::string in_seconds(int64_t duration_ns) {
  const std::string milliseconds = std::to_string(1000 + duration_ns / 1'000'000 % 1000).substr(1);
  return std::to_string(duration_ns / kSecondNs) + (milliseconds == "000" ? "" : "." + milliseconds);
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

/// By coreutils' timeout, which goes on counting when this process is killed: a guest that hangs on KVM burns a CPU.
Result<ProgramResult> run_limited(std::vector<std::string> command, int64_t limit_ns) {
  const std::string timeout = find_program("timeout");
  if (timeout.empty()) return run_program(command, limit_ns);
  command.insert(command.begin(), {timeout, "-s", "KILL", in_seconds(limit_ns)});
  // Were timeout itself killed at the limit, nobody would end QEMU.
  UMB_ASSIGN(ProgramResult ended, run_program(command, limit_ns + 5 * kSecondNs));
  ended.timed_out = ended.timed_out || ended.signal == SIGKILL || ended.exit_code == 128 + SIGKILL;
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
  ImageFolder folder;
  const Result<std::string> image = folder.write();
  if (!image.has_value()) return image.error().text();
  const Result<ProgramResult> ended = run_limited(qemu_command(qemu, accelerator, *image), limit_ns);
  if (!ended.has_value()) return ended.error().text();
  if (ended->timed_out) return "a guest on it did not come to its end within " + human_duration(limit_ns);
  if (ended->exit_code == kTinyGuestExitCode) return "";
  const std::vector<std::string> lines = split(trimmed(ended->output), '\n');
  if (!lines.back().empty()) return "QEMU says: " + printable(lines.back());
  if (ended->signal != 0) return "QEMU was ended by signal " + std::to_string(ended->signal);
  return "QEMU ended with " + std::to_string(ended->exit_code) + " and not as the guest asked";
}

}  // namespace umb
