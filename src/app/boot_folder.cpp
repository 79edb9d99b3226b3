// SPDX-License-Identifier: Apache-2.0
#include "app/boot_folder.h"

#include "base/file.h"
#include "base/text.h"
#include "sys/process.h"

#include <cctype>
#include <cerrno>
#include <filesystem>
#include <set>

#include <sys/stat.h>
#include <sys/utsname.h>

namespace umb {

namespace {

std::string kernel_release() {
  utsname names{};
  ::uname(&names);
  return names.release;
}

/// The boot id in what follows "KERNEL-" in a name without ".json": "BOOTID" or "BOOTID-2"; "" where the rest is the
/// end of another kernel's name.
std::string boot_id_in(const std::string& rest) {
  constexpr std::string_view kShape = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";
  if (rest.size() > kShape.size() && rest[kShape.size()] != '-') return {};
  for (size_t i = 0; i < kShape.size(); ++i) {
    if (i >= rest.size() || (kShape[i] == '-') != (rest[i] == '-')) return {};
  }
  return rest.substr(0, kShape.size());
}

}  // namespace

std::string file_name_part(const std::string& text) {
  std::string part;
  for (const char c : text) {
    const bool plain =
        std::isalnum(static_cast<unsigned char>(c)) != 0 || std::string("._+-~").find(c) != std::string::npos;
    part += plain ? c : '_';
  }
  return part;
}

std::string absolute_path(const std::string& path) {
  return std::filesystem::absolute(path).lexically_normal();
}

Result<std::string> boot_file(const std::string& folder, bool again) {
  UMB_ASSIGN(const std::string boot, boot_id());
  UMB_TRY(make_output_folder(folder));
  const std::string stem = folder + "/" + file_name_part(kernel_release()) + "-" + boot;
  std::string path = stem + ".json";
  struct stat facts {};
  for (int number = 2; ::lstat(path.c_str(), &facts) == 0; ++number) {
    if (!again) {
      return fail_usage("this boot has a result in " + umb::quoted(folder) + " already", path,
                        "reboot first, or add --again to keep a second one of this boot; the result of a run that was "
                        "cut short may be removed instead");
    }
    path = stem + "-" + std::to_string(number) + ".json";
  }
  UMB_TRY(check_output_place(path));
  return path;
}

std::string boots_so_far(const std::string& folder, const std::string& newest_file) {
  const std::string release = kernel_release();
  const std::string prefix = file_name_part(release) + "-";
  std::set<std::string> boots;
  std::error_code trouble;
  for (const auto& entry : std::filesystem::directory_iterator(folder, trouble)) {
    const std::string name = entry.path().filename();
    if (name.compare(0, prefix.size(), prefix) != 0 || entry.path().extension() != ".json") continue;
    if (std::string boot = boot_id_in(entry.path().stem().string().substr(prefix.size())); !boot.empty()) {
      boots.insert(std::move(boot));
    }
  }
  std::string text = "boot " + std::to_string(boots.size()) + " of " + std::to_string(kBootsWanted) + " of kernel " +
                     printable(release) + " (" + printable(newest_file) + ")";
  if (boots.size() < static_cast<size_t>(kBootsWanted)) text += ": reboot and run the same command again";
  return text;
}

}  // namespace umb
